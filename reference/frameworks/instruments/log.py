"""A log of training in TensorBoard's format (lecture 5, section 25, L05.log), byte by byte.

A file is a sequence of records: a length, its checksum, the data, their checksum. The data are messages in the binary
encoding of protocol buffers. Only scalars are written; there are no images, histograms or graphs.

G. Castagnoli, S. Braeuer, M. Herrmann, "Optimization of cyclic redundancy-check codes with 24 and 32 parity bits", IEEE
Transactions on Communications 41 (1993).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Any

import numpy as np

from reference.checks.numbers import real, whole
from reference.checks.text import text

VERSION = b"brain.Event:2"
VARINT, EIGHT_BYTES, LENGTH, FOUR_BYTES = 0, 1, 2, 5  # how a field is written


def crc32c(data: bytes) -> int:
    """The checksum CRC-32C: polynomial 0x1EDC6F41, bits from the lowest, begun with and finished by ones.

    Parameters: ``data``, bytes, perhaps none.
    Returns: an int from 0 to 2^32 - 1.
    Raises: ValueError naming ``data`` when they are no bytes.
    Complexity: O(l) for l bytes; memory O(1).
    Source: lecture 5, section 25; Castagnoli, Braeuer, Herrmann 1993.

    >>> hex(crc32c(b"123456789"))
    '0xe3069283'
    """
    crc = 0xFFFFFFFF
    for byte in _some_bytes(data):
        crc = TABLE[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


def _entry(remainder: int) -> int:
    """What eight steps of the division make of a byte; 0x82F63B78 is the polynomial with its bits reversed."""
    for _ in range(8):
        remainder = remainder >> 1 ^ (0x82F63B78 if remainder & 1 else 0)
    return remainder


TABLE = tuple(_entry(byte) for byte in range(256))


def masked(crc: int) -> int:
    """A checksum as it stands in a file: rotated right by 15 bits, plus 0xa282ead8, modulo 2^32.

    Checksums of data that hold checksums are weak; this changes them.
    """
    turned = (crc >> 15 | crc << 17) & 0xFFFFFFFF
    return (turned + 0xA282EAD8) & 0xFFFFFFFF


def record(data: bytes) -> bytes:
    """The data between their length, its masked checksum, and their own masked checksum, all little-endian.

    Parameters: ``data``, bytes, perhaps none.
    Returns: the length as 8 bytes, its checksum as 4, the data, their checksum as 4.
    Raises: ValueError naming ``data`` when they are no bytes.
    Complexity: O(l), and memory O(l), for l bytes.
    Source: lecture 5, section 25; lecture only.

    >>> len(record(b"12345"))
    21
    """
    length = struct.pack("<Q", len(_some_bytes(data)))
    return length + _checksum(length) + data + _checksum(data)


def event(wall_time: float, step: int, tag: str, value: float) -> bytes:
    """One scalar as a message Event: fields 1 wall_time, 2 step, 5 Summary with 1 Value with 1 tag, 2 value.

    Fields stand in the order of their numbers, and each is written, even where it is 0. NaN and infinity are values.

    Parameters: ``wall_time``, seconds, finite; ``step``, from 0 to 2^63 - 1; ``tag``, a text that is not empty;
    ``value``, a number, which is rounded to single precision.
    Returns: the bytes of the message, without length and checksums.
    Raises: ValueError naming the argument.
    Complexity: O(l) for a tag of l bytes.
    Source: lecture 5, section 25; lecture only.

    >>> event(1.0, 300, "loss", 0.5).hex()
    '09000000000000f03f10ac022a0d0a0b0a046c6f7373150000003f'
    """
    if not text("tag", tag):
        raise ValueError("tag must not be empty")
    scalar = _key(1, LENGTH) + _sized(tag.encode()) + _key(2, FOUR_BYTES) + _single(value)
    summary = _key(1, LENGTH) + _sized(scalar)
    return (
        _begun(wall_time)
        + _key(2, VARINT)
        + _varint(whole("step", step, 0, 2**63 - 1))
        + _key(5, LENGTH)
        + _sized(summary)
    )


def event_file(entries: Iterable[tuple[float, int, str, float]]) -> bytes:
    """A whole file: a record that tells the version, and one for each scalar, in the order given.

    The first record is an Event with fields 1 wall_time and 3 file_version, "brain.Event:2"; its time is that of the
    first entry, 0 where there is none.

    Parameters: ``entries``, each (wall_time, step, tag, value) as in `event`.
    Returns: the bytes of the file.
    Raises: ValueError as in `event`.
    Complexity: O(l), and memory O(l), for a file of l bytes.
    Source: lecture 5, section 25; lecture only.

    >>> event_file([])[23:36]
    b'brain.Event:2'
    """
    entries = list(entries)
    first = _begun(entries[0][0] if entries else 0.0) + _key(3, LENGTH) + _sized(VERSION)
    return b"".join(map(record, [first, *(event(*entry) for entry in entries)]))


def _some_bytes(data: Any) -> bytes:
    if not isinstance(data, bytes):
        raise ValueError(f"data must be bytes, not {type(data).__name__}")
    return data


def _checksum(data: bytes) -> bytes:
    return struct.pack("<I", masked(crc32c(data)))


def _begun(wall_time: float) -> bytes:
    return _key(1, EIGHT_BYTES) + struct.pack("<d", real("wall_time", wall_time))


def _single(value: Any) -> bytes:
    """A float in single precision; infinity beyond its range."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        raise ValueError(f"value must be a number, not {value!r}")
    with np.errstate(over="ignore"):
        return struct.pack("<f", np.float32(value))


def _key(field: int, kind: int) -> bytes:
    return _varint(field << 3 | kind)


def _sized(data: bytes) -> bytes:
    return _varint(len(data)) + data


def _varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first; the highest bit of a byte tells that another one follows."""
    groups = []
    while number > 0x7F:
        groups.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*groups, number])
