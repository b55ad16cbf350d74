"""Talks without a scene: the learner chooses language, level and topic, and just talks."""
