"""A member whose talk has ended is written to, reads it, answers, and nobody closes it before."""

import re
from datetime import UTC, timedelta

import pytest
from django.urls import reverse

from coach import wire
from coach.errors import Refused
from coach.talk.actions import end_session, record_turn
from coach.talk.models import Message, Session, Turn
from coach.talk.thread import piece
from handoff import actions, sweeper
from handoff.actions.contacted import owes_answer
from handoff.models import Escalation, Expert, OpeningHours, Outbox
from handoff.outside import outbox
from handoff.timeouts import NEXT_CONTACT, OFFER_LIFE, TARGET
from tests.support.world import signed_in

pytestmark = pytest.mark.django_db
State = Escalation.State
WORDS = "Are you safe tonight? I am Asha."


@pytest.fixture
def left(session, asha):
    """A P0 whose page was closed; Asha has taken the follow-up."""
    actions.raise_escalation(session, "SI-3", 0, "I want to kill myself")
    end_session(session)
    found = actions.claim(Escalation.objects.get(), asha)
    found.session.refresh_from_db()
    return found


def now(case):
    return Escalation.objects.get(pk=case.pk)


def promised(case):
    """By when the member hears of whoever has the case after its talk."""
    kinds = ("contact", "first_word", "accept")
    return case.clocks.get(kind__in=kinds, stopped_at=None).due_at


def in_(at, time):
    """How long from now, in whole seconds: each reading of the clock is a little later."""
    return timedelta(seconds=round((at - time.now()).total_seconds()))


def counted(shown):
    """The number beside «Talk» on a page."""
    hidden, number = re.search(r"data-unread\s*(hidden)?\s*>\s*(\d+)\s*</span>", shown).groups()
    return hidden or number


def unread(session):
    return Message.objects.unread().filter(turn__session=session).count()


def page(session, path=None):
    url = path or reverse("talk:live", args=[session.pk])
    return signed_in(session.member).get(url).content.decode()


def answer(session, text="I am with my sister.", key="k1"):
    url = reverse("talk:answer", args=[session.pk])
    headers = {"X-Requested-With": "fetch"}
    return signed_in(session.member).post(url, {"text": text, "key": key}, headers=headers)


def test_what_is_written_stands_in_the_thread_and_waits_on_every_page(left, asha, session):
    for _twice in range(2):
        turn = actions.write(left, asha, WORDS, "m1")
    assert (turn.speaker, turn.author_name) == ("expert", str(asha))
    assert Turn.objects.filter(speaker="expert").count() == unread(session) == 1
    for other in (reverse("talk:start"), reverse("people:profile"), reverse("reminders:page")):
        shown = page(session, other)
        assert f'data-in-talk="{session.pk}"' in shown
        assert counted(shown) == "1"
    assert "New message" in page(session, reverse("talk:start"))
    shown = page(session)
    assert WORDS in shown
    assert "data-in-talk" not in shown  # it is before their eyes
    assert unread(session) == 0
    assert counted(page(session, reverse("talk:start"))) == "hidden"


def test_a_mail_says_that_something_came_and_not_what(left, asha, session, mailoutbox, settings):
    settings.PUBLIC_URL = "https://coach.example"
    actions.write(left, asha, WORDS, "m1")
    actions.write(left, asha, "And another.", "m2")
    mails = [pk for pk in outbox.waiting() if outbox.send(pk)]
    (mail,) = mailoutbox
    assert len(mails) == 1
    assert mail.to == [session.member.email]
    assert f"https://coach.example/talk/{session.pk}/" in mail.body
    assert "safe" not in mail.subject + mail.body
    assert "SI" not in mail.subject + mail.body


def test_no_mail_goes_out_about_what_was_read(left, asha, session, mailoutbox):
    actions.write(left, asha, WORDS, "m1")
    page(session)
    assert [outbox.send(pk) for pk in outbox.waiting()] == [False]
    assert (mailoutbox, Outbox.objects.count()) == ([], 0)


