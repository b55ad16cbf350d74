"""Voice notes from outside: what a page sends, what it gets, and what stands in the rows."""

import asyncio
import re
from datetime import timedelta
from decimal import Decimal
from functools import partial

import numpy as np
import pytest
from asgiref.sync import ThreadSensitiveContext
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import AsyncClient
from django.urls import reverse
from django.utils import timezone

from coach.engine.server.run import serve
from coach.people.models import User
from coach.personas.models import Persona
from coach.talk.actions import (
    add_card,
    add_directive,
    end_session,
    move_floor,
    record_turn,
    start_session,
)
from coach.talk.actions.notes import claim_note, finish_note, give_up_note, prune_sounds
from coach.talk.brief import make_brief
from coach.talk.models import Directive, Floor, Note, NoteSound, Session, ToolCall, Turn, Usage
from coach.talk.notes import limits, run
from coach.talk.registries import tools
from coach.talk.registries.tools import ToolResult, tool
from coach.voice.wav import read_reply, write
from handoff import sweeper
from handoff.models import Escalation, Script
from tests.support.chat_server import calls, heard, refused, spoken
from tests.support.live_talk import Said
from tests.support.page_client import in_thread, open_page
from tests.support.scripted_engine import ScriptedEngine, Step, whole
from tests.talk.live.test_consumer_engine import spoken as speech

pytestmark = pytest.mark.django_db(transaction=True)

SECOND = timedelta(seconds=1)
WAV = write(bytes(800 * 48))


@pytest.fixture(autouse=True)
def _own_tools(monkeypatch):
    monkeypatch.setattr(tools, "_tools", {})

    @tool("log_meal", "Write down what was eaten.", examples=["I had two eggs", "log a banana"])
    def log_meal(call: tools.ToolCallContext, args: Said) -> ToolResult:
        return ToolResult("I wrote down two eggs.", {"kcal": 156})


@pytest.fixture
def maya():
    return User.objects.create_user("maya@example.org", "x", display_name="Maya")


@pytest.fixture
def session(maya):
    persona = Persona.objects.create(
        slug="test-sage",
        name="Sage",
        instructions="Be kind.",
        greeting="Hi {name}.",
        tools=["log_meal"],
    )
    made = start_session(maya, persona, make_brief(persona, member_name="Maya"))
    return Session.objects.select_related("member", "persona").get(pk=made.pk)


@pytest.fixture
def page(maya):
    return Page(maya)


class Page:
    """A signed-in browser."""

    def __init__(self, user):
        self.user = user
        self.client = AsyncClient()

    async def send(self, session, client_id="note-0001", *, audio=WAV, text="", **fields):
        form = {"member": self.user.pk, "client_id": client_id, "since": "0", **fields}
        if text:
            form["text"] = text
        elif audio is not None:
            form["audio"] = SimpleUploadedFile("note.wav", audio, "audio/wav")
        return await self.post(reverse("talk:notes", args=[session.pk]), form)

    async def post(self, url, form):
        async with ThreadSensitiveContext():  # each request has its thread, as in the server
            await self.client.aforce_login(self.user)
            return await self.client.post(url, form)

    async def get(self, url, **headers):
        async with ThreadSensitiveContext():
            await self.client.aforce_login(self.user)
            return await self.client.get(url, headers=headers)


def said(session, *speakers):
    return list(session.turns.filter(speaker__in=speakers).values_list("text", flat=True))


all_said = in_thread(said)


async def test_a_note_is_answered_in_one_request(session, page, chat):
    wanted = calls(("c1", "log_meal", '{"said": "two eggs"}'))
    async with chat(heard("I had two eggs."), wanted, spoken("I wrote them down.")) as server:
        answer = await page.send(session)
    told = answer.json()
    assert answer.status_code == 200
    assert told["note"] | {"reply": 2} == {
        "id": "note-0001",
        "state": "done",
        "code": "",
        "message": "",
        "retry_s": None,
        "reply": 2,
        "picture": None,
    }
    assert "I had two eggs." in told["thread"]
    assert "I wrote them down." in told["thread"]
    assert await all_said(session, "member") == ["I had two eggs."]
    assert (await ToolCall.objects.aget()).name == "log_meal"
    assert server.requests[0]["messages"][0]["content"].startswith("You are Sage.")
    url = re.search(r'<audio[^>]*src="([^"]+)"', told["thread"])[1]
    heard_again = await page.get(url)
    assert heard_again.headers["Cache-Control"] == "private, no-store"
    assert len(read_reply(heard_again.content, longest_ms=1_000)) == 400 * 48


