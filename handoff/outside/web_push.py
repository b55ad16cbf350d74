"""Web push: what a device is shown, encrypted for it alone (RFC 8291) and signed (RFC 8292).

A push service sees who is written to, when and how urgently. What is written it cannot read, and
all of it has one length.
"""

import json
from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from py_vapid import Vapid02

from coach import clock
from handoff.models import Outbox, PushSubscription
from handoff.outside import mails, public_http
from handoff.outside.outcome import Outcome, failed
from handoff.outside.push_key import CURVE, decoded, private_key

Kind = Outbox.Kind
GONE = (404, 410)  # the browser has taken the subscription back
LENGTH = 512  # bytes, of every message before it is encrypted
SIGNED_FOR = timedelta(hours=12)  # at most 24 hours are allowed
POINT_BYTES, AUTH_BYTES = 65, 16
# How long a push service keeps it for a device that is off: what is late helps nobody.
A_DAY = timedelta(days=1)
# A page names its browser's push service, and whoever writes such requests could name any host: to
# reach into the network of this site, to write to strangers in its name, or to keep it waiting.
SERVICES = (
    *("fcm.googleapis.com", "jmt17.google.com"),  # Chrome, Edge on Android, Opera, Samsung …
    *("push.services.mozilla.com", "push.apple.com", "notify.windows.com"),
)
KEPT: dict[str, timedelta] = {
    Kind.CALL: timedelta(minutes=10),
    Kind.MESSAGE: timedelta(days=3),
    Kind.TEST: timedelta(minutes=1),
}


def is_service(endpoint: str) -> bool:
    """Whether it is at a push service of a browser, or at one that the settings name."""
    host = urlsplit(endpoint).hostname or ""
    known = (*SERVICES, *settings.PUSH_SERVICES)
    return any(host == one or host.endswith(f".{one}") for one in known)


def check(key: str, auth: str) -> None:
    """Raises ValueError unless they are a browser's keys."""
    point, secret = decoded(key), decoded(auth)
    if len(point) != POINT_BYTES or len(secret) != AUTH_BYTES:
        raise ValueError("keys of another length")
    ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)


def deliver(row: Outbox) -> Outcome:
    """Send one row to its device."""
    assert row.device is not None  # of its channel
    if not is_service(row.device.endpoint):  # no longer: the settings have changed
        return failed("no_push_service")
    try:
        body = encrypted(row.device, contents(row))
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Encoding": "aes128gcm",
            "TTL": str(int(KEPT.get(row.kind, A_DAY).total_seconds())),
            "Urgency": "high" if row.kind == Kind.CALL else "normal",
            **signed(row.device.endpoint, clock.now()),
        }
    except (ValueError, http_ece.ECEException) as error:
        return failed(error)
    outcome = public_http.send(row.device.endpoint, body, headers)
    if outcome.status in GONE:
        return Outcome(False, outcome.status, outcome.error, gone=True)
    return outcome


def contents(row: Outbox) -> bytes:
    """What the service worker reads: a line that names nobody, and the page to open."""
    title, _body = mails.words(row)
    tag = f"{row.kind}-{row.escalation_id or ''}"  # a newer one of a case takes its place
    shown = {"title": title, "path": mails.page(row), "tag": tag}
    return json.dumps(shown).encode().ljust(LENGTH)


def encrypted(device: PushSubscription, data: bytes) -> bytes:
    found: bytes = http_ece.encrypt(
        data,
        private_key=ec.generate_private_key(CURVE),  # of this message alone
        dh=decoded(device.key),
        auth_secret=decoded(device.auth),
        version="aes128gcm",
    )
    return found


def signed(endpoint: str, at: datetime) -> dict[str, str]:
    """The header by which the push service knows this site."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((at + SIGNED_FOR).timestamp()),
        "sub": settings.PUBLIC_URL if settings.HTTPS else f"mailto:{_sender()}",
    }
    found: dict[str, str] = Vapid02(private_key=private_key()).sign(claims)
    return found


def _sender() -> str:
    """The address alone, of "Name <address>"."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
