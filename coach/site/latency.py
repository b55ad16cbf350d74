"""What keeps a web process from being late with sound: nothing may hold its loop for long."""

import gc
import sys

# A thread that waits for the interpreter is given it after so long; the loop is one of them, and
# the database's threads are the others. Python's own 5 ms are a quarter of a frame of sound.
SWITCH_S = 0.0005
YOUNG_OBJECTS = 10_000  # allocations, less frees, between two looks for garbage


def prefer_latency() -> None:
    """Call it once all is loaded: what is there then is never looked through for garbage again."""
    sys.setswitchinterval(SWITCH_S)
    gc.set_threshold(YOUNG_OBJECTS, *gc.get_threshold()[1:])
    gc.collect()
    gc.freeze()
