"""A variable under its old name stops every process, and the message names the new one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from coach.environment import RENAMED, refuse_renamed

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("old", "new"), RENAMED.items())
def test_each_old_name_is_refused_with_its_new_one(old: str, new: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"{old} is now {new}\."):
        refuse_renamed({old: "something"})


@pytest.mark.parametrize("old", [old for old in RENAMED if old.endswith("_KEY")])
def test_a_secret_given_as_a_file_counts_too(old: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"{old}_FILE is now {RENAMED[old]}_FILE"):
        refuse_renamed({f"{old}_FILE": "/run/secrets/key"})


def test_all_old_names_are_named_at_once() -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        refuse_renamed(dict.fromkeys(RENAMED, "x"))
    assert all(f"{old} is now {new}." in str(refused.value) for old, new in RENAMED.items())


def test_new_names_and_old_ones_left_empty_pass() -> None:
    refuse_renamed(dict.fromkeys(RENAMED.values(), "x"))
    refuse_renamed(dict.fromkeys(RENAMED, " "))


def test_every_new_name_is_a_variable_that_is_read() -> None:
    settings = (ROOT / "coach/settings.py").read_text()
    assert [new for new in RENAMED.values() if f'("{new}"' not in settings] == []


def test_a_process_does_not_start_with_an_old_name() -> None:
    started = subprocess.run(
        [sys.executable, "manage.py", "engine", "--port", "0"],
        cwd=ROOT,
        env=os.environ | {"COACH_MIND_URL": "http://127.0.0.1:11434/v1"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert started.returncode != 0
    assert "COACH_MIND_URL is now COACH_LLM_URL." in started.stderr
