"""The wall: what a supervisor sees of the whole desk, what it asks for, and what it never shows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from coach import wire
from coach.talk.actions import end_session, record_turn
from coach.talk.models import Session
from handoff import actions
from handoff.desk_consumer import groups_of
from handoff.models import Escalation, Expert, FlagRecord
from handoff.wall.board import EXPERTS_SHOWN, LINE_SHOWN, Board
from handoff.wall.risk import CHART, COLUMNS, picture
from handoff.wall.talks import TALKS_SHOWN
from tests.support import dom

SECRET = "only a case shows this"
MOST = 22


@pytest.fixture
def boss(make_expert):
    return make_expert("Boss", supervisor=True)


@pytest.fixture
def see(client, boss):
    """The wall's fragment as the supervisor gets it."""
    client.force_login(boss.user)
    return lambda: client.get(reverse("handoff:wall_board")).content.decode()


def some_talks(make_session, make_expert, count):
    """`count` of all that the wall lists: waiting, rung for, owned, flagged, and calm."""
    for _ in range(count):
        waiting = make_session()
        record_turn(waiting, "member", SECRET, item_id=f"i{waiting.pk}"[:60])
        actions.raise_escalation(waiting, "ED-H", 1, SECRET, SECRET, f"i{waiting.pk}"[:60])
        flag = {"session": waiting, "code": "ED-H", "severity": 1, "quote": SECRET}
        FlagRecord.objects.create(
            item_id=f"i{waiting.pk}"[:60], created_at=waiting.started_at, speaker="member", **flag
        )
        expert = make_expert()
        owned = actions.raise_escalation(make_session(), "ASK", 3, SECRET)
        actions.take_floor(actions.claim(owned, expert), expert, "text")
        make_session()
        actions.dispatch(waiting.escalations.get())


@pytest.mark.django_db
def test_it_asks_as_much_whatever_there_is(make_session, make_expert, see):
    some_talks(make_session, make_expert, 1)
    see()
    with CaptureQueriesContext(connection) as few:
        see()
    some_talks(make_session, make_expert, 6)
    with CaptureQueriesContext(connection) as many:
        page = see()
    assert page.count("data-talk-row") == 21
    assert len(many) == len(few) <= MOST, "\n".join(query["sql"] for query in many)
    assert not [query for query in many if '"talk_session"."brief"' in query["sql"]]


@pytest.mark.django_db
def test_of_a_long_past_nothing_is_read(make_session, make_expert, see):
    """Each statement finds its rows by an index: none walks all cases, talks, turns or flags."""
    if connection.vendor != "sqlite":
        pytest.skip("reads SQLite's plan")
    some_talks(make_session, make_expert, 3)
    with CaptureQueriesContext(connection) as caught:
        see()
    walks = []
    with connection.cursor() as cursor:
        for sql in [query["sql"] for query in caught if query["sql"].startswith("SELECT")]:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            for *_ids, step in cursor.fetchall():
                table = step.split()[1] if step.startswith("SCAN") else ""
                if table.startswith(("handoff_", "talk_", "U")) and "USING" not in step:
                    walks.append((step, sql))
    small = {
        "SCAN handoff_expert",
        "SCAN handoff_crisisresource",
    }  # as many as there are people, and countries
    assert {step for step, _sql in walks} <= small, walks


@pytest.mark.django_db
def test_no_word_of_a_member_is_on_it(make_session, make_expert, see, client, boss):
    some_talks(make_session, make_expert, 2)
    assert SECRET not in see()
    for case in Escalation.objects.open():
        for name in ("wall_ask_whom", "wall_ask_tier"):
            assert (
                SECRET
                not in client.get(reverse(f"handoff:{name}", args=[case.pk])).content.decode()
            )
    for talk in Session.objects.live():
        url = reverse("handoff:wall_ask_why", args=[talk.pk])
        assert SECRET not in client.get(url).content.decode()


