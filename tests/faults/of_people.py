"""Faults of people's machines: many at once, gone, slow; and the coach taken over as it speaks."""

import asyncio
import contextlib
import json

from websockets.asyncio.client import connect

from coach.talk.models import Session
from handoff.models import Escalation
from tests.faults import rows
from tests.faults.course import Course
from tests.faults.experts import Expert
from tests.faults.members import SMALL_TALK, Member
from tests.faults.page import LOST, Page
from tests.faults.table import Fault

LEASE_S = 36.0  # thirty, and a walk, on a busy machine
AGE_H = 3
TIDY_S = 100.0  # the sweeper looks each minute for talks that were left
TAKEOVERS = 6  # at once
SPEAKS_S = 3.0  # from a question to the end of its answer


async def all_accept_at_once(course: Course) -> None:
    """The same emergency rings at fifty desks, and all of them say yes."""
    keys = [seat.key for seat in course.crowd]
    await course.ask(rows.set_active, keys, True)
    for expert in course.experts:
        expert.answers = False
    try:
        async for _ in course.moments(3, most=3):
            await _race(course, keys)
            course.injected += len(keys) - 1
    finally:
        for expert in course.experts:
            expert.answers = True
            expert.seen.clear()
        await course.ask(rows.set_active, keys, False)


async def _race(course: Course, keys: list[str]) -> None:
    crowd = [Expert(course.site, int(seat.key), seat.cookie) for seat in course.crowd]
    member = await course.calm_member()
    await member.call_in_danger()
    case = await _case(course, member)
    if case is None:
        course.found.append(f"talk {member.talk[:8]}: no emergency rings")
        return
    await asyncio.gather(*(one.post("/desk/alive/") for one in crowd))
    offers = await course.ask(rows.offer_to, case.pk, keys)
    accepts = (
        one.post(f"/desk/offers/{offer}/accept/") for one, offer in zip(crowd, offers, strict=True)
    )
    answers = [told["status"] if told else 0 for told in await asyncio.gather(*accepts)]
    won = [one for one, status in zip(crowd, answers, strict=True) if status == 200]
    if len(won) != 1 or answers.count(409) != len(crowd) - 1:
        course.found.append(f"I1: {len(won)} of {len(crowd)} have case {case.pk}: {answers}")
    for expert in won:
        await expert.work(case.pk)
        if await course.ask(_is_owned_by, case.pk, expert.pk):
            await expert.hand_back(case.pk)


def _is_owned_by(case: int, expert: int) -> bool:
    return Escalation.objects.filter(pk=case, owner=expert).open().exists()


async def _case(course: Course, member: Member) -> Escalation | None:
    """The case of the member's call, once it rings: nobody can accept it before."""
    for _ in range(100):
        case = await course.ask(rows.case_of, member.talk)
        if case is not None and case.state == Escalation.State.OFFERED:
            return case
        await asyncio.sleep(0.1)
    return None


async def expert_vanishes(course: Course) -> None:
    """In the middle of speaking with somebody in danger."""
    async for _ in course.moments(2, most=3):
        await _vanish(course)


async def _vanish(course: Course) -> None:
    member, expert = await course.calm_member(), course.chance.choice(course.experts[:-1])
    expert.works = False
    case = None
    try:
        case = await _speak(course, member, expert)
        if case is None:
            course.notes.append("somebody else had the case")
            return
        expert.vanish()
        begun = asyncio.get_running_loop().time()
        while not await course.ask(rows.was_lost, case, expert.pk):
            after = asyncio.get_running_loop().time() - begun
            if after > LEASE_S:
                course.found.append(f"case {case} is with somebody who is gone since {after:.0f} s")
                return
            await asyncio.sleep(0.25)
        after = asyncio.get_running_loop().time() - begun
        course.notes.append(f"taken from who was gone after {after:.1f} s")
        if not await course.until(lambda: _was_told(member), 15):
            course.found.append(f"talk {member.talk[:8]}: not told that the connection was lost")
    finally:
        expert.works = True
        expert.here.set()


def _was_told(member: Member) -> bool:
    return any("connection" in text for text in member.texts.values())


async def _speak(course: Course, member: Member, expert: Expert) -> int | None:
    """The expert takes the talk and speaks in it, until their machine is gone."""
    member.called_at = asyncio.get_running_loop().time()
    case: int | None = await course.ask(rows.call_quietly, member.talk, expert.pk, "SI-3", 0)
    if case is None:
        return None
    await expert.post(f"/desk/cases/{case}/mode/", mode="voice")
    with contextlib.suppress(*LOST):
        async with connect(
            course.site.socket(f"/ws/desk/voice/{case}/"),
            additional_headers=course.site.headers(expert.cookie),
            close_timeout=1,
        ) as voice:
            async with asyncio.timeout(10):
                while json.loads(await voice.recv())["type"] != "ready":
                    pass
            await asyncio.sleep(course.chance.uniform(0.5, 3))
            voice.transport.abort()
    return case