async def test_the_embedded_engine_answers_a_recording(session, page, settings):
    pcm = await speech("I had two eggs and toast for breakfast.")
    async with serve(key="k") as port:
        settings.ENGINE_URL = f"ws://127.0.0.1:{port}/v1/realtime"
        settings.ENGINE_KEY = "k"
        answer = await page.send(session, audio=write(pcm.astype("<i2").tobytes()))
    assert answer.json()["note"]["state"] == "done", answer.json()
    assert "two eggs and toast" in (await all_said(session, "member"))[0].lower()
    assert await all_said(session, "coach") == ["I wrote down two eggs."]
    sound = await NoteSound.objects.aget()
    loud = np.frombuffer(read_reply(bytes(sound.wav), longest_ms=60_000), "<i2")
    assert np.abs(loud).max() > 1000


async def test_the_same_note_again_is_answered_once(session, page, chat):
    async with chat(heard("I had two eggs."), spoken("Well done.")):
        first = await page.send(session)
        again = await page.send(session)
    assert again.json() == first.json()
    assert await Turn.objects.acount() == 2
    assert await Note.objects.acount() == 1


async def test_two_at_once_run_once(session, page, chat):
    slow = heard("I had two eggs.").held()
    async with chat(slow, spoken("Well done.")):
        sending = asyncio.create_task(page.send(session))
        await slow.asked.wait()
        second = await page.send(session)
        slow.gate.set()
        first = await sending
    assert (first.status_code, second.status_code) == (200, 202)
    assert second.json()["note"] | {"message": ""} == {
        "id": "note-0001",
        "state": "waiting",
        "code": "busy",
        "message": "",
        "retry_s": limits.NOTE_RETRY_S,
        "reply": None,
        "picture": None,
    }
    assert await Turn.objects.acount() == 2


async def test_another_note_waits_for_the_one_before(session, page, chat):
    await in_thread(claim_note)(session.pk, "note-0000", "voice")
    assert (await page.send(session)).status_code == 202
    assert await Turn.objects.acount() == 0
    await Note.objects.filter(client_id="note-0000").aupdate(state=Note.State.DONE)
    async with chat(heard("Hello."), spoken("Hi.")):
        assert (await page.send(session)).status_code == 200


async def test_a_note_whose_process_died_is_taken_up_and_runs_no_tool_twice(session, page, chat):
    wanted = calls(("c1", "log_meal", '{"said": "two eggs"}'))
    async with chat(heard("I had two eggs."), wanted, refused(503)):
        answer = await page.send(session)
    assert answer.status_code == 202
    # As a crash leaves it: claimed, words and meal written, no answer.
    at = timezone.now() + timedelta(seconds=60)
    await Note.objects.aupdate(state=Note.State.ANSWERING, claimed_until=at)
    assert (await page.send(session)).status_code == 202
    await Note.objects.aupdate(claimed_until=timezone.now() - SECOND)
    other_id = calls(("c9", "log_meal", '{"said": "2 eggs"}'))
    async with chat(other_id, spoken("I wrote them down.")):  # and nothing is heard twice
        assert (await page.send(session)).status_code == 200
    assert await ToolCall.objects.acount() == 1
    assert await all_said(session, "member") == ["I had two eggs."]
    assert await all_said(session, "coach") == ["I wrote them down."]


