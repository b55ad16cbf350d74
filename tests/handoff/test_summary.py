"""The talk so far at the desk: every statement leads to a line that is there."""

import re

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from coach.nutrition.models import DiaryChange, Meal
from coach.talk.actions import record_turn
from coach.talk.models import Card, Usage
from coach.voice.notes.exchange import NoteError
from handoff import actions
from handoff.actions import summarising
from handoff.models import Escalation, FlagRecord, TalkSummary
from handoff.summary import model
from handoff.summary.extract import QUOTE_CHARS, Line, Spoken, lines_of
from handoff.summary.model import Completion
from handoff.summary.rows import FLAGS_SHOWN, FUTURE, TURNS_READ, summary_of
from handoff.summary.wording import STATEMENTS_MOST, messages, statements
from handoff.timeouts import SUMMARY_AGAIN
from handoff.views.summary import summary_context

NUMBER = re.compile(r'data-go-line="(\d+)"')


def talk(*lines):
    """Turns in their order; those of the coach begin with a dash."""
    return [
        Spoken(n, "coach" if text[0] == "-" else "member", text.lstrip("- "))
        for n, text in enumerate(lines, 1)
    ]


def found(*lines, flagged=(), diary=()):
    return [(x.kind, x.words, x.seq) for x in lines_of(talk(*lines), flagged, diary)]


def test_what_was_told_asked_and_failed_is_quoted_with_its_line():
    assert found(
        "Hello. I'm allergic to peanuts, you know.",
        "- Noted.",
        "Can I have satay?",
        "- I cannot help with that.",
        "Fine. And what about rice?",
    ) == [
        ("told", "I'm allergic to peanuts, you know.", 1),
        ("asked", "And what about rice?", 5),
        ("failed", "Can I have satay?", 3),
    ]


def test_a_question_about_a_condition_is_asked_and_not_told():
    assert found("Is this good for diabetes?") == [("asked", "Is this good for diabetes?", 1)]


def test_what_was_flagged_comes_first_and_once():
    flag = Line("flag", "I have diabetes, is that bad?", 1, "MED-S", 2)
    assert [kind for kind, *_ in found("I have diabetes, is that bad?", flagged=[flag])] == ["flag"]


@given(st.lists(st.text(min_size=1), max_size=12))
def test_every_statement_is_made_of_words_of_its_line(texts):
    turns = [Spoken(n, "member", text) for n, text in enumerate(texts, 1)]
    for line in lines_of(turns, (), ()):
        whole = " ".join(turns[line.seq - 1].text.split())
        assert line.words.removesuffix("…").strip() in whole
        assert len(line.words) <= QUOTE_CHARS


# --- the language model ---------------------------------------------------------------------------


def test_only_statements_that_name_a_line_are_kept():
    answer = (
        "Here is a summary.\n"
        "- The member is allergic to peanuts. [1]\n"
        "2. She may be depressed.\n"
        "* He asked about satay [3]. It is fine to eat. [99]\n"
        "An aside. The coach could not say. [4] And this is nobody's."
    )
    assert [tuple(each) for each in statements(answer, {1, 3, 4})] == [
        ("The member is allergic to peanuts.", 1),
        ("He asked about satay", 3),
        ("An aside. The coach could not say.", 4),
    ]


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("16-year-old member. [1]", [("16-year-old member.", 1)]),
        ("2) Takes approx. 5 mg, says Dr. Lee. [1]", [("Takes approx. 5 mg, says Dr. Lee.", 1)]),
        ("Takes .5 mg. [1]", [("Takes .5 mg.", 1)]),
        ("- [1] Has diabetes.\n[2]: Asked.", [("Has diabetes.", 1), ("Asked.", 2)]),
        ("[1] Has diabetes. [2] Asked.", [("Has diabetes.", 1), ("Asked.", 2)]),
        ("They are well.\n[1] Has diabetes.", [("Has diabetes.", 1)]),
        ("They are well.\n [1]", []),
        ("The member is [not] allergic. [1]", []),
        ("Fine [1][2].", [("Fine", 1)]),
        ("[1][2].", []),
        (" " * 400 + "Fine. [1]\nWell. [2]", [("Well.", 2)]),
        ("\n" * 8_000 + "Fine. [1]", []),
    ],
)
def test_a_line_of_the_answer_is_kept_whole_with_its_number(answer, kept):
    assert [tuple(each) for each in statements(answer, {1, 2})] == kept


@given(st.text(alphabet="ab .[]0123456789\n", max_size=200), st.sets(st.integers(0, 99)))
def test_no_answer_names_a_line_that_is_not_there(answer, known):
    kept = statements(answer, known)
    assert {each.seq for each in kept} <= known
    assert len(kept) <= STATEMENTS_MOST


def test_nobody_says_a_number_that_is_not_theirs():
    (_system, asked) = messages(talk("ignore this [7] please"))
    assert asked["content"] == "[1] Member: ignore this (7) please"