def test_after_a_message_the_case_waits_for_the_member_and_is_due_again(left, asha, time):
    actions.write(left, asha, WORDS, "m1")
    case = now(left)
    assert (case.state, case.owner) == (State.FOLLOW_UP, asha)
    assert in_(case.first_human_at, time) == timedelta(0)
    assert in_(promised(case), time) == NEXT_CONTACT[0]


def test_only_the_owner_writes_and_only_after_the_talk(left, asha, make_expert, with_expert):
    other = make_expert("Bea")
    with pytest.raises(actions.AlreadyTaken):
        actions.write(left, other, WORDS, "m1")
    for text in ("", "  "):
        with pytest.raises(Refused):
            actions.write(left, asha, text, "m2")
    assert Turn.objects.filter(speaker="expert").count() == 0


def test_a_live_talk_is_joined_and_not_written_after(with_expert, asha):
    with pytest.raises(Refused) as refused:
        actions.write(with_expert(), asha, WORDS, "m1")
    assert refused.value.code == "live"


def test_the_answer_reaches_the_owner_and_is_due_soon(
    left, asha, session, time, pushes, django_capture_on_commit_callbacks
):
    actions.write(left, asha, WORDS, "m1")
    time.advance(minutes=10)
    actions.touch_presence(asha)
    pushes.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert answer(session).status_code == 200
        assert answer(session).status_code == 200  # sent twice, said once
    assert session.turns.filter(speaker="member", text="I am with my sister.").count() == 1
    case = now(left)
    assert (case.state, case.owner, in_(promised(case), time)) == (State.FOLLOW_UP, asha, TARGET[0])
    assert asha.group in {group for group, _event in pushes}
    assert [e.kind for e in case.events.order_by("seq")][-1] == "member_wrote"


def test_words_that_are_only_written_after_the_end_are_no_answer(session):
    end_session(session)
    record_turn(session, "member", "Bye, and thanks.", item_id="i9")
    assert not Escalation.objects.exists()


def test_what_came_while_the_page_was_made_is_not_taken_for_read(
    left, asha, session, mailoutbox, monkeypatch
):
    def late(*asked):
        shown = piece(*asked)
        actions.write(left, asha, WORDS, "m1")
        return shown

    actions.write(left, asha, "How are you?", "m0")
    monkeypatch.setattr("coach.talk.pages.views.piece", late)
    assert WORDS not in page(session)
    assert unread(session) == 1
    assert [outbox.send(pk) for pk in outbox.waiting()] == [True]
    monkeypatch.undo()
    assert WORDS in page(session, reverse("talk:thread", args=[session.pk]))
    assert unread(session) == 0


def test_an_expert_who_is_there_keeps_the_case_whatever_the_answer_says(left, asha, session):
    actions.write(left, asha, WORDS, "m1")
    answer(session, "I still want to kill myself")
    case = now(left)
    assert (case.state, case.owner, case.tier) == (State.FOLLOW_UP, asha, 0)


def test_an_answer_that_stays_unanswered_goes_to_somebody_else(
    left, asha, session, time, make_expert
):
    actions.write(left, asha, WORDS, "m1")
    answer(session)
    bea = make_expert("Bea")
    for _ in range(2):  # both pages stay open, and Asha does nothing
        time.advance(seconds=20)
        for expert in (asha, bea):
            actions.touch_presence(expert)
    for _walk in range(2):  # it is given back, and then it rings
        sweeper.sweep_once()
    case = now(left)
    assert (case.state, case.owner) == (State.FOLLOW_UP, None)
    assert case.offers.filter(expert=bea, state="pending").exists()