async def test_a_claim_that_has_lapsed_writes_nothing_more(session, maya):
    slow, _ = await in_thread(claim_note)(session.pk, "note-0001", "voice")
    await Note.objects.aupdate(claimed_until=timezone.now() - SECOND)
    quick, mine = await in_thread(claim_note)(session.pk, "note-0001", "voice")
    assert mine
    assert not await in_thread(finish_note)(slow, "Late.", epoch=1)
    assert not await in_thread(give_up_note)(slow, "timeout", retryable=True)
    assert await in_thread(finish_note)(quick, "In time.", epoch=1)
    assert await all_said(session, "coach") == ["In time."]


async def test_tries_end_and_the_member_may_ask_for_more(session, page, chat):
    for number in range(limits.NOTE_TRIES):
        async with chat(refused(503, path="/v1/audio/transcriptions")):
            answer = await page.send(session)
        last = number == limits.NOTE_TRIES - 1
        assert answer.json()["note"]["state"] == ("failed" if last else "waiting")
        assert answer.json()["note"]["message"]
    async with chat():  # a failed note is not tried again by itself
        assert (await page.send(session)).json()["note"]["state"] == "failed"
    async with chat(heard("Hello."), spoken("Hi.")):
        assert (await page.send(session, again="1")).json()["note"]["state"] == "done"


async def test_an_engine_that_is_not_reached_is_tried_for_as_long_as_the_page_asks(session):
    note, _mine = await in_thread(claim_note)(session.pk, "note-0003", "text")
    await Note.objects.filter(pk=note.pk).aupdate(attempts=limits.NOTE_TRIES)
    await note.arefresh_from_db()
    await in_thread(give_up_note)(note, "unreachable", retryable=True)
    assert note.state == Note.State.RECEIVED


async def test_a_wrong_key_fails_at_once_and_says_so(session, page, chat):
    async with chat(refused(401, path="/v1/audio/transcriptions")):
        told = (await page.send(session)).json()["note"]
    assert (told["state"], told["code"]) == ("failed", "invalid_api_key")
    assert told["message"]
    assert await Turn.objects.acount() == 0


async def test_typed_words_are_a_note_too(session, page, chat):
    async with chat(spoken("Well done.")):
        await page.send(session, text="I had two eggs")
    turn = await Turn.objects.aget(speaker="member")
    assert (turn.text, turn.source, turn.client_id) == ("I had two eggs", "text", "note-0001")


# --- people and danger---


async def test_words_of_danger_are_answered_by_nobody_but_reviewed_lines(session, page, chat):
    await Script.objects.all().adelete()
    await Script.objects.acreate(moment="first", language="en", text="Please stay with me.")
    async with chat(heard("I want to kill myself tonight.")) as server:
        told = (await page.send(session)).json()
    assert server.requests == []  # no model was asked
    assert told["floor"] == "safety_hold"
    assert 'data-card="crisis"' in told["thread"]
    assert (await Escalation.objects.aget()).tier == 0
    assert await all_said(session, "coach") == ["Please stay with me."]
    assert not await Directive.objects.filter(claimed_at=None).aexists()


@pytest.mark.parametrize("floor", [Floor.COACH, Floor.EXPERT])
async def test_typed_words_reach_a_person_also_where_no_engine_is_reached(
    session, page, settings, floor
):
    settings.ENGINE_URL = "ws://127.0.0.1:9/v1/realtime"
    await Script.objects.all().adelete()
    await Script.objects.acreate(moment="first", language="en", text="Please stay with me.")
    if floor == Floor.EXPERT:
        await in_thread(move_floor)(session, floor, name="Asha, dietitian")
    told = (await page.send(session, text="I want to kill myself tonight.")).json()
    assert told["note"]["state"] == "done"
    assert await all_said(session, "member") == ["I want to kill myself tonight."]
    assert (await Escalation.objects.aget()).tier == 0


async def test_while_an_expert_has_the_floor_a_note_is_heard_and_not_answered(session, page, chat):
    asha = await in_thread(User.objects.create_user)("asha@example.org", "x", display_name="Asha")
    await in_thread(move_floor)(session, Floor.EXPERT, holder=asha, name="Asha, dietitian")
    async with chat(heard("Thank you for coming.")):
        told = (await page.send(session)).json()
    assert (told["note"]["state"], told["floor"], told["person"]) == (
        "done",
        "expert",
        "Asha, dietitian",
    )
    assert await all_said(session, "member") == ["Thank you for coming."]
    assert await all_said(session, "coach") == []


