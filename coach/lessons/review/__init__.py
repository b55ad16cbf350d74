"""Review: words and sentences that a member keeps, and when each is asked for again.

`scheduling` is FSRS over the columns of a row, `actions` the verbs, `keeping` what of a report can
be kept.
"""
