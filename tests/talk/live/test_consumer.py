"""The member's socket, against a scripted engine and real rows."""

import asyncio
import re
from datetime import timedelta
from secrets import token_hex

import msgspec
import pytest
from channels.layers import get_channel_layer
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.utils import timezone

from coach import wire
from coach.personas.models import Persona
from coach.talk import limits
from coach.talk.actions import (
    add_card,
    add_directive,
    end_session,
    move_floor,
    record_turn,
    start_session,
)
from coach.talk.brief import make_brief, thaw
from coach.talk.live import consumer, live_talk, page_reader
from coach.talk.live.group import live_key
from coach.talk.live.history import is_answer_pending
from coach.talk.live.host import TalkHost
from coach.talk.models import Directive, Floor, Note, Session, ToolCall, Turn
from coach.talk.registries import screeners, tools
from coach.talk.registries.screeners import Flag, Screener
from coach.talk.registries.tools import NewCard, ToolResult, tool
from coach.voice.effects import ScreenText
from coach.voice.inputs import HoldReleased, ScriptGiven
from coach.voice.realtime import client
from tests.support.page_client import in_thread, open_page
from tests.support.scripted_engine import (
    ScriptedEngine,
    Step,
    call,
    created,
    done,
    member_says,
    sound,
    whole,
    words,
)

pytestmark = pytest.mark.django_db(transaction=True)


class Said(msgspec.Struct):
    said: str


@pytest.fixture(autouse=True)
def _own_registries(monkeypatch):
    monkeypatch.setattr(tools, "_tools", {})
    monkeypatch.setattr(screeners, "_screeners", {})

    @tool("note", "Write it down.", examples=["note this"])
    def note(call: tools.ToolCallContext, args: Said) -> ToolResult:
        return ToolResult("Noted.", cards=(NewCard("note", args.said),), changed=("day",))


@pytest.fixture
def people():
    users = get_user_model().objects
    return (
        users.create_user("maya@example.org", display_name="Maya"),
        users.create_user("asha@example.org", display_name="Asha"),
    )


@pytest.fixture
def maya(people):
    return people[0]


@pytest.fixture
def asha(people):
    return people[1]


@pytest.fixture
def session(maya):
    persona = Persona.objects.create(
        slug="sage", name="Sage", instructions="Be kind.", greeting="Hi {name}!", tools=["note"]
    )
    made = start_session(maya, persona, make_brief(persona, member_name="Maya"))
    return Session.objects.select_related("member", "persona").get(pk=made.pk)


@pytest.fixture
def begun(session):
    """A session in which the coach has greeted already."""
    record_turn(session, "coach", "Hi Maya!", item_id="old1")
    return session


def engine_for(settings, *scripts, **options):
    """A scripted engine that the consumer will dial."""
    engine = ScriptedEngine(list(scripts), **options)

    class Dialled:
        async def __aenter__(self):
            await engine.__aenter__()
            settings.ENGINE_URL = engine.url
            return engine

        async def __aexit__(self, *error):
            await engine.__aexit__(*error)

    return Dialled()


async def until(condition, seconds=15.0):
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  nothing to wait on in a recorded list
            await asyncio.sleep(0.01)


def history(count):
    return [Step("conversation.item.create")] * count


# --- who may come in ------------------------------------------------------------------------------


async def test_a_stranger_finds_nothing(session, asha):
    async with open_page(session, asha) as page:
        assert await page.until_closed() == 4404


async def test_nobody_is_let_in_without_signing_in(session):
    async with open_page(session, AnonymousUser()) as page:
        assert await page.until_closed() == 4401


async def test_a_talk_that_has_ended_says_so(session, maya):
    await in_thread(end_session)(session)
    async with open_page(session, maya) as page:
        assert await page.until_closed() == 4410
        assert page.of("ended") == [{"type": "ended", "url": f"/talk/{session.pk}/"}]


async def test_the_page_must_say_hello(session, maya):
    async with open_page(session, maya, since=None) as page:
        await page.send({"type": "interrupt"})
        assert await page.until_closed() == 4400


