"""Talks without a loop, up to where most rules begin to matter; a server's certificate."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.support.conversation_driver import Driver, transcript


@pytest.fixture
def talk():
    return Driver()


@pytest.fixture
def asked(talk):
    """The member has spoken, and a response was asked for."""
    talk.says("m1")
    talk(transcript("m1", "I had eggs"))
    return talk


@pytest.fixture
def certificate(tmp_path):
    """One of `localhost` that nobody has signed, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "somebody")])
    begins = datetime.now(tz=UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8
    bare = serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    path = tmp_path / "certificate.pem"
    path.write_bytes(key.private_bytes(pem, form, bare) + made.public_bytes(pem))
    return path