async def members_vanish(course: Course) -> None:
    """For seconds, for good, or by the button; their case is kept or followed up."""
    returns: list[asyncio.Task[None]] = []
    left_for_good = course.members[-2:] if course.seconds >= 20 else []
    for member in left_for_good:
        await member.ask()
    async for _ in course.moments(1.5, most=60):
        member = course.chance.choice(course.members[:-2])
        if member.here.is_set() and member.ready:
            member.vanish()
            returns.append(asyncio.create_task(_return(member, course.chance.uniform(1, 10))))
    await asyncio.gather(*returns)
    for number, member in enumerate(left_for_good):
        member.left = True
        if number:
            await member.leave()
        else:
            member.vanish()
        course.injected += 1
        await _is_followed_up(course, member, aged=not number)


async def _return(member: Member, after: float) -> None:
    await asyncio.sleep(after)
    member.here.set()


async def _is_followed_up(course: Course, member: Member, *, aged: bool) -> None:
    """The talk ends; what was called for is closed by a person or still there to follow up.

    `aged`: nobody is there for three hours, though an expert writes.
    """
    begun = asyncio.get_running_loop().time()
    while not await course.ask(_has_ended, member.talk):
        if asyncio.get_running_loop().time() - begun > TIDY_S:
            course.found.append(f"talk {member.talk[:8]} was left, and did not end")
            return
        if aged:
            await course.ask(rows.age, member.talk, AGE_H)
        await asyncio.sleep(1)


def _has_ended(talk: str) -> bool:
    return Session.objects.exclude(ended_at=None).filter(pk=talk).exists()


async def take_over_mid_word(course: Course) -> None:
    """The coach is asked something; an expert takes the floor at any moment of its answer."""
    course.site.calls = False
    before = {member: member.late_ms for member in course.members}
    taken = await asyncio.gather(*(_take_over_again(course, n) for n in range(TAKEOVERS)))
    course.injected = sum(taken)
    for member, late in before.items():
        if member.late_ms > late:
            ms = member.late_ms - late
            course.found.append(
                f"I5: talk {member.talk[:8]}: {ms:.0f} ms of the coach beside a person"
            )


async def _take_over_again(course: Course, number: int) -> int:
    """Each pair of them has members and experts of its own."""
    members = [one for one in course.members[number::TAKEOVERS] if not one.left]
    experts = course.experts[:-1]
    expert, times = experts[number % len(experts)], 0
    async for turn in course.moments(0.5, most=100):
        member = members[turn % len(members)]
        if not member.ready or not member.is_calm:
            continue
        case = await course.ask(rows.call_quietly, member.talk, expert.pk)
        if case is None:
            continue
        expert.busy.add(case)
        times += await _take_over(course, member, expert, case)
    return times


async def _take_over(course: Course, member: Member, expert: Expert, case: int) -> int:
    await member.say(course.chance.choice(SMALL_TALK))
    await asyncio.sleep(course.chance.uniform(0, SPEAKS_S))
    told = await expert.post(f"/desk/cases/{case}/mode/", mode="text")
    taken = told is not None and told["status"] == 200
    if taken:
        if not await course.until(lambda: member.floor == "expert" or not member.ready, 10):
            course.found.append(f"talk {member.talk[:8]}: the page was not told who has the floor")
        await expert.say(case)
        await asyncio.sleep(1)
    await expert.hand_back(case)
    await course.until(lambda: member.floor == "coach", 10)
    member.called_at = float("-inf")
    return int(taken)


async def slow_readers(course: Course) -> None:
    """Pages take nothing for seconds, while much is said and pushed; then all at once."""
    pauses: list[asyncio.Task[None]] = []
    async for _ in course.moments(1, most=60):
        page = course.chance.choice([*course.members, *course.experts])
        if page.reading.is_set() and page.ready:
            page.reading.clear()
            pauses.append(asyncio.create_task(_read_on(page, course.chance.uniform(4, 12))))
            if isinstance(page, Member):
                for text in SMALL_TALK:
                    await page.say(text)
    await asyncio.gather(*pauses)


async def _read_on(page: Page, after: float) -> None:
    await asyncio.sleep(after)
    page.reading.set()


FAULTS = (
    Fault("F10", "fifty experts accept the same emergency", all_accept_at_once),
    Fault("F11", "an expert who speaks is gone", expert_vanishes),
    Fault("F12", "members lose the network, leave, or are gone", members_vanish),
    Fault("F13", "taken over while the coach speaks", take_over_mid_word),
    Fault("F15", "pages that read slowly", slow_readers),
)
