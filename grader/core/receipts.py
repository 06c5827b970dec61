"""Receipts: a student can prove which file was taken in, for which assignment, and when.

A receipt is signed with Ed25519 (RFC 8032). The key is derived from the installation's secret by HKDF (RFC 5869), so
there is nothing more to back up, and the same upload always has the same receipt. `docs/reference/receipts.md` states
the bytes that are signed. Pure: nothing here reads a file or asks a server.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from grader.core.errors import BadInput
from grader.core.lateness import moment

VERSION = 1
_PURPOSE = b"grader/receipts/1"
_PREFIX = b"grader receipt\n"
_MOST = 300  # characters of one field: a receipt from outside is read with bounds
_KEY_BYTES, _SIGNATURE_BYTES = 32, 64


@dataclass(frozen=True)
class Receipt:
    """What was taken in. ``file_sha256`` is the file as it came, ``content_sha256`` what of it is graded.

    ``received_at`` is a moment in UTC as text, with microseconds.
    """

    submission: str
    assignment: str
    login: str
    file_sha256: str
    content_sha256: str
    received_at: str


@dataclass(frozen=True)
class Signed:
    """A receipt with its signature and the public key that checks it, both in base64."""

    receipt: Receipt
    key: str
    signature: str


def utc(time: datetime) -> str:
    """A moment as receipts tell it."""
    return moment(time).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def signing_key(secret: str) -> Ed25519PrivateKey:
    """The installation's key, derived from its secret."""
    derived = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=_PURPOSE).derive(secret.encode())
    return Ed25519PrivateKey.from_private_bytes(derived)


def public_key(key: Ed25519PrivateKey) -> str:
    """The public half, in base64."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def fingerprint(key: str) -> str:
    """A public key short enough to be compared by eye."""
    return hashlib.sha256(_decoded("key", key, _KEY_BYTES)).hexdigest()[:16]


def signed_bytes(receipt: Receipt) -> bytes:
    """What is signed: a first line of its own, then JSON with sorted keys, no spaces, in ASCII."""
    told = {"version": VERSION, **asdict(receipt)}
    return _PREFIX + json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def sign(receipt: Receipt, key: Ed25519PrivateKey) -> Signed:
    signature = key.sign(signed_bytes(receipt))
    return Signed(receipt, public_key(key), base64.b64encode(signature).decode())


def genuine(signed: Signed, key: str) -> bool:
    """Whether the holder of this public key has signed exactly this receipt.

    The key that the receipt names is not believed: it must be the one that the reader already has.
    """
    checker = Ed25519PublicKey.from_public_bytes(_decoded("key", key, _KEY_BYTES))
    try:
        checker.verify(_decoded("signature", signed.signature, _SIGNATURE_BYTES), signed_bytes(signed.receipt))
    except InvalidSignature:
        return False
    return True


def is_of(receipt: Receipt, content: bytes) -> bool:
    """Whether this is the file that was sent, byte for byte."""
    return hashlib.sha256(content).hexdigest() == receipt.file_sha256


def to_json(signed: Signed) -> dict[str, Any]:
    return {"version": VERSION, **asdict(signed.receipt), "key": signed.key, "signature": signed.signature}


def from_json(data: object) -> Signed:
    """The receipt in a file. Raises BadInput where it is none: which field is missing or wrong."""
    if not isinstance(data, Mapping):
        raise BadInput("This is no receipt.", ru="Это не квитанция.")
    if data.get("version") != VERSION:
        raise BadInput("This receipt is of an unknown version.", ru="Неизвестная версия квитанции.")
    known = [field.name for field in fields(Receipt)]
    texts = {name: _text(data, name) for name in (*known, "key", "signature")}
    _decoded("key", texts["key"], _KEY_BYTES)
    _decoded("signature", texts["signature"], _SIGNATURE_BYTES)
    return Signed(Receipt(**{name: texts[name] for name in known}), texts["key"], texts["signature"])


def received_at(receipt: Receipt) -> datetime:
    return datetime.strptime(receipt.received_at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def _text(data: Mapping[str, object], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= _MOST:
        raise BadInput(
            f"This is no receipt: {name} is missing or is not a short text.",
            ru=f"Это не квитанция: поля {name} нет или это не короткая строка.",
        )
    return value


def _decoded(name: str, text: str, length: int) -> bytes:
    try:
        decoded = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        decoded = b""
    if len(decoded) != length:
        raise BadInput(
            f"{name} must be {length} bytes in base64.", ru=f"{name}: ожидались {length} байта в кодировке base64."
        )
    return decoded
