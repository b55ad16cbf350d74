"""A weekly sample of turns that a clinician judges without seeing what screening said."""

from datetime import timedelta

import pytest
from django.urls import reverse

from coach.talk.actions import end_session, record_turn
from coach.talk.models import Session
from handoff import actions, sweeper
from handoff.actions.reviewing_blind import SAMPLE, draw_round, judge, to_judge
from handoff.actions.transitions import AlreadyTaken
from handoff.models import AuditRead, Escalation, ReviewItem, ReviewRound
from handoff.opening import today_at_desk
from handoff.reports.asked import Asked
from handoff.reports.reviewed import blind_review
from handoff.reports.source import Source
from tests.support.world import signed_in

pytestmark = pytest.mark.django_db
Found, Judged = ReviewItem.Found, ReviewItem.Judged
CALM = "I had an apple."
GRAVE = "I want to kill myself"
HIDDEN = "the balcony up here has a low wall"


@pytest.fixture
def clinician(make_expert):
    return make_expert("Cleo", domains=["nutrition", "clinical"])


@pytest.fixture
def said(make_session, time):
    """What members said in the week that is over, each in a talk of their own."""

    def say(*texts):
        talks = []
        for number, text in enumerate(texts):
            talk = make_session(f"Person{number}")
            record_turn(talk, "coach", "How are you today?")
            record_turn(talk, "member", text, item_id=f"m{number}")
            end_session(talk)
            talks.append(talk.pk)
        back = timedelta(days=7)
        for talk in Session.objects.filter(pk__in=talks):
            Session.objects.filter(pk=talk.pk).update(started_at=talk.started_at - back)
        return talks

    return say


def items():
    return {item.turn.text: item for item in ReviewItem.objects.select_related("turn")}


def ask(person, name="review", *args, **form):
    client = signed_in(person.user)
    url = reverse(f"handoff:{name}", args=args)
    return client.post(url, form, follow=True) if form else client.get(url)


def test_the_sample_has_flagged_turns_and_others_and_is_drawn_once(said):
    said(CALM, GRAVE)
    sweeper.tidy_once()
    sweeper.tidy_once()
    drawn = ReviewRound.objects.get()
    assert (drawn.called, drawn.kept, drawn.unflagged) == (1, 0, 1)
    found = items()
    assert (found[GRAVE].found, found[GRAVE].severity) == (Found.CALLED, 0)
    assert (found[CALM].found, found[CALM].severity) == (Found.UNFLAGGED, None)


def test_of_many_turns_a_few_are_drawn(said, time):
    said(*[f"{CALM} {n}" for n in range(SAMPLE[Found.UNFLAGGED] + 5)])
    drawn = draw_round(time.now())
    assert drawn.unflagged == SAMPLE[Found.UNFLAGGED] + 5
    assert drawn.items.count() == SAMPLE[Found.UNFLAGGED]


def test_the_page_shows_the_turn_and_nothing_of_what_screening_said(said, clinician, time):
    said(GRAVE)
    draw_round(time.now())
    page = ask(clinician).content.decode()
    assert GRAVE in page
    assert "How are you today?" in page
    for word in ("SI-3", "P0", "Suicid", "Person0", "A person is being called"):
        assert word not in page
    assert AuditRead.objects.filter(reader=clinician.user, what="review").count() == 1


def test_it_is_for_clinicians_and_supervisors(said, clinician, make_expert, time):
    said(CALM)
    draw_round(time.now())
    item = ReviewItem.objects.get()
    for person, status in (
        (clinician, 200),
        (make_expert("Chief", supervisor=True), 200),
        (make_expert("Olga"), 403),
    ):
        assert ask(person).status_code == status
    assert ask(make_expert("Dora"), "review_judge", item.pk, judged="4").status_code == 403
    item.refresh_from_db()
    assert item.judged is None


def test_who_had_the_case_does_not_judge_it(make_session, clinician, said, time):
    (talk,) = said(GRAVE)
    actions.claim(Escalation.objects.get(session=talk), clinician)
    draw_round(time.now())
    assert not to_judge(clinician).exists()
    assert "Nothing to judge" in ask(clinician).content.decode()


def test_a_judgement_is_kept_and_the_next_turn_comes(said, clinician, time):
    said(CALM, GRAVE)
    draw_round(time.now())
    first = to_judge(clinician).first()
    page = ask(clinician, "review_judge", first.pk, judged="4").content.decode()
    first.refresh_from_db()
    assert (first.judged, first.judged_by) == (Judged.NOBODY, clinician)
    assert "1 turn to judge" in page


def test_two_clinicians_do_not_judge_the_same_turn(said, clinician, make_expert, time):
    said(CALM)
    draw_round(time.now())
    item = ReviewItem.objects.get()
    judge(item, clinician, Judged.NOBODY)
    with pytest.raises(AlreadyTaken):
        judge(item, make_expert("Chief", supervisor=True), Judged.P0)


def test_a_turn_that_was_missed_calls_a_person_now(said, clinician, time, settings):
    settings.SCREENING_SCORE = False
    (talk,) = said(HIDDEN)
    draw_round(time.now())
    assert not Escalation.objects.exists()
    page = ask(clinician, "review_judge", ReviewItem.objects.get().pk, judged="1")
    assert "A person is called for this now." in page.content.decode()
    case = Escalation.objects.get()
    assert (case.code, case.tier, str(case.session_id)) == ("REV", 1, str(talk))
    assert case.state == Escalation.State.FOLLOW_UP


def test_nobody_is_called_where_somebody_came(said, clinician, time):
    said(GRAVE)
    draw_round(time.now())
    assert judge(ReviewItem.objects.get(), clinician, Judged.P0) is None
    assert Escalation.objects.count() == 1


def test_the_report_says_how_often_screening_is_right_and_what_it_misses(
    said, clinician, time, settings
):
    settings.SCREENING_SCORE = False
    said(CALM, GRAVE, HIDDEN)
    draw_round(time.now())
    for text, judged in ((CALM, Judged.NOBODY), (GRAVE, Judged.P0), (HIDDEN, Judged.P1)):
        judge(items()[text], clinician, judged)
    today = today_at_desk(time.now())
    asked = Asked(today, today, time.now().tzinfo)
    figure = blind_review(Source(asked, time.now()))
    rows = {row[0]: [str(cell) for cell in row[1:]] for row in figure.table.rows}
    assert rows["A person was called"] == ["1", "1", "1 of 1", "1 of 1", "0"]
    assert rows["Nothing was found"] == ["2", "1", "1 of 2", "1 of 2", "0"]
    assert figure.headline[1] == "1 of 2"
    assert CALM not in str(figure)