async def test_a_page_that_says_nothing_is_let_go(session, maya, monkeypatch):
    monkeypatch.setattr(consumer, "HELLO_S", 0.05)
    async with open_page(session, maya, since=None) as page:
        assert await page.until_closed() == 4400


async def test_nonsense_is_answered_and_in_the_end_not_borne(begun, maya, settings):
    async with engine_for(settings, history(1)), open_page(begun, maya) as page:
        await page.until("ready")
        for _ in range(page_reader.BAD_MESSAGES):
            await page.send({"type": "what"})
        assert await page.until_closed() == 4400
        assert len(page.of("error")) == page_reader.BAD_MESSAGES


# --- a talk ---------------------------------------------------------------------------------------


async def test_the_coach_opens_a_new_talk_and_its_words_are_written_when_heard(
    session, maya, settings
):
    def greeting(message):
        assert 'For example: "Hi Maya!"' in message["response"]["instructions"]

    script = [Step("response.create", whole("r1", "c1", "Hi Maya!", 300), check=greeting)]
    async with engine_for(settings, script) as engine, open_page(session, maya) as page:
        turn = await page.until("turn")
        engine.assert_complete()
        assert page.audio == {0: 300}
    assert (turn["speaker"], turn["author"], turn["text"]) == ("coach", "Sage", "Hi Maya!")
    assert turn["item"] == "c1"
    row = await Turn.objects.aget()
    assert (row.text, row.heard_ms, row.interrupted) == ("Hi Maya!", 300, False)
    assert [s["state"] for s in page.of("state")][:2] == ["connecting", "thinking"]


async def test_speech_is_written_and_answered(begun, maya, settings):
    script = [
        *history(1),
        Step(None, member_says("m1", "Hello")),
        Step("response.create", whole("r1", "c1", "Hello Maya.")),
    ]
    async with engine_for(settings, script) as engine, open_page(begun, maya) as page:
        await page.until("turn", speaker="coach", item="c1")
        engine.assert_complete()
    assert [t["text"] for t in page.of("turn")] == ["Hi Maya!", "Hello", "Hello Maya."]


async def test_what_is_said_has_one_id_of_our_own_in_caption_turn_and_row(
    begun, maya, settings, monkeypatch
):
    monkeypatch.setattr(client, "token_hex", token_hex)  # as in production
    script = [
        *history(1),
        Step(None, member_says("m1", "Hello")),
        Step("response.create", whole("r1", "c1", "Hello Maya.")),
    ]
    async with engine_for(settings, script) as engine, open_page(begun, maya) as page:
        await page.until("turn", text="Hello Maya.")
        engine.assert_complete()
    for theirs, text in (("m1", "Hello"), ("c1", "Hello Maya.")):
        turn = await page.until("turn", text=text)
        assert re.fullmatch(rf"{theirs}~[0-9a-f]{{8}}-\d+", turn["item"])
        captions = [c["item"] for c in page.of("caption") if c["item"].startswith(theirs)]
        assert set(captions) <= {turn["item"]}
        assert (await Turn.objects.aget(text=text)).item_id == turn["item"]
    assert page.of("caption")


async def test_typed_text_is_written_once_whatever_the_page_repeats(begun, maya, settings):
    script = [*history(1), Step("conversation.item.create"), Step("response.create")]
    async with engine_for(settings, script) as engine, open_page(begun, maya) as page:
        for _ in range(3):
            await page.send({"type": "text", "id": "t-1", "text": "A banana"})
        turn = await page.until("turn", client_id="t-1")
        await engine.until("response.create")
        engine.assert_complete()
    assert turn["author"] == "Maya"
    assert await Turn.objects.filter(client_id="t-1").acount() == 1


