"""Reminders: made by a word or on the page, delivered once, taken back."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from coach import clock
from coach.errors import Refused
from coach.people.actions import save_profile
from coach.people.models import User
from coach.personas.actions import save_persona
from coach.personas.models import Persona
from coach.reminders import actions
from coach.reminders.actions import delivering
from coach.reminders.limits import DUE_KEPT, MAIL_ATTEMPTS, MOST, REMINDER_KEPT
from coach.reminders.models import DueReminder, Reminder
from coach.reminders.schedule import Rule
from coach.talk.actions import run_tool, start_session
from coach.talk.brief import make_brief
from coach.talk.models import Floor, Session, Turn
from handoff import sweeper

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 29, 13, 0, tzinfo=UTC)  # 14:00 in Berlin, a Sunday


@pytest.fixture
def now(monkeypatch):
    """The clock, which a test may move."""
    moment = [NOW]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    return moment


@pytest.fixture
def member(now):
    return User.objects.create_user(
        "maya@example.org", display_name="Maya", time_zone="Europe/Berlin"
    )


@pytest.fixture
def page(client, member):
    client.force_login(member)
    return client


class Talk:
    def __init__(self, member):
        persona = save_persona(Persona(slug="s", name="Sage", tools=["reminders", "undo"]))
        self.session = start_session(member, persona, make_brief(persona, member_name="Maya"))
        self.calls = 0

    def call(self, said, tool="reminders"):
        self.calls += 1
        arguments = json.dumps({"said": said})
        return json.loads(run_tool(self.session.pk, f"c{self.calls}", tool, arguments))

    def say(self, said):
        return self.call(said)["say"]

    def undo(self):
        return self.call("undo that", "undo")


@pytest.fixture
def talk(member):
    return Talk(member)


def deliver(now, when):
    now[0] = when
    return actions.deliver_due(when)


# --- by a word ------------------------------------------------------------------------------------
def test_the_words_become_a_reminder_and_are_said_back_in_full(talk):
    assert talk.say("remind me to drink water at eight") == (
        "I will remind you today at 8 p.m.: drink water."
    )
    row = Reminder.objects.get()
    assert row.next_at == datetime(2026, 11, 29, 19, 0, tzinfo=UTC)
    assert talk.say("what reminders do I have") == "Your reminders: drink water, today at 8 p.m."


def test_without_a_time_one_is_offered_and_a_yes_takes_it(talk):
    output = talk.call("remind me to drink water")
    assert not Reminder.objects.exists()
    assert "in an hour" in output["say"]
    talk.say(output["if_yes"]["said"])
    assert Reminder.objects.get().next_at == NOW + timedelta(hours=1)


def test_a_time_that_is_over_makes_nothing(talk):
    assert talk.call("remind me yesterday to drink")["error"] == "past"
    assert not Reminder.objects.exists()


def test_the_one_that_is_named_is_cancelled_and_no_other(talk):
    talk.say("remind me to drink water at eight")
    talk.say("remind me every day at 7 to weigh myself")
    assert "drink water" in talk.say("cancel the water reminder")
    assert [row.text for row in Reminder.objects.open()] == ["weigh yourself"]
    assert "Which one" in talk.say("cancel the reminder about bread")
    assert Reminder.objects.open().count() == 1


def test_all_are_cancelled_only_after_a_yes(talk):
    talk.say("remind me to drink water at eight")
    talk.say("remind me every day at 7 to weigh myself")
    output = talk.call("cancel all my reminders")
    assert Reminder.objects.open().count() == 2
    talk.say(output["if_yes"]["said"])
    assert not Reminder.objects.open().exists()


def test_words_that_begin_with_yes_are_no_answer_and_are_asked_about(talk):
    talk.say("remind me to drink water at eight")
    talk.say("remind me every day at 7 to weigh myself")
    output = talk.call("Yes, delete all my reminders")
    assert output["say"] == "Shall I delete all of your 2 reminders?"
    assert Reminder.objects.open().count() == 2
    talk.say("remind me to call my sister at nine")
    said = talk.say(output["if_yes"]["said"])
    assert said == "I have deleted 2. 1 is left."
    assert "sister" in Reminder.objects.open().get().text


# --- taken back by a word -------------------------------------------------------------------------
def test_weekdays_are_left_out_of_the_one_that_is_named(talk):
    talk.call("remind me every day at 7 to walk")
    talk.call("remind me every day at 9 to weigh myself")
    say = talk.call("cancel the walk reminder on weekends only")["say"]
    assert say == "I will remind you on weekdays at 7 a.m.: walk."
    rows = Reminder.objects.filter(cancelled_at=None).order_by("pk")
    assert [row.weekdays for row in rows] == [[0, 1, 2, 3, 4], []]


def test_what_comes_on_no_other_weekday_is_deleted(talk):
    talk.call("remind me every Monday at 7 to walk")
    talk.call("stop reminding me every Monday to walk")
    assert not Reminder.objects.filter(cancelled_at=None).exists()


def test_a_pause_makes_and_deletes_nothing(talk):
    talk.call("remind me every day at 7 to walk")
    say = talk.call("pause all my reminders while I'm away next week")["say"]
    assert say == "I cannot pause reminders. I can leave out weekdays, or delete one."
    assert Reminder.objects.filter(cancelled_at=None).count() == 1


def test_one_that_is_asked_about_is_told_and_no_other(talk):
    talk.call("remind me every day at 7 to walk")
    talk.call("remind me every day at 9 to take vitamin d")
    say = talk.call("do I still have the one about vitamin d on there")["say"]
    assert say == "Your reminders: take vitamin d, every day at 9 a.m."


def test_undo_puts_back_what_was_cancelled_and_takes_back_no_other(talk, now):
    for said in ("remind me to drink water at eight", "remind me every day at 7 to weigh myself"):
        talk.say(said)
        now[0] += timedelta(minutes=1)
    talk.say("cancel the water reminder")
    assert talk.undo()["say"] == "Done. It is back: drink water, today at 8 p.m."
    assert Reminder.objects.open().count() == 2
    for left in (1, 0):  # and then what was made, the newest first
        now[0] += timedelta(minutes=1)
        assert "deleted the reminder" in talk.undo()["say"]
        assert Reminder.objects.open().count() == left


def test_undo_puts_back_all_that_one_yes_cancelled_and_says_what_is_over(talk, now):
    for said in ("drink water at eight", "weigh myself every day at 7", "call my sister at 4 pm"):
        talk.say(f"remind me to {said}")
    now[0] += timedelta(minutes=1)
    talk.say(talk.call("cancel all my reminders")["if_yes"]["said"])
    now[0] += timedelta(hours=4)
    said = talk.undo()["say"]
    assert (
        said == "Done. Your 2 reminders are back. Not those whose time is over: call your sister."
    )
    assert {row.text for row in Reminder.objects.open()} == {"drink water", "weigh yourself"}


def test_what_can_no_longer_come_is_not_put_back_and_nothing_else_is_undone(talk, now):
    talk.say("remind me every day at 7 to weigh myself")
    talk.say("remind me to drink water at eight")
    now[0] += timedelta(minutes=1)
    talk.say("cancel the water reminder")
    now[0] += timedelta(hours=8)
    assert talk.undo()["error"] == "past"
    assert Reminder.objects.open().get().text == "weigh yourself"


def test_what_was_deleted_on_the_page_is_put_back_there(talk, now):
    talk.say("remind me every day at 7 to weigh myself")
    talk.say("remind me to drink water at eight")
    now[0] += timedelta(minutes=1)
    actions.cancel(talk.session.member, Reminder.objects.get(text="drink water").pk)
    assert "weigh yourself" in talk.undo()["say"]
    assert not Reminder.objects.open().exists()


def test_the_limit_holds_for_what_is_put_back(talk, member, now):
    row = daily(member)
    actions.cancel(member, row.pk, session=talk.session)
    Reminder.objects.bulk_create(
        Reminder(member=member, first=row.first, at=row.at, zone="UTC", next_at=NOW)
        for _ in range(MOST)
    )
    now[0] += timedelta(minutes=1)
    assert talk.undo()["error"] == "too_many"
    with pytest.raises(Refused):
        actions.put_back(member, row.pk)


def test_a_wish_about_cancelling_deletes_nothing(talk):
    talk.say("remind me to drink water at eight")
    talk.say("remind me to delete the reminder app at 5pm")
    talk.say("remind me tomorrow to stop taking aspirin and remind me friday to see the doctor")
    assert Reminder.objects.open().count() == 3


# --- delivered ------------------------------------------------------------------------------------
def test_it_is_delivered_once_into_the_talk_and_onto_the_page(talk, page, now):
    talk.say("remind me to drink water at eight")
    assert deliver(now, NOW + timedelta(hours=5)) == 0
    assert deliver(now, NOW + timedelta(hours=6)) == 1
    assert deliver(now, NOW + timedelta(hours=7)) == 0
    said = Turn.objects.filter(session=talk.session, speaker=Turn.Speaker.SYSTEM)
    assert [turn.text for turn in said] == ["Reminder: drink water."]
    assert "Drink water" in page.get(reverse("reminders:due")).content.decode()
    page.post(reverse("reminders:seen", args=[DueReminder.objects.get().pk]))
    assert "Drink water" not in page.get(reverse("reminders:due")).content.decode()


def test_what_comes_every_day_comes_again_and_what_was_missed_comes_once(talk, now):
    talk.say("remind me every day at 7 to weigh myself")
    assert deliver(now, NOW + timedelta(days=4)) == 1
    assert Reminder.objects.get().next_at == datetime(2026, 12, 4, 6, 0, tzinfo=UTC)


def test_in_a_safety_hold_nothing_comes_between(talk, now):
    talk.say("remind me to drink water at eight")
    Session.objects.update(floor=Floor.SAFETY_HOLD)
    deliver(now, NOW + timedelta(hours=6))
    assert not Turn.objects.filter(text__startswith="Reminder").exists()
    assert DueReminder.objects.exists()


def test_one_that_was_cancelled_does_not_come(talk, now):
    talk.say("remind me to drink water at eight")
    actions.cancel(talk.session.member, Reminder.objects.get().pk)
    assert deliver(now, NOW + timedelta(hours=6)) == 0


def test_the_mail_says_nothing_of_what_it_is_about_and_is_sent_once(member, now):
    rule = Rule(NOW.date(), datetime(2026, 1, 1, 20).time())
    actions.make(member, "take the insulin", rule, by_mail=True)
    deliver(now, NOW + timedelta(hours=6))
    pk = DueReminder.objects.get().pk
    assert actions.send_mail(pk)
    assert not actions.send_mail(pk)
    (sent,) = mail.outbox
    assert sent.to == ["maya@example.org"]
    assert "insulin" not in sent.subject + sent.body


def test_a_mail_that_fails_is_tried_again_so_many_times_and_no_more(member, now, monkeypatch):
    rule = Rule(NOW.date(), datetime(2026, 1, 1, 20).time())
    actions.make(member, "drink", rule, by_mail=True)
    deliver(now, NOW + timedelta(hours=6))
    pk = DueReminder.objects.get().pk

    def refuse(self):
        raise OSError

    monkeypatch.setattr("coach.reminders.actions.mailing.EmailMessage.send", refuse)
    tries = 0
    for _ in range(MAIL_ATTEMPTS + 2):
        tries += actions.ring_mails(clock.now())
        assert not actions.send_mail(pk)
        now[0] += timedelta(hours=1)
    assert tries == MAIL_ATTEMPTS


def test_reminders_follow_the_member_to_another_time_zone(member):
    actions.make(member, "walk", Rule(NOW.date(), datetime(2026, 1, 1, 7).time(), "day"))
    save_profile(member, {"time_zone": "Asia/Tokyo"})
    assert Reminder.objects.get().next_at == datetime(2026, 11, 29, 22, 0, tzinfo=UTC)


def daily(member, hour=7):
    return actions.make(member, "walk", Rule(NOW.date(), datetime(2026, 1, 1, hour).time(), "day"))


def test_one_that_is_put_back_comes_on_the_clock_of_where_the_member_is_now(member):
    row = daily(member)
    actions.cancel(member, row.pk)
    save_profile(member, {"time_zone": "Asia/Tokyo"})
    back = actions.put_back(member, row.pk)
    assert back.next_at == datetime(2026, 11, 29, 22, 0, tzinfo=UTC)


def test_what_was_delivered_meanwhile_is_not_revived_by_a_new_time_zone(member, now, monkeypatch):
    row = actions.make(member, "walk", Rule(NOW.date(), datetime(2026, 1, 1, 20).time()))
    daily(member, 20)
    due, to_come = NOW + timedelta(hours=6), delivering.next_after

    def deliver_between(*args):
        monkeypatch.setattr(delivering, "next_after", to_come)
        actions.deliver_due(due)
        return to_come(*args)

    monkeypatch.setattr(delivering, "next_after", deliver_between)
    save_profile(member, {"time_zone": "Europe/Athens"})  # an hour earlier
    row.refresh_from_db()
    assert row.next_at is None
    assert DueReminder.objects.count() == 2
    assert not Reminder.objects.due(due).exists()


def test_one_that_fails_is_put_off_and_the_others_come(member, now, monkeypatch):
    monkeypatch.setattr(delivering, "DELIVERED_AT_ONCE", 1)
    bad, good = daily(member, 19), daily(member, 20)
    deliver_one = delivering._deliver

    def fail_for_one(reminder, at):
        if reminder == bad:
            raise ValueError
        return deliver_one(reminder, at)

    monkeypatch.setattr(delivering, "_deliver", fail_for_one)
    assert deliver(now, NOW + timedelta(hours=6)) == 0
    assert deliver(now, NOW + timedelta(hours=6)) == 1
    assert DueReminder.objects.get().reminder == good


# --- the page -------------------------------------------------------------------------------------
def test_what_is_due_is_on_the_page_without_a_script(page, member, now):
    daily(member)
    deliver(now, NOW + timedelta(days=1))
    body = page.get(reverse("reminders:page")).content.decode()
    assert reverse("reminders:seen", args=[DueReminder.objects.get().pk]) in body


def test_one_that_comes_by_the_hour_is_shown_once_and_hides_no_other(page, member, now):
    daily(member)
    deliver(now, NOW + timedelta(hours=17))
    hourly = Rule(NOW.date(), datetime(2026, 1, 1, 7).time(), "hour")
    actions.make(member, "drink", hourly)
    for hour in range(18, 26):
        deliver(now, NOW + timedelta(hours=hour, minutes=1))
    assert DueReminder.objects.count() > 5
    body = page.get(reverse("reminders:due")).content.decode()
    assert (body.count("Drink"), body.count("Walk")) == (1, 1)
    page.post(reverse("reminders:seen", args=[DueReminder.objects.first().pk]))
    body = page.get(reverse("reminders:due")).content.decode()
    assert (body.count("Drink"), body.count("Walk")) == (0, 1)


def form(**more):
    return {"text": "Water", "day": "2026-11-30", "time": "08:00", "repeat": "day", **more}


def test_it_is_written_changed_deleted_and_put_back_on_the_page(page, member):
    assert "No reminders" in page.get(reverse("reminders:page")).content.decode()
    page.post(reverse("reminders:page"), form())
    row = Reminder.objects.get()
    assert (row.unit, row.text) == ("day", "Water")
    page.post(reverse("reminders:edit", args=[row.pk]), form(text="Tea", repeat="workdays"))
    row.refresh_from_db()
    assert (row.unit, row.text, row.weekdays) == ("week", "Tea", [0, 1, 2, 3, 4])
    script = {"HTTP_X_REQUESTED_WITH": "fetch"}
    done = page.post(reverse("reminders:delete", args=[row.pk]), **script).json()
    assert not Reminder.objects.open().exists()
    page.post(done["undo"], **script)
    assert Reminder.objects.open().get() == row


def test_a_time_that_is_over_is_said_and_keeps_what_was_typed(page):
    answer = page.post(reverse("reminders:page"), form(day="2026-11-01", repeat="once"))
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "That time is over" in body
    assert "Water" in body


def test_there_is_a_limit(page, member):
    rule = Rule(NOW.date(), datetime(2026, 1, 1, 7).time(), "day")
    Reminder.objects.bulk_create(
        Reminder(member=member, text="x", first=rule.first, at=rule.at, zone="UTC", next_at=NOW)
        for _ in range(MOST)
    )
    answer = page.post(reverse("reminders:page"), form())
    assert answer.status_code == 422
    assert Reminder.objects.count() == MOST


def test_nobody_sees_or_changes_what_is_of_another(page, member, client, now):
    row = actions.make(member, "secret", Rule(NOW.date(), datetime(2026, 1, 1, 20).time()))
    deliver(now, NOW + timedelta(hours=6))
    page.force_login(User.objects.create_user("eve@example.org"))
    assert "Secret" not in page.get(reverse("reminders:due")).content.decode()
    script = {"HTTP_X_REQUESTED_WITH": "fetch"}
    for name in ("delete", "put_back"):
        assert page.post(reverse(f"reminders:{name}", args=[row.pk]), **script).status_code == 404
    seen = reverse("reminders:seen", args=[DueReminder.objects.get().pk])
    assert page.post(seen, **script).status_code == 404
    assert page.get(reverse("reminders:edit", args=[row.pk])).status_code == 404


def test_the_list_asks_for_the_time_once_however_many_there_are(page, member, monkeypatch, now):
    for hour in range(18, 23):
        actions.make(member, "walk", Rule(NOW.date(), datetime(2026, 1, 1, hour).time()))
    asked = []
    monkeypatch.setattr(clock, "now", lambda: asked.append(1) or now[0])
    page.get(reverse("reminders:list"))
    few = len(asked)
    Reminder.objects.filter(at__hour__gt=18).delete()
    asked.clear()
    page.get(reverse("reminders:list"))
    assert len(asked) == few


def test_a_time_is_deleted_once_it_was_long_ago(member, now):
    actions.make(member, "drink", Rule(NOW.date(), datetime(2026, 1, 1, 7).time(), "day"))
    deliver(now, NOW + timedelta(days=1))
    due_at = DueReminder.objects.get().due_at
    now[0] = due_at + DUE_KEPT
    sweeper.tidy_once()
    assert DueReminder.objects.exists()
    now[0] += timedelta(seconds=1)
    sweeper.tidy_once()
    assert not DueReminder.objects.exists()


def test_what_comes_no_more_is_deleted_with_time_and_what_comes_is_not(member, now, monkeypatch):
    kept = daily(member)
    cancelled = daily(member)
    once = actions.make(member, "call", Rule(NOW.date(), datetime(2026, 1, 1, 20).time()))
    actions.cancel(member, cancelled.pk)
    deliver(now, NOW + timedelta(days=1))
    sweeper.tidy_once()
    now[0] = NOW + REMINDER_KEPT
    sweeper.tidy_once()
    assert set(Reminder.objects.all()) == {kept, cancelled, once}
    monkeypatch.setattr(delivering, "PRUNED_AT_ONCE", 1)
    now[0] += timedelta(days=3)
    sweeper.tidy_once()
    assert Reminder.objects.count() == 2
    sweeper.tidy_once()
    assert Reminder.objects.get() == kept


def test_one_whose_time_is_still_shown_is_not_deleted(member, now):
    actions.make(member, "call", Rule(NOW.date(), datetime(2026, 1, 1, 20).time()))
    deliver(now, NOW + REMINDER_KEPT * 2)  # nobody swept meanwhile
    DueReminder.objects.update(due_at=now[0])  # it was put off until now
    sweeper.tidy_once()
    assert DueReminder.objects.exists()