# --- at the desk ----------------------------------------------------------------------------------


@pytest.fixture
def case(session, asha):
    record_turn(session, "member", "I'm allergic to peanuts.", item_id="m1")
    record_turn(session, "coach", "Noted.", item_id="c1")
    record_turn(session, "member", "Can I have satay?", item_id="m2")
    record_turn(session, "coach", "I cannot help with that.", item_id="c2")
    case = actions.raise_escalation(session, "ASK", 3, "please")
    actions.claim(case, asha)
    session.refresh_from_db()
    return case


def shown(client, asha, case, name="handoff:summary"):
    client.force_login(asha.user)
    return client.get(reverse(name, args=[case.pk])).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["handoff:summary", "handoff:case"])
def test_the_desk_shows_statements_that_lead_to_lines_of_the_thread(client, asha, case, name):
    page = shown(client, asha, case, name)
    numbers = {int(number) for number in NUMBER.findall(page)}
    assert numbers == {1, 3}
    thread = shown(client, asha, case, "handoff:thread")
    assert all(f'id="line-{number}"' in thread for number in numbers)
    assert "AI" not in shown(client, asha, case)


@pytest.mark.django_db
def test_a_grave_flag_is_shown_however_long_ago_it_was(session, time):
    at = {"session": session, "speaker": "member", "created_at": time.now()}
    turn = record_turn(session, "member", "Hello.", item_id="grave")
    for number in range(FLAGS_SHOWN):
        FlagRecord.objects.create(code="ED-1", severity=2, quote="x", item_id=f"f{number}", **at)
    FlagRecord.objects.create(code="SI-3", severity=0, quote="die", item_id="grave", **at)
    FlagRecord.objects.create(code="SI-3", severity=0, quote="lost", item_id="none", **at)
    for number in range(TURNS_READ):
        record_turn(session, "member", "hm", item_id=f"n{number}")
    flags = [line for line in summary_of(session, FUTURE, None) if line.kind == "flag"]
    assert [(line.words, line.seq) for line in flags[:2]] == [("die", turn.seq), ("lost", 0)]
    assert len(flags) == FLAGS_SHOWN


@pytest.mark.django_db
def test_a_flag_whose_turn_is_not_found_leads_nowhere(client, asha, case, session, time):
    FlagRecord.objects.create(
        session=session, code="SI-3", severity=0, quote="lost words", created_at=time.now()
    )
    page = shown(client, asha, case)
    assert "lost words" in page
    assert {int(number) for number in NUMBER.findall(page)} == {1, 3}


@pytest.mark.django_db
def test_the_diary_is_told_by_foods_and_without_numbers(client, asha, case, session, time):
    place = {"eaten_at": time.now(), "zone": "UTC", "day": time.now().date(), "slot": "lunch"}
    meal = Meal.objects.create(member=session.member, **place)
    after = {str(meal.pk): {"items": [{"name": "Egg", "kcal": 155.0}, {"name": "Toast"}]}}
    change = DiaryChange.objects.create(
        member=session.member, meal=meal, verb="log", before={str(meal.pk): None}, after=after
    )
    Card.objects.create(session=session, seq=90, kind="meal", ref=f"{change.pk}:{meal.pk}")
    page = shown(client, asha, case)
    assert "Egg, Toast" in page
    assert "In the diary" in page
    assert "155" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("left", "told"),
    [(("Soup", "Bread"), "Bread"), (("Soup",), "Bread, Bread"), ((), "Soup, Bread, Bread")],
)
def test_what_was_taken_out_is_told_and_not_what_stayed(session, time, left, told):
    place = {"eaten_at": time.now(), "zone": "UTC", "day": time.now().date(), "slot": "lunch"}
    meal = Meal.objects.create(member=session.member, **place)

    def whole(*names):
        return {str(meal.pk): {"items": [{"name": name} for name in names]} if names else None}

    change = DiaryChange.objects.create(
        member=session.member,
        meal=meal,
        verb="remove",
        before=whole("Soup", "Bread", "Bread"),
        after=whole(*left),
    )
    Card.objects.create(session=session, seq=90, kind="meal", ref=f"{change.pk}:{meal.pk}")
    [line] = summary_of(session, 100, None)
    assert (line.what, line.words) == ("remove", told)


@pytest.mark.django_db
def test_who_handed_back_reads_nothing_that_came_after(client, asha, case, session):
    actions.take_floor(case, asha, "text")
    actions.say(case, asha, "hello", "c1")
    actions.hand_back(case, asha, "note", outcome="answered")
    record_turn(session, "member", "I am pregnant by the way.", item_id="m9")
    assert "pregnant" not in shown(client, asha, case)


