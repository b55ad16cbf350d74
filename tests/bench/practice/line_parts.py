"""The people of `tests.bench.practice.line`, in a process as the web's is; prints JSON."""

import json
import logging
import random
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.management import call_command
from django.db import connection

from coach import clock
from coach.errors import CoachError
from coach.nutrition.foods import store
from coach.nutrition.foods.files import index_from_files
from coach.people.models import User
from coach.personas.models import Persona
from coach.talk.actions import record_turn, start_session
from coach.talk.brief import make_brief
from coach.talk.models import Session
from handoff import actions
from handoff.actions.roster import CALLING
from handoff.models import Escalation, Offer
from tests.bench.practice.fill import fill
from tests.bench.practice.pages import counted
from tests.bench.practice.sizes import SIZES

TALKS, EVERY_S, THREADS = 40, 2.0, 8
LOOKS_S, PATIENCE_S = 0.05, 15.0
HANDING = 4  # experts who take what rings at the same moment
NOTE = "Take it easy with the salt."


def fill_it(size: str) -> dict[str, Any]:
    """The rows, unless they are there."""
    logging.disable(logging.CRITICAL)
    store.load_index = index_from_files
    call_command("migrate", verbosity=0)
    if not User.objects.filter(email="admin@practice.test").exists():
        fill(SIZES[size])
    return {}


def writers(seconds: str) -> dict[str, Any]:
    """Talks in which something is said; those of members who call as well, and wait."""
    talks = list(Session.objects.live().select_related("member", "persona")[:TALKS])
    verbs: list[float] = []
    waits: list[float] = []
    failed: list[str] = []

    def say(talk: Session, number: int) -> None:
        begun = time.perf_counter()
        try:
            with counted() as statements:
                record_turn(talk, "member", "I had two eggs", item_id=f"line-{number}")
        except Exception as error:  # noqa: BLE001  whatever fails is told
            failed.append(type(error).__name__)
            return
        verbs.append(1000 * (time.perf_counter() - begun))
        waits.append(statements.ms)

    with ThreadPoolExecutor(THREADS) as threads:
        end, number = time.monotonic() + float(seconds), 0
        while time.monotonic() < end:
            threads.submit(say, talks[number % len(talks)], number)
            number += 1
            time.sleep(EVERY_S / TALKS)
    return {"verbs": verbs, "waits": waits, "failed": len(failed), "errors": failed[:5]}


def experts(seconds: str) -> dict[str, Any]:
    """Whoever is rung takes it, writes a note and is free again."""
    begun, taken = clock.now(), [0]
    failed: list[str] = []

    def take(offer: Offer) -> None:
        try:
            case = actions.accept(offer, offer.expert)
            actions.take_floor(case, offer.expert, "text")
            actions.hand_back(case, offer.expert, NOTE, "advised")
            taken[0] += 1
        except CoachError:
            pass  # a colleague was quicker
        except Exception as error:  # noqa: BLE001  whatever fails is told
            failed.append(type(error).__name__)

    end = time.monotonic() + float(seconds)
    with ThreadPoolExecutor(HANDING) as threads:
        while time.monotonic() < end:
            ringing = Offer.objects.filter(state=Offer.State.PENDING)
            rows = list(ringing.select_related("expert__user", "escalation")[: 2 * HANDING])
            list(threads.map(take, rows))
            time.sleep(LOOKS_S)
    rings = Offer.objects.filter(created_at__gte=begun).count()
    waiting = Escalation.objects.filter(CALLING).count()
    return {
        "rings": rings, "taken": taken[0], "failed": len(failed), "errors": failed[:5],
        "waiting": waiting,
    }  # fmt: skip


def callers(seconds: str) -> dict[str, Any]:
    """Members in danger, one after the other: nobody stands before them, so how soon it rings."""
    persona = Persona.objects.get(slug="sage")
    rung: list[float] = []
    missed = 0
    end = time.monotonic() + float(seconds)
    while time.monotonic() < end:
        name = f"caller{random.getrandbits(48)}"
        member = User.objects.create_user(f"{name}@practice.test", display_name=name)
        talk = start_session(member, persona, make_brief(persona, member_name=name))
        begun = time.perf_counter()
        case = actions.raise_escalation(talk, "SI-1", 0, "I cannot go on")
        while not (rings := case.offers.exists()) and time.perf_counter() - begun < PATIENCE_S:
            time.sleep(LOOKS_S / 5)
        if rings:
            rung.append(1000 * (time.perf_counter() - begun))
        else:
            missed += 1
        time.sleep(EVERY_S)
    return {"rung": rung, "missed": missed}


def web(seconds: str) -> dict[str, Any]:
    """All of them, as threads of one process: on SQLite its writers stand in one line."""
    kinds = (writers, experts, callers)
    with ThreadPoolExecutor(len(kinds)) as threads:
        found = list(threads.map(lambda kind: kind(seconds), kinds))
    return dict(zip(("writers", "experts", "callers"), found, strict=True))


PARTS: dict[str, Callable[[str], dict[str, Any]]] = {
    "fill": fill_it,
    "web": web,
}


def main() -> None:
    """Django is set up: see `line.START`."""
    logging.disable(logging.CRITICAL)
    print(json.dumps(PARTS[sys.argv[1]](sys.argv[2])))
    connection.close()
