"""A certificate authority of a moment, and certificates for ``localhost``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Certificate:
    """Files in PEM: the certificate, its key, and the authority that signed it."""

    certificate: Path
    key: Path
    authority: Path


def make_certificate(folder: Path, *, host: str = "localhost", days: int = 30) -> Certificate:
    """Write a certificate for ``host``; ``days`` below zero makes one that has run out."""
    folder.mkdir(parents=True, exist_ok=True)
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    issuer = _name("Askwell test authority")
    authority = _sign(_draft(issuer, issuer, authority_key, 60), authority_key, is_authority=True)
    names = x509.SubjectAlternativeName([x509.DNSName(host)])
    draft = _draft(_name(host), issuer, key, days).add_extension(names, critical=False)
    made = Certificate(folder / "server.pem", folder / "server.key", folder / "authority.pem")
    made.certificate.write_bytes(_sign(draft, authority_key).public_bytes(serialization.Encoding.PEM))
    made.authority.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    made.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    made.key.chmod(0o600)
    return made


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _draft(subject: x509.Name, issuer: x509.Name, key, days: int) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
    )


def _sign(draft: x509.CertificateBuilder, key, *, is_authority: bool = False) -> x509.Certificate:
    basic = x509.BasicConstraints(ca=is_authority, path_length=None)
    return draft.add_extension(basic, critical=True).sign(key, hashes.SHA256())
