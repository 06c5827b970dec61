"""Logs against known checksums, bytes that TensorBoard's own writer has made, and its own reader."""

import math
import zlib

import numpy as np
import pytest
from tensorboard.backend.event_processing.event_file_loader import LegacyEventFileLoader

from reference.frameworks.instruments import log
from reference.frameworks.instruments.log import crc32c, event, event_file, record

# What tensorboard 2.21 (RecordWriter, event_pb2) makes of a version at 1.5 s, then of this entry, and of zeros.
ENTRY = (2.25, 300, "потери", 0.5)
VERSION_RECORD = "1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c"
ENTRY_RECORD = "2300000000000000b09f774309000000000000024010ac022a150a130a0cd0bfd0bed182d0b5d180d0b8150000003fb0e2ab9e"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", 0),
        (b"123456789", 0xE3069283),
        (bytes(32), 0x8A9136AA),
        (bytes([255] * 32), 0x62A8AB43),
        (bytes(range(32)), 0x46DD794E),
        (bytes(range(31, -1, -1)), 0x113FDB5C),
    ],
)
def test_known_checksums(data, expected):
    """Those of RFC 3720, appendix B.4, and the check value of the polynomial."""
    assert crc32c(data) == expected


def test_checksum_as_zlib_with_its_polynomial(monkeypatch):
    """With the polynomial of zlib the same steps give zlib's checksum."""
    entries = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0xEDB88320 if byte & 1 else 0)
        entries.append(byte)
    monkeypatch.setattr(log, "TABLE", entries)
    data = np.random.default_rng(1).bytes(1000)
    assert crc32c(data) == zlib.crc32(data)


def test_checksum_is_affine():
    """Of three texts of one length: the checksum of their sum modulo 2 is the sum of the checksums."""
    a, b, c = (np.random.default_rng(2).integers(256, size=(3, 50), dtype=np.uint8)).tolist()
    summed = bytes(x ^ y ^ z for x, y, z in zip(a, b, c, strict=True))
    assert crc32c(summed) == crc32c(bytes(a)) ^ crc32c(bytes(b)) ^ crc32c(bytes(c))


def test_as_the_writer_of_tensorboard():
    assert record(event(*ENTRY)).hex() == ENTRY_RECORD
    assert event_file([(1.5, *ENTRY[1:])])[:40].hex() == VERSION_RECORD
    assert event_file([ENTRY])[40:].hex() == ENTRY_RECORD
    assert event(0.0, 0, "a", 0.0).hex() == "090000000000000000" + "1000" + "2a0a0a080a01611500000000"


def test_messages_by_hand():
    """A step of 2^31 + 1 is five groups of seven bits; a tag of 200 bytes has a length of two."""
    assert bytes.fromhex("108180808008") in event(0.0, 2**31 + 1, "a", 1.0)
    assert event(0.0, 0, "a" * 200, 1.0)[11:23].hex() == "2ad3010ad0010ac801616161"
    assert event(0.0, 0, "a", math.inf)[-4:].hex() == event(0.0, 0, "a", 1e300)[-4:].hex() == "0000807f"


def test_read_by_tensorboard(tmp_path):
    """Its own reader finds what was written."""
    rng = np.random.default_rng(3)
    entries = [(1e9 + i, 2**i, f"{'loss/обучение' * (i % 20)}/{i}", float(rng.normal())) for i in range(63)]
    path = tmp_path / "events.out.tfevents.1"
    path.write_bytes(event_file(entries))
    first, *rest = LegacyEventFileLoader(str(path)).Load()
    assert (first.file_version, first.wall_time) == ("brain.Event:2", 1e9)
    found = [
        (read.wall_time, read.step, value.tag, value.simple_value) for read in rest for value in read.summary.value
    ]
    assert found == [(time, step, tag, float(np.float32(value))) for time, step, tag, value in entries]


def test_errors():
    for name, function, arguments in (
        ("data", crc32c, ("text",)),
        ("data", record, ([1, 2],)),
        ("wall_time", event, (math.nan, 1, "a", 1.0)),
        ("step", event, (0.0, -1, "a", 1.0)),
        ("step", event, (0.0, 1.5, "a", 1.0)),
        ("step", event, (0.0, 2**63, "a", 1.0)),
        ("tag", event, (0.0, 1, "", 1.0)),
        ("tag", event, (0.0, 1, b"a", 1.0)),
        ("value", event, (0.0, 1, "a", "1.0")),
        ("step", event_file, ([(0.0, -1, "a", 1.0)],)),
    ):
        with pytest.raises(ValueError, match=rf"^{name} "):
            function(*arguments)
