"""The rows of a practice that the addresses of its pages name."""

from collections.abc import Callable
from typing import Any

from axes.models import AccessAttempt
from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from coach.interpreter.models import Meeting
from coach.lessons.models import (
    Assignment,
    Attempt,
    ClassInvitation,
    Membership,
    OwnLesson,
    Placement,
    ReviewItem,
    SchoolClass,
    TurnComment,
)
from coach.nutrition.models.diary import Meal, MealItem
from coach.nutrition.models.drafts import MealDraft
from coach.people.models import User
from coach.reminders.models import DueReminder, Reminder
from coach.talk.models import Card, Note, Picture, Session
from handoff.models import Debrief, Escalation, Offer

Arguments = dict[str, Any]


class Known:
    """Looked up in the database, so that a file that was filled before can be measured again."""

    def __init__(self) -> None:
        self.member = _user("member0")
        self.people: dict[str, User | None] = {
            "guest": None,
            "member": self.member,
            "expert": _user("expert1"),
            "supervisor": _user("expert0"),
            "administrator": _user("admin"),
        }
        self.live = Session.objects.for_member(self.member).live().get()
        self.case = Escalation.objects.get(session=self.live)
        self.attempt = Attempt.objects.for_member(self.member).latest("pk")
        self.school = SchoolClass.objects.earliest("pk")
        # Old ones are deleted whenever somebody signs in.
        AccessAttempt.objects.get_or_create(
            username="stranger@practice.test", failures_since_start=1
        )
        self._by_room: dict[str, Callable[[str], Arguments]] = {
            "": self._of_site,
            "admin": self._of_console,
            "handoff": self._of_desk,
            "interpreter": lambda _name: {
                "pk": Meeting.objects.live().get().pk,
                "secret": "practice",
            },
            "lessons": self._of_lessons,
            "nutrition": self._of_diary,
            "people": lambda _name: {"pk": 1},
            "reminders": self._of_reminders,
            "talk": self._of_talk,
        }

    def arguments(self, room: str, name: str, wanted: set[str]) -> Arguments:
        """Values for the parameters of an address; KeyError for one of which nothing is known."""
        given = self._by_room[room](name) if wanted else {}
        return {parameter: given[parameter] for parameter in wanted}

    def _of_site(self, _name: str) -> Arguments:
        return {"who": "member", "key": "set-password", "uidb36": "1"}

    def _of_talk(self, _name: str) -> Arguments:
        return {
            "pk": self.live.pk,
            "seq": Card.objects.filter(session=self.live).latest("seq").seq,
            "number": Picture.objects.get(session=self.live).pk,
            "note": Note.objects.get(session=self.live).pk,
        }

    def _of_desk(self, name: str) -> Arguments:
        pk = Debrief.objects.latest("pk").pk if name == "see_debrief" else self.case.pk
        offer = Offer.objects.latest("pk").pk
        return {
            **self._of_talk(name),
            "pk": pk,
            "session": self.live.pk,
            "offer": offer,
            "name": "by-month" if name == "referrals_csv" else "load",
        }

    def _of_diary(self, name: str) -> Arguments:
        meal = Meal.objects.for_member(self.member).latest("day", "pk")
        draft = MealDraft.objects.for_member(self.member).latest("pk")
        item = MealItem.objects.filter(meal=meal).latest("pk")
        row = {"item": item, "meal": meal, "draft": draft}.get(name.partition("_")[0], meal)
        return {"pk": row.pk, "line": 1, "day": meal.day, "slot": "lunch"}

    def _of_lessons(self, name: str) -> Arguments:
        school = self.school
        own = name.endswith(("_lesson", "_lesson_text")) or name == "show_everybody"
        lesson = OwnLesson.objects.latest("pk")
        comment = TurnComment.objects.filter(attempt__slug="at-the-cafe").latest("pk")
        of_class = "class" in name or name in (
            "learner",
            "show_out",
            "assign",
            "comment",
            "withdraw",
        )
        row: Any = school if of_class or name == "delete_comment" else self.attempt
        if name.startswith("placement"):
            row = Placement.objects.for_member(self.member).filter(finished_at=None)[0]
        elif name.startswith("review"):
            row = ReviewItem.objects.for_member(self.member).latest("pk")
        member = {"school_class": school, "member": self.member}
        return {
            "pk": row.pk,
            "slug": lesson.slug if own else "at-the-cafe",
            "version": lesson.versions.latest("number").pk,
            "session": self.attempt.session_id,
            "number": 1,
            "membership": Membership.objects.get(**member).pk,
            "assignment": Assignment.objects.filter(school_class=school).latest("pk").pk,
            "attempt": comment.attempt_id,
            "turn": comment.turn_id,
            "comment": comment.pk,
            "token": ClassInvitation.objects.get(school_class=school).token,
        }

    def _of_reminders(self, name: str) -> Arguments:
        mine = Reminder.objects.for_member(self.member)
        row = DueReminder.objects.for_member(self.member) if name == "seen" else mine
        return {"pk": row.latest("pk").pk}

    def _of_console(self, name: str) -> Arguments:
        """`name` is app_model_page: the regular's rows where there are some, else the newest."""
        own: Arguments = {
            "session": self.live,
            "user": self.member,
            "escalation": self.case,
            "attempt": self.attempt,
        }
        app, _, rest = name.partition("_")
        model = rest.partition("_")[0]
        row = own.get(model, self.member)
        if model not in own and model in apps.all_models.get(app, {}):
            row = apps.get_model(app, model)._base_manager.latest("pk")
        person = ContentType.objects.get_for_model(User).pk
        return {
            "object_id": row.pk,
            "id": self.member.pk,
            "content_type_id": person,
            "app_label": "talk",
            "pk": self.live.pk,
            "name": "turns",
        }


def _user(who: str) -> User:
    return User.objects.get(email=f"{who}@practice.test")
