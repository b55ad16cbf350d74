"""Neither channel layer nor broker answer: the desk is slower, and all of it can be used."""

import re

import pytest
from django.urls import reverse

from coach.talk.actions import record_turn
from coach.talk.models import Floor
from handoff import actions, sweeper
from handoff.models import Escalation
from tests.support.redis_server import free_port
from tests.support.world import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
POLL_S = 4  # as static/js/desk/refresh.js asks without a socket


@pytest.fixture(autouse=True)
def quiet():
    """Here everything is really published, to nobody."""


@pytest.fixture(autouse=True)
def nobody_listens(settings):
    away = f"redis://127.0.0.1:{free_port()}/1"
    layer = {"BACKEND": "coach.push_layer.PushLayer"}
    settings.CHANNEL_LAYERS = {"default": {**layer, "CONFIG": {"hosts": [away]}}}


class Desk:
    """An expert's page without a socket: all that it knows it has fetched."""

    def __init__(self, expert):
        self.page = signed_in(expert.user)

    def look(self, name, *keys, since=None):
        url = reverse(f"handoff:{name}", args=keys)
        return self.page.get(url, {"since": since} if since else {}).content.decode()

    def do(self, name, *keys, **form):
        answer = self.page.post(reverse(f"handoff:{name}", args=keys), form)
        assert answer.status_code == 200, answer.content
        return answer.json()


def test_a_case_from_the_call_to_the_hand_back_by_asking_alone(session, asha, time):
    desk = Desk(asha)
    desk.do("presence", status="available")
    actions.raise_escalation(session, "ASK", 3, "please call me a person")
    sweeper.sweep_once()  # no worker was told
    time.advance(seconds=POLL_S)
    (offer,) = re.findall(r'data-offer="(\d+)"', desk.look("offers"))
    case = desk.do("accept", offer)["case"]
    assert f'data-case="{case}" data-state="assigned"' in desk.look("queue")
    desk.do("mode", case, mode="text")
    desk.do("say", case, text="Hello, I am Asha.", client_id="c1")
    session.refresh_from_db()
    assert session.floor == Floor.EXPERT
    record_turn(session, "member", "I feel bloated", client_id="m1")
    time.advance(seconds=POLL_S)
    assert "I feel bloated" in desk.look("thread", case, since=1)
    desk.do("hand_back", case, note="No dairy.", outcome="advised")
    session.refresh_from_db()
    assert session.floor == Floor.COACH
    assert f'data-case="{case}" data-state="resolved"' in desk.look("queue")


def test_who_asks_is_there_and_who_does_not_is_lost(session, asha, time):
    desk = Desk(asha)
    case = actions.claim(actions.raise_escalation(session, "ASK", 3, "please"), asha)
    for _ in range(10):
        time.advance(seconds=POLL_S)
        desk.do("alive")
        sweeper.sweep_once()
    assert Escalation.objects.get(pk=case.pk).owner == asha
    time.advance(seconds=31)
    sweeper.sweep_once()
    assert Escalation.objects.get(pk=case.pk).owner is None
