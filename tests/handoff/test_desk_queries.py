"""What the desk reads of the database: little, and no more for a long queue than for a short."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coach.nutrition.cards import ref
from coach.nutrition.models import DiaryChange, Meal, MealDraft
from coach.nutrition.models.diary import MealItem
from coach.nutrition.models.drafts import lines_of
from coach.talk.models import Card, Picture, Turn
from coach.talk.thread import SHOWN
from handoff import actions
from handoff.models import Expert

pytestmark = pytest.mark.django_db
MOST = {
    "handoff:case": 37,
    "handoff:thread": 20,
    "handoff:earlier": 23,
    "talk:live": 23,
    "talk:thread": 20,
}
BRIEF = '"talk_session"."brief"'


@pytest.fixture
def statements():
    with CaptureQueriesContext(connection) as caught:
        yield lambda: [query["sql"] for query in caught.captured_queries]


@pytest.mark.parametrize("name", ["desk", "queue", "offers"])
@pytest.mark.parametrize("supervisor", [False, True])
def test_the_briefs_of_talks_stay_where_they_are(
    name, supervisor, client, make_session, make_expert, statements
):
    """A brief is 8 kB, and the queue is fetched again at each change by every page."""
    asha, bea = make_expert("Asha", supervisor=supervisor), make_expert("Bea")
    cases = [actions.raise_escalation(make_session(), "ASK", 3, "x") for _ in range(4)]
    actions.claim(cases[0], asha)
    actions.claim(cases[1], bea)
    actions.dispatch(cases[2])
    client.force_login(asha.user)
    before = len(statements())
    assert client.get(reverse(f"handoff:{name}")).status_code == 200
    assert not [sql for sql in statements()[before:] if BRIEF in sql]


def test_a_verb_that_says_nothing_for_the_coach_reads_no_brief(session, asha, statements):
    case = actions.raise_escalation(session, "ASK", 3, "x")
    before = len(statements())
    actions.dispatch(case)
    actions.claim(case, asha)
    actions.take_floor(case, asha, "text")
    actions.say(case, asha, "hello", "c1")
    actions.release(case, asha)
    assert not [sql for sql in statements()[before:] if BRIEF in sql]
    assert Expert.objects.get().missed_offers == 0


def eat(session, count, at):
    """`count` meals, drafts, photos and calls for help in the thread, each with its turn."""
    member = session.member
    facts = {"kcal": 100.0, "protein_g": 1.0, "carbohydrate_g": 1.0, "fat_g": 1.0, "grams": 50.0}
    place = {"eaten_at": at, "zone": member.time_zone, "day": at.date(), "slot": "lunch"}
    escalation = session.escalations.get()
    refs = []
    for number in range(count):
        meal = Meal.objects.create(member=member, **place)
        items = [MealItem(meal=meal, name=name, position=p, **facts) for p, name in enumerate("ab")]
        MealItem.objects.bulk_create(items)
        after = {str(meal.pk): None}
        change = DiaryChange.objects.create(
            member=member, meal=meal, verb="log", before=after, after=after
        )
        draft = MealDraft.objects.create(
            member=member, lines=lines_of(items), touched_at=at, key=f"d{number}", **place
        )
        added = MealDraft.objects.create(
            member=member, lines=[], touched_at=at, key=f"a{number}", change=change, **place
        )
        photo = Picture.objects.create(
            session=session, client_id=f"p{number}", data=b"x", width=1, height=1
        )
        refs += [
            ("meal", ref(change, meal)),
            ("draft", str(draft.pk)),
            ("draft", str(added.pk)),
            ("picture", str(photo.pk)),
            ("safety", f"{escalation.pk}:{('ED-H', 'MED-U', 'SUB', 'ABU')[number % 4]}"),
            ("person", str(escalation.pk)),
        ]
    first = session.last_seq + 1
    rows = [
        Card(session=session, seq=first + n, kind=kind, ref=what)
        for n, (kind, what) in enumerate(refs)
    ]
    Card.objects.bulk_create(rows)
    session.last_seq += len(rows) + 1
    session.save()
    turn = {"floor_epoch": 1, "author_name": "Mina", "text": "x"}
    Turn.objects.create(session=session, seq=session.last_seq, speaker="member", **turn)


@pytest.mark.parametrize("count", [1, 20, 200])
@pytest.mark.parametrize("name", MOST)
def test_a_thread_of_many_cards_costs_as_many_queries_as_one_of_one(
    name, count, client, session, asha, time, statements
):
    case = actions.raise_escalation(session, "ED-H", 1, "x")
    session.refresh_from_db()
    eat(session, count, time.now())
    actions.dispatch(case)  # it rings and waits, so that its wait is worked out
    supervisor = type(asha).objects.get(pk=asha.pk)
    supervisor.supervisor = True
    supervisor.save()
    of_desk = name.startswith("handoff")
    client.force_login(asha.user if of_desk else session.member)
    url = reverse(name, args=[case.pk if of_desk else session.pk]) + "?before=9999"
    client.get(url)
    before = len(statements())
    page = client.get(url).content.decode()
    asked = statements()[before:]
    assert page.count("data-card-url") == min(SHOWN - 1, 6 * count + 1)
    assert len(asked) == MOST[name], "\n".join(asked)
