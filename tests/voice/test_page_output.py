"""What the page is sent for each effect, and in which pieces."""

import asyncio

import pytest

from coach import wire
from coach.voice import limits
from coach.voice.effects import (
    ClearPlayback,
    DropCaption,
    Play,
    ShowCaption,
    ShowError,
    ShowFloor,
    ShowState,
)
from coach.voice.page_output import PageOutput
from tests.support.relay_stage import Host, ManualClock


class Page:
    def __init__(self):
        self.sent = []

    def send_now(self, message):
        return False

    def send_audio_now(self, frame):
        return False

    async def send(self, message):
        self.sent.append(message)

    async def send_audio(self, frame):
        self.sent.append(frame)


@pytest.mark.parametrize(
    ("effect", "message"),
    [
        (ShowState("thinking"), wire.StateChanged("thinking")),
        (ShowCaption("coach", "c1", "Hi"), wire.Caption("coach", "c1", "Hi")),
        (DropCaption("c1"), wire.CaptionDropped("c1")),
        (ClearPlayback(4), wire.ClearPlayback(4)),
        (ShowFloor("expert", 3, "Asha"), wire.FloorState("expert", 3, "Asha")),
        (ShowError("busy", True), wire.Error("busy", "words for busy", True)),
    ],
)
async def test_each_effect_has_its_message(effect, message):
    page = Page()
    output = PageOutput(page, Host())
    output.show(effect)
    await output.flush()
    assert page.sent == [message]


def test_an_error_counts_when_it_is_shown_and_not_when_its_words_are_asked_for():
    host = Host()
    host.error_message("failed")
    assert host.shown_errors == []
    PageOutput(Page(), host).show(ShowError("failed"))
    assert host.shown_errors == ["failed"]


@pytest.mark.parametrize(
    ("ms", "pieces"), [(20, [20]), (100, [100]), (101, [100, 1]), (250, [100, 100, 50])]
)
async def test_audio_goes_out_in_frames_of_a_tenth_of_a_second(ms, pieces):
    page, pcm = Page(), bytes(range(48)) * ms
    output = PageOutput(page, Host())
    output.show(Play(2, 7, pcm))
    await output.flush()
    header = wire.audio_header(2, 7)
    assert [len(frame) - len(header) for frame in page.sent] == [48 * size for size in pieces]
    assert all(frame.startswith(header) for frame in page.sent)
    assert b"".join(frame[len(header) :] for frame in page.sent) == pcm


async def test_audio_and_messages_keep_their_order():
    page = Page()
    output = PageOutput(page, Host())
    for effect in (Play(1, 0, bytes(48)), ClearPlayback(2), Play(2, 1, bytes(48))):
        output.show(effect)
    await output.flush()
    assert [isinstance(message, bytes) for message in page.sent] == [True, False, True]


class StuckPage(Page):
    async def send(self, message):
        await asyncio.get_running_loop().create_future()


async def test_a_page_that_is_stuck_in_one_send_is_an_overflow():
    clock, output = ManualClock(), PageOutput(StuckPage(), Host())
    watching = asyncio.create_task(output.watch(clock))
    await asyncio.sleep(0)
    await clock.advance(limits.PAGE_STUCK_S * 3)
    assert not watching.done()  # nothing is being sent
    output.show(ShowState("thinking"))
    sending = asyncio.create_task(output.flush())
    await clock.advance(limits.PAGE_STUCK_S * 2)
    with pytest.raises(OverflowError):
        await watching
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
