"""Before a scene: hear, say and type its phrases, then five short exercises.

`phrases` are the target phrases with a whole sentence each, `exercises` the five, `judging`
compares an answer with what was wanted, `sound` asks the engine for a voice and an ear.
"""
