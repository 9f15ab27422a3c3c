"""Key pairs of people and teams: signed public halves, sealing to them, and signatures."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from tahanan.vault.secret import Secret
from tahanan.vault.suites import Unopenable
from tahanan.vault.suites import context as bind

# First byte of everything sealed to a pair. 0x12 is kept for ML-KEM-768 + X25519, so that seals of
# both kinds can stand beside each other while pairs are renewed.
HPKE_X25519 = 0x11

_HPKE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Pair(Secret):
    """An X25519 pair, both halves raw, 32 bytes each."""

    private: bytes
    public: bytes


@dataclass(frozen=True, slots=True)
class SignedPublic:
    """A public half with the registrar's word that it is this subject's."""

    subject: UUID
    kind: str
    public: bytes
    signature: bytes


def new_pair() -> Pair:
    """A fresh X25519 pair."""
    private = X25519PrivateKey.generate()
    return Pair(private.private_bytes_raw(), private.public_key().public_bytes_raw())


def sign_public(registrar_seed: bytes, subject: UUID, kind: str, public: bytes) -> SignedPublic:
    """The registrar's word that `public` (32 bytes) belongs to `subject`, a person or a team."""
    message = _public_message(subject, kind, public)
    return SignedPublic(subject, kind, public, sign(registrar_seed, message))


def check_public(registrar_public: bytes, signed: SignedPublic) -> None:
    """Raises Unopenable unless the registrar signed exactly this half for this subject."""
    message = _public_message(signed.subject, signed.kind, signed.public)
    verify(registrar_public, message, signed.signature)


def _public_message(subject: UUID, kind: str, public: bytes) -> bytes:
    return bind("tahanan/public/1", subject, kind, public)


def seal_to(registrar_public: bytes, to: SignedPublic, key: bytes, context: bytes) -> bytes:
    """`key` sealed so that only `to` opens it: suite ‖ HPKE (RFC 9180), 81 bytes for 32.

    The signature is checked before every seal: whoever writes to the database could otherwise
    plant their own public half and be handed the key. Raises Unopenable. The sender is not
    authenticated (base mode).
    """
    check_public(registrar_public, to)
    head = bytes((HPKE_X25519,))
    try:
        public = X25519PublicKey.from_public_bytes(to.public)
        return head + _HPKE.encrypt(key, public, info=_info(head, context, to.subject))
    except ValueError:
        raise Unopenable from None


def open_with(private: bytes, subject: UUID, sealed: bytes, context: bytes) -> bytes:
    """The key that `seal_to` closed for `subject`. Raises Unopenable."""
    head = sealed[:1]
    if head != bytes((HPKE_X25519,)):
        raise Unopenable
    try:
        own = X25519PrivateKey.from_private_bytes(private)
        return _HPKE.decrypt(sealed[1:], own, info=_info(head, context, subject))
    except (InvalidTag, ValueError):
        raise Unopenable from None


def _info(head: bytes, context: bytes, subject: UUID) -> bytes:
    # One byte before and sixteen after leave no doubt where the context begins and ends.
    return head + context + subject.bytes


def sign(seed: bytes, message: bytes) -> bytes:
    """An Ed25519 signature (RFC 8032), 64 bytes, under a 32-byte seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def verify(public: bytes, message: bytes, signature: bytes) -> None:
    """Raises Unopenable unless `signature` is over `message` by the holder of `public`."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise Unopenable from None


def public_of(seed: bytes) -> bytes:
    """The 32-byte Ed25519 public half of a seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