async def test_an_expert_who_comes_in_the_middle_voids_the_answer(session, page, chat):
    slow = spoken("Too late.").held()
    async with chat(heard("Hello."), slow):
        sending = asyncio.create_task(page.send(session))
        await slow.asked.wait()
        await in_thread(move_floor)(session, Floor.EXPERT, holder=page.user, name="Asha")
        slow.gate.set()
        told = (await sending).json()
    assert told["note"]["state"] == "done"
    assert await all_said(session, "coach") == []
    assert not await NoteSound.objects.aexists()


async def test_unsafe_words_of_the_coach_are_not_shown(session, page, chat, monkeypatch):
    monkeypatch.setattr("handoff.screening.screen", only_coach)
    async with chat(heard("Hello."), spoken("Stop your insulin.")):
        told = (await page.send(session)).json()
    assert told["note"]["code"] == "coach_stopped"
    assert "insulin" not in told["thread"]
    assert await all_said(session, "coach") == []


def only_coach(text, speaker, language="en", own=None):
    from handoff.screening import Found

    return [Found("MED-STOP", 1, text)] if speaker == "coach" else []


async def test_an_experts_guidance_shapes_one_answer_and_survives_a_failure(session, page, chat):
    await in_thread(add_directive)(session, Directive.Kind.GUIDE, "Ask about breakfast.")
    async with chat(heard("Hello."), refused(503)):
        await page.send(session)
    assert (await Directive.objects.aget()).claimed_at is None
    async with chat(spoken("What was for breakfast?")) as server:
        await page.send(session)
    assert any("Ask about breakfast." in str(m) for m in server.requests[0]["messages"])
    assert (await Directive.objects.aget()).claimed_at is not None


@pytest.mark.parametrize(
    ("reply", "became"),
    [("Asha says: half is fine. Anything else?", "spoken"), ("All right.", "cut_off")],
)
async def test_an_experts_word_is_spoken_only_where_the_answer_holds_it(
    session, page, chat, reply, became
):
    word = partial(add_directive, spoken="Asha says: half is fine.")
    await in_thread(word)(session, Directive.Kind.WORD, "Half is fine.")
    async with chat(heard("And a banana?"), spoken(reply)):
        await page.send(session)
    assert (await Directive.objects.aget()).became == became


async def test_an_experts_word_waits_where_no_answer_is_given(session, page, chat, monkeypatch):
    monkeypatch.setattr("coach.talk.notes.run.is_grave", lambda found, speaker: speaker == "coach")
    word = partial(add_directive, spoken="Half is fine.")
    await in_thread(word)(session, Directive.Kind.WORD, "Half is fine.")
    async with chat(heard("And a banana?"), spoken("Half is fine.")):
        await page.send(session)
    waiting = await Directive.objects.aget()
    assert (waiting.became, waiting.claimed_at) == ("", None)


async def test_what_was_said_before_is_told(session, page, chat):
    await in_thread(record_turn)(session, "coach", "Hi Maya.", item_id="i1")
    await in_thread(record_turn)(session, "expert", "No dairy.", author_name="Asha")
    async with chat(heard("What may I eat?"), spoken("No dairy.")) as server:
        await page.send(session)
    before = [m["content"] for m in server.requests[0]["messages"][1:3]]
    assert before == ["Hi Maya.", 'Asha, a human expert, said to the member: "No dairy."']


async def test_a_photo_of_the_live_line_is_told_of(session, page, chat):
    await in_thread(record_turn)(session, "coach", "Hi Maya.", item_id="i1")
    await in_thread(add_card)(session, "picture", "1")
    async with chat(heard("What was in it?"), spoken("Rice.")) as server:
        await page.send(session)
    before = [m["content"] for m in server.requests[0]["messages"][1:3]]
    assert before == ["Hi Maya.", "(the member showed a photo)"]