@pytest.mark.django_db
def test_each_tier_tells_how_many_wait_since_when_and_how_many_are_late(make_session, time):
    first = actions.raise_escalation(make_session(), "ASK", 2, "x")
    time.advance(minutes=16)
    actions.raise_escalation(make_session(), "ASK", 2, "x")
    actions.raise_escalation(make_session(), "SI-3", 0, "x")
    tiles = {tile.tier: tile for tile in Board.read(time.now()).tiles}
    assert (tiles[2].waiting, tiles[2].oldest, tiles[2].late) == (2, first.created_at, 1)
    assert (tiles[0].waiting, tiles[0].late) == (1, 0)
    assert [tiles[tier].waiting for tier in (1, 3, 4)] == [0, 0, 0]


@pytest.mark.django_db
def test_each_expert_stands_as_they_are(make_session, make_expert, time):
    def claim(expert, mode="text"):
        case = actions.claim(actions.raise_escalation(make_session(), "ASK", 3, "x"), expert)
        actions.take_floor(case, expert, mode)

    ready, full, speaks, gone = (make_expert(n) for n in ("Ready", "Full", "Speaks", "Gone"))
    away, idle = make_expert("Away"), make_expert("Idle")
    make_expert("Home", here=False)
    for expert, cases in ((ready, 2), (full, 3), (gone, 1)):
        for _ in range(cases):
            claim(expert)
    claim(speaks, "voice")
    time.advance(seconds=10)
    actions.go_away(away, "break")
    Expert.objects.filter(pk__in=[gone.pk, idle.pk]).update(lease_until=time.now())
    board = Board.read(time.now())
    shown = {one.expert.user.display_name: (one.state, one.load) for one in board.experts}
    assert shown == {
        "Ready": ("free", 2),
        "Full": ("full", 3),
        "Speaks": ("full", 3),  # a spoken talk takes all their room
        "Away": ("away", 0),
        "Gone": ("gone", 1),
    }
    assert board.others == 2
    since = {one.expert.user.display_name: one.since for one in board.experts}
    assert timedelta(seconds=10) < since["Away"] - since["Ready"] < timedelta(seconds=11)


@pytest.mark.django_db
def test_experts_beyond_what_is_shown_are_not_called_absent(see, make_expert, boss):
    for _ in range(EXPERTS_SHOWN):
        make_expert()
    page = see()
    assert "not at the desk" not in page
    assert f"{EXPERTS_SHOWN} are shown" in page


@pytest.mark.django_db
def test_talks_in_danger_come_first_and_each_says_where_it_was_flagged(make_session, time):
    calm, flagged, called = (make_session(name) for name in ("Calm", "Flagged", "Called"))
    actions.raise_escalation(called, "ASK", 3, "x")
    for number in range(4):
        record_turn(flagged, "member", "words", item_id=f"i{number}")
    at = time.now()
    flag = {"session": flagged, "quote": "x", "speaker": "member", "created_at": at}
    FlagRecord.objects.create(code="SI-1", severity=1, item_id="i1", **flag)
    FlagRecord.objects.create(code="PRV", severity=4, item_id="i2", **flag)
    FlagRecord.objects.create(code="ASK", severity=3, item_id="never recorded", **flag)
    board = Board.read(at)
    assert [talk.session for talk in board.talks] == [called, flagged, calm]
    talk = board.talks[1]
    assert sorted(talk.found) == [(2, 1), (3, 4), (4, 3)]
    assert talk.gravest == 1
    assert talk.last_at == flagged.turns.get(seq=4).created_at
    end_session(flagged)
    assert Board.read(at).live == 2


@pytest.mark.django_db
def test_lists_end_and_say_so(make_session, see, persona, make_expert):
    for _ in range(LINE_SHOWN + 2):
        actions.raise_escalation(make_session(), "ASK", 3, "x")
    page = see()
    assert page.count('data-case="') == LINE_SHOWN
    assert f"the first {LINE_SHOWN} are shown" in page
    assert page.count("data-talk-row") == TALKS_SHOWN
    assert f"{TALKS_SHOWN} are shown, the gravest and newest" in page