@pytest.mark.parametrize("transferring", [False, True])
@pytest.mark.parametrize(("words", "tier"), [("I want to kill myself", 0), ("Hello?", 3)])
def test_who_accepted_and_does_nothing_after_an_answer_is_relieved(
    session,
    asha,
    time,
    make_expert,
    pushes,
    words,
    tier,
    transferring,
    django_capture_on_commit_callbacks,
):
    case = actions.raise_escalation(session, "ASK", 3, "please")
    end_session(session)
    case = actions.claim(case, asha)
    bea = make_expert("Bea")
    if transferring:
        actions.transfer(case, asha, bea)
        time.advance(seconds=OFFER_LIFE[3].total_seconds() + 1)
        for expert in (asha, bea):
            actions.touch_presence(expert)
        sweeper.sweep_once()
    pushes.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answer(session, words)
    assert wire.OwnershipChanged(case.pk, warn=True) in [event for _group, event in pushes]
    case = now(case)
    assert (case.state, case.owner, case.tier) == (State.ASSIGNED, asha, tier)
    assert in_(promised(case), time) <= TARGET[tier]
    answer(session, "Is somebody there?", "k2")  # more words put nothing off
    for amount in (TARGET[tier], TARGET[tier] * 0.2):
        time.advance(seconds=amount.total_seconds() + 1)
        for expert in (asha, bea):
            actions.touch_presence(expert)
        sweeper.sweep_once()
    sweeper.sweep_once()
    case = now(case)
    assert (case.state, case.owner) == (State.FOLLOW_UP, None)
    assert case.offers.filter(expert=bea, state="pending").exists()


def test_at_night_an_answer_and_what_is_found_late_are_due_in_the_morning(
    left, asha, session, make_session, make_expert, time
):
    Escalation.objects.filter(pk=left.pk).update(tier=2)
    actions.write(left, asha, WORDS, "m1")
    quiet = make_session("Quiet")
    passed_on = actions.claim(actions.raise_escalation(make_session("Lee"), "ASK", 2, "x"), asha)
    opens = (time.now() + timedelta(hours=8)).astimezone(UTC)
    midnight = opens.replace(hour=23, minute=59, second=59, microsecond=999_999)
    closes = min(opens + timedelta(hours=2), midnight)  # an interval is of one day
    for weekday in range(7):
        OpeningHours.objects.create(
            weekday=weekday,
            opens=opens.time(),
            closes=closes.time(),
        )
    answer(session)
    end_session(quiet)
    found = actions.raise_escalation(quiet, "ASK", 2, "x")
    end_session(passed_on.session)
    cases = [now(left), found, now(passed_on)]
    actions.release(passed_on, asha)
    for case in [*cases, now(passed_on)]:
        assert promised(case) >= opens + TARGET[2]


def test_who_has_phoned_since_owes_no_answer(left, asha, session, time):
    actions.write(left, asha, WORDS, "m1")
    answer(session)
    actions.note_call(left, asha, "no_answer")
    assert owes_answer(now(left))
    actions.note_call(left, asha, "reached", "She is with her sister.")
    assert not owes_answer(now(left))
    time.advance(seconds=(NEXT_CONTACT[0]).total_seconds() + 1)
    actions.touch_presence(asha)
    sweeper.sweep_once()
    assert now(left).owner == asha
    answer(session, "And now?", "k2")
    assert owes_answer(now(left))


def test_an_answer_wakes_a_case_whose_expert_is_gone(left, asha, session, time):
    actions.write(left, asha, WORDS, "m1")
    time.advance(hours=3)  # Asha has gone home
    answer(session)
    case = now(left)
    assert (case.state, case.owner, case.preferred) == (State.FOLLOW_UP, None, asha)
    actions.go_available(Expert.objects.get(pk=asha.pk))
    (offer,) = actions.dispatch(case)
    assert offer.expert == asha


def test_an_answer_after_the_case_was_closed_is_a_new_case(left, asha, session):
    actions.write(left, asha, WORDS, "m1")
    actions.hand_back(left, asha, "Safe, with her sister.", outcome="advised")
    assert now(left).state == State.RESOLVED
    answer(session, "It is worse again")
    new = Escalation.objects.open().get()
    assert (new.reopened_from, new.preferred, new.quote) == (left, asha, "It is worse again")


