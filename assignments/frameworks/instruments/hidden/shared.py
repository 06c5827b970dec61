"""What the suites share: arguments of the bilinear function, and a reader of TensorBoard's files."""

import math
import struct

import torch

from grader.testing.inputs import randn
from reference.frameworks.instruments.log import crc32c, masked

DOUBLE = torch.float64
VARINT, EIGHT_BYTES, LENGTH, FOUR_BYTES = 0, 1, 2, 5
SIZES = {EIGHT_BYTES: 8, FOUR_BYTES: 4}


def arguments(torch_rng, n, m, k):
    return [randn(torch_rng, n, m), randn(torch_rng, m, k), randn(torch_rng, n, k)]


def plain(x, W, z, scale):
    """The function as autograd sees it."""
    return scale * torch.einsum("im,mk,ik->i", x, W, z)


def some_bytes(found, what):
    assert type(found) is bytes, f"{what} must be bytes, not {type(found).__name__}"
    return found


def varint(data, place, what):
    """The number that begins at a place, and where it ends."""
    number = 0
    for position, byte in enumerate(data[place : place + 10]):
        number |= (byte & 0x7F) << 7 * position
        if byte < 0x80:
            return number, place + position + 1
    raise AssertionError(f"{what}: a number does not end")


def message(data, kinds, what):
    """The fields of a message by number; each must be of the kind that it has, and stand once at most."""
    found, place = {}, 0
    while place < len(data):
        key, place = varint(data, place, what)
        field, kind = key >> 3, key & 7
        assert field in kinds, f"{what}: there is no field {field} here"
        assert kind == kinds[field], f"{what}: field {field} is written as type {kind}, not {kinds[field]}"
        assert field not in found, f"{what}: field {field} stands twice"
        if kind == VARINT:
            found[field], place = varint(data, place, what)
            continue
        size, place = varint(data, place, what) if kind == LENGTH else (SIZES[kind], place)
        assert place + size <= len(data), f"{what} ends within field {field}"
        found[field], place = data[place : place + size], place + size
    return found


def read_event(data, what="the event"):
    """(wall_time, step, tag, value) of a message; a field that is absent is 0, except tag and value."""
    fields = message(data, {1: EIGHT_BYTES, 2: VARINT, 5: LENGTH}, what)
    assert 5 in fields, f"{what} has no field 5, the Summary"
    summary = message(fields[5], {1: LENGTH}, f"{what}: Summary")
    assert 1 in summary, f"{what}: Summary has no field 1, the Value"
    value = message(summary[1], {1: LENGTH, 2: FOUR_BYTES}, f"{what}: Value")
    assert 1 in value, f"{what}: Value has no field 1, the tag"
    assert 2 in value, f"{what}: Value has no field 2, the number, which is written even when it is 0"
    return seconds(fields), fields.get(2, 0), words(value[1], what), struct.unpack("<f", value[2])[0]


def read_place(data, what):
    """(wall_time, step) of a message; what stands in its Summary is not looked at."""
    fields = message(data, {1: EIGHT_BYTES, 2: VARINT, 5: LENGTH}, what)
    return seconds(fields), fields.get(2, 0)


def read_version(data):
    """(wall_time, version) of the first message of a file."""
    fields = message(data, {1: EIGHT_BYTES, 3: LENGTH}, "the first record")
    return seconds(fields), words(fields.get(3, b""), "the first record")


def seconds(fields):
    return struct.unpack("<d", fields.get(1, bytes(8)))[0]


def words(data, what):
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise AssertionError(f"{what}: a text is not in UTF-8") from None


def read_records(data):
    """The data of each record of a file, whatever its checksums."""
    found, place = [], 0
    while place < len(data):
        assert place + 16 <= len(data), "the file ends within a record"
        (size,) = struct.unpack("<Q", data[place : place + 8])
        assert place + 16 + size <= len(data), f"record {len(found)} is longer than the file"
        found.append(data[place + 12 : place + 12 + size])
        place += 16 + size
    return found


def checksum(data):
    """A masked checksum as it stands in a file."""
    return struct.pack("<I", masked(crc32c(data)))


def single(value):
    """A number in single precision."""
    return value if math.isinf(value) else struct.unpack("<f", struct.pack("<f", value))[0]
