"""What an administrator keeps: hours, pauses, foods of the practice; and interpreted talks."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from coach.interpreter.models import Invitation, Line, Meeting, Seat, digest
from coach.nutrition.models import Food, FoodName, Portion
from coach.people.models import User
from coach.privacy.models import Erasure
from coach.site.models import AnsweredForm
from handoff.models import DayOff, IntakePause, OnCall, OpeningHours
from tests.bench.practice.course import Course

MEETINGS_OF_THE_REGULAR, LINES = 60, 12
OWN_FOODS = 150


def make_foods(course: Course) -> None:
    for number in range(OWN_FOODS):
        food = course.rows.add(Food, name=f"House dish {number:03}", kcal=120, protein_g=5)
        course.rows.add(Portion, food=food, text="1 bowl", grams=300)
        course.rows.add(FoodName, food=food, name=f"dish of the house {number:03}")
    course.rows.write()


def make_site(course: Course) -> None:
    rows, now, chief = course.rows, course.now, course.experts[0]
    rows.add(
        Authenticator, user=course.admin, type="recovery_codes", data={"seed": "", "used_mask": 0}
    )
    for day in range(7):
        rows.add(OpeningHours, weekday=day, opens="00:00", closes="00:00")
    for week in range(156):
        day = now - timedelta(weeks=week + 1)
        rows.add(DayOff, day=day.date(), name="Holiday")
        until = day + timedelta(hours=2)
        rows.add(
            OnCall, expert=course.experts[week % len(course.experts)], starts_at=day, ends_at=until
        )
        rows.add(
            IntakePause, by=chief, reason="Team meeting", starts_at=day, until=until,
            ended_at=until, ended_by=chief,
        )  # fmt: skip
        rows.add(Erasure, number=10**9 + week, rows={"talk.Turn": 40}, at=day)
    changed = ContentType.objects.get_for_model(User)
    for number, who in enumerate(course.members):
        for _often in range(200 if number == 0 else 1):
            rows.add(
                LogEntry, user=course.admin, content_type=changed, object_id=str(who.pk),
                object_repr=who.name, action_flag=CHANGE, change_message="",
            )  # fmt: skip
        for turn in range(MEETINGS_OF_THE_REGULAR if number == 0 else 1):
            _meeting(course, who, live=number == 0 and turn == 0)
        rows.add(AnsweredForm, member=who, key="k", content="c", created_at=now)


def _meeting(course: Course, who: User, *, live: bool) -> None:
    rows, at = course.rows, course.now if live else course.some_time()
    meeting = rows.add(
        Meeting, member=who, language_a="en", language_b="ko", way="links" if live else "device",
        mode="translation", provider="openai", model="gpt-realtime-translate",
        last_seq=LINES, started_at=at, ended_at=None if live else at + timedelta(minutes=9),
    )  # fmt: skip
    for seq in range(1, LINES + 1):
        rows.add(
            Line, meeting=meeting, seq=seq, side="ab"[seq % 2], language="en", into="ko",
            original="Where does it hurt?", translation="어디가 아프세요?", said_at=at,
        )  # fmt: skip
    if live:
        rows.add(Seat, meeting=meeting, side="a", until=at)
        rows.add(
            Invitation,
            meeting=meeting,
            secret=digest("practice"),
            expires_at=at + timedelta(hours=1),
        )
