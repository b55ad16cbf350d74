"""A device each: two sockets, with a real Redis between them, and a guest without an account."""

import asyncio
import time

import pytest
from django.test import Client

from coach import sign_ins
from coach.interpreter import actions, limits
from coach.interpreter.live import service
from coach.interpreter.live.party import Party, Standing
from coach.interpreter.live.translating import Translating
from coach.interpreter.models import Invitation, Line, Meeting, Seat
from coach.interpreter.tasks import end_left_open_now
from coach.sound_bus import SoundBus
from coach.voice.clock import Clock
from tests.support.interpreter_page import open_meeting
from tests.support.page_client import in_thread
from tests.support.redis_server import RedisServer
from tests.support.translation_server import Script, Step, sound, spoken

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick")]


@pytest.fixture(scope="module")
def redis():
    server = RedisServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
async def bus(redis, settings):
    settings.SOUND_URL = redis.url
    made = SoundBus.here()
    yield made
    await made.close()


@pytest.fixture
def meeting(maya, translates):
    return actions.start_meeting(maya, "en", "ko", "links")


@pytest.fixture
def key(meeting):
    """Of the browser of a guest who has joined."""
    return actions.join(actions.invite(meeting), "Minjun")


async def test_each_hears_and_reads_what_the_other_says(meeting, key, serving, bus):
    scripts = {
        "ko": [Script([Step(400, spoken("Can you hear me?", "들리세요?"))])],
        "en": [Script([Step(400, spoken("네, 잘 들려요.", "Yes, I hear you well."))])],
    }
    async with (
        serving(scripts) as server,
        open_meeting(meeting, meeting.member) as page,
        open_meeting(meeting, None, key=key) as guest,
    ):
        await page.until("other", here=True, name="Minjun")
        await guest.until("other", here=True, name="Maya")
        await page.until("stage", stage="interpreting")
        await guest.until("stage", stage="interpreting")
        await page.speak(400)
        await guest.until("line", side="a", translation="들리세요?")
        assert await _heard(guest) == 200
        await guest.speak(400)
        await page.until("line", side="b", translation="Yes, I hear you well.")
        assert await _heard(page) == 200
        assert page.of("words")
        assert guest.of("words")[0]["original"] == "Can you hear me?"
        await in_thread(actions.end_meeting)(meeting)
        assert (await page.until_closed(), await guest.until_closed()) == (4410, 4410)
        assert guest.of("ended")[0]["url"] == "/interpreter/guest/left/"
    server.assert_complete()
    assert set(server.heard_ms.values()) == {400}, "each session hears its own person alone"
    assert await in_thread(Line.objects.count)() == 2


async def _heard(page, ms=1):
    """The sound that has come, once it is as much as this."""
    async with asyncio.timeout(10):
        while sum(page.sound.values()) < ms:  # noqa: ASYNC110  nothing to wait on in a dict
            await asyncio.sleep(0.01)
    return sum(page.sound.values())


async def test_a_sentence_that_comes_at_once_is_heard_whole(meeting, key, serving, bus):
    """A model speaks faster than anybody does: nothing of it is dropped on the way."""
    said = spoken("Please take one of these in the morning.", "아침에 하나 드세요.")[:2]
    scripts = {"ko": [Script([Step(400, [*said, *[sound(3000)] * 4])])], "en": [Script()]}
    async with (
        serving(scripts),
        open_meeting(meeting, meeting.member) as page,
        open_meeting(meeting, None, key=key) as guest,
    ):
        await page.until("stage", stage="interpreting")
        await page.speak(400)
        assert await _heard(guest, 12_000) == 12_000


class At(Clock):
    """A clock that stands."""

    seconds = 100.0

    def now(self):
        return self.seconds


def test_who_only_listens_is_not_idle(meeting):
    party, clock = Party(meeting, "b", "socket", None), At()
    made = service.Service(party, None, None, lambda: True, clock)
    interpreting = Translating(None, {"a": "en", "b": "ko"}, None, sides=("b",), clock=clock)
    clock.seconds += 150
    assert made._silent_s(interpreting) == 150
    party.standing = Standing(last_seq=1)  # the other person has said something
    assert made._silent_s(interpreting) == 0
    clock.seconds += 60
    assert made._silent_s(interpreting) == 60


async def test_alone_nothing_is_dialled_and_nothing_costs(meeting, serving, bus):
    async with serving({}) as server, open_meeting(meeting, meeting.member) as page:
        await page.until("stage", stage="alone")
        await page.speak(400)
        await asyncio.sleep(0.6)
        assert server.requests == []
        server.assert_complete()


async def test_sound_that_comes_faster_than_anybody_speaks_is_not_paid_for(
    meeting, key, serving, bus
):
    """A guest pays nothing: they could send hours of it within a minute, at the member's cost."""
    async with (
        serving({"ko": [Script()], "en": [Script()]}) as server,
        open_meeting(meeting, meeting.member) as page,
        open_meeting(meeting, None, key=key) as guest,
    ):
        await guest.until("stage", stage="interpreting")
        begun = time.monotonic()
        for _ in range(20):
            await guest.speak(1000)
        async with asyncio.timeout(10):
            while not (guest.communicator.input_queue.empty() and server.heard_ms.get("en")):  # noqa: ASYNC110
                await asyncio.sleep(0.01)  # until all of it was taken
        await in_thread(actions.end_meeting)(meeting)
        assert (await page.until_closed(), await guest.until_closed()) == (4410, 4410)
        passed_ms = (time.monotonic() - begun) * 1000
    assert 0 < server.heard_ms["en"] <= limits.AHEAD_MS + passed_ms


