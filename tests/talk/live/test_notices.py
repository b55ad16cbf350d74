"""Notices of a live talk: rows of the thread, in the member's words, for whoever reads it."""

import pytest

from coach.talk.models import Turn
from tests.support.live_talk import engine_for, history, until
from tests.support.page_client import open_page
from tests.support.scripted_engine import Step, spoken, whole

pytestmark = pytest.mark.django_db(transaction=True)

FAILED = {
    "type": "conversation.item.input_audio_transcription.failed",
    "item_id": "m1",
    "error": {"type": "server_error", "message": "no"},
}


async def test_words_that_cannot_be_written_down_leave_a_notice_in_their_place(
    begun, maya, settings
):
    script = [
        *history(1),
        Step("response.create", whole("r1", "c1", "Hi there.", 100)),
    ]
    async with engine_for(settings, script) as engine, open_page(begun, maya) as page:
        await page.until("ready")
        await until(lambda: engine.received)
        await engine.emit(*spoken("m1"), FAILED)
        notice = await page.until("turn", speaker="system")
        assert notice["text"].startswith("What you said here could not be written down.")
        assert (notice["item"], notice["interrupted"]) == (None, False)
    row = await Turn.objects.aget(speaker="system")
    assert row.text == notice["text"]
