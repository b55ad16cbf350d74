"""Who may reach what at the desk, by HTTP and by socket, even with every id guessed right (I16)."""

import json

import pytest
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from coach.people.models import User
from coach.sound_bus import SoundBus
from coach.talk.actions import add_card, record_turn
from coach.talk.live.routing import websocket_urlpatterns as talk_sockets
from coach.talk.models import Picture
from coach.wire import DeskClose, PageClose, VoiceClose
from handoff import actions, urls
from handoff.models import AuditRead, Offer
from handoff.routing import websocket_urlpatterns as desk_sockets
from tests.support.page_client import in_thread
from tests.support.redis_server import RedisServer

pytestmark = pytest.mark.django_db
SECRET = "only the owner reads this"

READS = ("case", "thread", "earlier", "summary", "card", "picture")
ACTS = ("mode", "stop", "say", "call", "foresee", "transfer", "release", "hand_back")
CARE = ("ask_debrief", "debrief")  # of whoever has the case
ANSWERS = ("accept", "decline")
PAGES = ("desk", "queue", "offers", "tab_icon")
WALL = ("wall", "wall_board", "wall_ask_span", "wall_ask_whom", "wall_ask_tier", "wall_ask_why")
REPORTS = ("reports", "report_csv", "referrals", "referrals_csv")
SUPERVISES = ("wall_assign", "wall_tier", "wall_pull", "wall_pause", "wall_resume", "see_debrief")
OWN = ("keys",)  # of whoever is at the desk: see test_keys.py
REVIEWS = ("review", "review_judge")  # of clinicians and supervisors: see test_blind_review.py
DOES = ("presence", "alive", "privacy")


@pytest.fixture
def case(session, make_expert):
    """A case that Asha owns; it was offered to nobody else."""
    record_turn(session, "member", SECRET, client_id="c1")
    owner = make_expert("Asha")
    escalation = actions.raise_escalation(session, "ASK", 3, SECRET)
    actions.claim(escalation, owner)
    escalation = actions.take_floor(escalation, owner, "text")
    escalation.card = add_card(session, "person", str(escalation.pk))
    escalation.picture = Picture.objects.create(
        session=session, client_id="p", data=b"x", width=1, height=1
    )
    escalation.offer = escalation.offers.get(expert=owner)
    return escalation


@pytest.fixture
def people(case, make_expert):
    offered = make_expert("Olga")
    at = case.created_at
    Offer.objects.create(escalation=case, expert=offered, created_at=at, expires_at=at)
    declined = make_expert("Dora")
    Offer.objects.create(
        escalation=case, expert=declined, state="declined", created_at=at, expires_at=at
    )
    closed = make_expert("Cleo", active=False, here=False)
    case.owner.user.refresh_from_db()
    return {
        "anonymous": None,
        "member": case.member,
        "admin": User.objects.create_superuser("jo@x.test"),
        "closed": closed.user,
        "stranger": make_expert("Sven").user,
        "declined": declined.user,
        "offered": offered.user,
        "owner": case.owner.user,
        "supervisor": make_expert("Vera", supervisor=True).user,
    }


def address(name, case):
    if name == "card":
        return reverse("handoff:card", args=[case.session_id, case.card.seq])
    if name == "picture":
        return reverse("handoff:picture", args=[case.session_id, case.picture.pk])
    if name in ANSWERS:
        return reverse(f"handoff:{name}", args=[case.offer.pk])
    if name in ("wall_pull", "wall_ask_why"):
        return reverse(f"handoff:{name}", args=[case.session_id])
    if name == "report_csv":
        return reverse("handoff:report_csv", args=["cases"])
    if name == "referrals_csv":
        return reverse("handoff:referrals_csv", args=["by-kind"])
    of_case = (
        *READS,
        "note",
        *ACTS,
        *CARE,
        "see_debrief",  # of none
        "claim",
        "wall_ask_whom",
        "wall_ask_tier",
        "wall_assign",
        "wall_tier",
    )
    return reverse(f"handoff:{name}", args=[case.pk] if name in of_case else [])


