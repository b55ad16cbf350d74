"""A database that takes nothing for a while, and one that takes nothing any more."""

from coach.talk.outage import TRY_FOR_S, Outage


class Clock:
    at = 100.0

    def __call__(self):
        return self.at


def test_a_database_is_waited_for_until_it_has_failed_for_too_long():
    clock = Clock()
    outage = Outage(clock)
    assert not outage.failed()
    clock.at += TRY_FOR_S
    assert not outage.failed()
    clock.at += 1
    assert outage.failed()
    assert outage.failed()  # and what comes next has one try


def test_one_that_is_back_is_waited_for_again():
    clock = Clock()
    outage = Outage(clock)
    outage.failed()
    clock.at += TRY_FOR_S + 1
    assert outage.failed()
    assert outage.lasts
    outage.over()
    assert not outage.lasts
    assert not outage.failed()