@pytest.mark.django_db
def test_the_page_keeps_the_policy_and_its_link_is_for_supervisors(client, boss, asha):
    client.force_login(boss.user)
    answer = client.get(reverse("handoff:wall"))
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    page = dom.parse(answer.content)
    assert not [node for node in dom.find(page, lambda _: True) if dom.has(node, "style")]
    link = f'href="{reverse("handoff:wall")}"'
    assert link in client.get(reverse("handoff:desk")).content.decode()
    client.force_login(asha.user)
    assert link not in client.get(reverse("handoff:desk")).content.decode()


@pytest.mark.django_db
def test_whoever_has_no_place_is_told_what_to_do_here_too(client, session):
    client.force_login(session.member)
    answer = client.get(reverse("handoff:wall"))
    assert answer.status_code == 403
    assert "open a talk and ask for a person" in answer.content.decode()


@pytest.mark.django_db
def test_the_pause_is_seen_at_the_wall_and_at_every_desk(client, boss, asha, see):
    actions.pause_intake(boss, timedelta(minutes=30), "team meeting")
    assert "team meeting" in see()
    assert reverse("handoff:wall_resume") in see()
    client.force_login(asha.user)
    assert "team meeting" in client.get(reverse("handoff:queue")).content.decode()


# --- what is posted -------------------------------------------------------------------------------


def post(client, name, *args, **data):
    return client.post(reverse(f"handoff:{name}", args=args), data)


@pytest.mark.django_db
def test_the_forms_of_the_wall_do_what_they_say(client, boss, asha, make_session):
    client.force_login(boss.user)
    case = actions.raise_escalation(make_session(), "ASK", 3, "x")
    assert "Asha" in post(client, "wall_assign", case.pk, to=asha.pk).json()["message"]
    assert case.offers.get(state="pending").expert == asha
    changed = post(client, "wall_tier", case.pk, tier=2, seen=3, reason="She waits in a shop.")
    assert changed.json()["message"] == "It is P2 now."
    assert post(client, "wall_tier", case.pk, tier=4, seen=2, reason="why").status_code == 200
    pulled = post(client, "wall_pull", make_session().pk, reason="the coach sounds odd").json()
    assert pulled["next"] == f"{reverse('handoff:desk')}?case={boss.escalations.get().pk}"
    undo = post(client, "wall_pause", minutes=15, reason="team meeting").json()["undo"]
    assert client.post(undo).status_code == 200
    assert client.post(undo).status_code == 409


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("wall_tier", {"reason": "why"}),  # nothing chosen is not P0
        ("wall_tier", {"tier": "0", "reason": "why"}),
        ("wall_tier", {"tier": "9", "seen": "3", "reason": "why"}),
        ("wall_tier", {"tier": "-1", "seen": "3", "reason": "why"}),
        ("wall_assign", {}),
        ("wall_assign", {"to": "999999"}),
        ("wall_pause", {"reason": "why"}),
        ("wall_pause", {"minutes": "9" * 18, "reason": "why"}),
    ],
)
def test_what_was_not_chosen_is_asked_for(name, data, client, boss, session):
    client.force_login(boss.user)
    case = actions.raise_escalation(session, "ASK", 3, "x")
    args = [] if name == "wall_pause" else [case.pk]
    answer = post(client, name, *args, **data)
    assert answer.status_code == 400
    assert answer.json()["message"]
    case.refresh_from_db()
    assert (case.tier, case.last_event) == (3, 1)


# --- the picture of risk --------------------------------------------------------------------------

found = st.lists(st.tuples(st.integers(1, 5000), st.integers(0, 4)), max_size=40)