async def test_a_tool_writes_and_its_card_and_change_reach_the_page(begun, maya, settings):
    script = [
        *history(1),
        Step(None, member_says("m1", "note eggs")),
        Step(
            "response.create",
            [created("r1"), call("r1", "k1", "note", '{"said": "eggs"}'), done("r1")],
        ),
        Step("conversation.item.create"),
        Step("response.create", whole("r2", "c2", "Noted.")),
    ]
    async with engine_for(settings, script) as engine, open_page(begun, maya) as page:
        card = await page.until("card")
        await page.until("changed", what="day")
        await page.until("turn", text="Noted.")
        engine.assert_complete()
    assert card["url"] == f"/talk/{begun.pk}/cards/{card['seq']}/"
    row = await ToolCall.objects.aget()
    assert (row.call_id.partition("~")[0], row.output) == ("k1", '{"say": "Noted."}')


async def test_a_call_on_the_next_connection_is_another_one_though_its_id_is_the_same(
    begun, maya, settings
):
    def noted(what):
        arguments = f'{{"said": "{what}"}}'
        return [
            Step(None, member_says("m1", f"note {what}")),
            Step(
                "response.create", [created("r1"), call("r1", "1", "note", arguments), done("r1")]
            ),
            Step("conversation.item.create"),
            Step("response.create", whole("r2", f"c-{what}", f"Noted {what}.")),
        ]

    scripts = [[*history(1), *noted("eggs")], [*history(3), *noted("tea")]]
    async with engine_for(settings, *scripts) as engine:
        for what in ("eggs", "tea"):
            async with open_page(begun, maya) as page:
                await page.until("turn", text=f"Noted {what}.")
        engine.assert_complete()
    assert await ToolCall.objects.acount() == 2
    assert await begun.cards.acount() == 2


async def test_a_page_that_comes_back_gets_what_it_missed(begun, maya, settings):
    await in_thread(record_turn)(begun, "member", "One", item_id="m1")
    await in_thread(record_turn)(begun, "coach", "Two", item_id="c1")
    async with engine_for(settings, history(3)), open_page(begun, maya, since=2) as page:
        await page.until("turn", text="Two")
    assert [t["seq"] for t in page.of("turn")] == [3]


async def test_a_page_that_leaves_in_the_middle_keeps_the_session_and_what_was_heard(
    begun, maya, settings
):
    script = [
        *history(1),
        Step(None, member_says("m1", "Hello")),
        Step(
            "response.create",
            [
                created("r1"),
                words("r1", "c1", "One two three four five six seven eight."),
                sound("r1", "c1", bytes(48_000)),
            ],
        ),
        Step("response.cancel"),
        Step("conversation.item.truncate"),
    ]
    async with (
        engine_for(settings, script) as engine,
        open_page(begun, maya, plays=False) as page,
    ):
        await until(lambda: page.audio.get(0) == 1000)
        await page.send({"type": "heard", "generation": 1, "item": 0, "ms": 500})
        await page.communicator.disconnect(code=1001, timeout=10)
        page.closed = 1001
        engine.assert_complete()
    row = await Turn.objects.filter(item_id="c1").aget()
    assert row.interrupted
    assert row.text.startswith("One")
    assert "eight" not in row.text
    assert (await Session.objects.aget(pk=begun.pk)).ended_at is None


async def test_the_member_ends_the_talk(begun, maya, settings):
    async with engine_for(settings, history(1)), open_page(begun, maya) as page:
        await page.until("ready")
        await page.send({"type": "end"})
        assert await page.until_closed() == 4410
        assert page.of("ended")
    assert (await Session.objects.aget(pk=begun.pk)).ended_at is not None


async def test_pings_are_answered(begun, maya, settings):
    async with engine_for(settings, history(1)), open_page(begun, maya) as page:
        await page.send({"type": "ping"})
        await page.until("pong")


# --- one socket at a time -------------------------------------------------------------------------


async def test_a_second_window_takes_the_talk_over(begun, maya, settings):
    async with engine_for(settings, history(1), history(1)), open_page(begun, maya) as first:
        await first.until("ready")
        async with open_page(begun, maya) as second:
            assert await first.until_closed() == 4403
            assert first.of("error")[0]["code"] == "taken_elsewhere"
            assert first.of("error")[0]["fatal"] is True
            await second.until("state", state="listening")
            assert second.closed is None


