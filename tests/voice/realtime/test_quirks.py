"""What is remembered of a server, and which settings it is not sent again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.voice import limits
from coach.voice.engine_events import EngineFault
from coach.voice.realtime import quirks
from coach.voice.realtime.errors import FATAL_CODES
from coach.voice.realtime.quirks import ServerQuirks, is_transient, omit_more, quirks_of
from coach.voice.realtime.settings import LAST_RESORT, OPTIONAL


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    monkeypatch.setattr(quirks, "_by_address", {})


@given(st.sets(st.sampled_from(sorted(OPTIONAL))), st.text(max_size=20))
def test_each_refusal_omits_more_until_nothing_is_left_to_omit(named, noise):
    refusal = EngineFault("invalid_value", noise + " ".join(named))
    omitted, rounds = frozenset(), 0
    while (more := omit_more(omitted, refusal)) is not None:
        assert more > omitted
        assert more <= LAST_RESORT
        omitted, rounds = more, rounds + 1
    assert omitted == LAST_RESORT
    assert rounds <= 3 <= limits.CONFIGURE_TRIES


def test_the_setting_that_the_server_names_is_omitted_alone():
    refusal = EngineFault("invalid_value", "unknown field session.audio.output.speed")
    assert omit_more(frozenset(), refusal) == {"audio.output.speed"}
    assert omit_more(frozenset({"audio.output.speed"}), refusal) == OPTIONAL


@pytest.mark.parametrize("code", [*sorted(FATAL_CODES)[:3], "server_error", "rate_limit_exceeded"])
def test_no_setting_is_to_blame_for_a_fatal_or_transient_error(code):
    assert omit_more(frozenset(), EngineFault(code, "audio.output.speed")) is None


@pytest.mark.parametrize(
    ("code", "transient"),
    [("session_expired", True), ("internal_error", True), ("invalid_value", False), ("", False)],
)
def test_errors_that_pass(code, transient):
    assert is_transient(EngineFault(code, "")) is transient


def test_quirks_belong_to_an_address_and_the_oldest_is_forgotten():
    first = quirks_of("ws://a:1/v1?model=m")
    first.unconfirmed = True
    assert quirks_of("ws://a:1/v1?model=m") is first
    assert (first.host, quirks_of("ws://b/v1").unconfirmed) == ("a", False)
    for number in range(limits.QUIRKS_SERVERS):
        quirks_of(f"ws://c{number}/")
    assert not quirks_of("ws://a:1/v1?model=m").unconfirmed


def test_a_server_that_confirms_nothing_is_waited_for_only_shortly():
    assert ServerQuirks().confirm_timeout_s == limits.CONFIGURE_S
    assert ServerQuirks(unconfirmed=True).confirm_timeout_s == limits.CONFIGURE_UNCONFIRMED_S
