"""The hidden suite of gradients on the input: bad arguments, and tensors that stay as they were."""

import math

import torch

from grader.testing import assert_refused, call_unchanged, each, hint
from grader.testing.inputs import randn
from reference.autodiff.inputs.style import gram

from .shared import DOUBLE, STACK, twins

FUNCTIONS = (
    "fgsm",
    "features",
    "excitation",
    "dream",
    "gram",
    "content_loss",
    "content_gradient",
    "style_loss",
    "style_gradient",
    "transfer",
)


def bad_attacks(probe, torch_rng):
    inside, _ = twins(probe, (("Linear", 4, 3),), torch_rng)
    loss, each_loss = probe.nn.CrossEntropyLoss(), probe.nn.CrossEntropyLoss(reduction="none")
    x, y = torch.zeros(2, 4, dtype=DOUBLE), torch.tensor([0, 1])
    strange, endless = x.clone(), x.clone()
    strange[1, 2], endless[0, 0] = math.nan, math.inf
    for bad in (strange, endless, torch.zeros(0, 4, dtype=DOUBLE), torch.zeros(2, 4, dtype=torch.int64)):
        yield "x", (inside, loss, bad, y, 0.1), {}
    for walls in ({"low": 0.1}, {"high": -0.1}):
        yield "x", (inside, loss, x, y, 0.1), walls
    yield "low", (inside, loss, x, y, 0.1), {"low": 1.0, "high": -1.0}
    for bad in (-0.1, math.nan):
        yield "eps", (inside, loss, x, y, bad), {}
    yield "loss", (inside, each_loss, x, y, 0.1), {}


def bad_inputs(inside, *rest):
    for bad in (torch.ones(2, dtype=torch.int64), torch.tensor([1.0, math.nan]).double(), torch.ones(0).double()):
        yield "x", (inside, bad, *rest), {}


def bad_layers(probe, torch_rng):
    inside, _ = twins(probe, (("Linear", 2, 3), ("Tanh",)), torch_rng)
    for layers in ([], [2], [0, -1]):
        yield "layers", (inside, torch.ones(2, dtype=DOUBLE), layers), {}
    yield from bad_inputs(inside, [0])


def bad_units(probe, torch_rng):
    inside, _ = twins(probe, (("Linear", 2, 3), ("Tanh",)), torch_rng)
    x = torch.ones(2, dtype=DOUBLE)
    for bad in (2, -1):
        yield "layer", (inside, x, bad, 0), {}
    for bad in (3, -1):
        yield "unit", (inside, x, 1, bad), {}
    yield from bad_inputs(inside, 1, 0)


def bad_dreams(probe, torch_rng):
    yield from bad_units(probe, torch_rng)
    inside, _ = twins(probe, (("Linear", 2, 3), ("Tanh",)), torch_rng)
    x = torch.ones(2, dtype=DOUBLE)
    for bad in (0.0, -0.5):
        yield "rate", (inside, x, 1, 0), {"rate": bad}
    for bad in (0, -3):
        yield "steps", (inside, x, 1, 0), {"steps": bad}


F, A = torch.ones(2, 3, 3, dtype=DOUBLE), torch.eye(2, dtype=DOUBLE)


def bad_features(probe, torch_rng):
    for bad in (F[0], F[:, :0], F.long(), F * math.nan):
        yield "F", (bad,), {}


def bad_contents(probe, torch_rng):
    for bad in (F[:1], F[:, :, :1], F * math.inf):
        yield "P", (F, bad), {}
    yield "F", (F[0], F[0]), {}


def bad_styles(probe, torch_rng):
    for bad in (A[:1], A[0], torch.eye(3).double(), A * math.nan):
        yield "A", (F, bad), {}


def bad_transfers(probe, torch_rng):
    inside, _ = twins(probe, STACK, torch_rng)
    x = torch.ones(3, 8, 8, dtype=DOUBLE)
    for changes, name in (
        ({"x": x[0]}, "x"),
        ({"x": x * math.nan}, "x"),
        ({"content": x[:, :, :7]}, "content"),
        ({"content": x * math.inf}, "content"),
        ({"style": x[:1]}, "style"),
        ({"style": x[0]}, "style"),
        ({"content_layer": 7}, "content_layer"),
        ({"content_layer": -1}, "content_layer"),
        ({"style_layers": []}, "style_layers"),
        ({"style_layers": [0, 7]}, "style_layers"),
        ({"weights": [1.0, 1.0]}, "weights"),
        ({"weights": [-1.0]}, "weights"),
        ({"alpha": -0.1}, "alpha"),
        ({"beta": math.nan}, "beta"),
    ):
        yield name, (inside,), {"x": x, "content": x, "style": x, "content_layer": 0, "style_layers": [0]} | changes


BAD = (
    bad_attacks,
    bad_layers,
    bad_units,
    bad_dreams,
    bad_features,
    bad_contents,
    bad_contents,
    bad_styles,
    bad_styles,
    bad_transfers,
)


@each(FUNCTIONS, worth="1/5", en="Bad arguments: {name}", ru="Неверные аргументы: {name}")
@hint(
    en="ValueError with the name: shapes that broadcasting hides, negative layers, entries outside the walls.",
    ru="ValueError с именем: формы, которые скрывает broadcasting, отрицательные номера слоёв, значения за границами.",
)
def test_errors(submission, probe, torch_rng, name):
    for argument, arguments, named in BAD[FUNCTIONS.index(name)](probe, torch_rng):
        assert_refused(argument, getattr(submission, name), *arguments, **named)


@each(
    FUNCTIONS,
    worth="1/20",
    en="Pictures and features stay as they were: {name}",
    ru="Картинки и признаки не меняются: {name}",
)
@hint(
    en="x += ..., and a network whose first module works in place, write into the picture: give it a copy.",
    ru="x += ... и сеть, первый модуль которой работает на месте, пишут прямо в картинку: дайте ей копию.",
)
def test_unchanged(submission, probe, torch_rng, name):
    function, where = getattr(submission, name), {"content_layer": 4, "style_layers": [1, 0]}
    layers = STACK if name == "fgsm" else (("ReLU", True), *STACK)  # fgsm is given any function as its model
    inside, _ = twins(probe, layers, torch_rng)
    x, other, style = (randn(torch_rng, 3, 8, 8) for _ in range(3))
    P = randn(torch_rng, 3, 8, 8)
    arguments = {
        "fgsm": (inside, probe.nn.MSELoss(), x, randn(torch_rng, 2), 0.1),
        "features": (inside, x, [0, 3]),
        "excitation": (inside, x, 3, 1),
        "dream": (inside, x, 3, 1),
        "gram": (x,),
        "content_loss": (x, P),
        "content_gradient": (x, P),
        "style_loss": (x, gram(P)),
        "style_gradient": (x, gram(P)),
        "transfer": (inside, x, other, style),
    }[name]
    call_unchanged(function, *arguments, **(where if name == "transfer" else {}))
