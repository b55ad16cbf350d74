"""Who reads a talk is written down: once for an open page, and once for two that open at once."""

import pytest

from handoff import actions
from handoff.actions import reading
from handoff.models import AuditRead

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(session):
    return actions.raise_escalation(session, "ASK", 3, "x")


def test_two_pages_that_open_at_once_are_one_read(case, asha, monkeypatch):
    is_open, asked = reading._is_open, []

    def meanwhile(*read):
        asked.append(read)
        answer = is_open(*read)
        if len(asked) == 1:  # looked, and not yet written
            assert reading.record_read(asha.user, case.member_id, "case", case.session_id, case)
        return answer

    monkeypatch.setattr(reading, "_is_open", meanwhile)
    assert not reading.record_read(asha.user, case.member_id, "case", case.session_id, case)
    assert AuditRead.objects.count() == 1


def test_a_page_that_stays_open_is_written_down_again_after_a_while(case, asha, time):
    for _ in range(3):
        reading.record_read(asha.user, case.member_id, "case", case.session_id, case)
    assert AuditRead.objects.count() == 1
    AuditRead.objects.update(at=time.now() - reading.ONE_READ)
    reading.record_read(asha.user, case.member_id, "case", case.session_id, case)
    assert AuditRead.objects.count() == 2


def test_another_page_of_the_same_talk_is_another_read(case, asha, make_expert):
    bea = make_expert("Bea")
    for reader, what in ((asha, "case"), (asha, "card"), (bea, "case")):
        assert reading.record_read(reader.user, case.member_id, what, case.session_id, case)
    assert reading.record_read(asha.user, case.member_id, "console", case.session_id)
    assert AuditRead.objects.count() == 4
