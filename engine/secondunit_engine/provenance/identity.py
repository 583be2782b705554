"""Who signs: the keys of this installation, made at its first run.

C2PA wants a leaf certificate under an authority, so we make both ourselves (P-256, X.509 v3). It proves that a file
came from this installation and was not changed since; it does not prove to strangers who its owner is. The ledger's
checkpoints are signed with an Ed25519 key.

    identity = load_identity(state_folder / "identity")     # made if it is not there; 0700, keys 0600
"""

from __future__ import annotations

import contextlib
import datetime
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from secondunit_bridge.connection import make_private
from secondunit_bridge.errors import NotReady

SELF_MADE = "Second Unit self-made authority"  # says so wherever a certificate is shown
_YEARS = 10
_FILES = ("authority.pem", "authority.key", "signer.pem", "signer.key", "ledger.key", "ledger.pub")


@dataclass(frozen=True)
class Identity:
    """`chain` and `key` are PEM bytes for C2PA; `authority` is the PEM that a verifier has to trust."""

    folder: Path
    authority: bytes
    chain: bytes
    key: bytes
    ledger_key: ed25519.Ed25519PrivateKey

    @property
    def public_key(self) -> bytes:
        """The 32 raw bytes of the ledger's Ed25519 public key."""
        return self.ledger_key.public_key().public_bytes_raw()

    def __repr__(self) -> str:
        return f"Identity({str(self.folder)!r})"  # never a key in a log


def load_identity(folder: Path) -> Identity:
    """Read the identity in `folder`, making one there first if there is none. Raises NotReady if it is damaged."""
    if not folder.is_dir():
        _make_identity(folder)
    try:
        files = {name: (folder / name).read_bytes() for name in _FILES}
        ledger_key = serialization.load_pem_private_key(files["ledger.key"], None)
        serialization.load_pem_private_key(files["signer.key"], None)
        x509.load_pem_x509_certificate(files["signer.pem"])
    except (OSError, ValueError) as problem:
        raise NotReady(
            f"The signing identity in {folder} cannot be read.",
            mend="Restore that folder from a backup, or remove it to have a new identity made.",
        ) from problem
    if not isinstance(ledger_key, ed25519.Ed25519PrivateKey):
        raise NotReady("The ledger's key is not an Ed25519 key.", mend="Restore the identity folder from a backup.")
    return Identity(
        folder=folder,
        authority=files["authority.pem"],
        chain=files["signer.pem"] + files["authority.pem"],
        key=files["signer.key"],
        ledger_key=ledger_key,
    )


def _make_identity(folder: Path) -> None:
    """Write a new identity whole or not at all; if another process was faster, keep theirs."""
    make_private(folder.parent)  # the state folder: an engine refuses one that is open
    part = Path(tempfile.mkdtemp(prefix=".identity-", dir=folder.parent))  # 0700
    authority_key, signer_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ledger_key = ed25519.Ed25519PrivateKey.generate()
    authority = _certify(SELF_MADE, authority_key, SELF_MADE, authority_key, authority=True)
    signer = _certify("Second Unit signer", signer_key, SELF_MADE, authority_key, authority=False)
    files = {
        "authority.pem": authority.public_bytes(serialization.Encoding.PEM),
        "authority.key": _private_pem(authority_key),
        "signer.pem": signer.public_bytes(serialization.Encoding.PEM),
        "signer.key": _private_pem(signer_key),
        "ledger.key": _private_pem(ledger_key),
        "ledger.pub": ledger_key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        ),
    }
    for name, content in files.items():
        descriptor = os.open(part / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            os.fsync(file.fileno())
    with contextlib.suppress(OSError):  # the folder exists and is not empty: somebody else made it
        os.rename(part, folder)
    shutil.rmtree(part, ignore_errors=True)


def _private_pem(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _certify(
    subject: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    authority: bool,
) -> x509.Certificate:
    """An X.509 v3 certificate with the usages that C2PA asks of a signer (or of its authority)."""
    now = datetime.datetime.now(datetime.UTC)
    usage = {
        "digital_signature": not authority, "key_cert_sign": authority, "crl_sign": authority,
        "content_commitment": False, "key_encipherment": False, "data_encipherment": False,
        "key_agreement": False, "encipher_only": False, "decipher_only": False,
    }  # fmt: skip
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(authority, 0 if authority else None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if not authority:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, common),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Second Unit (self-made)"),
        ]
    )
