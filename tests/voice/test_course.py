"""The course of a talk, with an engine that has one fault, at each moment of it in turn.

However it goes, what the member said is in the thread once, each tool ran once, and each question
is answered or told.
"""

from contextlib import suppress

import pytest

from coach.voice.inputs import Interrupt, PlaybackProgress, TalkMode, TextTyped
from tests.support.obliging_engine import FAULTS, ObligingEngine
from tests.support.relay_stage import LOUD, Host, ManualClock, talking, until
from tests.support.scripted_engine import call, created, done, member_says, sound, whole, words

MS = 48
OF_SPEECH = {"not_heard", "unwritten", "speech_lost"}


def speaks(text):
    return lambda response: whole(response, f"of {response}", text)


def begins(response):
    """Words and sound that go on until somebody stops them."""
    item = f"of {response}"
    return [created(response), words(response, item, "One two three"), sound(response, item, LOUD)]


def calls(response):
    log = call(response, f"call of {response}", "log_meal", '{"said":"a banana"}')
    return [created(response), log, done(response)]


# --- what the member does -------------------------------------------------------------------------


async def types(talk):
    await talk.relay.dispatch(TextTyped("t1", "Hello"))


async def types_three(talk):
    for number in (1, 2, 3):
        await talk.relay.dispatch(TextTyped(f"t{number}", f"Hello {number}"))


async def says(talk):
    started, *rest = member_says("m1", "Hello")
    await talk.engine.hears(started)
    with suppress(TimeoutError):  # the fault may be here
        await until(lambda: talk.relay.conversation.speech_in_progress, 0.1)
    for _ in range(20):
        talk.relay.page_audio(LOUD)
    await talk.engine.hears(*rest)


async def presses(talk):
    await talk.relay.dispatch(TalkMode(push=True))
    await talk.relay.button_held(True)
    for _ in range(20):
        talk.relay.page_audio(LOUD)
    await talk.relay.button_held(False)


async def cuts_in_by_text(talk):
    await types(talk)
    await talk.clock.until(talk.has_begun)
    await talk.relay.dispatch(TextTyped("t2", "Wait"))


async def cuts_in_by_voice(talk):
    await types(talk)
    await talk.clock.until(talk.has_begun)
    await says(talk)


async def cuts_in_by_tap(talk):
    await types(talk)
    await talk.clock.until(talk.has_begun)
    await talk.relay.dispatch(Interrupt())
    await talk.relay.dispatch(TextTyped("t2", "Wait"))


COURSE = {
    "typed": (types, [speaks("Hi there.")]),
    "three texts": (types_three, [speaks("Hi there.")]),
    "spoken": (says, [speaks("Hi there.")]),
    "pressed": (presses, [speaks("Hi there.")]),
    "a tool": (types, [calls, speaks("Logged.")]),
    "a tool again and again": (types, [calls]),
    "cut in by text": (cuts_in_by_text, [begins, speaks("Hi there.")]),
    "cut in by voice": (cuts_in_by_voice, [begins, speaks("Hi there.")]),
    "cut in by tap": (cuts_in_by_tap, [begins, speaks("Hi there.")]),
}


class Talk:
    """One run of it."""

    def __init__(self, engine, relay, page, host, clock):
        self.engine, self.relay, self.page, self.host = engine, relay, page, host
        self.clock = clock

    def is_over(self):
        """Nothing is under way, and the page has played all that it was sent."""
        self.play()
        return self.relay.connected and self.relay.settled and self.is_answered_or_told()

    def has_begun(self):
        """The coach speaks, or something went wrong before it could."""
        return self.page.frames or self.page.errors or self.engine.connections > 1

    def play(self):
        played = {}
        for generation, index, size in self.page.frames:
            played[generation, index] = played.get((generation, index), 0) + size // MS
        for (generation, index), ms in played.items():
            self.relay.take(PlaybackProgress(generation, index, ms))

    def is_answered_or_told(self):
        asked = [n for n, turn in enumerate(self.host.turns) if turn.speaker == "member"]
        later = self.host.turns[max(asked, default=-1) + 1 :]
        answered = any(turn.speaker == "coach" and not turn.partial for turn in later)
        return answered or self.page.errors or not OF_SPEECH.isdisjoint(self.host.notices)


async def run(name, fault="dies", at=-1):
    acts, replies = COURSE[name]
    host, clock = Host(), ManualClock()
    async with (
        ObligingEngine(replies=replies, fault=fault, fault_at=at) as engine,
        talking(engine, host, clock=clock) as (relay, page, _),
    ):
        await until(lambda: relay.connected)
        talk = Talk(engine, relay, page, host, clock)
        await acts(talk)
        await clock.until(talk.is_over, within=120)
        await clock.advance(12)
        engine.assert_complete()
    said = [turn.client_id or turn.item_id for turn in host.turns if turn.speaker == "member"]
    assert len(said) == len(set(said))
    assert len(host.calls) <= 1
    assert talk.is_answered_or_told()
    return engine.said


SPOKEN = ("spoken", "a tool", "cut in by voice")  # all that an engine does is in these
CASES = [(name, fault) for name in COURSE for fault in FAULTS if fault == "dies" or name in SPOKEN]


@pytest.mark.parametrize(("name", "fault"), CASES)
async def test_each_question_is_answered_or_told_wherever_the_fault_is(name, fault):
    messages = await run(name)
    # Before its first word, no engine knows of the sound; the next one is given it.
    for at in range(1 if name == "spoken" else 0, messages):
        await run(name, fault, at)
