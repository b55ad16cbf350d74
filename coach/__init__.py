"""Coachline but for its desk, which is `handoff`."""

import os

# Before numpy is imported by anybody. Its matrices are small here: a second thread of BLAS spins,
# and on a machine that is busy a sentence then takes 100 times as long (`coach.meaning`).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
