"""The public tests: small cases with their answers written out."""

import torch

from grader.testing import assert_close, assert_equal, assert_refused, title


@title(en="The example of the statement, and its gradients", ru="Пример из условия и его градиенты")
def test_bilinear(submission, probe):
    tensors = [torch.tensor(rows).double() for rows in ([[1.0, 2.0]], [[1.0, 0.0], [0.0, 3.0]], [[5.0, 7.0]])]
    y, found, _ = probe.first(submission.Bilinear, tensors, 1.0, torch.ones(1).double())
    assert_close(y, torch.tensor([47.0]).double(), rtol=1e-12, what="y")
    expected = [[[5.0, 21.0]], [[5.0, 7.0], [10.0, 14.0]], [[1.0, 6.0]]]
    assert_close(found, [torch.tensor(rows).double() for rows in expected], rtol=1e-12, what="gradients by x, W, z")


@title(en="A number for each row", ru="Число на каждую строку")
def test_rows(submission):
    x, W, z = torch.tensor([[1.0], [2.0]]), torch.tensor([[10.0]]), torch.tensor([[3.0], [4.0]])
    assert_close(submission.bilinear(x, W, z, 0.5), torch.tensor([15.0, 40.0]), rtol=1e-6, what="y")
    assert_refused("z", submission.bilinear, x, W, z[:1])


@title(en="A table of four layers", ru="Таблица из четырёх слоёв")
def test_summary(submission, probe):
    nn = probe.nn
    model = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.ReLU(), nn.Flatten(), nn.Linear(8192, 10))
    expected = [
        ("0", (1, 8, 32, 32), 224),
        ("1", (1, 8, 32, 32), 0),
        ("2", (1, 8192), 0),
        ("3", (1, 10), 81930),
    ]
    assert_equal(submission.summary(model, torch.ones(1, 3, 32, 32)), expected, what="rows")
    assert_equal(submission.total(expected), 82154, what="total")


@title(en="A module that runs twice", ru="Модуль, который запускается дважды")
def test_twice(submission, probe):
    model = probe.Steps({"turn": probe.nn.Linear(2, 2)}, ["turn", "turn"])
    assert_equal(submission.summary(model, torch.ones(1, 2)), [("turn", (1, 2), 6), ("turn", (1, 2), 0)], what="rows")


@title(en="The checksum", ru="Контрольная сумма")
def test_checksum(submission):
    assert_equal(submission.crc32c(b"123456789"), 0xE3069283, what="crc32c(b'123456789')")


@title(en="A record", ru="Запись")
def test_record(submission):
    expected = "0200000000000000" + "78270b34" + "6869" + "13d60856"
    assert_equal(submission.record(b"hi").hex(), expected, what="record(b'hi').hex()")


@title(en="The event of the statement", ru="Событие из условия")
def test_event(submission):
    expected = "09000000000000f03f10ac022a0d0a0b0a046c6f7373150000003f"
    assert_equal(submission.event(1.0, 300, "loss", 0.5).hex(), expected, what="the event, in hexadecimal digits")


@title(en="A file begins with the version", ru="Файл начинается с версии")
def test_file(submission):
    expected = "1800000000000000" + "a37f4b22" + "0900000000000000001a0d627261696e2e4576656e743a32" + "eedf28a3"
    assert_equal(submission.event_file([]).hex(), expected, what="event_file([]).hex()")
