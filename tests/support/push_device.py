"""A browser with its push service, strict: it takes what is signed (RFC 8292) and can be decrypted.

It decrypts by the letter of RFC 8291 and RFC 8188, with nothing of the library that encrypts.
"""

import base64
import json
import os
import time
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.support.receiver import Got, Receiver

DAY_S = 86_400


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def decrypt(body: bytes, private: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """One record of aes128gcm: salt, its size, the sender's point, ciphertext."""
    salt, size, length = body[:16], int.from_bytes(body[16:20]), body[20]
    point, sealed = body[21 : 21 + length], body[21 + length :]
    assert 18 < len(sealed) <= size
    sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    shared = private.exchange(ec.ECDH(), sender)
    info = b"WebPush: info\0" + _point(private.public_key()) + point
    secret = _hkdf(auth, shared, info, 32)
    key = _hkdf(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _hkdf(salt, secret, b"Content-Encoding: nonce\0", 12)
    opened = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
    assert opened.endswith(b"\2")  # the last record
    return opened[:-1]


class PushDevice:
    """One browser, whose endpoint is at `service`."""

    def __init__(self, service: Receiver, site_key: str) -> None:
        self.service = service
        self.site_key = site_key
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.secret = os.urandom(16)
        self.path = f"/push/{os.urandom(9).hex()}"
        self.problems: list[str] = []
        service.answers = self.answer

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.service.port}{self.path}"

    @property
    def keys(self) -> dict[str, str]:
        """As the page's script sends them."""
        return {
            "endpoint": self.endpoint,
            "key_of_device": _b64(_point(self.private.public_key())),
            "auth": _b64(self.secret),
        }

    def answer(self, got: Got) -> int:
        """201, or 400 with the reason in `problems`."""
        try:
            self.check(got)
        except (AssertionError, KeyError, ValueError, InvalidSignature) as error:
            self.problems.append(repr(error))
            return 400
        return 201

    def check(self, got: Got) -> None:
        headers = got.headers
        assert headers["content-encoding"] == "aes128gcm"
        assert 0 < int(headers["ttl"]) <= 4 * 7 * DAY_S
        assert headers["urgency"] in ("very-low", "low", "normal", "high")
        assert len(got.body) <= 4096
        scheme, _, said = headers["authorization"].partition(" ")
        assert scheme == "vapid"
        parts = dict(part.strip().split("=", 1) for part in said.split(","))
        assert parts["k"] == self.site_key
        claims = _verified(parts["t"], parts["k"])
        assert claims["aud"] == f"http://127.0.0.1:{self.service.port}"
        assert claims["sub"].startswith(("mailto:", "https://"))
        assert time.time() < claims["exp"] <= time.time() + DAY_S

    def shown(self) -> list[dict[str, Any]]:
        """What its service worker is given, of each message that came."""
        mine = [got for got in self.service.got if got.path == self.path]
        return [json.loads(decrypt(got.body, self.private, self.secret)) for got in mine]


def _verified(token: str, key: str) -> dict[str, Any]:
    head, claims, signature = token.split(".")
    assert json.loads(_bytes(head)) == {"typ": "JWT", "alg": "ES256"}
    raw = _bytes(signature)
    assert len(raw) == 64
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(key))
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    found: dict[str, Any] = json.loads(_bytes(claims))
    return found
