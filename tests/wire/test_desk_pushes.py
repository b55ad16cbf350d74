"""For each verb: the desk's pages that got its pushes are the pages that are opened anew.

Asha owns the case or it rings for her; Bea looks at the queue; Chief reads the case along.
"""

from datetime import timedelta

import pytest

from coach import clock
from coach.talk.actions import add_card, end_session, move_floor
from handoff import actions as desk
from handoff.actions import striking
from handoff.models import Expert, Offer, VoiceLine
from tests.support.verify_verb import Verb, verify_verb


def hour_ago():
    return clock.now() - timedelta(hours=1)


def lose_line(world):
    VoiceLine.objects.update(until=clock.now())


def strike(world, kind):
    """All of the time is over that this clock of the case counts."""
    day_ago = hour_ago() - timedelta(days=1)
    clocks = world.case.clocks.filter(kind=kind, stopped_at=None)
    clocks.update(started_at=day_ago, due_at=hour_ago(), next_at=hour_ago())
    return striking.strike(clocks.get())


def let_offers_run_out(world):
    Offer.objects.update(expires_at=hour_ago())


def lose_asha(world):
    Expert.objects.filter(pk=world.asha.pk).update(lease_until=hour_ago())


PRESENCE = [
    Verb("available", lambda w: desk.go_available(w.asha), before=lambda w: desk.go_away(w.asha)),
    Verb("away", lambda w: desk.go_away(w.asha, "break")),
    Verb("nothing new", lambda w: desk.drain(w.asha)),
    Verb("offline", lambda w: desk.go_offline(w.asha)),
]
QUEUE = [
    Verb("a person is asked for", lambda w: desk.ask_for_person(w.session, "a person please")),
    Verb("an emergency", lambda w: w.escalate(0, "SUI-A")),
    Verb(
        "a call becomes an emergency",
        lambda w: desk.raise_escalation(w.session, "SUI-A", 0, "again"),
        before=lambda w: w.escalate(),
    ),
    Verb(
        "what rings becomes an emergency",
        lambda w: desk.raise_escalation(w.session, "SUI-A", 0, "again"),
        before=lambda w: w.ring(),
    ),
    Verb(
        "what rings is lowered",
        lambda w: desk.lower(w.case, w.chief, 4, "He is fine."),
        before=lambda w: w.ring(),
    ),
    Verb(
        "an owned case becomes an emergency",
        lambda w: desk.raise_escalation(w.session, "SUI-A", 0, "again"),
        before=lambda w: w.join(),
    ),
    Verb("an offer rings", lambda w: w.ring(), before=lambda w: (w.asha, w.bea, w.chief)),
    Verb("it is accepted", lambda w: desk.accept(w.offer, w.asha), before=lambda w: w.ring()),
    Verb("it is declined", lambda w: desk.decline(w.offer, w.asha), before=lambda w: w.ring()),
    Verb(
        "it runs out",
        lambda w: (let_offers_run_out(w), desk.expire(w.offer)),
        before=lambda w: w.ring(),
    ),
    Verb("it is taken", lambda w: desk.claim(w.case, w.bea), before=lambda w: w.escalate()),
    Verb("Bea takes what rings", lambda w: desk.claim(w.case, w.bea), before=lambda w: w.ring()),
    Verb(
        "nobody came in time",
        lambda w: strike(w, "accept"),
        before=lambda w: w.escalate(),
    ),
    Verb(
        "a supervisor chooses Bea",
        lambda w: desk.choose(w.case, w.chief, w.bea, "You know her."),
        before=lambda w: w.ring() or desk.go_available(w.bea),
    ),
    Verb(
        "a supervisor raises it",
        lambda w: desk.raise_tier(w.case, w.chief, 0, "She sounds worse."),
        before=lambda w: w.escalate(),
    ),
    Verb(
        "a supervisor raises what Asha has",
        lambda w: desk.raise_tier(w.case, w.chief, 1, "She sounds worse."),
        before=lambda w: w.join(),
    ),
    Verb(
        "a supervisor takes a talk",
        lambda w: desk.pull(w.session, w.chief, "The coach sounds odd."),
    ),
    Verb(
        "a supervisor joins Asha",
        lambda w: desk.pull(w.session, w.chief, "She needs help.", owner=w.asha.pk),
        before=lambda w: w.join("guide"),
    ),
    Verb(
        "the intake is paused",
        lambda w: desk.pause_intake(w.chief, timedelta(minutes=30), "Team meeting."),
    ),
    Verb(
        "it goes on",
        lambda w: desk.resume_intake(w.chief),
        before=lambda w: desk.pause_intake(w.chief, timedelta(minutes=30), "Team meeting."),
    ),
    Verb(
        "the member needs nobody",
        lambda w: desk.cancel(w.case, w.member),
        before=lambda w: w.own(),
    ),
]
CASE = [
    Verb("given back", lambda w: desk.release(w.case, w.asha), before=lambda w: w.join()),
    Verb(
        "the owner is lost",
        lambda w: (lose_asha(w), desk.lose(w.case)),
        before=lambda w: w.join(),
    ),
    *(
        Verb(
            f"joined to {mode}",
            lambda w, mode=mode: desk.take_floor(w.case, w.asha, mode),
            before=lambda w: w.own(),
        )
        for mode in ("monitor", "guide", "text")
    ),
    Verb(
        "the owner says something",
        lambda w: desk.say(w.case, w.asha, "Hello Maya", "e-1"),
        before=lambda w: w.join(),
    ),
    Verb(
        "the coach is guided",
        lambda w: desk.guide(w.case, w.asha, "Iron is fine."),
        before=lambda w: w.own(),
    ),
    Verb(
        "the coach is stopped",
        lambda w: desk.stop_coach(w.case, w.asha),
        before=lambda w: w.join("monitor"),
    ),
    Verb(
        "a colleague is asked",
        lambda w: desk.transfer(w.case, w.asha, w.bea),
        before=lambda w: w.join(),
    ),
    Verb(
        "the colleague accepts",
        lambda w: desk.accept(w.offer, w.bea),
        before=lambda w: (w.join(), desk.transfer(w.case, w.asha, w.bea)),
    ),
    Verb(
        "the colleague declines",
        lambda w: desk.decline(w.offer, w.bea),
        before=lambda w: (w.join(), desk.transfer(w.case, w.asha, w.bea)),
    ),
    Verb(
        "handed back with an outcome",
        lambda w: desk.hand_back(w.case, w.asha, "Iron was discussed.", "advised"),
        before=lambda w: w.join(),
    ),
    Verb(
        "handed back without one",
        lambda w: desk.hand_back(w.case, w.asha, "Iron was discussed."),
        before=lambda w: w.join(),
    ),
    Verb(
        "completed",
        lambda w: desk.complete(w.case, "advised", actor=w.asha.user),
        before=lambda w: (w.join(), desk.hand_back(w.case, w.asha, "Iron.")),
    ),
    Verb("it helped", lambda w: desk.rate(w.case, 3, "A lot."), before=lambda w: w.have_helped()),
    Verb("parked", lambda w: desk.park(w.case, w.asha), before=lambda w: w.join()),
    Verb(
        "the member is back",
        lambda w: desk.unpark(w.case),
        before=lambda w: (w.join(), desk.park(w.case, w.asha)),
    ),
    Verb(
        "made less urgent",
        lambda w: desk.lower(w.case, w.asha, 3, "He is fine."),
        before=lambda w: w.join(tier=1),
    ),
    Verb(
        "the owner speaks",
        lambda w: desk.take_floor(w.case, w.asha, "voice"),
        before=lambda w: w.join(),
    ),
    Verb(
        "the owner's voice is lost",
        lambda w: (lose_line(w), desk.lose_voice(w.case)),
        before=lambda w: w.join("voice"),
    ),
    Verb("the talk ends", lambda w: end_session(w.session), before=lambda w: w.join()),
    Verb(
        "the owner is silent",
        lambda w: strike(w, "first_word"),
        before=lambda w: w.own(),
        unseen=True,
    ),
]
TALK = [
    Verb(
        "the member speaks",
        lambda w: w.say("member", "Good morning", item_id="m1"),
        before=lambda w: w.own(),
    ),
    Verb(
        "the coach is cut off",
        lambda w: w.say("coach", "As I said", interrupted=True),
        before=lambda w: w.own(),
    ),
    Verb(
        "a meal",
        lambda w: w.call("log_meal", said="two eggs"),
        before=lambda w: w.own(),
        # Today's diary beside the case is as old as its last push: only the member's page is told.
        stale=("case context",),
    ),
    Verb(
        "a card", lambda w: add_card(w.session, "person", str(w.case.pk)), before=lambda w: w.own()
    ),
    Verb("the floor", lambda w: move_floor(w.session, "safety_hold"), before=lambda w: w.own()),
]


@pytest.mark.parametrize("verb", [*PRESENCE, *QUEUE, *CASE, *TALK], ids=str)
def test_what_is_pushed_makes_each_page_a_new_one(
    verb, world, django_capture_on_commit_callbacks, monkeypatch
):
    world.asha, world.bea, world.chief  # noqa: B018  all are at the desk
    verify_verb(verb, world, world.desk_pages, django_capture_on_commit_callbacks, monkeypatch)
