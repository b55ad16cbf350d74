"""A web process is not late: its threads give way soon, and garbage is looked for in little."""

import subprocess
import sys

from coach.site import latency

ASK = """
import gc, sys
import coach.asgi
print("seen", sys.getswitchinterval(), gc.get_freeze_count(), len(gc.get_objects()))
"""


def test_what_a_web_process_has_loaded_is_never_looked_through_again():
    asked = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    [line] = [line for line in asked.stdout.splitlines() if line.startswith("seen ")]
    interval, frozen, looked_through = line.split()[1:]
    assert float(interval) == latency.SWITCH_S
    assert int(frozen) > 10 * int(looked_through)
