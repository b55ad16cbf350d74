"""A talk in which nothing happens costs the database nothing by the clock."""

import asyncio

import pytest

from coach import database
from coach.talk.actions import record_turn
from coach.talk.brief import thaw
from coach.talk.live import sweep as sweep_module
from coach.talk.live.changes import changes_since
from coach.talk.live.host import TalkHost
from coach.talk.live.sweep import states_of
from coach.talk.models import Session
from coach.voice.effects import RecordTurn
from tests.support.live_talk import engine_for, history, until
from tests.support.page_client import in_thread, open_page

pytestmark = pytest.mark.django_db(transaction=True)

LOOKS = 20  # of the sweep, which asks once for all talks of the process


@pytest.fixture
def asked(monkeypatch):
    """The verbs that have gone to a database thread."""
    verbs = []
    run = database.DatabaseThreads.run

    def listen(self, verb, /, *args, **kwargs):
        verbs.append(verb)
        return run(self, verb, *args, **kwargs)

    monkeypatch.setattr(database.DatabaseThreads, "run", listen)
    return verbs


async def test_a_talk_that_rests_is_looked_at_with_all_others_and_asks_nothing(
    begun, maya, settings, monkeypatch, asked
):
    monkeypatch.setattr(sweep_module, "SWEEP_S", 0.01)
    monkeypatch.setattr("coach.voice.limits.TICK_S", 0.005)
    async with (
        engine_for(settings, history(1)),
        open_page(begun, maya) as page,
        asyncio.timeout(20),
    ):
        await page.until("state", state="listening")
        while asked[-LOOKS:] != [states_of] * LOOKS:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        asked.clear()
        while len(asked) < LOOKS:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        assert set(asked) == {states_of}


async def test_a_push_about_what_was_seen_asks_nothing(begun, asked):
    async def send(message):
        pass

    host = TalkHost(begun, await in_thread(lambda: thaw(begun))(), send=send, since=1)
    keeping = asyncio.create_task(host.keep_in_step())
    host.nudge()
    await until(lambda: host._read in asked)
    await until(lambda: host._looked_at[0] == begun.last_seq)
    asked.clear()
    host.added(begun.last_seq)
    await until(lambda: not host._nudge.is_set())
    await asyncio.sleep(0)
    assert asked == []
    host.added(begun.last_seq + 1)
    await until(lambda: asked == [host._read])
    keeping.cancel()
    await asyncio.wait([keeping])


@pytest.fixture
async def told(begun, asked):
    """A host in step with its rows, and what its page is sent."""
    sent = []

    async def send(message):
        sent.append(message)

    host = TalkHost(begun, await in_thread(lambda: thaw(begun))(), send=send, since=0)
    keeping = asyncio.create_task(host.keep_in_step())
    host.nudge()
    await until(lambda: host._looked_at[0] == begun.last_seq)
    sent.clear()
    asked.clear()
    yield host, sent
    keeping.cancel()
    await asyncio.wait([keeping])
    await host.close()


def said(host, item):
    return RecordTurn("coach", "Try an egg.", item, "voice", host.session.floor_epoch, heard_ms=900)


async def test_a_turn_that_was_written_here_is_shown_and_not_read(told, asked):
    host, sent = told
    seen = host.session.last_seq
    for item in ("one", "two"):
        assert await host.record_turn(said(host, item))
        await until(lambda: host._looked_at[0] == host.session.last_seq)
    assert host._read not in asked
    rows = await in_thread(lambda: changes_since(host.session, seen))()
    assert sent == rows.thread
    assert len(sent) == 2


async def test_what_came_before_such_a_turn_is_read_first(told, asked):
    host, sent = told
    seen = host.session.last_seq
    elsewhere = await in_thread(lambda: Session.objects.get(pk=host.session.pk))()
    await in_thread(lambda: record_turn(elsewhere, "member", "Hello?", item_id="m"))()
    assert await host.record_turn(said(host, "one"))
    await until(lambda: host._looked_at[0] == seen + 2)
    assert host._read in asked
    await until(lambda: [message.seq for message in sent] == [seen + 1, seen + 2])
