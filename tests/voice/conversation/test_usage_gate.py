"""What responses and transcriptions cost is told once for each, however they ended."""

import pytest

from coach.voice.effects import CountUsage
from coach.voice.engine_events import InputTranscript, ResponseDone
from tests.support.conversation_driver import Driver, of

USAGE = {"total_tokens": 7}


@pytest.fixture
def talk():
    driver = Driver()
    driver.says("m1")
    return driver


@pytest.mark.parametrize("status", ["completed", "cancelled", "failed", "incomplete"])
def test_a_response(talk, status):
    talk.starts_response()
    done = ResponseDone("resp1", status, usage=USAGE)
    out = talk(done, done)
    assert of(out, CountUsage) == [CountUsage("response", "resp1", USAGE, status)]


def test_a_response_that_nobody_knows_costs_all_the_same(talk):
    out = talk(ResponseDone("other", "completed", usage=USAGE))
    assert of(out, CountUsage) == [CountUsage("response", "other", USAGE, "completed")]


def test_a_transcription(talk):
    heard = InputTranscript("m1", "Hello", {"type": "duration", "seconds": 2})
    out = talk(heard, heard)
    counted = CountUsage("transcription", "m1", {"type": "duration", "seconds": 2})
    assert of(out, CountUsage) == [counted]


def test_no_usage_is_no_cost(talk):
    talk.starts_response()
    out = talk(InputTranscript("m1", "Hello"), ResponseDone("resp1", "completed"))
    assert of(out, CountUsage) == []