def ask(client, person, name, case):
    client.logout()
    if person is not None:
        client.force_login(person)
    data = {"mode": "monitor", "text": "hi", "client_id": "x1", "status": "away", "note": "n"}
    data["result"] = "no_answer"
    url = address(name, case)
    data |= {"to": str(case.owner_id), "tier": "2", "seen": "3", "minutes": "15", "reason": "why"}
    get = name in (*READS, *PAGES, *WALL, *REPORTS, "ask_debrief")
    return client.get(url) if get else client.post(url, data | {"outcome": "advised"})


EVERYTHING = (*READS, *ACTS, *CARE, *ANSWERS, *PAGES, *DOES, "claim", "note")
OF_SUPERVISORS = (*WALL, *REPORTS, *SUPERVISES)
EXPECTED = {
    "anonymous": dict.fromkeys(EVERYTHING, 302),
    **{who: dict.fromkeys(EVERYTHING, 403) for who in ("member", "admin", "closed")},
    **{
        who: dict.fromkeys(READS, 404)
        | dict.fromkeys((*ACTS, *CARE, *ANSWERS), 404)
        | dict.fromkeys((*PAGES, *DOES), 200)
        | {"claim": 409, "note": 404}
        for who in ("stranger", "declined")
    },
    **{
        who: dict.fromkeys(READS, 200)
        | dict.fromkeys((*ACTS, *CARE, *ANSWERS), 404)
        | dict.fromkeys((*PAGES, *DOES), 200)
        | {"claim": 409, "note": 200}
        for who in ("offered", "supervisor")
    },
    "owner": dict.fromkeys((*READS, *PAGES, *DOES), 200)
    # The offer is answered already, and reading along one cannot write.
    | {"mode": 200, "say": 200, "call": 200, "foresee": 200, "release": 200, "hand_back": 200}
    | {"note": 200, "ask_debrief": 200}
    | {"debrief": 400}  # it was no emergency
    | {"transfer": 400}  # to nobody
    | {"stop": 400}  # the owner has the floor: the coach is silent
    | {"accept": 409, "decline": 409, "claim": 409},
}


def test_every_address_of_the_desk_is_in_the_matrix():
    of_desk = {str(url.name) for url in urls.urlpatterns if str(url.pattern).startswith("desk/")}
    assert of_desk == {*EVERYTHING, *OF_SUPERVISORS, *REVIEWS, *OWN}


@pytest.mark.parametrize("name", EVERYTHING)
@pytest.mark.parametrize("who", EXPECTED)
def test_matrix(client, case, people, who, name):
    answer = ask(client, people[who], name, case)
    assert answer.status_code == EXPECTED[who][name]
    if who not in ("owner", "offered", "supervisor"):
        assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("who", EXPECTED)
def test_the_wall_and_reports_are_for_supervisors(client, case, people, who):
    done = dict.fromkeys(SUPERVISES, 200) | {"wall_assign": 409, "wall_pull": 409}  # Asha has it
    done["see_debrief"] = 404
    allowed = dict.fromkeys((*WALL, *REPORTS), 200) | done if who == "supervisor" else {}
    for name in OF_SUPERVISORS:
        answer = ask(client, people[who], name, case)
        assert answer.status_code == allowed.get(name, 302 if who == "anonymous" else 403), name
        assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("who", ["offered", "supervisor", "owner"])
@pytest.mark.parametrize("what", ["case", "thread", "card"])
def test_every_read_is_written_down_once_for_an_open_page(client, case, people, who, what):
    for _ in range(3):
        ask(client, people[who], what, case)
    (read,) = AuditRead.objects.filter(reader=people[who])
    assert (read.session, read.escalation, read.what) == (case.session, case, what)


