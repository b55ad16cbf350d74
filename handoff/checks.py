"""A desk that cannot work as it stands: `manage.py check` and every start say so."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import DatabaseError

from coach import clock
from handoff.models import CrisisResource
from handoff.outside import mails, push_key


@register()
def supervisors(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Id handoff.W001; silent in debug. Says nothing before the tables are there."""
    if settings.DEBUG:
        return []
    try:
        if mails.supervisors():
            return []
    except DatabaseError:  # new, or not to be reached: /healthz and migrate say so themselves
        return []
    return [
        Warning(
            "When a call for a person is late, there is nobody to write to.",
            hint="Tick «supervisor or on call» for an expert with a mail address, in the console.",
            id="handoff.W001",
        )
    ]


@register()
def crisis_resources(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Id handoff.W002; silent in debug, and before the tables are there."""
    if settings.DEBUG:
        return []
    try:
        number = CrisisResource.objects.unchecked(clock.host_today()).count()
    except DatabaseError:
        return []
    if not number:
        return []
    return [
        Warning(
            f"{number} crisis resources that members see were not checked within 90 days.",
            hint="Call each or look it up, and set «checked on» in the console.",
            id="handoff.W002",
        )
    ]


@register()
def key_of_web_push(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Id handoff.E001."""
    try:
        push_key.private_key()
    except ValueError:
        return [
            Error(
                "COACH_PUSH_KEY is no private key of web push.",
                hint="Leave it out, or set it to 32 random bytes in base64url.",
                id="handoff.E001",
            )
        ]
    return []
