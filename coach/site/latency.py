"""What keeps a web process from being late with sound: nothing may hold its loop for long."""

import gc
import sys

# A thread that waits for the interpreter is given it after so long; the loop is one of them, and
# the database's threads are the others. Python's own 5 ms are a quarter of a frame of sound.
SWITCH_S = 0.0005
# Looks for garbage hold the loop as long as there are objects to look at. Those at what is young
# are short and many; one at all that lives takes many frames' time, and finds little but the rest
# of talks that are over: it is forty times rarer than Python has it.
YOUNG_OBJECTS = 2_500  # allocations, less frees, between two looks
YOUNG_LOOKS = 10  # and so many of them until one at what is no longer young
OLD_LOOKS = 400  # and of these until one at everything


def prefer_latency() -> None:
    """Call it once all is loaded: what is there then is never looked through for garbage again."""
    sys.setswitchinterval(SWITCH_S)
    gc.set_threshold(YOUNG_OBJECTS, YOUNG_LOOKS, OLD_LOOKS)
    gc.collect()
    gc.freeze()
