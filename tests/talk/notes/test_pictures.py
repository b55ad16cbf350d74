"""A photo in a voice note: kept, shown to an engine that sees, and answered like any note."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from coach.nutrition.models import MealDraft
from coach.people.models import User
from coach.talk import limits
from coach.talk.actions import end_session, move_floor
from coach.talk.models import Card, Floor, Note, Picture, Turn, Usage
from handoff.models import Escalation, Script
from tests.support.chat_server import calls, heard, refused, spoken
from tests.support.page_client import in_thread
from tests.support.picture_talk import LUNCH, bare, image_of, sage_with
from tests.support.scripted_engine import (
    ScriptedEngine,
    Step,
    call,
    created,
    done,
    fault,
    transcribed,
    whole,
)
from tests.talk.notes.test_notes import WAV, Page, all_said
from tests.talk.pictures.test_image import photo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("foods")]
PUT = "conversation.item.create"
ANSWER = "response.create"
COMMIT = "input_audio_buffer.commit"


@pytest.fixture
def maya():
    return User.objects.create_user("maya@example.org", "x", display_name="Maya")


@pytest.fixture
def begin(maya, settings):
    """A talk of Maya's; its engine sees, or does not."""

    def start(*, images=True):
        return sage_with(maya, settings, images=images)

    return in_thread(start)


@pytest.fixture
def page(maya):
    return Page(maya)


def picture(file=None):
    return SimpleUploadedFile("picture.jpg", photo() if file is None else file, "image/jpeg")


async def alone(page, session, file=None, **fields):
    return await page.send(session, audio=None, picture=picture(file), **fields)


def shown(message):
    """The picture in a message of Chat Completions."""
    [part] = [one for one in message["content"] if one["type"] == "image_url"]
    return bare(part["image_url"]["url"])


async def test_a_photo_alone_becomes_a_draft_of_the_meal(begin, page, settings):
    session = await begin()
    script = [
        Step(PUT),
        Step(PUT),  # how it is to be answered
        Step(
            ANSWER,
            [
                created("r1"),
                call("r1", "c1", "propose_meal", json.dumps({"items": LUNCH})),
                done("r1"),
            ],
        ),
        Step(PUT),  # the tool's output
        Step(ANSWER, whole("r2", "i2", "That is an estimate. Shall I add it?")),
    ]
    async with ScriptedEngine([script]) as engine:
        settings.ENGINE_URL, settings.ENGINE_KEY = engine.url, "k"
        told = (await alone(page, session)).json()
        engine.assert_complete()
    assert told["note"]["state"] == "done", told
    # Once, and not as one that was shown before, too.
    assert image_of(engine.received[0]).size == (1024, 512)
    assert "just shown you a picture" in engine.received[1]["item"]["content"][0]["text"]
    assert 'alt="The photo you showed at' in told["thread"]
    assert 'data-picture-client="note-0001"' in told["thread"]
    assert "Shall I add it?" in told["thread"]
    kinds = [card.kind async for card in Card.objects.order_by("seq")]
    assert kinds == ["picture", "draft"]
    assert await MealDraft.objects.acount() == 1
    assert (await Note.objects.aget()).kind == Note.Kind.PICTURE
    assert not await Picture.objects.filter(told_at=None).aexists()  # none waits for a live line


async def test_words_go_with_it_in_one_message(begin, page, settings):
    session = await begin()
    script = [Step(PUT)] * 2 + [Step(ANSWER, whole("r1", "i1", "Rice, about 180 g."))]
    async with ScriptedEngine([script]) as engine:
        settings.ENGINE_URL, settings.ENGINE_KEY = engine.url, "k"
        await page.send(session, text="My lunch", picture=picture())
        engine.assert_complete()
    content = engine.received[0]["item"]["content"]
    assert [part["type"] for part in content] == ["input_image", "input_text"]
    assert content[1]["text"] == "My lunch"
    assert await all_said(session, "member", "coach") == ["My lunch", "Rice, about 180 g."]
    card, turn = await Card.objects.aget(), await Turn.objects.aget(speaker="member")
    assert card.seq < turn.seq


