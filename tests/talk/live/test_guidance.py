"""What an expert tells the coach reaches the member, with the embedded engine and with a model."""

import pytest

from coach.engine.server.run import serve
from coach.talk.models import Directive
from handoff import actions
from handoff.models import Expert
from tests.support.live_talk import engine_for, history
from tests.support.page_client import in_thread, open_page
from tests.support.scripted_engine import Step, member_says, whole

pytestmark = pytest.mark.django_db(transaction=True)
SAID = "Asha, your dietitian, says: half a banana is fine."


@pytest.fixture
def guided(begun, asha):
    """A talk that an expert has joined to guide the coach; answers with her words for it."""
    expert = Expert.objects.create(user=asha, domains=["nutrition"], languages={"en": "fluent"})
    case = actions.raise_escalation(begun, "ASK", 3, "a dietitian")
    actions.claim(case, expert)
    actions.take_floor(case, expert, "guide")
    return lambda text: actions.guide(case, expert, text)


def stands(**fields):
    return in_thread(Directive.objects.filter(**fields).exists)


async def test_the_embedded_engine_says_what_the_expert_answers(begun, maya, guided, settings):
    async with serve(key="k") as port:
        settings.ENGINE_URL = f"ws://127.0.0.1:{port}/v1/realtime"
        settings.ENGINE_KEY = "k"
        async with open_page(begun, maya) as page:
            await page.send({"type": "text", "id": "t1", "text": "can I have a banana"})
            await page.until("turn", 20, speaker="coach")
            await in_thread(guided)("half a banana is fine")
            turn = await page.until("turn", 20, text=SAID)
    assert turn["speaker"] == "coach"
    told = await Directive.objects.aget()
    assert (told.became, told.item_id) == ("spoken", turn["item"])


async def test_a_model_is_told_and_its_next_answer_has_used_it(begun, maya, guided, settings):
    begun.brief["scripted"] = False
    await begun.asave(update_fields=["brief"])

    def told(message):
        assert "Half a banana is fine" in message["item"]["content"][0]["text"]

    script = [
        *history(1),
        Step("conversation.item.create", check=told),
        Step("response.create", whole("r1", "c1", "Half a banana will do.", 300)),
        Step("conversation.item.delete"),
    ]
    async with engine_for(settings, script) as engine, open_page(begun, maya) as page:
        await in_thread(guided)("Half a banana is fine")
        await engine.until(*["conversation.item.create"] * 2)
        assert await stands(became="", claimed_at__isnull=False)()  # given, and not used yet
        await engine.emit(*member_says("m1", "Can I have a banana?"))
        turn = await page.until("turn", speaker="coach", text="Half a banana will do.")
        engine.assert_complete()
    told_row = await Directive.objects.aget()
    assert (told_row.became, told_row.item_id) == ("used", turn["item"])
