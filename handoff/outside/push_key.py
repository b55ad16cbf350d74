"""The site's key of web push (VAPID, RFC 8292): it tells push services who sends.

It is the one of the settings or, without one, follows from the site's secret key: kept where that
is kept, the same in every process, and none more to make.
"""

import base64
import binascii
import hashlib
import hmac
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of its base point
LABEL = b"coachline web push"


def private_key() -> ec.EllipticCurvePrivateKey:
    """Raises ValueError where the settings have one that is none."""
    return _private_key(settings.PUSH_KEY, settings.SECRET_KEY)


def public_key() -> str:
    """As a browser wants it: the point, uncompressed, in base64url."""
    point = private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Bytes of base64url without its padding, as browsers write it. Raises ValueError."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("no base64url") from error


@cache
def _private_key(given: str, secret_key: str) -> ec.EllipticCurvePrivateKey:
    if given:
        number = int.from_bytes(decoded(given))
    else:
        made = hmac.new(secret_key.encode(), LABEL, hashlib.sha512).digest()
        number = int.from_bytes(made) % (ORDER - 1) + 1
    return ec.derive_private_key(number, CURVE)
