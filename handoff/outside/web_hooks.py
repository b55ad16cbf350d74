"""Web hooks: which events of a case are told to whom, what is sent, and its signature.

The signature is that of the Standard Webhooks convention: HMAC-SHA256 over id, time and body. A
body holds numbers and codes; a name, a quote or anybody's words have no place in it.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q

from coach import clock
from handoff.models import Escalation, Outbox, ServiceClock, WebHook
from handoff.models.receivers import new_secret
from handoff.outside import public_http
from handoff.outside.outcome import Outcome, failed
from handoff.timeouts import HOOK_BUSY, HOOK_OFF_AFTER, OLD_SECRET_LIFE

Event = WebHook.Event
State = Escalation.State
GONE = 410  # the receiver wants nothing more
# What a kind of event of a case is called outside.
_BY_KIND = {
    "created": Event.OPENED,
    "raised": Event.RAISED,
    "lowered": Event.LOWERED,
    "accepted": Event.TAKEN,
    "handed_back": Event.HANDED_BACK,
    "member_back": Event.WAITING_AGAIN,
    "parked_too_long": Event.WAITING_AGAIN,
} | {
    f"{ServiceClock.Kind.ACCEPT}_{stage.name.lower()}": Event.OVERDUE
    for stage in (ServiceClock.Stage.BREACHED, ServiceClock.Stage.AGAIN)
}
_WAITING = (State.QUEUED, State.FOLLOW_UP)
_BY_STATE = {State.RESOLVED: Event.RESOLVED, State.CANCELLED: Event.CANCELLED}


def told_of(kind: str, changes: Mapping[str, object]) -> list[str]:
    """What a change of a case is called outside: nothing, or one or two events in their order."""
    told: list[str] = []
    if kind in _BY_KIND:
        told.append(_BY_KIND[kind])
    if changes.get("state") in _WAITING and changes.get("owner_id", 0) is None:
        told.append(Event.WAITING_AGAIN)
    if changes.get("first_human_at") is not None:
        told.append(Event.FIRST_WORD)
    for state, event in _BY_STATE.items():
        if changes.get("state") == state:
            told.append(event)
    return told


def facts_of(event: str, case: Escalation, at: datetime) -> dict[str, object]:
    """What is told of `case`, as it is now: the body's contents, without the message's id.

    `seq` is the number of the case's event: later ones have greater numbers, with gaps.
    """
    data = {
        "case": case.pk,
        "seq": case.last_event,
        "tier": f"P{case.tier}",
        "code": case.code,
        "state": str(case.state),
    }
    return {"type": str(event), "timestamp": at.isoformat(), "data": data}


def deliver(row: Outbox) -> Outcome:
    """Send one row to its hook."""
    assert row.hook is not None  # of its channel
    body = json.dumps({"id": str(row.event_id), **row.facts}, separators=(",", ":")).encode()
    at = clock.now()
    try:
        headers = signed(row.hook, str(row.event_id), int(at.timestamp()), body, at)
    except ValueError as error:  # binascii: somebody has written the secret by hand
        return failed(error)
    outcome = public_http.send(row.hook.url, body, headers)
    if outcome.status == GONE:
        return Outcome(False, outcome.status, outcome.error, gone=True)
    return outcome


def signed(
    hook: WebHook, message_id: str, timestamp: int, body: bytes, at: datetime
) -> dict[str, str]:
    """The headers of a message. For a day after a change, the old secret signs as well."""
    secrets = [hook.secret]
    if hook.old_secret and hook.old_secret_until and hook.old_secret_until > at:
        secrets.append(hook.old_secret)
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(
            signature(secret, message_id, timestamp, body) for secret in secrets
        ),
    }


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """`v1,` and the signature in Base64."""
    key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    signs = f"{message_id}.{timestamp}.".encode() + body
    return f"v1,{base64.b64encode(hmac.new(key, signs, hashlib.sha256).digest()).decode()}"


def take_turn(hook: WebHook, at: datetime) -> datetime | None:
    """The caller's turn, where the hook is free: until `leave_turn`, or for a while.

    One request at a time keeps a slow receiver to one thread, and the events of a case in order.
    """
    free = Q(busy_until=None) | Q(busy_until__lte=at)
    until = at + HOOK_BUSY
    return until if WebHook.objects.filter(free, pk=hook.pk).update(busy_until=until) else None


def leave_turn(hook: WebHook, turn: datetime) -> None:
    """Unless somebody else has it, since this one took too long."""
    WebHook.objects.filter(pk=hook.pk, busy_until=turn).update(busy_until=None)


def settle(hook: WebHook, outcome: Outcome, at: datetime, *, given_up: bool) -> bool:
    """Note how the hook fares. True: it has only failed for so long that it was switched off.

    That happens with a message that is given up: where little is told, a receiver that was away two
    days ago and is just being restarted has failed twice in two days, and is well.
    """
    mine = WebHook.objects.filter(pk=hook.pk)
    if outcome.sent:
        mine.exclude(failing_since=None).update(failing_since=None)
        return False
    mine.filter(failing_since=None).update(failing_since=at)
    lost = mine.filter(active=True)
    if not outcome.gone:
        lost = lost.filter(failing_since__lte=at - HOOK_OFF_AFTER) if given_up else lost.none()
    return bool(lost.update(active=False, switched_off_at=at))


def change_secret(hook: WebHook) -> None:
    """Give the hook a new secret; the old one signs beside it for a day."""
    WebHook.objects.filter(pk=hook.pk).update(
        secret=new_secret(), old_secret=hook.secret, old_secret_until=clock.now() + OLD_SECRET_LIFE
    )
    hook.refresh_from_db()
