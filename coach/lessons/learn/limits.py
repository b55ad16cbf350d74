"""Limits of what is heard and said outside a talk, each with its unit in its name."""

SAY_MIN_MS = 300
SAY_MAX_MS = 10_000
SAY_MAX_BYTES = SAY_MAX_MS * 48 + 4_096  # PCM16 at 24 kHz, and its head
HEARD_AT_ONCE = 2  # recordings in one process; the engine's places are for talks
HEARD_S = 15.0  # for one recording, the way to the engine and back
SPOKEN_S = 9.0  # for one sentence
SPOKEN_MAX_BYTES = 1_000_000
SOUNDS_KEPT = 3_000  # some 300 MB; of more, every third is thrown away
SOUND_KEPT_S = 30 * 24 * 3600
SOUND_BROWSER_S = 3600
SLOW = 0.7  # of the level's pace
TYPED_MAX_CHARS = 300
