"""Limits of voice notes, each with its unit in its name. Those of sound are in `voice.limits`."""

from datetime import timedelta

from coach.voice import limits, wav

NOTE_MAX_BYTES = limits.NOTE_MAX_MS * limits.BYTES_PER_MS + wav.HEAD_BYTES
NOTE_TEXT_MAX_CHARS = 2_000
NOTE_ID_CHARS = 64
NOTES_PER_MINUTE = 20  # of one talk
NOTES_AT_ONCE = 8  # answered by one web process; others try again
NOTE_TRIES = 6  # of one note; then the member decides
# Longer than an exchange may take: a claim that has lapsed belongs to a process that has died.
NOTE_LEASE = timedelta(seconds=limits.NOTE_S + 30)
NOTE_RETRY_S = 3  # when the page should try again
SOUND_KEPT = timedelta(hours=24)  # how long the coach's answer can be heard again
SOUNDS_PRUNED_AT_ONCE = 200
