"""An expert takes the floor by voice: the lease of their socket, and what follows its end."""

from datetime import timedelta

import pytest

from coach.people.models import User
from coach.talk.actions import end_session
from coach.talk.models import Floor
from handoff import actions, sweeper
from handoff.models import Escalation, Expert, VoiceLine
from handoff.timeouts import VOICE_LEASE, VOICE_LOST, VOICE_OPENING

SECOND = timedelta(seconds=1)


@pytest.fixture
def speaking(session, asha):
    """A talk that an expert has taken over by voice."""

    def make(tier=3, code="ASK"):
        case = actions.raise_escalation(session, code, tier, "please")
        actions.claim(case, asha)
        case = actions.take_floor(case, asha, "voice")
        session.refresh_from_db()
        return case

    return make


def spoken(session):
    """What the coach is told to say aloud and has not yet said."""
    return [line.spoken for line in session.directives.filter(claimed_at=None)]


def test_who_takes_the_floor_by_voice_is_named_as_speaking(speaking, session):
    case = speaking()
    assert (session.floor, session.floor_voice) == (Floor.EXPERT, True)
    assert session.expert_name == "Asha, dietitian"
    assert case.first_human_at is None  # nobody has heard a word yet


def test_that_the_coach_is_back_is_said_soon_or_not_at_all(speaking, asha, session, time):
    actions.take_floor(speaking(), asha, "monitor")
    (line,) = session.directives.all()
    assert timedelta(0) < line.expires_at - time.now() <= timedelta(seconds=30)


def test_from_writing_to_speaking_and_back_is_a_new_epoch_each_time(with_expert, session, asha):
    case, epochs = with_expert(), []
    for mode in ("voice", "voice", "text"):
        actions.take_floor(case, asha, mode)
        session.refresh_from_db()
        epochs.append((session.floor_epoch, session.expert_speaks))
    first = epochs[0][0]
    assert epochs == [(first, True), (first, True), (first + 1, False)]
    assert not VoiceLine.objects.exists()


def test_who_chooses_to_speak_again_keeps_the_line(speaking, asha):
    case = speaking()
    line = actions.open_line(case, asha)
    actions.take_floor(case, asha, "voice")
    assert actions.keep_line(line)


def test_a_colleague_who_takes_the_case_over_is_not_taken_for_lost(
    speaking, asha, session, time, make_expert
):
    case = speaking()
    actions.open_line(case, asha)
    bea = make_expert("Bea")
    case.refresh_from_db()
    actions.accept(actions.transfer(case, asha, bea), bea)
    assert spoken(session) == ["I am with you again. You can talk to me."]
    time.advance(seconds=VOICE_LEASE.total_seconds() + 1)
    actions.touch_presence(bea)
    before = session.turns.count()
    sweeper.sweep_once()
    case.refresh_from_db()
    assert case.owner == bea
    assert session.turns.count() == before
    assert not VoiceLine.objects.exists()


def test_only_the_newest_socket_of_who_speaks_has_the_line(speaking, asha, make_expert):
    case = speaking()
    assert actions.open_line(case, make_expert("Bea")) is None
    first = actions.open_line(case, asha)
    assert actions.keep_line(first)
    assert not actions.taken_over(first)
    second = actions.open_line(case, asha)
    assert not actions.keep_line(first)
    assert actions.taken_over(first)
    assert actions.keep_line(second)
    Escalation.objects.update(owner=make_expert("Cem"))
    assert not actions.taken_over(first), "a colleague's socket is no window of one's own"


ENDS = {
    "they write": lambda case, asha: actions.take_floor(case, asha, "text"),
    "they only read along": lambda case, asha: actions.take_floor(case, asha, "monitor"),
    "they hand back": lambda case, asha: actions.hand_back(case, asha, "Eat well."),
    "they release the case": lambda case, asha: actions.release(case, asha),
    "the talk ends": lambda case, asha: end_session(case.session),
    "the place is closed": lambda case, asha: Expert.objects.update(active=False),
    "the account is closed": lambda case, asha: User.objects.update(is_active=False),
    "the page is silent": lambda case, asha: Expert.objects.update(lease_until=None),
    "they speak under a new epoch": lambda case, asha: [
        actions.take_floor(case, asha, mode) for mode in ("text", "voice")
    ],
}


@pytest.mark.parametrize("end", ENDS)
def test_the_line_ends_with_whatever_let_the_expert_speak(speaking, asha, end):
    case = speaking()
    line = actions.open_line(case, asha)
    assert actions.keep_line(line)
    ENDS[end](case, asha)
    assert not actions.keep_line(line)


def test_a_line_that_is_renewed_is_never_lost(speaking, asha, session, time):
    line = actions.open_line(speaking(), asha)
    for _ in range(30):
        time.advance(seconds=2)
        actions.touch_presence(asha)
        assert actions.keep_line(line)
        sweeper.sweep_once()
    session.refresh_from_db()
    assert session.expert_speaks


@pytest.mark.parametrize(
    ("left", "life"),
    [("never opened", VOICE_OPENING), ("closed", VOICE_LOST), ("killed", VOICE_LEASE)],
)
def test_a_voice_that_is_lost_leaves_the_case_with_its_expert_and_the_coach_speaks(
    speaking, asha, session, time, left, life
):
    case = speaking()
    if left != "never opened":
        line = actions.open_line(case, asha)
        if left == "closed":
            actions.leave_line(line)
    time.advance(seconds=(life - SECOND).total_seconds())
    sweeper.sweep_once()
    session.refresh_from_db()
    assert session.expert_speaks
    time.advance(seconds=2)
    sweeper.sweep_once()
    session.refresh_from_db()
    case.refresh_from_db()
    assert (session.floor, session.floor_voice) == (Floor.COACH_WAITING, False)
    assert (case.mode, case.owner, case.state) == ("monitor", asha, "active")
    assert spoken(session) == ["I am with you again. You can talk to me."]
    assert session.turns.last().text == "The connection to Asha was lost."
    assert not VoiceLine.objects.exists()
    assert sweeper.sweep_once() == 0


def test_in_danger_the_floor_is_held_and_only_a_reviewed_line_is_spoken(
    speaking, asha, session, time
):
    speaking(0, "SI")
    session.directives.update(claimed_at=time.now())
    time.advance(seconds=VOICE_OPENING.total_seconds())
    sweeper.sweep_once()
    session.refresh_from_db()
    assert session.floor == Floor.SAFETY_HOLD
    (line,) = spoken(session)
    assert "with you again" not in line


def test_a_page_that_is_loaded_again_is_back_in_time(speaking, asha, session, time):
    case = speaking()
    actions.leave_line(actions.open_line(case, asha))
    time.advance(seconds=(VOICE_LOST - SECOND).total_seconds())
    again = actions.open_line(case, asha)
    time.advance(seconds=2)
    sweeper.sweep_once()
    assert actions.keep_line(again)


def test_a_socket_that_is_left_late_does_not_end_the_next_one(speaking, asha, time):
    case = speaking()
    first = actions.open_line(case, asha)
    second = actions.open_line(case, asha)
    actions.leave_line(first)
    time.advance(seconds=VOICE_LOST.total_seconds() + 1)
    sweeper.sweep_once()
    assert actions.keep_line(second)


@pytest.mark.parametrize("mode", ["monitor", "guide"])
def test_whoever_falls_silent_of_their_own_will_leaves_the_member_no_silence(
    speaking, asha, session, mode
):
    case = speaking()
    actions.take_floor(case, asha, mode)
    assert spoken(session) == ["I am with you again. You can talk to me."]
