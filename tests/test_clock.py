"""One clock for every timer: with this host's clock wrong by an hour, each of them stays right."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection, models
from django.utils import timezone
from PIL import Image

from coach import clock
from coach.clock import CreatedAtField
from coach.errors import CoachError
from coach.people.models import User
from coach.personas.models import Persona
from coach.talk import limits
from coach.talk.actions import (
    add_directive,
    claim_directives,
    claim_pictures,
    give_back_pictures,
    record_turn,
    show_picture,
    start_session,
)
from coach.talk.actions.notes import claim_note, prune_sounds
from coach.talk.brief import make_brief
from coach.talk.live.history import is_answer_pending
from coach.talk.models import Directive, Note, NoteSound, Picture, Turn
from coach.talk.notes import limits as note_limits
from coach.talk.usage.budgets import budget_of
from handoff import actions
from handoff.hooks import said_signs_of_an_eating_disorder
from handoff.models import AuditRead, Expert, FlagRecord
from handoff.views.access import note_read

pytestmark = pytest.mark.django_db
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
LONG_AGO = timedelta(days=400)
JOINED = "people.User.date_joined"  # Django's own, and only shown
OURS = ("people", "personas", "talk", "nutrition", "lessons", "handoff")


@pytest.fixture(params=[-HOUR, HOUR], ids=["an hour slow", "an hour fast"])
def wrong_host(request, monkeypatch):
    """This host's clock is wrong; the database's is not."""
    right = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: right() + request.param)


@pytest.fixture
def session(wrong_host, settings):
    settings.ENGINE_IMAGES = True
    member = User.objects.create_user("mina@x.test", display_name="Mina")
    persona = Persona.objects.create(
        slug="sage", name="Sage", instructions="Coach.", greeting="Hi {name}."
    )
    return start_session(member, persona, make_brief(persona, member_name="Mina"))


def photo():
    out = io.BytesIO()
    Image.new("RGB", (80, 60), (30, 160, 30)).save(out, "JPEG")
    return out.getvalue()


# --- the clock itself -----------------------------------------------------------------------------


def test_it_is_aware_and_in_utc_and_does_not_follow_this_host(wrong_host):
    assert clock.now().utcoffset() == timedelta(0)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
    assert abs(clock.host_now() - clock.now()) > timedelta(minutes=59)


def test_it_goes_on_within_a_transaction():
    assert connection.in_atomic_block
    first = clock.now()
    while (later := clock.now()) == first:  # for ever, if it stood still: then the time is up
        pass
    assert later > first


def test_the_hosts_date_is_that_of_the_active_time_zone(settings):
    with timezone.override("Pacific/Kiritimati"):  # fourteen hours before Greenwich
        east = clock.host_today()
    with timezone.override("Pacific/Niue"):  # eleven hours behind it
        west = clock.host_today()
    assert east - west in (timedelta(days=1), timedelta(days=2))


@pytest.mark.parametrize("model", [m for m in apps.get_models() if m._meta.app_label in OURS])
def test_every_row_is_stamped_by_the_databases_clock(model):
    """`auto_now_add` is this host's clock; so is a default that calls it."""
    for field in model._meta.get_fields():
        if isinstance(field, models.DateTimeField):
            assert isinstance(field, CreatedAtField) or not field.auto_now_add, field
            assert field.default is not timezone.now or str(field) == JOINED, field


def test_a_creation_time_is_written_once_and_migrations_name_a_plain_field(session):
    field = Turn._meta.get_field("created_at")
    assert field.deconstruct()[1] == "django.db.models.DateTimeField"
    turn = record_turn(session, "member", "hello", item_id="i1")
    assert abs(turn.created_at - clock.now()) < timedelta(minutes=1)
    Turn.objects.filter(pk=turn.pk).update(created_at=clock.now() - HOUR)
    turn.refresh_from_db()
    written = turn.created_at
    turn.save()
    turn.refresh_from_db()
    assert turn.created_at == written


# --- timers of a talk -----------------------------------------------------------------------------