async def test_the_engine_of_a_live_line_learns_of_a_note(session, page, chat, settings):
    def noted(role, text):
        def check(message):
            item = message["item"]
            assert (item["role"], item["content"][0]["text"]) == (role, text)

        return Step("conversation.item.create", check=check)

    script = [
        Step("response.create", whole("r1", "i1", "Hi Maya.")),
        noted("user", "I had two eggs."),
        noted("assistant", "Well done."),
    ]
    async with (
        ScriptedEngine([script]) as engine,
        chat(heard("I had two eggs."), spoken("Well done.")),
    ):
        settings.ENGINE_URL, settings.ENGINE_KEY = engine.url, "k"
        async with open_page(session, session.member) as live:
            await live.until("turn", text="Hi Maya.")
            await page.send(session)
            await live.until("turn", text="Well done.")
            await engine.until("conversation.item.create", "conversation.item.create")
        engine.assert_complete()


# --- limits and who may---


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"audio": b"not a recording"}, 400, "bad_recording"),
        ({"audio": write(bytes(100 * 48))}, 400, "too_short"),
        ({"audio": write(bytes(121_000 * 48))}, 413, "too_long"),
        ({"audio": None}, 400, "empty"),
        ({"text": "x" * 2001}, 413, "too_long"),
        ({"client_id": "x"}, 400, "bad_recording"),
        ({"client_id": "../../etc/passwd"}, 400, "bad_recording"),
        ({"member": "0"}, 409, "not_yours"),
    ],
)
async def test_what_is_not_a_note_is_refused_in_words(session, page, chat, fields, status, code):
    async with chat():
        answer = await page.send(session, **fields)
    assert answer.status_code == status
    assert answer.json()["code"] == code
    assert answer.json()["message"]
    assert not await Note.objects.aexists()


async def test_nobody_else_may_send_or_hear(session, page, chat):
    async with chat(heard("Hello."), spoken("Hi.")):
        await page.send(session)
    note = await Note.objects.aget()
    other = Page(await in_thread(User.objects.create_user)("eve@example.org", "x"))
    assert (await other.send(session)).status_code == 404
    url = reverse("talk:sound", args=[session.pk, note.pk])
    assert (await other.get(url)).status_code == 404
    assert (await other.get(reverse("talk:notes", args=[session.pk]))).status_code == 404
    signed_out = await AsyncClient().post(reverse("talk:notes", args=[session.pk]), {})
    assert (signed_out.status_code, signed_out.json()["code"]) == (401, "signed_out")


async def test_a_note_without_a_token_is_refused(session, page):
    strict = AsyncClient(enforce_csrf_checks=True)
    await strict.aforce_login(page.user)
    answer = await strict.post(reverse("talk:notes", args=[session.pk]), {"text": "Hello."})
    assert answer.status_code == 403
    assert not await Note.objects.aexists()


async def test_an_ended_talk_takes_no_note_but_shows_the_answer_it_gave(session, page, chat):
    async with chat(heard("Hello."), spoken("Hi.")):
        await page.send(session)
    await in_thread(end_session)(session)
    assert (await page.send(session)).json()["note"]["state"] == "done"
    late = await page.send(session, "note-0002")
    assert (late.status_code, late.json()["code"]) == (410, "ended")
    assert await Note.objects.acount() == 1


async def test_notes_of_a_minute_are_counted(session, page, chat, monkeypatch):
    monkeypatch.setattr(limits, "NOTES_PER_MINUTE", 1)
    async with chat(spoken("Hi.")):
        await page.send(session, text="Hello.")
        late = await page.send(session, "note-0002", text="Hello again.")
    assert (late.status_code, late.json()["code"]) == (429, "too_many")


async def test_a_process_takes_so_many_at_once(session, page, monkeypatch):
    monkeypatch.setattr(limits, "NOTES_AT_ONCE", 0)
    answer = await page.send(session)
    assert (answer.status_code, answer.json()["code"]) == (503, "at_limit")
    assert not await Note.objects.aexists()


