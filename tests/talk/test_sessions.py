"""A member has one live talk, whichever page began it."""

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor

from coach.personas.models import Persona
from coach.talk.actions import end_session, sessions, start_session
from coach.talk.brief import make_brief
from coach.talk.models import Session

BEFORE = [("talk", "0007_picture_notes")]


@pytest.fixture
def maya(db):
    return get_user_model().objects.create_user("maya@example.org", display_name="Maya")


@pytest.fixture
def start(maya):
    persona = Persona.objects.create(slug="sage", name="Sage", instructions="Be kind.")
    return lambda: start_session(maya, persona, make_brief(persona, member_name="Maya"))


def test_a_new_talk_ends_the_one_that_was_left_open(start):
    first, second = start(), start()
    assert Session.objects.live().get() == second
    first.refresh_from_db()
    assert first.ended_at


def test_a_talk_that_another_page_begins_meanwhile_ends_too(start, monkeypatch):
    end_open, begun = sessions._end_open, []

    def meanwhile(member):
        end_open(member)
        if not begun:  # ended, and not yet begun
            begun.append(None)
            begun[0] = start()

    monkeypatch.setattr(sessions, "_end_open", meanwhile)
    last = start()
    assert Session.objects.live().get() == last
    begun[0].refresh_from_db()
    assert begun[0].ended_at


def test_the_database_refuses_two_live_talks_of_a_member(start):
    first = start()
    end_session(first)
    start()
    with pytest.raises(IntegrityError):
        Session.objects.filter(pk=first.pk).update(ended_at=None)


@pytest.mark.django_db(transaction=True)
def test_of_live_talks_from_before_the_rule_the_newest_stays_live(start, maya):
    """The migration may find two: the rule can only be kept once it has ended the older."""
    talks = [start() for _ in range(3)]
    try:
        MigrationExecutor(connection).migrate(BEFORE)
        Session.objects.filter(pk__in=[talk.pk for talk in talks]).update(ended_at=None)
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    assert Session.objects.live().get() == talks[-1]
    assert Session.objects.for_member(maya).count() == 3


@pytest.mark.django_db
def test_a_process_of_the_version_before_can_begin_a_talk():
    """It does not know the column, so the database has to fill it."""
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, Session._meta.db_table)
    defaults = {column.name: column.default for column in columns}
    assert defaults["stopped_epoch"] is not None