async def test_a_second_window_is_noticed_even_if_its_push_is_lost(
    begun, maya, settings, monkeypatch
):
    monkeypatch.setattr(live_talk, "POLL_S", 0.05)
    async with engine_for(settings, history(1)), open_page(begun, maya) as page:
        await page.until("ready")
        await cache.aset(live_key(begun.group), "another", 60)
        assert await page.until_closed() == 4403


# --- the floor ------------------------------------------------------------------------------------


async def test_an_expert_takes_the_floor_in_the_middle_of_a_sentence(begun, maya, asha, settings):
    script = [
        *history(1),
        Step(None, member_says("m1", "Hello")),
        Step("response.create", [created("r1"), sound("r1", "c1", bytes(48_000))]),
        Step("response.cancel", [sound("r1", "c1", bytes(4800)), done("r1", "cancelled")]),
        Step("conversation.item.delete"),
    ]
    async with (
        engine_for(settings, script) as engine,
        open_page(begun, maya, plays=False) as page,
    ):
        await page.until("state", state="speaking")
        await until(lambda: page.audio.get(0) == 1000)
        await in_thread(move_floor)(begun, "expert", holder=asha, name="Asha (dietitian)")
        floor = await page.until("floor", floor="expert")
        await engine.until("conversation.item.delete")
        await asyncio.sleep(0.05)
        assert page.audio == {0: 1000}
        assert page.of("clear") == [{"type": "clear", "generation": 2}]
        engine.assert_complete()
    assert (floor["name"], floor["epoch"]) == ("Asha (dietitian)", 2)
    assert page.of("state")[-1]["state"] == "person"


async def test_a_lost_push_costs_only_until_the_next_poll(begun, maya, settings, monkeypatch):
    monkeypatch.setattr(live_talk, "POLL_S", 0.05)
    async with engine_for(settings, history(1)), open_page(begun, maya) as page:
        await page.until("state", state="listening")
        await Session.objects.filter(pk=begun.pk).aupdate(floor="safety_hold", floor_epoch=7)
        await page.until("floor", floor="safety_hold", epoch=7)


async def test_an_experts_words_reach_page_and_engine(begun, maya, asha, settings):
    def told(message):
        assert message["item"]["role"] == "system"
        assert "Rest well." in message["item"]["content"][0]["text"]

    script = [*history(1), Step("conversation.item.create", check=told)]
    async with engine_for(settings, script) as engine, open_page(begun, maya) as page:
        await page.until("state", state="listening")
        await in_thread(move_floor)(begun, "expert", holder=asha)
        await in_thread(record_turn)(begun, "expert", "Rest well.", author=asha)
        await page.until("turn", speaker="expert", text="Rest well.")
        await until(lambda: len(engine.received) == 2)
        engine.assert_complete()


async def test_after_the_hand_back_the_coach_speaks_first(begun, maya, asha, settings):
    def first(message):
        assert 'For example: "Asha told me."' in message["response"]["instructions"]

    script = [
        *history(1),
        Step("conversation.item.create"),
        Step("response.create", whole("r1", "c1", "Asha told me."), check=first),
    ]
    async with engine_for(settings, script) as engine, open_page(begun, maya) as page:
        await page.until("state", state="listening")
        await in_thread(move_floor)(begun, "expert", holder=asha)
        await page.until("state", state="person")
        await in_thread(move_floor)(begun, "coach")
        await in_thread(add_directive)(
            begun, Directive.Kind.HAND_BACK, "Iron was discussed.", spoken="Asha told me."
        )
        await page.until("turn", text="Asha told me.")
        engine.assert_complete()


