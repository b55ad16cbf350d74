"""A member in a talk, experts at the desk, and the rows that verbs of the product start from."""

import json
from functools import cached_property
from typing import Any

from django.test import Client

from coach.nutrition.actions import log_meal
from coach.nutrition.models import DiaryChange, Meal, MealDraft
from coach.people.models import User
from coach.personas.actions import save_persona
from coach.personas.models import Persona
from coach.talk.actions import end_session, record_turn, run_tool, start_session
from coach.talk.brief import make_brief
from coach.talk.models import Picture, Session
from handoff import actions
from handoff.models import Escalation, Expert, Offer
from tests.support.desk_page import DeskPage
from tests.support.diary import make_member
from tests.support.member_page import MemberPage

TOOLS = ["log_meal", "change_meal", "undo", "propose_meal", "confirm_meal", "talk_to_human"]
LUNCH = [{"name": "white rice", "grams": 180}, {"name": "grilled chicken breast", "grams": 150}]


class World:
    """Maya talks with Sage; Asha has her case, Bea is a colleague, Chief supervises."""

    def __init__(self) -> None:
        self.member = make_member()
        self.calls = 0
        self.persona = save_persona(
            Persona(slug="sage", name="Sage", instructions="Coach.", greeting="Hi", tools=TOOLS)
        )
        brief = make_brief(self.persona, member_name="Maya")
        self._session = start_session(self.member, self.persona, brief).pk
        self.say("coach", "Hi Maya!")

    @property
    def session(self) -> Session:
        """The row as it is now."""
        return Session.objects.select_related("member", "persona").get(pk=self._session)

    def of_session(self, session: Session) -> None:
        """Another talk is the one from now on."""
        self._session = session.pk

    def say(self, speaker: str, text: str, **fields: Any) -> Any:
        return record_turn(self.session, speaker, text, **fields)

    def member_page(self) -> MemberPage:
        return MemberPage(signed_in(self.member), self.session)

    # --- the diary --------------------------------------------------------------------------------

    def call(self, name: str, **arguments: Any) -> dict[str, Any]:
        """Have the coach call a tool."""
        self.calls += 1
        call_id = f"call-{self.calls}"
        answer: dict[str, Any] = json.loads(
            run_tool(self._session, call_id, name, json.dumps(arguments))
        )
        assert "error" not in answer, answer
        return answer

    def eat(self, said: str = "two eggs for breakfast") -> Any:
        """A meal by the diary's own form: no card of it stands in the talk."""
        return log_meal(self.member, said)

    @property
    def meal(self) -> Meal:
        return Meal.objects.latest("pk")

    @property
    def change(self) -> DiaryChange:
        return DiaryChange.objects.latest("pk")

    @property
    def draft(self) -> MealDraft:
        return MealDraft.objects.latest("pk")

    def propose(self) -> None:
        """A draft from a photo, with its card."""
        Picture.objects.create(session=self.session, client_id="p", data=b"x", width=1, height=1)
        self.call("propose_meal", items=LUNCH)

    # --- the desk ---------------------------------------------------------------------------------

    @cached_property
    def asha(self) -> Expert:
        return self._expert("Asha")

    @cached_property
    def bea(self) -> Expert:
        return self._expert("Bea")

    @cached_property
    def chief(self) -> Expert:
        return self._expert("Chief", supervisor=True)

    def _expert(self, name: str, **fields: Any) -> Expert:
        user = User.objects.create_user(f"{name.lower()}@x.test", display_name=name)
        values = {"domains": ["nutrition"], "languages": {"en": "fluent"}, "capacity": 3, **fields}
        expert = Expert.objects.create(user=user, title="dietitian", **values)
        actions.go_available(expert)
        return expert

    @property
    def case(self) -> Escalation:
        """The last escalation, as it is now."""
        found = Escalation.objects.select_related("session", "owner", "owner__user", "member")
        return found.latest("pk")

    @property
    def offer(self) -> Offer:
        """The offer that was made last."""
        return Offer.objects.select_related("escalation").latest("pk")

    def escalate(self, tier: int = 3, code: str = "ASK") -> Escalation:
        said = self.say("member", "please help me", item_id="said-1")
        return actions.raise_escalation(self.session, code, tier, said.text, item_id=said.item_id)

    def ring(self, tier: int = 3) -> None:
        """The case rings at Asha's desk, and at no other."""
        Expert.objects.exclude(pk=self.asha.pk).update(status=Expert.Status.AWAY)
        self.escalate(tier)
        (offer,) = actions.dispatch(self.case)
        assert offer.expert == self.asha

    def own(self, tier: int = 3) -> None:
        self.escalate(tier)
        actions.claim(self.case, self.asha)

    def join(self, mode: str = "text", tier: int = 3) -> None:
        self.own(tier)
        actions.take_floor(self.case, self.asha, mode)

    def have_helped(self) -> None:
        """Asha has said something and handed back: the member is asked whether it helped."""
        self.join()
        actions.say(self.case, self.asha, "Rest a little.", "helped-1")
        actions.hand_back(self.case, self.asha, "Iron was discussed.", "advised")

    def follow_up(self, tier: int = 3) -> None:
        """The talk has ended, and Asha has taken the case."""
        self.escalate(tier)
        end_session(self.session)
        actions.claim(self.case, self.asha)

    def desk_pages(self) -> list[DeskPage]:
        """Asha's and the supervisor's page with the case open, if they may read it; Bea's."""
        case = Escalation.objects.select_related("session").last()
        return [
            DeskPage(signed_in(self.asha.user), self.asha, case),
            DeskPage(signed_in(self.bea.user), self.bea),
            DeskPage(signed_in(self.chief.user), self.chief, case),
        ]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
