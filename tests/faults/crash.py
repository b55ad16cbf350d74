"""A process that calls for a person and ends at once: `python -m tests.faults.crash TALK [tell]`.

Between the commit and the first bell, unless it is to `tell`.
"""

import os
import sys

import django


def crash(talk: str, *, tell: bool) -> None:
    django.setup()
    from django.db import transaction

    from coach.talk.models import Session
    from handoff import actions

    with transaction.atomic():
        if not tell:  # the first of all that is done after the commit
            transaction.on_commit(lambda: os._exit(9))
        actions.raise_escalation(Session.objects.get(pk=talk), "SI-3", 0, "please")


if __name__ == "__main__":
    crash(sys.argv[1], tell="tell" in sys.argv)
