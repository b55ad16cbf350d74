"""Limits of what a member's page may bring into a talk, each with its unit in its name."""

# Typed words
ANSWER_PENDING_S = 15 * 60.0  # what was typed longer ago is not answered: that moment is over

# What a member writes into a talk that has ended, and what is shown of what was written to them
ANSWER_MAX_CHARS = 2_000
ANSWERS_AN_HOUR = 60
MESSAGES_SHOWN = 20  # unread ones: pages show no more, and count no further

# Usage
USAGE_WAITING = 256  # reports that are not written down yet

# Pictures
PICTURE_MAX_BYTES = 12 * 1024 * 1024  # as it is sent to us
PICTURE_MAX_PIXELS = 40_000_000  # decoded; more is refused before it is
PICTURES_READ_AT_ONCE = 2  # in one process: the largest takes some 300 MB while it is decoded
PICTURE_MAX_RATIO = 12  # long side to short side: what is longer shows nothing of a meal
PICTURE_SIDE_PX = 1024  # long side, as it is kept
PICTURE_KEPT_MAX_BYTES = 256 * 1024  # JPEG; its data URI is a third longer
PICTURES_PER_TALK = 20
PICTURE_ID_MAX_CHARS = 64
PICTURE_AGAIN_S = 120.0  # how long after it was sent a lost connection's picture is shown again