async def test_a_page_that_comes_back_in_the_middle_hears_the_whole_script(begun, maya, settings):
    await in_thread(move_floor)(begun, "safety_hold")
    words_of_it = "I am here with you now. Please call 988."
    half = [created("r1"), words("r1", "s1", words_of_it), sound("r1", "s1", bytes(96_000))]
    first = [*history(1), Step("response.create", half)]
    first += [Step("response.cancel"), Step("conversation.item.truncate")]
    replay = Step("response.create", whole("r2", "s2", words_of_it))
    async with engine_for(settings, first, [*history(2), replay]):
        async with open_page(begun, maya, plays=False) as page:
            await page.until("state", state="held")
            await in_thread(add_directive)(
                begun, Directive.Kind.SCRIPT, "reviewed", spoken=words_of_it
            )
            await until(lambda: page.audio.get(0) == 2000)
            await page.send({"type": "heard", "generation": 1, "item": 0, "ms": 900})
        assert (await Directive.objects.aget()).claimed_at is None
        async with open_page(begun, maya) as page:
            await page.until("turn", text=words_of_it, interrupted=False)
    assert (await Directive.objects.aget()).claimed_at is not None


async def test_a_hand_back_that_was_told_to_no_engine_is_told_after_a_reload(begun, maya, settings):
    await in_thread(add_directive)(
        begun, Directive.Kind.HAND_BACK, "Iron was discussed.", spoken="Asha told me."
    )
    first = [*history(1), Step("conversation.item.create"), Step("response.create")]
    script = [
        *history(2),
        Step("response.create", whole("r1", "c1", "Asha told me.")),
    ]
    async with engine_for(settings, first, script) as engine:
        async with open_page(begun, maya) as page:
            await engine.until("response.create")
        assert (await Directive.objects.aget()).claimed_at is None
        async with open_page(begun, maya) as page:
            await page.until("turn", text="Asha told me.")
    assert (await Directive.objects.aget()).claimed_at is not None


async def test_what_was_typed_while_no_engine_came_is_answered_once_by_the_next(
    begun, maya, settings, monkeypatch
):
    monkeypatch.setattr("coach.voice.limits.RECONNECT_FOR_S", 0.0)
    answer = [*history(2), Step("response.create", whole("r1", "c1", "Logged."))]
    async with engine_for(settings, answer, history(3), refusals=[503, 503]) as engine:
        async with open_page(begun, maya) as page:
            await page.send({"type": "text", "id": "t-1", "text": "log a tomato"})
            await page.until("turn", client_id="t-1")
            error = await page.until("error", code="engine_unavailable")
            assert error["fatal"] is True
            assert await page.until_closed() == wire.PageClose.FAILED
        async with open_page(begun, maya) as page:
            await page.send({"type": "text", "id": "t-1", "text": "log a tomato"})
            await page.until("turn", text="Logged.")
        async with open_page(begun, maya) as page:
            await page.until("state", state="listening")
        engine.assert_complete()
    assert await Turn.objects.filter(speaker="member").acount() == 1


def _tool_has_run(session):
    ToolCall.objects.create(session=session, call_id="k1", name="note", output="{}")


def _answered(session):
    record_turn(session, "coach", "Logged.", item_id="c1")


def _sent_as_a_note(session):
    Note.objects.create(session=session, client_id="t-1", kind=Note.Kind.TEXT)


def _long_ago(session):
    session.turns.update(created_at=timezone.now() - timedelta(seconds=limits.ANSWER_PENDING_S + 1))


def _held(session):
    session.floor = Floor.SAFETY_HOLD


@pytest.mark.parametrize(
    ("since", "pending"),
    [
        (lambda session: None, True),
        (_tool_has_run, False),
        (_answered, False),
        (_sent_as_a_note, False),
        (_long_ago, False),
        (_held, False),
    ],
)
def test_an_answer_is_pending_to_what_was_typed_last_unless_something_came_of_it(
    begun, since, pending
):
    assert is_answer_pending(begun) is False
    record_turn(begun, "member", "log a tomato", item_id="m1", client_id="t-1", source="text")
    since(begun)
    assert is_answer_pending(begun) is pending


