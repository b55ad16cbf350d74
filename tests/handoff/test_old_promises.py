"""What was promised before all promises were clocks is still kept after the migration."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from coach import clock
from coach.talk.models import Session
from handoff.models import Escalation

BEFORE = [("handoff", "0021_told_outside")]


@pytest.mark.django_db(transaction=True)
def test_promises_of_old_columns_go_on_as_clocks(make_session, asha):
    now, hour = clock.now(), timedelta(hours=1)
    talks = [make_session(f"M{number}") for number in range(4)]
    Session.objects.filter(pk__in=[talk.pk for talk in talks[:3]]).update(ended_at=now)
    states = [
        {"state": "follow_up", "owner_id": asha.pk, "due_at": now + hour},
        {"state": "follow_up", "due_at": now + hour},
        {"state": "assigned", "owner_id": asha.pk, "due_at": now - hour},
        {"state": "queued", "due_at": now + hour},
    ]
    try:
        executor = MigrationExecutor(connection)
        executor.migrate(BEFORE)
        old = executor.loader.project_state(BEFORE).apps.get_model("handoff", "Escalation")
        keys = [
            old.objects.create(
                session_id=talk.pk,
                member_id=talk.member_id,
                **{"tier": 2, "code": "ASK", "created_at": now - hour, "ring_since": now}
                | {"next_action_at": now + 2 * hour}
                | state,
            ).pk
            for talk, state in zip(talks, states, strict=True)
        ]
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    cases = [Escalation.objects.get(pk=key) for key in keys]
    clocks = [list(case.clocks.values_list("kind", "due_at", "next_at")) for case in cases]
    assert clocks == [
        [("contact", now + 2 * hour, now + 2 * hour)],
        [],
        [("first_word", now + 2 * hour, now + 2 * hour)],
        [],
    ]
    looked_at = [case.next_action_at for case in cases]
    assert looked_at == [None, now - hour, None, now + 2 * hour]
