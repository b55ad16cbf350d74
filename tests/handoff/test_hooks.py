"""Signs of an eating disorder take calorie goals away; a flag that was wrong does not."""

from datetime import date

import pytest

from coach.nutrition.targets import targets_for
from coach.people.models import Profile
from coach.talk.actions import record_turn
from handoff.hooks import REMEMBERED
from handoff.models import Escalation, FlagRecord


@pytest.fixture
def member(session):
    Profile.objects.create(
        user=session.member,
        sex="female",
        born_on=date(1990, 1, 1),
        height_cm=168,
        weight_kg=68,
        activity="moderate",
    )
    return session.member


def say(session, text):
    record_turn(session, "member", text, item_id="item-1")
    assert FlagRecord.objects.filter(code__startswith="ED", severity__lte=1).exists()


def test_goals_go_with_the_words_and_stay_away_after_the_talk(session, member, time):
    assert targets_for(member).kcal
    say(session, "I make myself throw up after every meal")
    found = targets_for(member)
    assert not found.any
    assert found.offer_person
    time.advance(days=REMEMBERED.days + 1)
    assert targets_for(member).kcal


def test_an_expert_can_say_that_the_flag_was_wrong(session, member):
    say(session, "I make myself throw up after every meal")
    Escalation.objects.update(flag_right=Escalation.FlagRight.WRONG)
    FlagRecord.objects.update(escalation=Escalation.objects.get())
    assert targets_for(member).kcal


def test_another_members_words_change_nothing(session, member, make_session):
    other = make_session("Noor")
    record_turn(other, "member", "I make myself throw up after every meal", item_id="item-2")
    assert targets_for(member).kcal
