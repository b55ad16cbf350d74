"""A picture that is uploaded during a talk reaches the engine as one bare image and is answered."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from coach.nutrition.models import Meal, MealDraft
from coach.talk.actions import record_turn
from coach.talk.models import Picture
from tests.support.page_client import in_thread, open_page
from tests.support.picture_talk import LUNCH, image_of, sage_with
from tests.support.scripted_engine import ScriptedEngine, Step, call, created, done, whole
from tests.talk.pictures.test_image import photo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("foods")]
PRESS = "conversation.item.create"
ANSWER = "response.create"


@pytest.fixture
def session(settings):
    maya = get_user_model().objects.create_user("maya@example.org", display_name="Maya")
    made = sage_with(maya, settings)
    record_turn(made, "coach", "Hi Maya!", item_id="old")
    return made


async def send(session, file=None, client_id="p1"):
    def upload():
        client = Client()
        client.force_login(session.member)
        data = {"client_id": client_id, "picture": SimpleUploadedFile("a.jpg", file or photo())}
        return client.post(reverse("talk:pictures", args=[session.pk]), data)

    answer = await in_thread(upload)()
    assert answer.status_code == 200
    return answer.json()


async def test_the_engine_is_shown_it_bare_and_the_coach_proposes_a_draft(session, settings):
    asked = json.dumps({"items": LUNCH})
    script = [
        Step(PRESS),  # what was said before
        Step(PRESS),
        Step(ANSWER, [created("r1"), call("r1", "c1", "propose_meal", asked), done("r1")]),
        Step(PRESS),  # the tool's output
        Step(ANSWER, whole("r2", "i2", "That is an estimate. Shall I add it?")),
    ]
    async with ScriptedEngine([script]) as engine:
        settings.ENGINE_URL = engine.url
        async with open_page(session, session.member) as page:
            ready = await page.until("ready")
            assert ready["engine"]["capabilities"]["images"] is True
            await page.until("state", state="listening")
            placed = await send(session)
            card = await page.until("card", seq=placed["seq"])
            assert (card["kind"], card["url"]) == ("picture", placed["url"])
            assert (await page.until("card", seq=card["seq"] + 1))["kind"] == "draft"
            await page.until("turn", speaker="coach", text="That is an estimate. Shall I add it?")
        engine.assert_complete()
    image = image_of(engine.received[1])
    assert len(json.dumps(engine.received[1])) < 512 * 1024
    assert image.size == (1024, 512)
    assert len(image.getexif()) == 0
    instructions = engine.received[2]["response"]["instructions"]
    assert instructions.startswith("You are Sage. Be kind.")
    assert "just shown you a picture" in instructions
    output = json.loads(engine.received[3]["item"]["output"])
    assert output["in_diary"] is False
    assert await MealDraft.objects.acount() == 1
    assert not await Meal.objects.aexists()


async def test_a_new_connection_is_told_that_there_was_one_and_not_shown_it_again(
    session, settings
):
    first = [
        Step(PRESS),
        Step(PRESS),
        Step(ANSWER, whole("r1", "i1", "That looks like rice.")),
    ]
    again = [Step(PRESS)] * 3
    async with ScriptedEngine([first, again]) as engine:
        settings.ENGINE_URL = engine.url
        async with open_page(session, session.member) as page:
            await page.until("state", state="listening")
            await send(session)
            await page.until("turn", speaker="coach", text="That looks like rice.")
        async with open_page(session, session.member, since=3) as page:
            await page.until("state", state="listening")
        engine.assert_complete()
    told = [message["item"]["content"][0] for message in engine.received[3:]]
    assert [part["type"] for part in told] == ["output_text", "input_text", "output_text"]
    assert told[1]["text"] == "(the member showed a photo)"


async def test_one_that_was_sent_while_the_page_was_away_waits_for_it(session, settings):
    """A phone's camera may put the page to sleep: the picture is there when it wakes."""
    await send(session)
    assert await Picture.objects.filter(told_at=None).acount() == 1
    history = [Step(PRESS)] * 2
    script = [*history, Step(PRESS), Step(ANSWER, whole("r1", "i1", "Soup, it seems."))]
    async with ScriptedEngine([script]) as engine:
        settings.ENGINE_URL = engine.url
        async with open_page(session, session.member) as page:
            await page.until("turn", speaker="coach", text="Soup, it seems.")
        engine.assert_complete()
    image_of(engine.received[2])


async def test_an_answer_that_never_came_is_asked_for_again(session, settings):
    gone = [Step(PRESS), Step(PRESS), Step(ANSWER)]  # and the page leaves before any answer
    script = [Step(PRESS), Step(PRESS), Step(PRESS), Step(ANSWER, whole("r1", "i1", "Soup."))]
    async with ScriptedEngine([gone, script]) as engine:
        settings.ENGINE_URL = engine.url
        async with open_page(session, session.member) as page:
            await page.until("state", state="listening")
            await send(session)
            await engine.until(PRESS, PRESS, ANSWER)
        assert await Picture.objects.filter(told_at=None).acount() == 1
        async with open_page(session, session.member) as page:
            await page.until("turn", speaker="coach", text="Soup.")
    image_of(engine.received[-2])
