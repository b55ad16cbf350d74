"""Every variable is told in the docs, and reaches the processes of the compose file."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUR_OWN = {"COACH_REDIS_PORT"}  # `make run` sets it for its own Redis


def told(page: str) -> set[str]:
    """Names in backticks; `_KEY` after `COACH_LLM_URL` is COACH_LLM_KEY."""
    found, stem = set(), ""
    for name, tail in re.findall(r"`(?:(COACH_[A-Z_]+)|(_[A-Z_]+))", page):
        found.add(name or stem + tail)
        stem = name.rpartition("_")[0] if name else stem
    return found


def test_the_operations_page_tells_every_variable_that_is_read():
    settings = (ROOT / "coach/settings.py").read_text()
    read = set(re.findall(r"""\w\(["'](COACH_[A-Z_]+)""", settings))
    assert read > {"COACH_NOTES_IMAGES", "COACH_KEY_"}
    assert read - told((ROOT / "docs/operations.md").read_text()) == OUR_OWN


def test_what_stands_in_env_reaches_every_process_of_the_compose_file():
    head, _, services = (ROOT / "docker-compose.yml").read_text().partition("\nservices:\n")
    assert "\n  env_file: .env\n" in head
    ours = [one for one in re.split(r"\n\n", services) if "<<: *app" in one]
    assert len(ours) == 8
    assert not [one for one in ours if "environment:" in one]  # it would replace that of all