@given(st.integers(0, 5000), found)
def test_the_picture_shows_the_gravest_and_stays_in_its_frame(lines, flags):
    flags = [(number, tier) for number, tier in flags if number <= lines]
    shown = picture(lines, flags)
    assert min((tier for _n, tier in flags), default=None) == min(
        (column.tier for column in shown.columns), default=None
    )
    assert len(shown.columns) <= COLUMNS
    assert 0 <= shown.end <= CHART.width
    for column in shown.columns:
        assert 0 <= column.x <= column.x + shown.bar_width <= CHART.width
        assert 0 <= column.y <= CHART.base
        assert column.height > 0


def test_the_graver_the_higher():
    heights = [picture(30, [(1, tier)]).columns[0].height for tier in range(5)]
    assert heights == sorted(heights, reverse=True)
    assert len(set(heights)) == 5


@pytest.mark.django_db
def test_the_dialog_tells_what_became_of_the_talk(make_session, client, boss):
    client.force_login(boss.user)
    called, quiet = make_session(), make_session()
    actions.raise_escalation(called, "ASK", 3, "x")
    for talk in (called, quiet):
        end_session(talk)

    def dialog(talk):
        return client.get(reverse("handoff:wall_ask_why", args=[talk.pk])).content.decode()

    assert "somebody is to get back to the member" in dialog(called)
    assert "there is nothing to take" in dialog(quiet)
    assert 'type="submit"' not in dialog(quiet)
    answer = post(client, "wall_pull", quiet.pk, reason="the coach sounds odd")
    assert (answer.status_code, answer.json()["code"]) == (400, "ended")
    assert "/desk/?case=" in post(client, "wall_pull", called.pk, called="1").json()["next"]


@pytest.mark.django_db
def test_a_supervisor_joins_a_colleagues_case_from_the_wall(
    make_session, client, see, boss, asha, make_expert
):
    talk, own, waits = make_session(), make_session(), make_session()
    for session, expert in ((talk, asha), (own, boss)):
        actions.claim(actions.raise_escalation(session, "ASK", 3, "x"), expert)
    actions.raise_escalation(waits, "ASK", 3, "x")
    assert [f'id="join-{one.pk}"' in see() for one in (talk, own, waits)] == [True, False, False]
    asks = reverse("handoff:wall_ask_why", args=[talk.pk])
    assert f'data-ask="{asks}"' in see()
    dialog = client.get(asks).content.decode()
    assert "Asha has this case." in dialog
    assert f'name="owner" value="{asha.pk}"' in dialog
    assert post(client, "wall_pull", talk.pk, owner=asha.pk).json()["message"] == "Say why."
    joined = post(client, "wall_pull", talk.pk, owner=asha.pk, reason="She needs help.")
    case = talk.escalations.get()
    assert (joined.status_code, case.owner) == (200, boss)
    page = client.get(reverse("handoff:case", args=[case.pk])).content.decode()
    assert "Taken over from Asha." in page
    # Whose case it was when the dialog opened counts.
    again = post(client, "wall_pull", own.pk, owner=asha.pk, reason="why")
    assert own.escalations.get().owner == boss
    assert again.status_code == 200


@pytest.mark.django_db
def test_a_talk_that_begins_or_ends_is_pushed_to_the_wall(
    make_session, pushes, boss, asha, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        talk = make_session()
    assert pushes == [("wall", wire.TalksChanged())]
    with django_capture_on_commit_callbacks(execute=True):
        end_session(talk)
    assert pushes.count(("wall", wire.TalksChanged())) == 2
    assert "wall" in groups_of(boss)
    assert "wall" not in groups_of(asha)


@pytest.mark.django_db
def test_of_many_experts_those_with_cases_and_the_ready_are_shown(
    make_session, make_expert, monkeypatch, time
):
    monkeypatch.setattr("handoff.wall.board.EXPERTS_SHOWN", 2)
    actions.go_away(make_expert("Away"))
    ready, busy = make_expert("Ready"), make_expert("Busy")
    actions.claim(actions.raise_escalation(make_session(), "ASK", 3, "x"), busy)
    shown = {one.expert for one in Board.read(time.now()).experts}
    assert shown == {ready, busy}
