"""Grave words in a live talk: the coach is held, and the reviewed words come."""

import threading
from dataclasses import replace

import pytest

from coach.talk.actions import (
    add_card,
    add_directive,
    move_floor,
)
from coach.talk.brief import thaw
from coach.talk.live.background import BackgroundTasks
from coach.talk.live.host import TalkHost
from coach.talk.live.screening_guard import ScreeningGuard
from coach.talk.models import Directive, Session
from coach.talk.registries import screeners
from coach.talk.registries.screeners import Flag, Screener
from coach.voice.effects import ScreenText
from coach.voice.inputs import HoldReleased, ScreeningDone
from tests.support.live_talk import engine_for, history, until
from tests.support.page_client import open_page
from tests.support.scripted_engine import (
    Step,
    created,
    done,
    member_says,
    sound,
    whole,
    words,
)

pytestmark = pytest.mark.django_db(transaction=True)


def screener(act):
    def screen(text, speaker, language):
        return [Flag("SUI", 0, "grave")] if "grave" in text else []

    return Screener("test", screen, act)


async def test_a_grave_word_holds_the_coach_and_brings_the_reviewed_script(begun, maya, settings):
    acted = []

    def act(session_id, flags, item_id, speaker):
        acted.append((flags[0].code, item_id, speaker))
        held = Session.objects.get(pk=session_id)
        move_floor(held, "safety_hold")
        add_directive(held, Directive.Kind.SCRIPT, "reviewed", spoken="I am here. Call 988.")

    screeners.register_screener(screener(act))

    def only_the_script(message):
        assert message["response"]["instructions"].startswith("Say exactly this")
        assert message["response"]["tool_choice"] == "none"

    script = [
        *history(1),
        Step("conversation.item.create"),
        Step("response.create", whole("r1", "c1", "I am here. Call 988."), check=only_the_script),
    ]
    async with engine_for(settings, script) as engine, open_page(begun, maya) as page:
        await page.until("state", state="listening")
        await page.send({"type": "text", "id": "t1", "text": "something grave"})
        await page.until("turn", text="I am here. Call 988.")
        engine.assert_complete()
    assert acted == [("SUI", "text-t1", "member")]
    assert page.of("state")[-1]["state"] == "held"


async def test_of_two_holds_only_the_last_to_end_releases_the_coach(begun):
    events = []

    async def hear(event):
        if isinstance(event, HoldReleased):
            events.append("released")

    async def send(message):
        pass

    screeners.register_screener(screener(lambda *found: events.append("acted")))
    host = TalkHost(begun, thaw(begun), send=send, since=1)
    host.bind(hear)
    assert host.screen(ScreenText("m1", "member", "grave", final=False))
    assert host.screen(ScreenText("m2", "member", "graver, grave", final=False))
    await host.close()
    assert events == ["acted", "acted", "released"]


async def test_grave_words_stand_before_the_card_they_bring(begun, maya, settings):
    def act(session_id, flags, item_id, speaker):
        add_card(Session.objects.get(pk=session_id), "crisis", "1")

    screeners.register_screener(screener(act))
    script = [*history(1), Step(None, member_says("m1", "a grave word")), Step("response.create")]
    script += [Step("response.cancel", [created("r1"), done("r1", "cancelled")])]
    async with engine_for(settings, script), open_page(begun, maya) as page:
        card = await page.until("card")
        turn = await page.until("turn", text="a grave word")
    assert turn["seq"] < card["seq"]


async def test_the_coachs_own_grave_word_is_cut_off(begun, maya, settings):
    acted = []
    screeners.register_screener(screener(lambda *found: acted.append(found[3])))
    script = [
        *history(1),
        Step(None, member_says("m1", "Hello")),
        Step(
            "response.create",
            [
                created("r1"),
                sound("r1", "c1", bytes(480)),
                words("r1", "c1", "You should do a grave thing"),
            ],
        ),
        Step("response.cancel", [done("r1", "cancelled")]),
        Step("conversation.item.delete"),
    ]
    async with engine_for(settings, script), open_page(begun, maya, plays=False) as page:
        await page.until("error", code="coach_stopped")
        await page.until("clear")
        await until(lambda: acted)
    assert acted == ["coach"]


class Guarded:
    """A guard on its own: what it told the conversation, and on which threads it read."""

    def __init__(self, session, screener):
        self.told, self.threads = [], set()

        def screen(text, speaker, language):
            self.threads.add(threading.get_ident())
            return screener.screen(text, speaker, language)

        screeners.register_screener(Screener("reading", screen, screener.act))
        self.background = BackgroundTasks(on_failure=lambda: None)
        self.guard = ScreeningGuard(
            session, "en", self.background, tell=self._tell, refresh=self._refresh
        )

    async def _tell(self, event):
        self.told.append(event)

    async def _refresh(self):
        pass

    async def screened(self, text, **fields):
        """What the guard said at once of a text, when all is done."""
        asked = {"key": "k", "speaker": "member", "final": True} | fields
        hold = self.guard.screen(ScreenText(text=text, **asked))
        await self.background.join()
        self.background.check()
        return hold


LONG = "Nothing is the matter here. " * 200


async def test_a_long_text_is_read_in_a_thread_and_holds_the_coach_meanwhile(session):
    guarded = Guarded(session, screener(lambda *args: None))
    assert await guarded.screened(LONG) is True
    assert threading.get_ident() not in guarded.threads
    assert guarded.told == [HoldReleased()]
    assert not guarded.guard.busy


async def test_what_a_thread_finds_holds_the_coach_though_it_went_on(session):
    acted = []
    guarded = Guarded(session, screener(lambda *args: acted.append(args)))
    assert await guarded.screened(f"{LONG} grave. {LONG}", final=False) is False
    assert guarded.told == [ScreeningDone("k", "member", False, hold=True), HoldReleased()]
    assert len(acted) == 1


async def test_of_words_that_go_on_only_the_new_ones_are_read(session):
    read = []
    guarded = Guarded(session, screener(lambda *args: None))
    guarded.guard._language = "en"
    whole = screeners._screeners["reading"]
    screeners._screeners["reading"] = replace(
        whole, screen=lambda text, *rest: read.append(len(text)) or []
    )
    for end in range(400, len(LONG), 400):
        await guarded.screened(LONG[:end], final=False)
    assert max(read[1:]) < 1200