def test_the_queue_shows_the_words_only_to_whoever_may_read(client, session, make_expert):
    actions.raise_escalation(session, "ASK", 3, SECRET)
    client.force_login(make_expert("Sven").user)
    queue = client.get(reverse("handoff:queue")).content.decode()
    assert session.member.name in queue
    assert "Take it" in queue
    assert SECRET not in queue
    client.force_login(make_expert("Vera", supervisor=True).user)
    assert SECRET in client.get(reverse("handoff:queue")).content.decode()


def test_whoever_has_no_place_is_told_what_to_do(client, people):
    for who, words in {
        "admin": "give an expert profile",
        "member": "open a talk and ask for a person",
        "closed": "place at the desk is closed",
    }.items():
        client.force_login(people[who])
        answer = client.get(reverse("handoff:desk"))
        assert answer.status_code == 403
        assert words in answer.content.decode()


def test_nobody_asks_for_a_person_in_somebody_elses_talk(client, session, people):
    url = reverse("handoff:ask", args=[session.pk])
    client.force_login(people["stranger"])
    assert client.post(url).status_code == 404
    client.logout()
    assert client.post(url).status_code == 302
    assert client.get(url).status_code == 302


# --- sockets --------------------------------------------------------------------------------------

NO_DESK, NO_VOICE = DeskClose.NOT_ALLOWED, VoiceClose.NOT_SPEAKING
NO_PAGE, NOT_THEIRS = PageClose.NOT_SIGNED_IN, PageClose.NOT_FOUND
# By role: what the desk says to who comes, and to who wants to read along; what the socket of the
# expert's voice says; what that of the member's talk does.
SOCKETS = {
    "anonymous": (NO_DESK, None, NO_VOICE, NO_PAGE),
    "member": (NO_DESK, None, NO_VOICE, None),
    **dict.fromkeys(("admin", "closed"), (NO_DESK, None, NO_VOICE, NOT_THEIRS)),
    **dict.fromkeys(("stranger", "declined"), ("ready", "refused", NO_VOICE, NOT_THEIRS)),
    **dict.fromkeys(("offered", "supervisor"), ("ready", "watching", NO_VOICE, NOT_THEIRS)),
    "owner": ("ready", "watching", "ready", NOT_THEIRS),
}
application = URLRouter([*desk_sockets, *talk_sockets])


@pytest.fixture(scope="module")
def redis():
    server = RedisServer()
    server.start()
    yield server
    server.stop()


async def first_word(person, path, say=None):
    """The type of the server's first message, or the code with which it closes.

    With `say`, of what comes after that was said.
    """
    socket = WebsocketCommunicator(application, path)
    socket.scope["user"] = person or AnonymousUser()
    await socket.connect()
    answer = await socket.receive_output()
    if say is not None and answer["type"] == "websocket.send":
        await socket.send_json_to(say)
        answer = await socket.receive_output()
    if answer["type"] == "websocket.close":
        return answer["code"]
    await socket.disconnect()
    return json.loads(answer["text"])["type"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", SOCKETS)
async def test_matrix_of_sockets(case, people, redis, settings, who):
    settings.SOUND_URL = redis.url
    person = people[who]
    desk, along, voice, talk = SOCKETS[who]
    await in_thread(actions.take_floor)(case, case.owner, "voice")
    try:
        assert await first_word(person, "/ws/desk/") == desk
        if along is not None:
            watch = {"type": "watch", "case": case.pk}
            assert await first_word(person, "/ws/desk/", say=watch) == along
        assert await first_word(person, f"/ws/desk/voice/{case.pk}/") == voice
        if talk is not None:  # who else has it is in the tests of the talk
            assert await first_word(person, f"/ws/talk/{case.session_id}/") == talk
    finally:
        await SoundBus.here().close()
    reads = await in_thread(lambda: list(AuditRead.objects.values_list("what", flat=True)))()
    assert reads == (["live"] if along == "watching" else [])
