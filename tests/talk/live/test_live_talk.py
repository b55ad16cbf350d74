"""A live talk from the page's side, against a scripted engine and real rows."""

import asyncio
import re
from secrets import token_hex

import pytest
from channels.layers import get_channel_layer
from django.db import OperationalError

from coach import wire
from coach.after_commit import publish_now
from coach.talk import outage
from coach.talk.actions import (
    add_directive,
    record_turn,
)
from coach.talk.live import captions, live_talk, sweep, turn_writer
from coach.talk.live.admission import Admission
from coach.talk.live.host import TalkHost
from coach.talk.live.live_talk import LiveTalk
from coach.talk.models import Directive, Session, ToolCall, Turn
from coach.voice.realtime import client
from coach.voice.relay import Relay
from tests.support.live_talk import engine_for, history, until
from tests.support.page_client import in_thread, open_page
from tests.support.relay_stage import LOUD
from tests.support.scripted_engine import (
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


async def test_how_long_a_member_speaks_and_thinks_is_kept_with_the_turn(begun, maya, settings):
    started, *rest = member_says("m1", "Fine")
    script = [
        *history(1),
        Step("conversation.item.create"),
        Step("response.create", whole("r1", "c1", "How are you?", 300)),
        Step("response.create", whole("r2", "c2", "Good.", 300)),
    ]
    async with engine_for(settings, script) as engine, open_page(begun, maya) as page:
        await page.send({"type": "text", "id": "t1", "text": "Good morning"})
        await page.until("turn", item="c1")
        await asyncio.sleep(0.4)
        for _ in range(5):
            await page.say(LOUD)
        await until(lambda: len(engine.mic) == 5 * len(LOUD))
        await engine.emit(started)
        await asyncio.sleep(0.4)
        await engine.emit(*rest)
        await page.until("turn", speaker="coach", item="c2")
        engine.assert_complete()
    typed, spoken = [t async for t in Turn.objects.filter(speaker="member")]
    assert (typed.source, typed.timed) == ("text", None)
    assert spoken.timed.spoken_ms == 100
    assert 300 <= spoken.timed.response_ms < 3000


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
    assert not row.interrupted  # the page went away, and nobody spoke
    assert row.text.startswith("One")
    assert row.text.endswith("…")
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


async def test_a_push_of_a_newer_version_has_the_page_brought_up_to_date(
    begun, maya, settings, monkeypatch
):
    monkeypatch.setattr(sweep, "SWEEP_S", 600)
    async with engine_for(settings, history(1)), open_page(begun, maya) as page:
        await page.until("state", state="listening")
        row = Turn(session=begun, seq=2, speaker="system", text="By another.", floor_epoch=0)
        await in_thread(row.save)()
        await Session.objects.filter(pk=begun.pk).aupdate(last_seq=2)
        newer = {"type": "push", "event": {"type": "weather"}}
        await get_channel_layer().group_send(begun.group, newer)
        await page.until("turn", text="By another.")


async def test_captions_reach_those_who_read_along_joined_together(begun, maya, settings):
    layer = get_channel_layer()
    name = await layer.new_channel()
    await layer.group_add(begun.watch_group, name)
    deltas = [words("r1", "c1", f"word{n} ") for n in range(20)]
    script = [*history(1), Step("response.create", [created("r1"), *deltas])]
    heard_captions = []
    async with engine_for(settings, script) as engine, open_page(begun, maya) as page:
        await page.until("state", state="listening")
        await publish_now(begun.group, wire.TalkWatched())
        await asyncio.sleep(0.3)
        await engine.emit(*member_says("m1", "Hello"))
        async with asyncio.timeout(15):
            while not heard_captions:
                event = (await layer.receive(name))["event"]
                heard_captions += [event] if event.get("speaker") == "coach" else []
    assert heard_captions[0]["text"].endswith("word19 ")


async def test_captions_go_to_nobody_while_nobody_reads_along(begun, maya, settings, monkeypatch):
    sent = []

    async def publish(group, event):
        sent.append(event)

    monkeypatch.setattr(captions, "publish_now", publish)
    deltas = [words("r1", "c1", "word ") for _ in range(20)]
    script = [*history(1), Step("response.create", [created("r1"), *deltas])]
    async with engine_for(settings, script) as engine, open_page(begun, maya) as page:
        await page.until("state", state="listening")
        await engine.emit(*member_says("m1", "Hello"))
        await page.until("caption")
        await asyncio.sleep(2 * captions.EVERY_S)
    assert sent == []


async def test_a_greeting_that_fails_gives_back_what_was_claimed(begun, maya, monkeypatch):
    await in_thread(add_directive)(begun, Directive.Kind.SCRIPT, "reviewed", spoken="Call 988.")
    greet = LiveTalk._greet

    async def fail(self):
        await greet(self)
        assert (await Directive.objects.aget()).claimed_at is not None
        raise RuntimeError

    monkeypatch.setattr(LiveTalk, "_greet", fail)
    async with open_page(begun, maya) as page:
        assert await page.until_closed() == 4500
    assert (await Directive.objects.aget()).claimed_at is None


def note_calls(monkeypatch, *methods):
    """The names of those of these methods that were called."""
    called = []

    def noted(owner, name):
        method = getattr(owner, name)

        async def call(*args, **kwargs):
            called.append(name)
            await method(*args, **kwargs)

        monkeypatch.setattr(owner, name, call)

    for owner, name in methods:
        noted(owner, name)
    return called


@pytest.mark.parametrize("broken", [(Relay, "end"), (TalkHost, "close")])
async def test_whatever_fails_at_the_end_the_rest_of_it_is_done(
    begun, maya, settings, monkeypatch, broken
):
    async def fail(self):
        raise RuntimeError

    monkeypatch.setattr(*broken, fail)
    steps = [(Admission, "leave"), (TalkHost, "close"), (Relay, "drain")]
    called = note_calls(monkeypatch, *steps)
    async with engine_for(settings, history(1)), open_page(begun, maya) as page:
        await page.until("ready")
        await page.send({"type": "end"})
        assert await page.until_closed() == 4500
    assert called == ["leave", "close", "drain"]


async def test_an_end_that_nobody_takes_does_not_hold_the_talk(begun, maya, settings, monkeypatch):
    async def stuck(self):
        await asyncio.Event().wait()

    monkeypatch.setattr(Relay, "end", stuck)
    monkeypatch.setattr(live_talk, "END_S", 0.01)
    async with engine_for(settings, history(1)), open_page(begun, maya) as page:
        await page.until("ready")
        await page.send({"type": "end"})
        assert await page.until_closed() == 4410


async def test_what_cannot_be_written_at_once_is_told_and_written_later(
    begun, maya, settings, monkeypatch
):
    failures = [OperationalError("database is locked"), OperationalError("disk is full")]
    write = turn_writer.record_turn

    def sometimes(*args, **kwargs):
        if failures:
            raise failures.pop()
        return write(*args, **kwargs)

    monkeypatch.setattr(outage, "AGAIN_S", 0.01)
    monkeypatch.setattr(turn_writer, "record_turn", sometimes)
    script = [*history(1), Step("conversation.item.create"), Step("response.create")]
    async with engine_for(settings, script), open_page(begun, maya) as page:
        await page.until("state", state="listening")
        await page.send({"type": "text", "id": "t1", "text": "Hello"})
        await page.until("turn", text="Hello")
        assert [error["code"] for error in page.of("error")] == ["not_saved"]


async def test_what_can_never_be_written_ends_the_talk_aloud(begun, maya, settings, monkeypatch):
    def broken(*args, **kwargs):
        raise OperationalError("disk is full")

    monkeypatch.setattr(outage, "AGAIN_S", 0.01)
    monkeypatch.setattr(outage, "TRY_FOR_S", 0.05)
    monkeypatch.setattr(turn_writer, "record_turn", broken)
    script = [*history(1), Step("conversation.item.create"), Step("response.create")]
    async with engine_for(settings, script), open_page(begun, maya) as page:
        await page.until("state", state="listening")
        await page.send({"type": "text", "id": "t1", "text": "Hello"})
        assert await page.until_closed() == wire.PageClose.FAILED