async def test_a_cancelled_look_still_tells_what_it_claimed(begun):
    told = []

    async def hear(event):
        told.append(event)

    async def send(message):
        pass

    await in_thread(add_directive)(begun, Directive.Kind.SCRIPT, "reviewed", spoken="Call 988.")
    host = TalkHost(begun, thaw(begun.brief), send=send, since=1)
    host.bind(hear)
    look = asyncio.create_task(host.refresh())
    await asyncio.sleep(0)
    look.cancel()
    await asyncio.gather(look, return_exceptions=True)
    await host.close()
    assert [event.text for event in told if isinstance(event, ScriptGiven)] == ["Call 988."]


async def test_what_was_heard_before_the_floor_moved_stays_in_the_thread(
    begun, maya, asha, settings
):
    script = [
        *history(1),
        Step(None, member_says("m1", "Hello")),
        Step(
            "response.create",
            [
                created("r1"),
                words("r1", "c1", "One two three four five six seven eight."),
                sound("r1", "c1", bytes(96_000)),
            ],
        ),
        Step("response.cancel", [done("r1", "cancelled")]),
        Step("conversation.item.truncate"),
    ]
    async with engine_for(settings, script), open_page(begun, maya, plays=False) as page:
        await until(lambda: page.audio.get(0) == 2000)
        await page.send({"type": "heard", "generation": 1, "item": 0, "ms": 1000})
        await page.send({"type": "ping"})
        await page.until("pong")
        await in_thread(move_floor)(begun, "expert", holder=asha)
        turn = await page.until("turn", item="c1")
    assert turn["interrupted"]
    assert turn["text"].startswith("One")
    assert (await Turn.objects.aget(item_id="c1")).floor_epoch == 1


def test_only_the_heard_part_of_the_epoch_just_before_is_written_after_the_floor_moved(begun, asha):
    move_floor(begun, "expert", holder=asha)
    late = {"epoch": 1, "item_id": "c1"}
    assert record_turn(begun, "coach", "One", **late) is None
    assert record_turn(begun, "coach", "One", interrupted=True, **late) is None
    assert record_turn(begun, "coach", "One", already_heard=True, **late) is None
    heard = {"interrupted": True, "already_heard": True}
    assert record_turn(begun, "coach", "One", epoch=2, item_id="c2", **heard) is None
    turn = record_turn(begun, "coach", "One", **late, **heard)
    assert turn is not None
    assert turn.floor_epoch == 1
    move_floor(begun, "coach")
    assert record_turn(begun, "coach", "Two", epoch=1, item_id="c3", **heard) is None


# --- screening ------------------------------------------------------------------------------------


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


# --- those who read along, and what breaks --------------------------------------------------------


async def test_captions_reach_those_who_read_along_joined_together(begun, maya, settings):
    layer = get_channel_layer()
    name = await layer.new_channel()
    await layer.group_add(begun.watch_group, name)
    deltas = [words("r1", "c1", f"word{n} ") for n in range(20)]
    script = [
        *history(1),
        Step(None, member_says("m1", "Hello")),
        Step("response.create", [created("r1"), *deltas]),
    ]
    captions = []
    async with engine_for(settings, script), open_page(begun, maya):
        async with asyncio.timeout(15):
            while not captions:
                event = (await layer.receive(name))["event"]
                captions += [event] if event["type"] == "caption" else []
    assert captions[0]["text"].endswith("word19 ")


async def test_what_breaks_closes_the_socket(begun, maya, settings, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("coach.talk.live.turn_writer.record_turn", broken)
    async with engine_for(settings, history(1)), open_page(begun, maya) as page:
        await page.until("state", state="listening")
        await page.send({"type": "text", "id": "t1", "text": "Hello"})
        assert await page.until_closed() == wire.PageClose.FAILED


async def test_without_an_engine_key_the_member_is_told(begun, maya, settings):
    first = {"type": "error", "error": {"code": "invalid_api_key", "message": "no"}}
    async with engine_for(settings, [], first=first), open_page(begun, maya) as page:
        error = await page.until("error", code="invalid_api_key")
        assert error["fatal"] is True
        assert "available" in error["message"]
        await page.until_closed()