async def test_a_page_that_leaves_finds_the_answer_when_it_comes_back(session, page, chat):
    slow = spoken("Well done.").held()
    async with chat(heard("I had two eggs."), slow):
        sending = asyncio.create_task(page.send(session))
        await slow.asked.wait()
        sending.cancel()
        slow.gate.set()
        await asyncio.gather(*run._under_way, sending, return_exceptions=True)
        again = await page.send(session)
    assert again.json()["note"]["state"] == "done"
    assert await all_said(session, "coach") == ["Well done."]


# --- what is kept---


async def test_the_sound_is_kept_for_its_time_and_the_recording_not_at_all(session, page, chat):
    async with chat(heard("Hello."), spoken("Hi.")):
        await page.send(session)
    assert {f.name for f in Note._meta.get_fields()} & {"audio", "recording", "wav"} == set()
    assert await in_thread(prune_sounds)() == 0
    await NoteSound.objects.aupdate(created_at=timezone.now() - limits.SOUND_KEPT - SECOND)
    assert await in_thread(prune_sounds)() == 1
    told = (await page.get(reverse("talk:notes", args=[session.pk]))).json()
    assert "<audio" not in told["thread"]
    assert "Hi." in told["thread"]


@pytest.mark.parametrize(
    ("asked", "status", "told", "length"),
    [
        ("bytes=0-99", 206, "bytes 0-99/19244", 100),
        ("bytes=19200-", 206, "bytes 19200-19243/19244", 44),
        ("bytes=-44", 206, "bytes 19200-19243/19244", 44),
        ("bytes=0-999999", 206, "bytes 0-19243/19244", 19_244),
        ("bytes=99999-", 416, "bytes */19244", 0),
        ("bytes=0-1,5-6", 200, None, 19_244),
    ],
)
async def test_a_player_may_ask_for_a_part(session, page, chat, asked, status, told, length):
    async with chat(heard("Hello."), spoken("Hi.")):
        await page.send(session)
    note = await Note.objects.aget()
    answer = await page.get(reverse("talk:sound", args=[session.pk, note.pk]), Range=asked)
    assert answer.status_code == status
    assert answer.headers.get("Content-Range") == told
    assert len(answer.content) == length


async def test_a_page_without_a_socket_is_brought_up_to_date(session, page):
    await in_thread(record_turn)(session, "expert", "I am here.", author_name="Asha")
    await in_thread(add_directive)(session, Directive.Kind.SCRIPT, "Say", spoken="Stay with me.")
    told = (await page.get(reverse("talk:notes", args=[session.pk]) + "?since=0")).json()
    assert "I am here." in told["thread"]
    assert "Stay with me." in told["thread"]
    assert told["ended"] is False
    last = (await page.get(reverse("talk:notes", args=[session.pk]) + "?since=1")).json()
    assert "I am here." not in last["thread"]


# --- what it costs --------------------------------------------------------------------------------


async def test_what_a_note_costs_is_written_down_once(session, page, chat):
    heard_for = {"type": "tokens", "input_tokens": 14, "output_tokens": 5}
    used = {"prompt_tokens": 30, "completion_tokens": 40}
    async with chat(heard("Hello.", usage=heard_for), spoken("Hi.", usage=used)):
        await page.send(session)
        await page.send(session)
    rows = [(u.kind, u.model, u.provider) async for u in Usage.objects.order_by("pk")]
    assert rows == [
        ("transcription", "gpt-transcribe", "openai"),
        ("note", "gpt-audio", "openai"),
    ]


async def test_past_the_days_budget_a_note_is_heard_and_the_talk_ends_kindly(
    session, page, chat, settings
):
    settings.BUDGET_MEMBER_USD = Decimal(0)
    async with chat(heard("I had two eggs.")) as server:
        told = (await page.send(session)).json()
    assert server.requests == []
    assert told["ended"] is True
    assert await all_said(session, "member") == ["I had two eggs."]
    assert "all of your time" in (await all_said(session, "system"))[0]


async def test_the_timers_of_the_house_prune_sounds(session, page, chat):
    async with chat(heard("Hello."), spoken("Hi.")):
        await page.send(session)
    await NoteSound.objects.aupdate(created_at=timezone.now() - limits.SOUND_KEPT - SECOND)
    await in_thread(sweeper.tidy_once)()
    assert not await NoteSound.objects.aexists()