async def test_the_other_is_told_when_one_persons_socket_ends(meeting, key, serving, bus):
    scripts = {"ko": [Script()], "en": [Script()]}
    async with serving(scripts), open_meeting(meeting, meeting.member) as page:
        async with open_meeting(meeting, None, key=key):
            await page.until("stage", stage="interpreting")
        await page.until("other", here=False, name="Minjun", joined=True)


async def test_a_guest_who_is_shown_out_sees_nothing_more(meeting, key, serving, bus):
    scripts = {"ko": [Script()], "en": [Script()]}
    async with serving(scripts), open_meeting(meeting, meeting.member) as page:
        async with open_meeting(meeting, None, key=key) as guest:
            await page.until("stage", stage="interpreting")
            await guest.until("stage", stage="interpreting")
            await in_thread(actions.show_out)(meeting)
            assert await guest.until_closed() == 4412
        await page.until("other", joined=False, here=False)
    async with open_meeting(meeting, None, key=key) as again:
        assert await again.until_closed() == 4404


async def test_a_member_who_signs_out_in_the_middle_is_gone_and_the_guest_is_told(
    meeting, key, serving, bus, monkeypatch
):
    monkeypatch.setattr(sign_ins, "LOOK_S", 0.05)
    client = Client()
    await in_thread(client.force_login)(meeting.member)
    browser = await in_thread(lambda: client.session)()
    scripts = {"ko": [Script()], "en": [Script()]}
    async with serving(scripts) as server, open_meeting(meeting, None, key=key) as guest:
        async with open_meeting(meeting, meeting.member, session=browser) as page:
            await guest.until("stage", stage="interpreting")
            await page.until("stage", stage="interpreting")
            await in_thread(client.logout)()
            assert await page.until_closed() == 4411
        await guest.until("other", here=False, name="Maya")
        assert "ko" in server.closed, "what the member said is translated no more"


async def test_without_a_way_between_the_processes_both_are_told(meeting, serving, settings):
    settings.SOUND_URL = ""
    async with serving({}), open_meeting(meeting, meeting.member) as page:
        error = await page.until("error", code="no_bus", fatal=True)
        assert "one device for both" in error["message"]
        assert await page.until_closed() == 4500


def test_a_link_lets_one_person_in_once(meeting):
    secret = actions.invite(meeting)
    assert actions.find_invitation(secret) is not None
    actions.join(secret, "")
    assert actions.find_invitation(secret) is None
    with pytest.raises(actions.Refused):
        actions.join(secret, "")


def test_of_two_who_open_a_link_at_once_one_joins(meeting, monkeypatch):
    secret = actions.invite(meeting)
    found = actions.find_invitation(secret)
    monkeypatch.setattr(actions, "find_invitation", lambda _secret: found)  # neither has joined yet
    key = actions.join(secret, "Minjun")
    with pytest.raises(actions.Refused):
        actions.join(secret, "Sora")
    assert Invitation.objects.of_guest(key).get().name == "Minjun"


def test_who_leaves_late_does_not_show_out_who_came_after_them(meeting):
    key = actions.join(actions.invite(meeting), "Minjun")
    first = Invitation.objects.of_guest(key).get()
    later = actions.join(actions.invite(meeting), "Sora")
    actions.leave(first)
    assert Invitation.objects.of_guest(later).get().name == "Sora"


def test_no_link_is_made_once_the_conversation_has_ended_elsewhere(meeting):
    actions.end_meeting(Meeting.objects.get())
    with pytest.raises(actions.Refused):
        actions.invite(meeting)


async def test_a_second_guest_sees_nothing_of_what_the_first_has_said(meeting, key, serving, bus):
    say = in_thread(actions.add_line)
    await say(meeting, "b", "비밀이에요.", "It is a secret.", languages=("ko", "en"))
    later = await in_thread(lambda: actions.join(actions.invite(meeting), "Sora"))()
    async with serving({}), open_meeting(meeting, None, key=later, since=-5) as page:
        await page.until("stage", stage="alone")
        await say(meeting, "a", "Welcome.", "어서 오세요.", languages=("en", "ko"))
        await page.until("line", original="Welcome.")
        assert len(page.lines()) == 1


def test_a_guest_is_told_no_part_of_the_members_address(meeting):
    meeting.member.display_name = ""
    assert meeting.host == "The other person"


def test_a_meeting_that_everybody_has_left_ends_by_itself(meeting, key):
    long_ago = actions.clock.now() - limits.LEFT_OPEN * 2
    actions.take_seat(meeting, "a", "socket")
    Meeting.objects.update(started_at=long_ago)
    end_left_open_now()
    assert Invitation.objects.of_guest(key).exists(), "somebody is there"
    Seat.objects.update(until=long_ago)
    end_left_open_now()
    assert not Meeting.objects.live().exists()
    assert not Invitation.objects.of_guest(key).exists()


def test_a_new_meeting_that_nobody_has_opened_yet_stays(meeting):
    end_left_open_now()
    assert Meeting.objects.live().exists()


def test_a_new_link_takes_the_old_one_back(meeting):
    older = actions.invite(meeting)
    newer = actions.invite(meeting)
    assert actions.find_invitation(older) is None
    assert actions.find_invitation(newer) is not None


def test_a_link_that_nobody_used_is_good_for_two_hours(meeting):
    secret = actions.invite(meeting)
    Invitation.objects.update(expires_at=actions.clock.now() - limits.LINK_LIVES / 100)
    assert actions.find_invitation(secret) is None


def test_rows_know_no_secret(meeting):
    secret = actions.invite(meeting)
    key = actions.join(secret, "Minjun")
    row = Invitation.objects.get()
    assert secret not in (row.secret, row.guest)
    assert key not in (row.secret, row.guest)
    assert Invitation.objects.of_guest(key).get() == row
    assert not Invitation.objects.of_guest("").exists()
