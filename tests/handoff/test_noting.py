"""Experts write to each other on a case; neither the member nor the coach sees any of it."""

import pytest
from django.urls import reverse

from coach import wire
from coach.talk.actions import end_session, record_turn
from coach.talk.live.history import history_of
from handoff import actions
from handoff.actions.noting import named_in
from handoff.models import AuditRead, CaseNote, NoteMention
from tests.support.world import signed_in

pytestmark = pytest.mark.django_db
NOTE = "@Bea, is her potassium safe?"


@pytest.fixture
def bea(make_expert):
    return make_expert("Bea")


@pytest.fixture
def case(with_expert):
    return with_expert()


def write(expert, case, text=NOTE, key="n1"):
    url = reverse("handoff:note", args=[case.pk])
    return signed_in(expert.user).post(url, {"text": text, "client_id": key})


def page(expert, case):
    return signed_in(expert.user).get(reverse("handoff:case", args=[case.pk]))


def queue(expert):
    return signed_in(expert.user).get(reverse("handoff:queue")).content.decode()


def test_a_note_stands_in_the_thread_where_it_was_written(case, asha, session):
    record_turn(session, "member", "hello", item_id="i1")
    session.refresh_from_db()
    for _twice in range(2):
        assert write(asha, case).status_code == 200
    note = CaseNote.objects.get()
    assert (note.author, note.after) == (asha.user, session.last_seq)
    shown = page(asha, case).content.decode()
    assert f'data-note="{note.pk}" data-after="{session.last_seq}"' in shown
    assert NOTE in shown


def test_the_member_and_the_coach_see_nothing_of_it(
    case, asha, bea, session, pushes, django_capture_on_commit_callbacks
):
    before = session.last_seq
    pushes.clear()
    with django_capture_on_commit_callbacks(execute=True):
        write(asha, case)
    assert session.watch_group in {group for group, _event in pushes}
    assert session.group not in {group for group, _event in pushes}
    session.refresh_from_db()
    assert session.last_seq == before
    member = signed_in(session.member)
    pages = [reverse("talk:live", args=[session.pk]), reverse("talk:thread", args=[session.pk])]
    for url in (*pages, reverse("talk:start"), reverse("people:profile")):
        assert "potassium" not in member.get(url).content.decode()
    lines, _last = history_of(session)
    assert "potassium" not in str(lines)
    assert not session.directives.exists()
    assert "potassium" not in str(list(case.events.values()))
    end_session(session)
    assert "potassium" not in member.get(pages[0]).content.decode()


def test_who_is_named_sees_it_at_their_desk_until_they_have_looked(case, asha, bea):
    assert page(bea, case).status_code == 404
    assert "desk__mention" not in queue(bea)
    assert "Bea is told" in write(asha, case).json()["message"]
    assert f'data-open-case="{case.pk}"' in queue(bea)
    assert "desk__mention" in queue(bea)
    assert "desk__mention" not in queue(asha)
    assert NOTE in page(bea, case).content.decode()
    assert "desk__mention" not in queue(bea)
    read = AuditRead.objects.get(reader=bea.user)
    assert (read.escalation, read.what) == (case, "case")


def test_who_is_named_answers_and_does_not_take_the_case(case, asha, bea):
    write(asha, case)
    assert write(bea, case, "@Asha yes, below 2 g.", "n2").status_code == 200
    assert NoteMention.objects.filter(expert=asha, seen_at=None).exists()
    case.refresh_from_db()
    assert case.owner == asha


def test_who_is_named_reads_on_only_while_the_case_is_open(case, asha, bea, session):
    write(asha, case)
    actions.hand_back(case, asha, "ok", "advised")
    session.refresh_from_db()
    record_turn(session, "member", "a later secret", item_id="i9")
    shown = page(bea, case).content.decode()
    assert "a later secret" not in shown
    assert "data-note-form" not in shown
    assert write(bea, case, "more", "n3").status_code == 400


def test_once_it_is_handed_back_who_was_named_reads_along_no_more(
    case, asha, bea, session, pushes, django_capture_on_commit_callbacks
):
    write(asha, case)
    pushes.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.hand_back(case, asha, "ok")  # it is to be written up yet
    assert (bea.group, wire.OwnershipChanged(case.pk)) in pushes  # so their socket looks again
    session.refresh_from_db()
    record_turn(session, "member", "a later secret", item_id="i9")
    assert "a later secret" not in page(bea, case).content.decode()


def test_who_is_named_when_all_is_over_reads_what_they_are_asked(case, asha, bea, make_expert):
    actions.hand_back(case, asha, "ok", "advised")
    carl = make_expert("Carl", supervisor=True)
    write(carl, case, "Between us: good work.", "n1")
    write(carl, case, NOTE, "n2")
    shown = page(bea, case).content.decode()
    assert NOTE in shown
    assert "Between us" not in shown


def test_whoever_may_not_read_a_case_writes_no_note_on_it(case, bea):
    assert write(bea, case).status_code == 404
    assert not CaseNote.objects.exists()


def test_those_who_read_along_fetch_it(
    case, asha, bea, session, pushes, django_capture_on_commit_callbacks
):
    pushes.clear()
    with django_capture_on_commit_callbacks(execute=True):
        write(asha, case)
    assert (session.watch_group, wire.NoteWritten()) in pushes
    assert (bea.group, wire.QueueChanged(0)) in pushes


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Bea look", ["Bea"]),
        ("ask @bea.", ["Bea"]),
        ("@Bea Stone and @Cleo", ["Bea Stone", "Cleo"]),
        ("@Beatrice, or bea@x.test, or Bea", []),
        ("mail carl@bea.test", []),
        ("@Bea Stone, @Bea", ["Bea Stone", "Bea"]),
    ],
)
def test_who_is_named(make_expert, text, names):
    experts = [make_expert(name) for name in ("Bea", "Bea Stone", "Cleo")]
    assert [one.user.name for one in named_in(text, experts)] == names


def test_notes_go_with_the_member(case, asha, bea, session):
    write(asha, case)
    session.member.delete()
    assert not CaseNote.objects.exists()
    assert not NoteMention.objects.exists()
