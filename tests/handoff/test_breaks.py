"""Who is known to be a minor is told every three hours of a talk that the coach is no person."""

from datetime import date

import pytest

from coach.people import breaks
from coach.people.breaks import remind_minors
from coach.people.models import Profile
from coach.talk.actions import move_floor, record_turn
from coach.talk.models import Directive, Turn
from handoff import sweeper

pytestmark = pytest.mark.django_db


@pytest.fixture
def born(session, time):
    """So many years old today, or some days from it."""

    def make(years, days=0, who=None):
        today = time.now().date()
        day = date(today.year - years, today.month, min(today.day, 28))
        Profile.objects.update_or_create(
            user=who or session.member,
            defaults={"born_on": day.fromordinal(day.toordinal() + days)},
        )

    return make


def reminders(session):
    return session.turns.filter(client_id__startswith="break-").count()


def test_a_minor_is_told_after_three_hours_and_again_after_six(born, session, time):
    born(15)
    time.advance(hours=2, minutes=59)
    remind_minors(time.now())
    assert reminders(session) == 0
    for hours, count in ((1, 1), (1, 1), (1.5, 2)):
        time.advance(hours=hours)
        remind_minors(time.now())
        remind_minors(time.now())
        assert reminders(session) == count


def test_the_timers_tell_whoever_is_still_talking(born, session, time):
    born(15)
    time.advance(hours=3)
    said = record_turn(session, "member", "I had an apple.")
    Turn.objects.filter(pk=said.pk).update(created_at=time.now())
    sweeper.tidy_once()
    assert reminders(session) == 1


def test_it_is_said_aloud_too(born, session, time):
    born(15)
    time.advance(hours=3)
    remind_minors(time.now())
    spoken = Directive.objects.get(session=session, kind=Directive.Kind.SCRIPT).spoken
    assert "I am an AI, not a person" in spoken
    assert session.turns.get().text == spoken


def test_it_is_said_in_the_members_language(born, session, time):
    session.member.language = "de"
    session.member.save()
    born(15)
    time.advance(hours=3)
    assert remind_minors(time.now()) == 1


@pytest.mark.parametrize(("years", "days", "told"), [(18, 3, 1), (18, -3, 0), (40, 0, 0)])
def test_adults_are_not_told(born, session, time, years, days, told):
    born(years, days)
    time.advance(hours=3)
    assert remind_minors(time.now()) == told


def test_nor_is_anybody_whose_age_is_not_known(session, time):
    time.advance(hours=3)
    assert remind_minors(time.now()) == 0


def test_nobody_is_told_while_a_person_talks_with_them(born, session, time, asha):
    born(15)
    move_floor(session, "expert", holder=asha.user)
    time.advance(hours=3)
    assert remind_minors(time.now()) == 0


def test_who_was_told_does_not_keep_the_others_waiting(
    born, session, time, monkeypatch, make_session
):
    other = make_session("Noor")
    monkeypatch.setattr(breaks, "BATCH", 1)
    born(15)
    born(15, who=other.member)
    time.advance(hours=3, minutes=1)
    assert [remind_minors(time.now()) for _walk in range(3)] == [1, 1, 0]
    assert (reminders(session), reminders(other)) == (1, 1)


def test_a_talk_that_fails_does_not_stop_the_others(born, session, time, monkeypatch, make_session):
    other = make_session("Noor")
    born(15)
    born(15, who=other.member)
    time.advance(hours=3, minutes=1)

    def one_breaks(talk, *words, **more):
        if talk.pk == session.pk:
            raise ValueError
        return record_turn(talk, *words, **more)

    monkeypatch.setattr(breaks, "record_turn", one_breaks)
    assert remind_minors(time.now()) == 1
    assert reminders(other) == 1
