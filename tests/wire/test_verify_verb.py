"""The proof itself: it fails where a push is missing, says too little, or changes nothing."""

import pytest

from coach import wire
from coach.after_commit import publish
from coach.nutrition.actions.history import tell
from coach.talk.models import Turn
from tests.support.verify_verb import Verb, verify_verb


@pytest.fixture
def verify(world, django_capture_on_commit_callbacks, monkeypatch):
    def run(verb):
        return verify_verb(
            verb,
            world,
            lambda: [world.member_page()],
            django_capture_on_commit_callbacks,
            monkeypatch,
        )

    return run


def write_a_turn(world):
    """As `record_turn` does, but silently."""
    session = world.session
    session.last_seq += 1
    session.save()
    Turn.objects.create(
        session=session, seq=session.last_seq, speaker="member", text="Hello", floor_epoch=1
    )


def test_it_tells_what_was_published(verify):
    assert verify(Verb("a turn", lambda w: w.say("member", "Hello"))) == {"turn"}


def test_a_verb_that_publishes_nothing_is_found(verify):
    with pytest.raises(AssertionError, match="nothing was published"):
        verify(Verb("silent", write_a_turn))


def test_a_push_that_says_too_little_is_found(verify):
    def act(world):
        write_a_turn(world)
        tell(world.member)

    with pytest.raises(AssertionError, match="thread is not as on a new page"):
        verify(Verb("too little", act))


def test_a_push_to_the_wrong_group_is_found(verify):
    def act(world):
        write_a_turn(world)
        publish(world.session.watch_group, wire.TurnAdded(world.session.last_seq))

    with pytest.raises(AssertionError, match="thread is not as on a new page"):
        verify(Verb("elsewhere", act))


def test_a_verb_that_no_page_shows_must_say_so(verify):
    verb = Verb("nothing", lambda w: tell(w.member))
    with pytest.raises(AssertionError, match="no page shows it"):
        verify(verb)
    assert verify(Verb("nothing", lambda w: tell(w.member), unseen=True)) == {"changed"}


def test_what_may_be_stale_is_not_compared(verify):
    def act(world):
        write_a_turn(world)
        tell(world.member)

    verify(Verb("stale", act, stale=("thread",), unseen=True))
