"""Faults of our own processes: killed, stopped, doubled, late, or in another hour."""

import asyncio
import json
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from datetime import timedelta

from coach.celery import app
from handoff.actions.queue import DISPATCH_NOW, SWEEP_NOW
from handoff.outside import outbox
from tests.faults import rows
from tests.faults.course import Course
from tests.faults.table import Fault
from tests.support.product import ROOT

ALARM_S = 12.0  # ten of silence, and a look
LATE = timedelta(seconds=5)  # an offer's end may be seen a walk later, on a busy machine
HOUR_S = 3600
SEND_MAIL = outbox.CHANNELS[outbox.Via.MAIL].send_one
PARTS = ("web", "worker", "mail", "sweeper", "engine")


async def kill_workers(course: Course) -> None:
    async for _ in course.moments(2.5, most=30):
        part = course.chance.choice(("worker", "mail"))
        if course.chance.random() < 0.5:
            course.stage.signal(part, signal.SIGKILL)
        else:
            course.stage.kill_one(part, course.chance)


async def kill_worker_with_a_message(course: Course) -> None:
    """Popped and written down nowhere: no setting of Celery closes that window."""
    async for _ in course.moments(5, most=10):
        course.stage.signal("worker", signal.SIGSTOP)
        member = await course.calm_member()
        id_ = await member.call_in_danger()
        await course.until(lambda m=member, i=id_: m.typed[i].written, 20)
        course.stage.signal("worker", signal.SIGKILL)


async def no_celery(course: Course) -> None:
    with course.stage.stopped("worker", "mail"):
        course.injected += 1
        await asyncio.sleep(course.seconds)


async def no_sweeper(course: Course) -> None:
    """Celery sweeps meanwhile; the alarm is the report of health."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    with course.stage.stopped("sweeper"):
        course.injected += 1
        while await asyncio.to_thread(_sweeper_is_well, course.site.url):
            if loop.time() > begun + 2 * ALARM_S:
                break
            await asyncio.sleep(0.25)
        after = loop.time() - begun
        course.notes.append(f"alarm after {after:.1f} s")
        if after > ALARM_S:
            course.found.append(f"no alarm for {after:.1f} s without a sweeper")
        await asyncio.sleep(max(0.0, begun + course.seconds - loop.time()))


def _sweeper_is_well(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=10) as answer:
            report = json.load(answer)
    except urllib.error.HTTPError as error:
        report = json.load(error)
    except OSError:
        return True
    return bool(report["parts"].get("sweeper", {"ok": True})["ok"])


async def many_sweepers(course: Course) -> None:
    sweeper = ["manage.py", "sweeper"]
    schedule = str(course.stage.product.var / "second-schedule")
    beat = ["-m", "celery", "-A", "coach.celery:app", "beat", "-s", schedule, "--pidfile="]
    with course.stage.beside(sweeper, sweeper, beat):
        course.injected += 3
        await asyncio.sleep(max(course.seconds, 6))


async def crash_after_commit(course: Course) -> None:
    """A process ends between the commit and what it would have told of it."""
    async for _ in course.moments(4, most=10):
        member = await course.calm_member()
        member.asked = True
        member.called_at = asyncio.get_running_loop().time()
        await asyncio.to_thread(_run, course, "tests.faults.crash", member.talk)


async def in_another_hour(course: Course) -> None:
    """Hosts whose clocks are an hour ahead and behind sweep and call along."""
    sweepers = [
        ["-m", "tests.faults.skewed", str(skew), "manage.py", "sweeper"]
        for skew in (HOUR_S, -HOUR_S)
    ]
    worker = ["-m", "tests.faults.skewed", str(HOUR_S), "celery", "-A", "coach.celery:app"]
    worker += ["worker", "--pool=solo", "-Q", "routing", "-n", "skewed@%h"]
    since = await course.ask(rows.now)
    with course.stage.beside(*sweepers, worker):
        async for _ in course.moments(6, most=6):
            member = await course.calm_member()
            member.asked = True
            member.called_at = asyncio.get_running_loop().time()
            skew = str(course.chance.choice((HOUR_S, -HOUR_S)))
            await asyncio.to_thread(
                _run, course, "tests.faults.skewed", skew, "tests.faults.crash", member.talk, "tell"
            )
    course.found += await course.ask(rows.ended_late, since, LATE)


def _run(course: Course, module: str, *arguments: str) -> None:
    """A process of the product's, as another host would run it. It may end as it likes."""
    subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=course.stage.product.environment | {"DJANGO_SETTINGS_MODULE": "coach.settings"},
        capture_output=True,
        timeout=120,
        check=False,
    )


async def repeat_messages(course: Course) -> None:
    """Each three times, and in another order."""
    async for _ in course.moments(1, most=60):
        mails = await course.ask(rows.newest_mails, 5)
        messages = [
            (DISPATCH_NOW, ()),
            (SWEEP_NOW, ()),
            *((SEND_MAIL, (pk,)) for pk in mails),
        ]
        messages *= 3
        course.chance.shuffle(messages)
        course.injected += len(messages) - 1
        await asyncio.to_thread(_publish, messages)


def _publish(messages: list[tuple[str, tuple[int, ...]]]) -> None:
    for task, arguments in messages:
        app.signature(task).apply_async(args=arguments, ignore_result=True)


async def deploy(course: Course) -> None:
    """Every part is told to end, and comes again, under load."""
    async for _ in course.moments(6, most=20):
        course.stage.signal(PARTS[course.injected % len(PARTS)], signal.SIGTERM)


async def stop_engine(course: Course) -> None:
    """The engine is away: it is killed as often as it is started."""
    async for _ in course.moments(1, most=300):
        course.stage.signal("engine", signal.SIGKILL)


FAULTS = (
    Fault("F1", "a worker or a child of it is killed", kill_workers),
    Fault("F2", "a worker dies with a message in its hands", kill_worker_with_a_message),
    Fault("F5", "no Celery at all", no_celery),
    Fault("F6", "no sweeper: Celery only, and an alarm", no_sweeper, offer_s=6.0),
    Fault("F7", "three sweepers and two beats", many_sweepers, once=True),
    Fault("F8", "a crash between the commit and the bell", crash_after_commit),
    Fault("F14", "messages come three times and out of order", repeat_messages, once=True),
    Fault("F16", "hosts an hour ahead and behind", in_another_hour),
    Fault("F17", "a deploy under load: SIGTERM to every part", deploy, offer_s=None, once=True),
    Fault("F20", "the engine is away", stop_engine),
)
