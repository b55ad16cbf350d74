"""The queue at the desks: rows are drawn once for all, and each sees what is theirs to see."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.urls import reverse

from coach.talk.actions import end_session, record_turn
from handoff import actions
from handoff.models import Offer, ServiceClock
from handoff.views import queue_rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept(settings):
    """Drawn rows are kept, as in the product."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test-rows"}
    settings.CACHES = {**settings.CACHES, "rows": memory}
    yield
    caches["rows"].clear()


@pytest.fixture
def seen(client):
    """The queue as an expert's page fetches it; and as it is when nothing was kept."""

    def see(expert):
        client.force_login(expert.user)
        kept = client.get(reverse("handoff:queue")).content.decode()
        caches["rows"].clear()
        return kept, client.get(reverse("handoff:queue")).content.decode()

    return see


def rows_of(fragment):
    return fragment.partition('data-part="rows"')[2].partition(">")[2]


def test_a_kept_row_is_the_row_as_it_stands_after_every_change(
    session, asha, make_expert, seen, time
):
    boss = make_expert("Bea", supervisor=True)
    record_turn(session, "member", "May I speak to a dietitian?", client_id="c1")
    case = actions.raise_escalation(session, "ASK", 3, "cannot go on", "Asked.", "c1")

    def hand_back():
        actions.hand_back(case, asha, note="All is well.", outcome="advised")

    def member_writes():
        record_turn(session, "member", "Are you there?", client_id="c2")

    changes = [
        lambda: actions.dispatch(case),
        lambda: actions.accept(Offer.objects.get(escalation=case, expert=asha), asha),
        lambda: actions.take_floor(case, asha, "text"),
        lambda: actions.say(case, asha, "Hello.", client_id="e1"),
        member_writes,
        lambda: actions.raise_tier(case, boss, 1, "worse"),
        hand_back,
    ]
    shown = set()
    for change in changes:
        for expert in (asha, boss):
            seen(expert)
            queue_rows.queue_of(expert)  # kept as it stands before the change
        change()
        case.refresh_from_db()
        time.advance(seconds=5)
        for expert in (asha, boss):
            kept, anew = seen(expert)
            assert rows_of(kept) == rows_of(anew)
            shown.add(rows_of(anew))
    assert len(shown) > len(changes)  # each change was one that the desks can see


def test_a_kept_row_counts_to_the_answer_that_the_member_asks_for_after_the_talk(
    with_expert, session, asha, seen, time
):
    """Words that change nothing of the case but when an answer is due."""
    case = with_expert()
    end_session(session)
    promised = case.clocks.filter(kind=ServiceClock.Kind.CONTACT)
    promised.update(due_at=time.now() + timedelta(hours=20))
    case.clocks.filter(kind=ServiceClock.Kind.RESOLUTION).update(
        due_at=time.now() + timedelta(hours=30)
    )
    queue_rows.queue_of(asha)
    case.refresh_from_db()
    event, due = case.last_event, promised.get().due_at
    actions.raise_escalation(session, "ASK", 3, "Are you there?")
    case.refresh_from_db()
    assert case.last_event == event
    assert promised.get().due_at < due
    kept, anew = seen(asha)
    assert rows_of(kept) == rows_of(anew)


def test_a_row_that_one_may_read_keeps_its_words_from_another(session, asha, make_expert, seen):
    boss = make_expert("Bea", supervisor=True)
    actions.raise_escalation(session, "ASK", 3, "cannot go on", "Asked.", "c1")
    assert "cannot go on" in rows_of(seen(boss)[1])
    assert "cannot go on" not in rows_of(seen(asha)[0])


def test_a_row_tells_whether_the_member_speaks_or_writes(make_session, asha, seen):
    for number, source in enumerate(("text", "voice")):
        talk = make_session()
        record_turn(talk, "member", "Hello.", client_id=f"c{number}", source=source)
        actions.raise_escalation(talk, "ASK", 3, "x")
        kept, fresh = seen(asha)
        assert rows_of(kept) == rows_of(fresh)
        assert ("They write" in kept, "They speak" in kept) == (True, source == "voice")


def test_a_case_that_is_deleted_is_gone_from_the_queue(session, asha, seen):
    case = actions.raise_escalation(session, "ASK", 3, "cannot go on", "Asked.", "c1")
    assert f'data-case="{case.pk}"' in seen(asha)[1]
    session.member.delete()
    assert "data-case" not in seen(asha)[0]


def test_what_is_unchanged_is_not_drawn_again(session, asha, seen, monkeypatch):
    actions.raise_escalation(session, "ASK", 3, "cannot go on", "Asked.", "c1")
    seen(asha)
    monkeypatch.setattr(queue_rows, "render_to_string", None)
    assert queue_rows.queue_of(asha)["waiting"]
