"""A half-configured production is refused, and the refusal names the variable to set."""

import os
import subprocess
import sys
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.core.checks import ERROR

from coach.checks import production

ROOT = Path(__file__).resolve().parents[2]
WHOLE = {
    "DEBUG": False, "COACH_DEMO": False, "SECRET_KEY": "q7Rk2mVx9Zt4Lw8Ny3Pb6Hc1Jd5Fs0Ga" * 2,
    "ENGINE_KEY": "4f6c1f0e9d3b7a52", "ENGINE_GIVEN": False, "EMAIL_HOST": "mail.example.org",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "PUBLIC_URL": "https://coach.example.org", "ALLOWED_HOSTS": ["coach.example.org"],
    "ACCOUNT_EMAIL_VERIFICATION": "mandatory", "TRUSTED_PROXIES": [ip_network("10.0.0.0/8")],
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
}  # fmt: skip


@pytest.fixture
def whole(monkeypatch):
    from django.conf import settings

    for name, value in WHOLE.items():
        monkeypatch.setattr(settings, name, value)
    return lambda name, value: monkeypatch.setattr(settings, name, value)


def test_a_whole_configuration_is_let_through(whole):
    assert production(None) == []


@pytest.mark.parametrize(
    ("name", "value", "variable"),
    [
        ("SECRET_KEY", "abc", "COACH_SECRET_KEY"),
        ("SECRET_KEY", "a" * 60, "COACH_SECRET_KEY"),
        ("ENGINE_KEY", "", "COACH_ENGINE_KEY"),
        ("ENGINE_KEY", "local", "COACH_ENGINE_KEY"),
        ("ENGINE_KEY", "short", "COACH_ENGINE_KEY"),
        ("PUBLIC_URL", "http://coach.example.org", "COACH_URL"),
        ("PUBLIC_URL", "http://127.0.0.1:8000", "COACH_URL"),
        ("PUBLIC_URL", "https://", "COACH_URL"),
        ("PUBLIC_URL", "coach.example.org", "COACH_URL"),
        ("ALLOWED_HOSTS", ["*"], "COACH_HOSTS"),
        ("COACH_DEMO", True, "COACH_DEMO"),
        ("EMAIL_HOST", "", "COACH_EMAIL_HOST"),
        ("ACCOUNT_EMAIL_VERIFICATION", "optional", "COACH_EMAIL_VERIFICATION"),
        ("ACCOUNT_EMAIL_VERIFICATION", "none", "COACH_EMAIL_VERIFICATION"),
        ("TRUSTED_PROXIES", [], "COACH_TRUSTED_PROXIES"),
    ],
)
def test_half_of_one_is_refused_with_the_variable_to_set(whole, name, value, variable):
    whole(name, value)
    (found,) = production(None)
    assert variable in found.hint
    assert found.level >= (ERROR if name != "TRUSTED_PROXIES" else 0)


def test_a_providers_key_is_as_long_as_the_provider_likes(whole):
    whole("ENGINE_GIVEN", True)
    whole("ENGINE_KEY", "short")
    assert production(None) == []
    whole("ENGINE_KEY", "local")
    assert len(production(None)) == 1


def test_debug_is_let_be(whole):
    whole("DEBUG", True)
    whole("SECRET_KEY", "abc")
    assert production(None) == []


@pytest.mark.parametrize("command", [["check", "--deploy"], ["up"], ["web"]])
def test_a_start_with_nothing_set_but_production_names_all_that_lacks(command, tmp_path):
    told = {"COACH_DEBUG": "0", "COACH_SECRET_KEY": "abc", "COACH_VAR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={**{k: v for k, v in os.environ.items() if not k.startswith("COACH_")}, **told},
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    for variable in ("COACH_SECRET_KEY", "COACH_ENGINE_KEY", "COACH_URL", "COACH_EMAIL_HOST"):
        assert variable in done.stderr
