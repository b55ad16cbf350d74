"""A member takes everything with them, and everything goes with them.

Laws over all models, also of those to come: what is kept of a member is in their archive, or a
reason says why not; and when they are erased, no row anywhere holds a word of theirs.
"""

import io
import json
import zipfile

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from coach.errors import Refused
from coach.people.models import User
from coach.privacy import erasing
from coach.privacy.archive import write_archive
from coach.privacy.erasing import erase, erase_again, kept_in
from coach.privacy.kept import handed_out, kinds, left_out
from coach.privacy.models import Erasure
from coach.talk.actions import record_turn
from coach.talk.models import Picture, Session, Turn
from handoff.actions.reading import record_read
from handoff.models import Escalation
from tests.handoff.everything import SAID, VALUE, fill

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path
    return tmp_path


@pytest.fixture
def member(session):
    return fill(session)


@pytest.fixture
def free(member):
    """A member with whom nobody is, or will be."""
    Escalation.objects.update(state="cancelled")
    return member


def archive_of(member):
    out = io.BytesIO()
    write_archive(member, out)
    return zipfile.ZipFile(out)


def test_every_kind_of_row_is_handed_out_or_a_reason_says_why_not():
    labels = {kind.label for kind in kinds()}
    assert set(left_out()) <= labels, "a reason for what is not there"
    assert {"talk.Turn", "nutrition.MealItem", "people.Profile", "handoff.CaseNote"} <= labels
    assert not {"handoff.CaseNote", "talk.Directive"} & {kind.label for kind in handed_out()}
    assert "nutrition.Food" not in labels
    assert all(why for why in left_out().values())
    assert {kind.label for kind in handed_out()} == labels - set(left_out())


def test_the_archive_has_all_of_a_member_and_nothing_of_another(member, make_session, asha):
    other = make_session("Otto")
    record_turn(other, "member", "a numbat of somebody else", item_id="o1")
    talk = Session.objects.get(member=member)
    Picture.objects.create(session=talk, client_id="p", data=b"\xff\xd8jpeg", width=1, height=1)
    record_read(asha.user, member.pk, "case", talk.pk)
    record_turn(talk, "member", "<script>alert(1)</script>", item_id="i9")
    found = archive_of(member)
    everything = {name: found.read(name) for name in found.namelist()}
    assert not any(b"numbat" in content for content in everything.values())
    turns = json.loads(everything["data/talk.Turn.json"])
    assert [turn["text"] for turn in turns if SAID in turn["text"]]
    page = everything["index.html"].decode()
    assert SAID in page
    assert VALUE in page
    assert "Asha" in page, "who read it"
    assert "<script>alert" not in page
    (picture,) = [name for name in everything if name.startswith("files/picture-")]
    assert everything[picture] == b"\xff\xd8jpeg"
    assert picture in everything["data/talk.Picture.json"].decode()
    assert member.password not in page


def test_who_is_erased_is_nowhere_any_more(free, make_session):
    other = make_session("Otto")
    pk, email = free.pk, free.email
    row = erase(free)
    assert not User.objects.filter(pk=pk).exists()
    assert row.rows["talk.Turn"] >= 1
    for model in apps.get_models():
        for values in model._default_manager.values_list():
            text = " ".join(map(str, values))
            assert SAID not in text, model
            assert email not in text, model
    assert Session.objects.filter(pk=other.pk).exists()
    with connection.cursor() as cursor:
        connection.check_constraints()
        cursor.execute("SELECT 1")


def test_a_backup_that_comes_back_is_erased_again(free, django_capture_on_commit_callbacks):
    pk = free.pk
    with django_capture_on_commit_callbacks(execute=True):
        erase(free)
    line = kept_in().read_text()
    assert SAID not in line
    back = User(pk=pk, email="back@x.test", date_joined=Erasure.objects.get().at)
    back.save()
    told = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.StringIO(line))
        call_command("erase_again", stdout=told)
    assert "Erased again: 1." in told.getvalue()
    assert not User.objects.filter(pk=pk).exists()


def test_a_backup_with_an_open_case_is_erased_as_well(member, asha, settings):
    """What stood against it was over when the member erased themselves."""
    line = json.dumps({"account": member.pk, "at": "2100-01-01T00:00:00+00:00"})
    expert = json.dumps({"account": asha.user.pk, "at": "2100-01-01T00:00:00+00:00"})
    assert erase_again([expert, line]) == (2, [])


def test_the_list_that_cannot_be_written_undoes_nothing(free, settings, tmp_path):
    settings.VAR = tmp_path / "nowhere"
    erasing._keep(free.pk, None)


def test_passwords_are_guessed_no_longer_here_than_at_the_door(client, free, settings):
    settings.AXES_ENABLED = True
    free.set_password("long-enough-7")
    free.save()
    client.force_login(free, backend="django.contrib.auth.backends.ModelBackend")
    for _ in range(30):
        client.post(reverse("privacy:erase"), {"sure": "guess"})
    client.post(reverse("privacy:erase"), {"sure": "long-enough-7"})
    assert User.objects.filter(pk=free.pk).exists()


def test_another_person_who_got_the_number_later_stays(free, django_capture_on_commit_callbacks):
    pk = free.pk
    with django_capture_on_commit_callbacks(execute=True):
        erase(free)
    User(pk=pk, email="new@x.test").save()  # joined after it
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.StringIO(kept_in().read_text()))
        call_command("erase_again", stdout=io.StringIO())
    assert User.objects.filter(pk=pk).exists()


def test_nobody_vanishes_while_a_person_is_with_them(member, asha):
    assert Escalation.objects.open().exists()
    for person in (member, asha.user, User.objects.create_superuser("a@x.test", "pw")):
        with pytest.raises(Refused):
            erase(person)
    assert Turn.objects.exists()


def test_a_member_deletes_the_account_by_its_password(client, free):
    free.set_password("long-enough-7")
    free.save()
    client.force_login(free, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("privacy:page")).content.decode()
    assert "Delete my account" in page
    assert "<dt>Diary</dt>" in page
    assert "<dd>0</dd>" not in page
    wrong = client.post(reverse("privacy:erase"), {"sure": "guess"})
    assert wrong.status_code == 422
    assert "This is not your password." in wrong.content.decode()
    gone = client.post(reverse("privacy:erase"), {"sure": "long-enough-7"}, follow=True)
    assert "is deleted" in gone.content.decode()
    assert not User.objects.filter(pk=free.pk).exists()
    assert client.get(reverse("privacy:page")).status_code == 302


def test_the_copy_is_a_file_of_the_signed_in_member(client, member):
    client.force_login(member)
    answer = client.post(reverse("privacy:archive"))
    assert answer["Content-Type"] == "application/zip"
    found = zipfile.ZipFile(io.BytesIO(b"".join(answer)))
    assert "index.html" in found.namelist()
    assert client.get(reverse("privacy:archive")).status_code == 405