@pytest.fixture
def worded(monkeypatch, settings):
    """A language model that answers with what the test wants."""
    settings.LLM_URL, settings.LLM_MODEL = "http://llm.test/v1", "a-model"
    answers = []

    def complete(asked):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        choice = {"message": {"content": answer}}
        usage = {"prompt_tokens": 5, "completion_tokens": 3}
        choices = [model._Choice(model._Message(choice["message"]["content"]))]
        return Completion(choices, "chat-1", usage)

    monkeypatch.setattr(model, "complete", complete)
    return answers


@pytest.mark.django_db
def test_a_model_words_it_off_the_path_and_every_statement_has_its_line(
    client, asha, case, session, worded, nudges, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = shown(client, asha, case)
    assert "data-unfinished" in page
    assert [args for task, args in nudges if task == summarising.SUMMARISE] == [(session.pk.hex,)]
    worded.append("The member is allergic to peanuts. [1]\nThey are well. [77]")
    summarising.summarise(session.pk)
    page = shown(client, asha, case)
    assert "Summary by AI (a-model)" in page
    assert "The member is allergic to peanuts." in page
    assert "They are well" not in page
    assert "data-unfinished" not in page
    used = Usage.objects.get(session=session)
    assert (used.kind, used.text_in, used.text_out) == ("summary", 5, 3)
    assert used.member is None, "what an expert reads is not on the member's budget"


@pytest.mark.django_db
def test_it_is_asked_again_only_after_a_while_and_for_new_lines(session, case, worded, time):
    row = summarising.want_summary(session)
    first = row.asked_at
    assert summarising.want_summary(session).asked_at == first
    time.advance(seconds=SUMMARY_AGAIN.total_seconds() + 1)
    assert summarising.want_summary(session).asked_at > first  # nothing came of it
    worded.append("Peanuts. [1]")
    summarising.summarise(session.pk)
    time.advance(seconds=SUMMARY_AGAIN.total_seconds() + 1)
    last = summarising.want_summary(session).asked_at
    for number in range(4):
        record_turn(session, "member", "hm", item_id=f"n{number}")
    session.refresh_from_db()
    assert summarising.want_summary(session).asked_at > last


@pytest.mark.django_db
def test_a_task_that_is_late_or_comes_twice_asks_nobody(session, case, worded, time):
    summarising.want_summary(session)
    worded += ["Peanuts. [1]", "Twice. [1]", "Late. [1]"]
    summarising.summarise(session.pk)
    summarising.summarise(session.pk)
    assert len(worded) == 2
    for number in range(summarising.NEW_LINES):
        record_turn(session, "member", "hm", item_id=f"n{number}")
    session.refresh_from_db()
    time.advance(seconds=SUMMARY_AGAIN.total_seconds() + 1)
    summarising.want_summary(session)
    time.advance(seconds=SUMMARY_AGAIN.total_seconds() + 1)
    summarising.summarise(session.pk)
    assert len(worded) == 2


@pytest.mark.django_db
def test_a_worker_words_one_talk_at_a_time(session, case, monkeypatch, worded):
    summarising.want_summary(session)
    asked = []

    def complete(_messages):
        asked.append(1)
        summarising.summarise(session.pk)  # as another thread does meanwhile
        raise NoteError("timeout", retryable=True)

    monkeypatch.setattr(model, "complete", complete)
    summarising.summarise(session.pk)
    assert len(asked) == 1
    summarising.want_summary(session)
    TalkSummary.objects.update(failed="")
    summarising.summarise(session.pk)
    assert len(asked) == 2  # and the next one after it


@pytest.mark.django_db
def test_an_empty_answer_keeps_what_an_earlier_one_said(session, case, worded, time):
    summarising.want_summary(session)
    worded += ["Peanuts. [1]", "Nothing."]
    summarising.summarise(session.pk)
    for number in range(summarising.NEW_LINES):
        record_turn(session, "member", "hm", item_id=f"n{number}")
    session.refresh_from_db()
    time.advance(seconds=SUMMARY_AGAIN.total_seconds() + 1)
    summarising.want_summary(session)
    summarising.summarise(session.pk)
    row = TalkSummary.objects.get()
    assert (row.statements, row.through, row.failed) == (
        [["Peanuts.", 1]],
        session.last_seq,
        "empty",
    )


@pytest.mark.django_db
def test_the_talk_of_a_closed_case_is_sent_to_no_model(session, case, worded, nudges):
    case.state = Escalation.State.RESOLVED
    context = summary_context(case, None)
    assert context["worded"] is None
    assert not TalkSummary.objects.exists()
    case.state = Escalation.State.ACTIVE
    assert summary_context(case, None)["is_being_written"]


@pytest.mark.django_db
@pytest.mark.parametrize("answer", [NoteError("timeout", retryable=True), "Nothing to say."])
def test_a_model_that_fails_leaves_what_was_quoted(client, asha, case, session, worded, answer):
    summarising.want_summary(session)
    worded.append(answer)
    summarising.summarise(session.pk)
    assert TalkSummary.objects.get().failed
    page = shown(client, asha, case)
    assert "gave no summary" in page
    assert "peanuts" in page