def test_guidance_expires_when_it_should(session):
    kind = Directive.Kind.GUIDE
    add_directive(session, kind, "in time", expires_at=clock.now() + timedelta(minutes=5))
    add_directive(session, kind, "too late", expires_at=clock.now() - SECOND)
    assert [directive.text for directive in claim_directives(session)] == ["in time"]


def test_an_experts_guidance_is_in_time(session):
    user = User.objects.create_user("asha@x.test", display_name="Asha")
    asha = Expert.objects.create(user=user, domains=["nutrition"], languages={"en": "fluent"})
    escalation = actions.claim(actions.raise_escalation(session, "ASK", 3, "x"), asha)
    actions.guide(escalation, asha, "Half a banana is fine.")
    assert "Half a banana is fine." in [directive.text for directive in claim_directives(session)]


def test_a_notes_lease_holds_as_long_as_it_says(session):
    _note, mine = claim_note(session.pk, "note-0001", "voice")
    assert mine
    assert claim_note(session.pk, "note-0001", "voice")[1] is False
    Note.objects.update(claimed_until=clock.now() - SECOND)  # whoever had it is gone
    assert claim_note(session.pk, "note-0001", "voice")[1] is True


def test_so_many_notes_a_minute_and_no_more(session):
    for number in range(note_limits.NOTES_PER_MINUTE):
        claim_note(session.pk, f"note-{number:04}", "text")
    with pytest.raises(CoachError):
        claim_note(session.pk, "note-9999", "text")
    Note.objects.update(created_at=clock.now() - timedelta(seconds=61))
    assert claim_note(session.pk, "note-9999", "text")


def test_an_answers_sound_is_kept_for_its_time(session):
    note, _mine = claim_note(session.pk, "note-0001", "voice")
    NoteSound.objects.create(note=note, wav=b"RIFF")
    assert prune_sounds() == 0
    NoteSound.objects.update(created_at=clock.now() - note_limits.SOUND_KEPT - SECOND)
    assert prune_sounds() == 1


def test_a_picture_is_shown_again_while_it_is_new(session):
    picture, _card = show_picture(session, "p1", photo())
    claim_pictures(session)
    give_back_pictures(session, [picture.pk])
    assert [row.pk for row in claim_pictures(session)] == [picture.pk]
    old = timedelta(seconds=limits.PICTURE_AGAIN_S + 1)
    Picture.objects.update(created_at=clock.now() - old)
    give_back_pictures(session, [picture.pk])
    assert claim_pictures(session) == []


def test_what_was_typed_lately_is_owed_an_answer(session):
    record_turn(session, "member", "Hello?", client_id="t1", source=Turn.Source.TEXT)
    assert is_answer_pending(session)
    Turn.objects.update(created_at=clock.now() - timedelta(seconds=limits.ANSWER_PENDING_S + 1))
    assert not is_answer_pending(session)


def test_a_days_budget_is_the_databases_day(session):
    now = clock.now()
    assert budget_of(session.member).member.day == now.date()  # the member's clock is UTC
    assert budget_of(session.member).opens_at > now


# --- timers of the desk ---------------------------------------------------------------------------


def test_an_open_page_is_one_read_for_five_minutes(session):
    user = User.objects.create_user("asha@x.test", display_name="Asha")
    asha = Expert.objects.create(user=user, domains=["nutrition"], languages={"en": "fluent"})
    case = actions.raise_escalation(session, "ASK", 3, "x")
    note_read(asha, case, "case")
    note_read(asha, case, "case")
    assert AuditRead.objects.count() == 1
    AuditRead.objects.update(at=clock.now() - timedelta(minutes=5, seconds=1))
    note_read(asha, case, "case")
    assert AuditRead.objects.count() == 2


def test_what_was_said_long_ago_is_forgotten(session):
    record_turn(session, "member", "I make myself throw up after every meal", item_id="i1")
    assert said_signs_of_an_eating_disorder(session.member)
    FlagRecord.objects.update(created_at=clock.now() - LONG_AGO)
    assert not said_signs_of_an_eating_disorder(session.member)
