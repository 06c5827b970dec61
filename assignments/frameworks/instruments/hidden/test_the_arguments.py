"""The hidden suite of all three: bad arguments, and arguments that stay as they were."""

import math

import torch

from grader.testing import assert_refused, call_unchanged, each, hint

from .shared import DOUBLE, arguments

CHECKED = ("bilinear", "summary", "crc32c", "record", "event")
UNCHANGED = ("bilinear", "summary", "event_file")


def bad_forms(probe):
    x, W, z = torch.ones(4, 3).double(), torch.ones(3, 2).double(), torch.ones(4, 2).double()
    yield "x", (x[0], W, z)
    yield ("x", "z"), (x[:0], W, z[:0])
    yield "x", (x * math.nan, W, z)
    yield "W", (x, W[:2], z)
    yield "W", (x, W[0], z)
    yield "W", (x, W * math.inf, z)
    yield ("W", "z"), (x, W[:, :0], z[:, :0])
    yield "z", (x, W, z[:1])
    yield "z", (x, W, z[:, :1])
    yield "z", (x, W, z * math.nan)
    yield "scale", (x, W, z, math.inf)


def bad_models(probe):
    yield "model", (None, torch.ones(2, 3))
    yield "example", (probe.nn.ReLU(), [1.0, 2.0])
    yield "example", (probe.nn.ReLU(), torch.ones(0, 3))


def bad_data(probe):
    for data in ("text", [1, 2], None):
        yield "data", (data,)


def bad_events(probe):
    yield "wall_time", (math.nan, 1, "loss", 0.5)
    yield "wall_time", (math.inf, 1, "loss", 0.5)
    yield "step", (1.0, -1, "loss", 0.5)
    yield "step", (1.0, 1.5, "loss", 0.5)
    yield "step", (1.0, 2**63, "loss", 0.5)
    yield "tag", (1.0, 1, "", 0.5)
    yield "tag", (1.0, 1, b"loss", 0.5)
    yield "value", (1.0, 1, "loss", "0.5")


BAD = dict(zip(CHECKED, (bad_forms, bad_models, bad_data, bad_data, bad_events), strict=True))


@each(CHECKED, worth="2/5", en="Bad arguments: {name}", ru="Неверные аргументы: {name}")
@hint(
    en="ValueError whose text holds the argument's name. See Errors in the statement: each tensor is checked, shapes "
    "that broadcasting hides are wrong too, and a step has bounds on both sides.",
    ru="ValueError, в тексте которого есть имя аргумента. См. раздел «Ошибки»: проверяется каждый тензор, неверны и "
    "формы, которые скрывает broadcasting, а step ограничен с обеих сторон.",
)
def test_errors(submission, probe, name):
    for argument, given in BAD[name](probe):
        assert_refused(argument, getattr(submission, name), *given)


@each(UNCHANGED, worth="1/3", en="The arguments stay as they were: {name}", ru="Аргументы не меняются: {name}")
@hint(
    en="Operations in place, a model whose first module works in place, insert and pop write into what was given.",
    ru="Операции на месте, модель, первый модуль которой работает на месте, insert и pop портят то, что передали.",
)
def test_unchanged(submission, probe, torch_rng, name):
    given = {
        "bilinear": (*arguments(torch_rng, 4, 3, 2), 2.0),
        "summary": (probe.nn.Sequential(probe.nn.ReLU(True)), -torch.ones(2, 3, dtype=DOUBLE)),
        "event_file": ([(2.0, 1, "loss", 0.5), (1.0, 2, "loss", 0.25)],),
    }[name]
    call_unchanged(getattr(submission, name), *given)
