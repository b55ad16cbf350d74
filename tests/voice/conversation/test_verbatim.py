"""Words that must be spoken as they are."""

import pytest

from coach.voice.conversation.verbatim import (
    deviates,
    greeting_request,
    hand_back_request,
    verbatim_request,
)

SCRIPT = "I'm here with you. Please call 988 now."


@pytest.mark.parametrize(
    "spoken",
    [
        "I'm here with you. Please call 988 now.",
        "im here with you please call nine eight eight now",
        "I’m here with you — please call 9 8 8 now!",
    ],
)
def test_the_same_words_do_not_deviate(spoken):
    assert not deviates(SCRIPT, spoken, final=True)


@pytest.mark.parametrize(
    "spoken", ["I'm here with you.", "I'm here with you. Please call 911 now.", "Sure! I'm here"]
)
def test_other_or_fewer_words_deviate_at_the_end(spoken):
    assert deviates(SCRIPT, spoken, final=True)


@pytest.mark.parametrize("length", range(len(SCRIPT) + 1))
def test_a_growing_text_does_not_deviate(length):
    assert not deviates(SCRIPT, SCRIPT[:length], final=False)


@pytest.mark.parametrize("length", range(48))
def test_a_growing_text_with_spelled_digits_does_not_deviate(length):
    spoken = "I'm here with you. Please call nine eight eight now."
    assert not deviates(SCRIPT, spoken[:length], final=False)


def test_a_growing_text_deviates_at_the_first_other_word():
    assert deviates(SCRIPT, "I'm here for you ", final=False)


def test_requests_quote_the_text_and_allow_no_tool():
    for request in (
        verbatim_request('Say "yes"'),
        greeting_request('Say "yes"'),
        hand_back_request('Say "yes"'),
    ):
        assert "\"Say 'yes'\"" in request.instructions
        assert not request.tools
    assert verbatim_request("a\n b").script == "a b"
