"""The short form of `make faults`: some faults, for a second each."""

import subprocess
import sys

from tests.support.product import ROOT

ONLY = "F1,F2,F5,F8,F10,F14"
FEW = ["--members", "5", "--experts", "3", "--crowd", "8", "--minutes", "0.02"]


def test_nothing_is_lost_whatever_breaks(tmp_path):
    report = tmp_path / "report.md"
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", "--only", ONLY, *FEW, "--report", str(report)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    rows = [line for line in report.read_text().splitlines() if line.startswith("| F")]
    assert [row.split("|")[1].strip() for row in rows] == ONLY.split(",")
    assert all(int(row.split("|")[2]) > 0 for row in rows), "each was injected"
