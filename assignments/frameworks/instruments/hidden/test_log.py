"""The hidden suite of logs. Messages are read by their fields, so that every right way to write them is accepted."""

import math
import struct

from grader.testing import assert_equal, hint, points, title
from reference.frameworks.instruments.log import crc32c

from .shared import checksum, read_event, read_place, read_records, read_version, single, some_bytes


def same_event(submission, *entry):
    """An event reads as what was given."""
    wall_time, step, tag, value = entry
    found = read_event(some_bytes(submission.event(*entry), "the event"))
    assert_equal(found, (wall_time, step, tag, single(value)), what="(wall_time, step, tag, value)")


def some_entries(rng, count):
    """Entries of several runs, not in the order of their times; a step is not 0 and takes one byte."""
    times, losses = 1.7e9 + 100 * rng.random(count), rng.random(count)
    tags = [("loss/train", "loss/validation", "accuracy")[i % 3] for i in range(count)]
    return [
        (float(time), 3 * i + 1, tag, float(loss))
        for i, (time, tag, loss) in enumerate(zip(times, tags, losses, strict=True))
    ]


@points("3/2")
@title(en="The checksum", ru="Контрольная сумма")
@hint(
    en="CRC-32C, not CRC-32: its polynomial, bits from the lowest, ones at the beginning, inverted at the end.",
    ru="Нужна CRC-32C, а не CRC-32: свой многочлен, биты с младшего, в начале единицы, в конце инверсия.",
)
def test_checksum(submission, rng):
    assert_equal(submission.crc32c(b"123456789"), 0xE3069283, what="crc32c(b'123456789')")
    for size in (1, 2, 31, 1000):
        data = rng.bytes(size)
        assert_equal(submission.crc32c(data), crc32c(data), what=f"checksum of {size} bytes")


@points("1/2")
@title(en="The checksum of nothing", ru="Контрольная сумма пустых данных")
@hint(en="No bytes: 0.", ru="Ни одного байта: 0.")
def test_checksum_of_nothing(submission):
    assert_equal(submission.crc32c(b""), 0, what="crc32c(b'')")


@points(1)
@title(en="A record: length and data", ru="Запись: длина и данные")
@hint(
    en="8 bytes of length, 4 of checksum, the data, 4 of checksum; numbers are little-endian, the lowest byte first.",
    ru="8 байтов длины, 4 байта суммы, данные, 4 байта суммы; числа — little-endian, младший байт первым.",
)
def test_record(submission, rng):
    for size in (5, 0, 700):
        data = rng.bytes(size)
        found = some_bytes(submission.record(data), "the record")
        assert_equal(len(found), size + 16, what=f"length of a record of {size} bytes")
        assert_equal(found[:8], struct.pack("<Q", size), what="the length in the record")
        assert_equal(found[12:-4], data, what="the data in the record")


@points(1)
@title(en="A record: its checksums", ru="Запись: контрольные суммы")
@hint(
    en="One of the 8 bytes of the length, one of the data; both masked: rotated right by 15 bits, plus the constant.",
    ru="Одна — от 8 байтов длины, другая — от данных; обе с маской: сдвиг по кругу на 15 бит вправо, затем сложение.",
)
def test_record_checksums(submission, rng):
    for size in (5, 0, 700):
        data = rng.bytes(size)
        found = some_bytes(submission.record(data), "the record")
        assert_equal(found[8:12], checksum(found[:8]), what="checksum of the length")
        assert_equal(found[-4:], checksum(data), what="checksum of the data")


@points(2)
@title(en="An event", ru="Событие")
@hint(
    en="Read your bytes by hand: a key (number << 3 | type), then 8 bytes, a varint, or a length and a message in it.",
    ru="Прочтите свои байты вручную: ключ (номер << 3 | тип), затем 8 байтов, varint или длина и вложенное сообщение.",
)
def test_event(submission, rng):
    for entry in some_entries(rng, 12):
        same_event(submission, *entry)


@points(1)
@title(en="Tags in Cyrillic", ru="Кириллица в тегах")
@hint(
    en="A text is written in UTF-8, and its length is that of its bytes.",
    ru="Текст записывается в UTF-8, и его длина — число байтов, а не букв.",
)
def test_cyrillic(submission):
    for tag in ("потери/обучение", "точность", "ё→ë"):
        same_event(submission, 3.5, 7, tag, 0.25)