async def test_a_hosted_model_that_sees_is_shown_it_with_the_recording(begin, page, chat, settings):
    session = await begin()
    settings.NOTES_IMAGES = True
    wanted = calls(("c1", "propose_meal", json.dumps({"items": LUNCH})))
    async with chat(heard("This is my lunch."), wanted, spoken("An estimate.")) as server:
        told = (await page.send(session, audio=WAV, picture=picture())).json()
    assert told["note"]["state"] == "done", told
    seen, recorded = [m for m in server.requests[0]["messages"] if m["role"] == "user"]
    assert shown(seen).size == (1024, 512)
    assert [part["type"] for part in recorded["content"]] == ["input_audio"]
    assert await all_said(session, "member") == ["This is my lunch."]
    assert await MealDraft.objects.acount() == 1


async def test_past_a_hosted_model_that_is_blind_it_goes_to_the_engine_that_sees(
    begin, page, chat, settings
):
    session = await begin()
    answer = whole("r1", "i1", "Rice.")
    answer[-1]["response"]["usage"] = {"input_tokens": 300, "output_tokens": 20}
    script = [Step(PUT)] * 2 + [Step(ANSWER, answer)]
    async with ScriptedEngine([script]) as engine, chat(spoken("Well done.")) as server:
        settings.ENGINE_URL, settings.ENGINE_KEY = engine.url, "k"
        await alone(page, session)
        await page.send(session, "note-0002", text="Thank you")
        engine.assert_complete()
    # What came after it knows of it.
    told = [message["content"] for message in server.requests[0]["messages"]]
    assert told[1:] == ["(the member showed a photo)", "Rice.", "Thank you"]
    # And what it cost is counted at the price of whoever answered.
    usage = await Usage.objects.aget()
    assert (usage.kind, usage.provider) == ("response", "embedded")


async def test_where_the_coach_sees_nothing_it_is_refused(begin, page):
    session = await begin(images=False)
    answer = await alone(page, session)
    assert answer.status_code == 400
    assert "Describe the meal instead" in answer.json()["message"]
    assert not await Picture.objects.aexists()
    assert not await Note.objects.aexists()


async def test_one_that_cannot_be_read_is_refused_with_what_to_do(begin, page, monkeypatch):
    session = await begin()
    damaged = await alone(page, session, photo()[:3000])
    assert (damaged.status_code, damaged.json()["code"]) == (400, "picture_damaged")
    assert (await alone(page, session, b"")).json()["code"] == "picture_unknown"
    monkeypatch.setattr("coach.talk.notes.views.PICTURE_MAX_BYTES", 2000)
    assert (await alone(page, session)).status_code == 413
    monkeypatch.undo()
    await in_thread(end_session)(session)
    assert (await alone(page, session)).status_code == 410
    assert not await Note.objects.aexists()


@pytest.mark.parametrize("code", ["picture_damaged", "picture_too_large", "too_many_pictures"])
async def test_words_whose_picture_cannot_be_shown_are_answered_without_it(
    begin, page, chat, monkeypatch, code
):
    session = await begin()
    if code == "picture_too_large":
        monkeypatch.setattr("coach.talk.notes.views.PICTURE_MAX_BYTES", 2000)
    if code == "too_many_pictures":
        monkeypatch.setattr(limits, "PICTURES_PER_TALK", 0)
    file = photo()[:3000] if code == "picture_damaged" else photo()
    async with chat(heard("My lunch."), spoken("Tell me of it.")) as server:
        told = (await page.send(session, audio=WAV, picture=picture(file))).json()["note"]
    assert (told["state"], told["code"]) == ("done", "")
    assert told["picture"]["code"] == code
    assert "icture" in told["picture"]["message"]
    assert await all_said(session, "member", "coach") == ["My lunch.", "Tell me of it."]
    assert "image_url" not in json.dumps(server.requests)
    assert not await Card.objects.aexists()


