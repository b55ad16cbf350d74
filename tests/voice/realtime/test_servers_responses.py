"""Servers whose responses have no end, no command, or nobody who asked for them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from coach.voice import limits
from coach.voice.effects import Play, ShowError
from coach.voice.engine_commands import CancelResponse
from coach.voice.engine_events import (
    EngineFault,
    ItemDone,
    ResponseCreated,
    ResponseDone,
    SpeechStarted,
    SpeechStopped,
    SpokenAudio,
    SpokenDelta,
    SpokenText,
    ToolCalled,
)
from coach.voice.inputs import (
    Interrupt,
    PersonSaid,
    PlaybackProgress,
    ToolFinished,
)
from coach.voice.realtime.reader import Reader
from tests.support.conversation_driver import creates, of, states, transcript, turns
from tests.support.dialects import HEARD
from tests.support.relay_stage import Host, talking, until
from tests.support.scripted_engine import (
    Message,
    ScriptedEngine,
    Step,
    fault,
    member_says,
    whole,
)


def errors(effects):
    return [effect.code for effect in of(effects, ShowError)]


def reading(*events, mark=""):
    """What becomes of these events of a server."""
    reader = Reader(mark)
    return [made for event in events for made in reader.read(json.dumps(event).encode())]


# --- responses without an end -------------------------------------------------------------------


def speaks_to_its_end(talk, response="resp1", item="c1"):
    """All of an answer but the end of its response."""
    talk(ResponseCreated(response), SpokenDelta(response, item, "Well done."))
    talk(SpokenAudio(response, item, bytes(400 * 48)), SpokenText(response, item, "Well done."))


@pytest.mark.parametrize("item_ends", [True, False])
def test_an_answer_whose_end_is_never_told_is_no_fault(asked, item_ends):
    speaks_to_its_end(asked)
    if item_ends:
        asked(ItemDone("resp1", "c1"))
    asked.heard(400)
    out = asked.ticks(limits.RESPONSE_END_S + 1)
    assert states(out) == ["listening"]
    assert turns(asked.all)[-1] == ("coach", "Well done.", False)
    out = asked.ticks(60)
    assert (errors(out), states(out)) == ([], [])
    asked.says("m2")
    assert len(creates(asked.all)) == 2


def test_a_tool_is_answered_though_the_end_of_its_response_is_never_told(asked):
    response = asked.starts_response()
    asked(ToolCalled(response, "call_1", "log_meal", "{}"))
    asked(ToolFinished("call_1", "{}"))
    out = asked.ticks(limits.RESPONSE_END_S + 1)
    assert len(creates(out)) == 1
    assert errors(out) == []


def test_an_answer_that_goes_on_after_a_long_pause_is_heard(asked):
    """A preamble, a while of thinking, then the answer."""
    speaks_to_its_end(asked)
    asked(ItemDone("resp1", "c1"))
    asked.heard(400)
    asked.ticks(limits.RESPONSE_END_S + 4)
    out = asked(SpokenAudio("resp1", "c2", bytes(480)), SpokenDelta("resp1", "c2", "A banana."))
    assert len(of(out, Play)) == 1
    assert asked.conversation.page_state == "speaking"


def test_an_answer_that_goes_on_after_the_member_has_spoken_is_not_heard(asked):
    speaks_to_its_end(asked)
    asked(ItemDone("resp1", "c1"))
    asked.heard(400)
    asked.ticks(limits.RESPONSE_END_S + 1)
    asked(Interrupt())
    assert of(asked(SpokenAudio("resp1", "c2", bytes(480))), Play) == []


def test_words_before_their_sound_are_waited_for(asked):
    """A server that has all words at once and then begins to speak them."""
    asked(ResponseCreated("resp1"), SpokenText("resp1", "c1", "Well done."))
    asked.ticks(limits.RESPONSE_END_S + 4)
    assert len(of(asked(SpokenAudio("resp1", "c1", bytes(480))), Play)) == 1


def test_an_answer_whose_words_come_before_all_of_its_sound_is_not_over_in_a_pause_of_it(asked):
    """A synthesiser that takes longer over the second sentence than the first one lasts."""
    text = "Well done, that was a banana. And now have an apple, or a pear if there is none."
    asked(ResponseCreated("resp1"), SpokenDelta("resp1", "c1", text))
    asked(SpokenText("resp1", "c1", text), SpokenAudio("resp1", "c1", bytes(2000 * 48)))
    asked.heard(2000)
    asked.ticks(limits.RESPONSE_END_S + 4)
    assert len(of(asked(SpokenAudio("resp1", "c1", bytes(480))), Play)) == 1
    asked(ItemDone("resp1", "c1"), ResponseDone("resp1", "completed"))
    asked.heard(2010)
    assert turns(asked.all)[-1] == ("coach", text, False)


def test_an_answer_that_stops_in_the_middle_is_said_to_be_cut_short(asked):
    asked(ResponseCreated("resp1"), SpokenDelta("resp1", "c1", "Well"))
    asked(SpokenAudio("resp1", "c1", bytes(4800)))
    asked.heard(100)
    assert errors(asked.ticks(limits.RESPONSE_IDLE_S + 1)) == ["incomplete"]


# --- errors that name no command ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "told"), [("rate_limit_exceeded", "busy"), ("server_error", "failed")]
)
@pytest.mark.parametrize("begun", [True, False])
def test_an_error_instead_of_an_answer_is_waited_out_once_then_told(asked, code, told, begun):
    """Most servers that fail say so without naming what failed, and without an end to it."""
    for number in (1, 2):
        if begun:
            asked.starts_response()
        asked(EngineFault(code, "no"))
        out = asked.ticks(limits.FAULT_TIMEOUT_S + limits.CANCEL_DONE_S + 2)
        assert errors(out) == ([] if number == 1 else [told])
        assert len(creates(asked.all)) == 2
    assert asked.conversation.page_state == "listening"


def test_an_error_that_is_about_something_else_changes_nothing(asked):
    asked.starts_response()
    asked(EngineFault("invalid_value", "no such item"))
    asked.ticks(limits.FAULT_TIMEOUT_S - 1)
    asked.speaks("resp1", "c1", "Well done.", 400)
    asked.heard(400)
    out = asked.ticks(60)
    assert (errors(asked.all), len(creates(asked.all))) == ([], 1)
    assert states(out) == []


def test_a_quota_that_is_used_up_is_told_at_once_though_no_command_is_named(asked):
    out = asked(EngineFault("insufficient_quota", "no"))
    out += asked.ticks(30)
    assert errors(out) == ["insufficient_quota"]


# --- who answers without being asked ------------------------------------------------------------


def test_one_that_answers_by_itself_and_when_asked_is_heard_once(asked):
    asked.answers("c1", "Well done.", 400)
    asked.heard(400)
    out = asked(ResponseCreated("again"), SpokenAudio("again", "c2", bytes(4800)))
    assert of(out, Play) == []
    assert [effect.response_id for effect in of(out, CancelResponse)] == ["again"]
    asked(ResponseDone("again", "cancelled"))
    asked.says("m2")
    assert len(creates(asked.all)) == 2


def test_one_that_begins_to_answer_before_it_tells_that_it_has_heard_is_not_asked(talk):
    talk(SpeechStarted("m1", 400), SpeechStopped("m1"))
    talk.answers("c1", "Well done.", 400)
    talk(*reading({"type": f"{HEARD}.completed", "item_id": "m1", "transcript": "A banana"}))
    talk.heard(400)
    talk.ticks(30)
    assert creates(talk.all) == []
    assert [turn[:2] for turn in turns(talk.all)] == [
        ("coach", "Well done."),
        ("member", "A banana"),
    ]


def test_a_short_word_that_is_answered_unasked_does_not_cut_its_answer_off(talk):
    talk.says("m1", loud_ms=100)
    response = talk.starts_response()
    talk.speaks(response, "c1", "Fine.", 400, done=False)
    out = talk(transcript("m1", "Yes"))
    assert of(out, CancelResponse) == []
    assert creates(talk.all) == []


def test_nobody_answers_by_themselves_while_the_member_speaks(asked):
    asked.answers("c1", "Well done.", 400)
    asked.heard(400)
    asked.says("m2")
    asked.answers("c2", "Really.", 400)
    asked.heard(400, 1)
    asked(SpeechStarted("m3", 400))
    out = asked(ResponseCreated("own"), SpokenAudio("own", "c3", bytes(4800)))
    assert of(out, Play) == []


def test_what_the_engine_took_back_may_go_on_in_another_response(asked):
    """It begins anew when it gets our create in the middle of its own answer."""
    asked(ResponseCreated("own"), SpokenAudio("own", "c1", bytes(4800)))
    asked(ResponseDone("own", "cancelled"))
    out = asked(ResponseCreated("ours"), SpokenAudio("ours", "c2", bytes(4800)))
    assert len(of(out, Play)) == 1


# --- who answers by itself, and is not known to ---------------------------------------------------


def unasked_and(ways):
    """A server that answers speech by itself, and deals with our create in one of these ways."""
    own = [*member_says("m1", "I had a banana"), *whole("r1", "c1", "A banana.")]
    refusal = fault("conversation_already_has_active_response")
    late = whole("r2", "c2", "Again, a banana.")
    return {
        "reads over it": (own, []),
        "refuses it before its own": (own[:4], [refusal, *own[4:]]),
        "refuses it after its own": (own, [refusal]),
        "answers twice": (own, late),
        "answers twice, without saying that it begins": (own, late[1:]),
        "answers both at once": (own[:4], [own[4], late[0], *own[5:], *late[1:]]),
        "answers before it has heard": ([*own[:2], *own[4:], *own[2:4]], []),
        "answers before it has heard, and again": ([*own[:2], *own[4:], *own[2:4]], late),
    }[ways]


@pytest.mark.parametrize(
    "ways",
    [
        "reads over it",
        "refuses it before its own",
        "refuses it after its own",
        "answers twice",
        "answers twice, without saying that it begins",
        "answers both at once",
        "answers before it has heard",
        "answers before it has heard, and again",
    ],
)
async def test_the_member_hears_one_answer_of_a_server_that_answers_by_itself(ways):
    host = Host()
    first, second = unasked_and(ways)
    async with Rude(answer=second) as engine, talking(engine, host) as (relay, page, _):
        await engine.emit(*first)
        await until(lambda: page.frames)
        await all_was_read(engine, relay, page)
        await relay.dispatch(PlaybackProgress(1, 0, 400))
        await until(lambda: len(host.turns) == 2)
        await until(lambda: relay.conversation.page_state == "listening")
    assert sorted(host.written) == [
        ("coach", "A banana.", False),
        ("member", "I had a banana", False),
    ]
    assert sum(size for _, _, size in page.frames) == 400 * 48
    assert engine.types().count("response.create") <= 2
    assert page.errors == []


async def all_was_read(engine, relay, page):
    """What both sides have sent so far, and what came of it."""
    for mark in ("before", "after"):
        await engine.emit({"type": f"{HEARD}.delta", "item_id": mark, "delta": mark})
        await until(lambda mark=mark: any(said["text"] == mark for said in page.of("caption")))
        await relay.dispatch(PersonSaid("Asha", mark))
        await engine.until(*["conversation.item.create"] * (1 + (mark == "after")))


@dataclass
class Rude(ScriptedEngine):
    """Answers the first create as it likes, and takes all else without a word."""

    scripts: Sequence[Sequence[Step]] = ((),)
    answer: Sequence[Message] = ()

    async def _expected(self, socket, script, message):
        if message["type"] == "response.create":
            answer, self.answer = self.answer, ()
            for event in answer:
                await socket.send(json.dumps(event))