@points("1/2")
@title(en="Long tags", ru="Длинные теги")
@hint(
    en="Lengths are varints too: from 128 bytes on they take two bytes.",
    ru="Длины тоже записываются как varint: начиная со 128 байтов они занимают два байта.",
)
def test_long_tags(submission):
    for size in (116, 118, 120, 127, 128, 300):
        same_event(submission, 3.5, 7, "a" * size, 0.25)


@points(1)
@title(en="Large steps", ru="Большие номера шагов")
@hint(
    en="A varint has seven bits of the number in each byte, the lowest first, and as many bytes as it needs.",
    ru="В каждом байте varint — семь битов числа, начиная с младших; байтов столько, сколько нужно.",
)
def test_large_steps(submission, rng):
    for step in (127, 128, 16383, 16384, 2**31 + int(rng.integers(1000)), 2**40 + 1, 2**63 - 1):
        same_event(submission, 3.5, step, "loss", 0.25)


@points("1/2")
@title(en="Zeros", ru="Нули")
@hint(
    en="What is 0 is written too: a step as one byte 00, a value as four, without which TensorBoard sees no scalar.",
    ru="Нули тоже записываются: шаг — одним байтом 00, значение — четырьмя, иначе TensorBoard не увидит точки.",
)
def test_zeros(submission):
    same_event(submission, 3.5, 7, "loss", 0.0)
    same_event(submission, 0.0, 0, "loss", 0.0)


@points("1/2")
@title(en="Infinite and negative values, NaN", ru="Бесконечные и отрицательные значения, NaN")
@hint(
    en="A loss that has become NaN belongs into the log as it is.",
    ru="Если потери стали NaN, в журнал попадает именно NaN.",
)
def test_strange_values(submission):
    for value in (-1.5, math.inf, -math.inf):
        same_event(submission, 3.5, 7, "loss", value)
    found = read_event(some_bytes(submission.event(3.5, 7, "loss", math.nan), "the event"))
    assert_equal(found[:3], (3.5, 7, "loss"), what="(wall_time, step, tag)")
    assert math.isnan(found[3]), f"the value is {found[3]}, not NaN"


@points("3/2")
@title(en="A file: its entries", ru="Файл: точки")
@hint(
    en="After the record with the version comes a record for each entry, in the order of the list.",
    ru="За записью с версией идёт по записи на каждую точку, в порядке списка.",
)
def test_file(submission, rng):
    for count in (1, 40):
        entries = some_entries(rng, count)
        _, *events = read_records(some_bytes(submission.event_file(entries), "the file")) or [b""]
        found = [read_place(data, f"event {i}") for i, data in enumerate(events)]
        assert_equal(found, [entry[:2] for entry in entries], what="(wall_time, step) of the events of the file")
        for data, (_, _, tag, _) in zip(events, entries, strict=True):
            assert tag.encode() in data, f"the event does not hold its tag, {tag}"


@points(1)
@title(en="A file: the version", ru="Файл: версия")
@hint(
    en='The first record is an Event with wall_time of the first entry and field 3, the text "brain.Event:2".',
    ru="Первая запись — Event с wall_time первой точки и полем 3, текстом «brain.Event:2».",
)
def test_file_version(submission, rng):
    ordered = sorted(some_entries(rng, 5))
    entries = ordered[2:] + ordered[:2]  # the first is neither the earliest nor the latest
    first = (read_records(some_bytes(submission.event_file(entries), "the file")) or [b""])[0]
    assert_equal(read_version(first), (entries[0][0], "brain.Event:2"), what="(wall_time, version)")


@points("1/2")
@title(en="A file: checksums", ru="Файл: контрольные суммы")
@hint(
    en="Each record of the file is written by record(), the first one too.",
    ru="Каждая запись файла, в том числе первая, составлена функцией record().",
)
def test_file_checksums(submission, rng):
    data = some_bytes(submission.event_file(some_entries(rng, 5)), "the file")
    expected = b"".join(
        (size := struct.pack("<Q", len(part))) + checksum(size) + part + checksum(part) for part in read_records(data)
    )
    assert_equal(data, expected, what="the file, its checksums worked out anew")
    assert len(data) > 0, "the file is empty"


@points("1/2")
@title(en="A file without entries", ru="Файл без точек")
@hint(
    en="It holds the record with the version alone, at time 0.",
    ru="В нём одна запись — с версией; её время равно 0.",
)
def test_empty_file(submission):
    records = read_records(some_bytes(submission.event_file([]), "the file"))
    assert_equal(len(records), 1, what="number of records")
    assert_equal(read_version(records[0]), (0.0, "brain.Event:2"), what="(wall_time, version)")
