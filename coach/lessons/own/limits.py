"""How much a teacher may write."""

TEXT_MAX_CHARS = 40_000  # the longest shipped lesson has 16,000
LESSONS_MAX = 200  # of one teacher
VERSIONS_KEPT = 60  # of one lesson, beside those that are played or published