async def test_words_of_danger_are_heeded_where_the_coach_sees_nothing(begin, page, settings):
    session = await begin(images=False)
    settings.ENGINE_URL = "ws://127.0.0.1:9/v1/realtime"
    await Script.objects.all().adelete()
    await Script.objects.acreate(moment="first", language="en", text="Please stay with me.")
    words = "I want to kill myself tonight."
    told = (await page.send(session, text=words, picture=picture())).json()
    assert told["floor"] == "safety_hold"
    assert told["note"]["picture"]["code"] == "no_pictures"
    assert (await Escalation.objects.aget()).tier == 0


async def test_a_second_try_shows_it_again_and_keeps_it_once(begin, page, chat, settings):
    session = await begin()
    settings.NOTES_IMAGES = True
    async with chat(refused(503)):
        assert (await alone(page, session)).status_code == 202
    async with chat(spoken("Rice.")) as server:
        assert (await alone(page, session)).json()["note"]["state"] == "done"
        assert (await alone(page, session)).json()["note"]["state"] == "done"
    assert shown(server.requests[0]["messages"][1]).size == (1024, 512)
    assert await Picture.objects.acount() == 1
    assert await all_said(session, "coach") == ["Rice."]


async def test_an_engine_that_refuses_it_has_the_member_told(begin, page, settings):
    refusal = fault("bad_image", "note-picture-1")
    session = await begin()
    script = [Step(PUT, [refusal]), Step(PUT), Step(ANSWER)]
    async with ScriptedEngine([script]) as engine:
        settings.ENGINE_URL, settings.ENGINE_KEY = engine.url, "k"
        told = (await alone(page, session)).json()["note"]
    assert (told["state"], told["code"]) == ("failed", "picture_refused")
    assert "describe it instead" in told["message"]


async def test_words_whose_picture_an_engine_refuses_are_answered_without_it(begin, page, settings):
    refusal = fault("bad_image", "note-picture-1")
    session = await begin()
    first = [Step(PUT, [refusal]), Step(COMMIT, [transcribed("m1", "My lunch")]), Step(PUT)]
    again = [Step(PUT), Step(PUT), Step(ANSWER, whole("r1", "i1", "Ah."))]
    async with ScriptedEngine([first, again]) as engine:
        settings.ENGINE_URL, settings.ENGINE_KEY = engine.url, "k"
        told = (await page.send(session, audio=WAV, picture=picture())).json()["note"]
    assert (told["state"], told["code"]) == ("done", "picture_refused")
    assert await all_said(session, "member", "coach") == ["My lunch", "Ah."]
    put = [message["item"]["content"] for message in engine.received if message["type"] == PUT]
    known = [content[0]["text"] for content in put[2:]]
    assert known == ["(the member showed a photo)", "My lunch"]


async def test_while_a_person_has_the_talk_it_is_theirs_to_see(begin, page, settings):
    session = await begin()
    settings.ENGINE_URL = "ws://127.0.0.1:9/v1/realtime"
    await in_thread(move_floor)(session, Floor.EXPERT, name="Asha, dietitian")
    told = (await alone(page, session)).json()
    assert told["note"]["state"] == "done"
    assert await Card.objects.filter(kind="picture").acount() == 1
    assert await all_said(session, "coach") == []


async def test_words_of_danger_with_it_are_answered_by_no_model(begin, page, settings):
    session = await begin()
    settings.ENGINE_URL = "ws://127.0.0.1:9/v1/realtime"
    await Script.objects.all().adelete()
    await Script.objects.acreate(moment="first", language="en", text="Please stay with me.")
    told = (
        await page.send(session, text="I want to kill myself tonight.", picture=picture())
    ).json()
    assert told["floor"] == "safety_hold"
    assert (await Escalation.objects.aget()).tier == 0
    assert await all_said(session, "coach") == ["Please stay with me."]
