"""Where lines go: each is written once, whatever ends meanwhile."""

import asyncio
import threading

import pytest
from django.db import OperationalError

from coach.interpreter import actions
from coach.interpreter.direction import Line as SpokenLine
from coach.interpreter.direction import Whole
from coach.interpreter.live import output
from coach.interpreter.live.party import Party
from coach.interpreter.models import Line
from coach.voice.cancel import cancel
from tests.support.page_client import in_thread

pytestmark = pytest.mark.django_db(transaction=True)


class Page:
    """A page that takes all of it."""

    async def flush(self):
        pass

    show_lines = flush


async def test_a_line_that_is_being_written_when_the_page_goes_is_written_once(
    meeting, monkeypatch
):
    begun, may_end = threading.Event(), threading.Event()

    def add_line(*args, **kwargs):
        begun.set()
        assert may_end.wait(10)
        return actions.add_line(*args, **kwargs)

    monkeypatch.setattr(output, "add_line", add_line)
    made = output.Output(Party(meeting, "a", "socket", None), Page(), None)
    made.put_out(("en", "ko"), [Whole(SpokenLine(1, "a", "Hello.", "안녕하세요."))])
    running = asyncio.create_task(made.run())
    await asyncio.to_thread(begun.wait, 10)
    going = asyncio.create_task(cancel([running]))
    await asyncio.sleep(0.05)
    may_end.set()
    await going
    await made.write()
    assert await in_thread(Line.objects.count)() == 1


async def test_a_database_that_stays_away_holds_up_no_end(meeting, monkeypatch):
    tried = threading.Event()

    def away(*args, **kwargs):
        tried.set()
        raise OperationalError

    monkeypatch.setattr(output, "add_line", away)
    monkeypatch.setattr(output, "AGAIN_S", 0.01)
    monkeypatch.setattr(output, "LAST_S", 0.1)
    made = output.Output(Party(meeting, "a", "socket", None), Page(), None)
    made.put_out(("en", "ko"), [Whole(SpokenLine(1, "a", "Hello.", "안녕하세요."))])
    running = asyncio.create_task(made.run())
    await asyncio.to_thread(tried.wait, 10)
    async with asyncio.timeout(10):
        await cancel([running])
        await made.write_last()
