"""Who is in the practice, with what each has told, agreed on and signed in with."""

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from axes.models import AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session as WebSession

from coach.people.models import HealthFact, Measurement, MemoryItem, Profile, User
from coach.reminders.models import DueReminder, Reminder
from coach.talk.models import MemberBudget
from handoff.models import Expert
from tests.bench.practice.course import Course

SIGN_INS = 20  # of each member, kept or not
REMINDED = 10  # times that each reminder was due
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36"
ZONES = ("Europe/Berlin", "Europe/London", "America/New_York", "Asia/Seoul", "UTC")


def make_people(course: Course) -> None:
    """Members first: the first of them is the regular."""
    for number in range(course.size.members):
        user = _user(course, f"member{number}", f"Member {number}", ZONES[number % len(ZONES)])
        course.members.append(user)
        often = 8 if number == 0 else 1
        course.rows.add(
            Profile, user=user, born_on=date(1980, 1, 1 + number % 28), height_cm=170, weight_kg=70
        )
        _told(course, user, 4 * often)
        _reminders(course, user, 2 * often)
        _sign_ins(course, user, SIGN_INS * often)
    for user in course.members[:: max(1, course.size.members // 50)]:
        course.rows.add(MemberBudget, member=user, usd=2)


def make_experts(course: Course) -> None:
    """The first supervises; the second has cases and teaches. The administrator is no expert."""
    for number in range(course.size.experts):
        user = _user(course, f"expert{number}", f"Expert {number}", "Europe/Berlin")
        here = number < 2 or number % 2 == 0
        course.experts.append(
            course.rows.add(
                Expert,
                user=user,
                title="dietitian",
                domains=["nutrition", "language"],
                languages={"en": "native", "de": "fluent"},
                supervisor=number == 0,
                capacity=12,
                status=Expert.Status.AVAILABLE if here else Expert.Status.OFFLINE,
                lease_until=course.now + timedelta(days=2) if here else None,
            )
        )
    course.admin = _user(course, "admin", "Jo", "UTC", is_staff=True, is_superuser=True)


def _user(course: Course, who: str, name: str, zone: str, **rights: bool) -> User:
    email = f"{who}@practice.test"
    user = course.rows.add(
        User, email=email, display_name=name, time_zone=zone, password="!", **rights
    )
    course.rows.add(EmailAddress, user=user, email=email, verified=True, primary=True)
    return user


def _told(course: Course, user: User, number: int) -> None:
    rows, now = course.rows, course.now
    for turn in range(number):
        at = course.some_time()
        rows.add(HealthFact, member=user, kind="symptom", value=f"tired {turn}", noted_at=at)
        rows.add(MemoryItem, member=user, text="Breakfast each day.", by="Asha", created_at=at)
        rows.add(
            Measurement,
            member=user,
            kind="weight",
            value=70 + turn % 5,
            unit="kg",
            measured_at=at,
            undone_at=now if turn % 9 == 8 else None,
        )


def _reminders(course: Course, user: User, number: int) -> None:
    for turn in range(number):
        reminder = course.rows.add(
            Reminder,
            member=user,
            text="Drink a glass of water",
            first=course.now.date(),
            at="09:00",
            unit="day" if turn else "",
            zone=user.time_zone,
            next_at=course.now + timedelta(days=1),
        )
        for day in range(REMINDED):
            due = course.now - timedelta(days=day, minutes=turn)
            course.rows.add(DueReminder, reminder=reminder, due_at=due, seen_at=due)


def _sign_ins(course: Course, user: User, number: int) -> None:
    rows = course.rows
    tried = {
        "username": user.email,
        "ip_address": "192.0.2.7",
        "user_agent": AGENT,
        "path_info": "/accounts/login/",
        "http_accept": "text/html",
    }
    for turn in range(number):
        at = course.some_time()
        logged = {**tried, "attempt_time": at}
        rows.add(AccessLog, **logged)
        key = f"{course.rng.getrandbits(128):032x}"
        rows.add(
            WebSession, session_key=key, session_data="x" * 200, expire_date=at + timedelta(days=14)
        )
        if turn % 10 == 0:
            rows.add(AccessFailureLog, **logged)
