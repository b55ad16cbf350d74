"""Grave words in a live talk: the coach is held, and the reviewed words come."""

import pytest

from coach.talk.actions import (
    add_card,
    add_directive,
    move_floor,
)
from coach.talk.brief import thaw
from coach.talk.live.host import TalkHost
from coach.talk.models import Directive, Session
from coach.talk.registries import screeners
from coach.talk.registries.screeners import Flag, Screener
from coach.voice.effects import ScreenText
from coach.voice.inputs import HoldReleased
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
    host = TalkHost(begun, thaw(begun.brief), send=send, since=1)
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
