"""The coach's tools about the member: registered when the app is ready."""

from coach.people.tools import goals, health, profile

__all__ = ["goals", "health", "profile"]
