"""A teacher with a class, and learners in it, for the tests of classes and own lessons."""

from coach.lessons import actions as lessons
from coach.lessons.files import get_scenario
from coach.lessons.models import Attempt
from coach.lessons.school import actions
from coach.people.models import User
from coach.talk.actions import record_turn
from coach.talk.models import Turn
from handoff.models import Expert

CAFE = get_scenario("at-the-cafe")
ALL_THREE = ("A coffee, please.", "A croissant, please.", "How much is it?")


def person(name: str) -> User:
    return User.objects.create_user(f"{name.lower()}@school.test", display_name=name)


def expert(name: str, *domains: str, **fields) -> User:
    """Somebody with a place at the desk."""
    user = person(name)
    Expert.objects.create(user=user, domains=list(domains), **fields)
    return user


def join(member, school_class):
    """Join by the class's link, which is made where there is none."""
    link = school_class.invitations.standing().first() or actions.invite(school_class)
    return actions.join(member, link.token)


def play(member, *said: str, scenario=CAFE) -> Attempt:
    """A whole attempt of `member`, in which they say this."""
    attempt = lessons.start_attempt(member, scenario)
    for text in said:
        record_turn(attempt.session, Turn.Speaker.MEMBER, text)
    lessons.finish_attempt(attempt)
    attempt.refresh_from_db()
    return attempt