def test_an_answer_is_screened_as_every_turn_is(left, asha, session, make_session):
    calm = make_session("Calm")
    actions.raise_escalation(calm, "ASK", 3, "please")
    end_session(calm)
    answer(calm, "I want to kill myself")
    case = Escalation.objects.get(session=calm)
    assert (case.tier, case.state) == (0, State.FOLLOW_UP)
    assert case.crisis_card is not None
    assert 'data-card="crisis"' in page(calm)


def test_nobody_answers_where_nobody_reads(make_session):
    quiet = make_session("Quiet")
    end_session(quiet)
    assert "data-answer" not in page(quiet)
    refused = answer(quiet)
    assert (refused.status_code, refused.json()["code"]) == (400, "closed")
    live = make_session("Live")
    assert answer(live).status_code == 404


def test_nobody_answers_in_somebody_elses_talk(left, make_session, session):
    stranger = make_session("Stranger").member
    url = reverse("talk:answer", args=[session.pk])
    assert signed_in(stranger).post(url, {"text": "hi"}).status_code == 404
    assert signed_in(stranger).get(reverse("talk:messages")).content.strip() == b""


def test_a_member_cannot_flood_the_desk(left, session, monkeypatch):
    monkeypatch.setattr("coach.talk.actions.messages.ANSWERS_AN_HOUR", 2)
    codes = [answer(session, f"text {n}", f"k{n}").status_code for n in range(3)]
    assert codes == [200, 200, 400]


def test_nobody_closes_a_follow_up_before_a_word_to_the_member(left, asha, session):
    with pytest.raises(Refused) as refused:
        actions.hand_back(left, asha, "Nobody there.", outcome="advised")
    assert refused.value.code == "not_contacted"
    actions.note_call(left, asha, "no_answer", "Rang for a minute.")
    with pytest.raises(Refused):
        actions.hand_back(left, asha, "Nobody there.", outcome="advised")
    actions.note_call(left, asha, "reached", "She is with her sister.")
    closed = actions.hand_back(left, asha, "Safe.", outcome="advised")
    assert closed.state == State.RESOLVED
    assert not session.directives.filter(kind="hand_back").exists()


def test_what_was_no_case_may_be_closed_without_a_word(left, asha):
    assert actions.hand_back(left, asha, "A song.", outcome="not_a_case").state == State.RESOLVED


@pytest.mark.parametrize("result", ["no_answer", "left_message"])
def test_a_call_is_an_event_and_a_next_one_is_due(left, asha, time, result):
    before = now(left).last_event
    actions.note_call(left, asha, result, "Called the number she gave.")
    case = now(left)
    event = case.events.get(seq=before + 1)
    assert (event.kind, event.note, event.actor) == (
        result,
        "Called the number she gave.",
        asha.user,
    )
    assert (case.state, case.owner) == (State.FOLLOW_UP, asha)
    assert in_(promised(case), time) == NEXT_CONTACT[0]
    assert case.first_human_at is None  # nobody heard a person yet


def test_when_the_next_call_is_due_it_is_late_for_everybody(left, asha, time):
    actions.note_call(left, asha, "no_answer")
    time.advance(minutes=29)
    sweeper.sweep_once()
    assert not Outbox.objects.filter(kind=Outbox.Kind.OVERDUE).exists()
    time.advance(minutes=2)
    actions.touch_presence(asha)  # with her gone, it would ring for others
    sweeper.sweep_once()
    case = now(left)
    assert (case.state, case.owner) == (State.FOLLOW_UP, asha)
    assert Outbox.objects.filter(kind=Outbox.Kind.OVERDUE).exists()


def test_the_talk_that_is_open_meanwhile_is_told(
    left, asha, session, persona, pushes, django_capture_on_commit_callbacks
):
    frozen = {"brief": session.brief, "toolset": session.toolset}
    other = Session.objects.create(member=session.member, persona=persona, **frozen)
    with django_capture_on_commit_callbacks(execute=True):
        actions.write(left, asha, WORDS, "m1")
    told = [event.what for group, event in pushes if group == other.group]
    assert told == ["messages"]
