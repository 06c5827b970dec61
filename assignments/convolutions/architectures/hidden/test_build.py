"""The hidden suite of networks that are built."""

from grader.testing import assert_close, assert_equal, hint, parameters, points, title
from grader.testing.twins import twins
from reference.convolutions.architectures.networks import build

from .shared import convolutions, pictures, poolings, rows_and_maps

SMALL = [
    ("conv", 4, 3, 1, 1),
    ("conv", 4, 3, 1, 1),
    ("relu",),
    ("pool", 2, 2),
    ("adaptive", 2),
    ("flatten",),
    ("linear", 5),
    ("relu",),
    ("linear", 3),
]


@points("1/2")
@title(en="build: a module for each layer", ru="build: по модулю на каждый слой")
@hint(
    en="nn.Sequential, in which module number i is layer number i: no module within another, none left out.",
    ru="nn.Sequential, в котором модуль номер i — это слой номер i: без вложенных модулей и без пропусков.",
)
def test_modules(submission):
    found, expected = parameters(submission.build(SMALL, (4, 7, 8))), dict(build(SMALL, (4, 7, 8)).named_parameters())
    assert_equal(
        {name: tuple(value.shape) for name, value in found.items()},
        {name: tuple(value.shape) for name, value in expected.items()},
        what="names and shapes of the parameters",
    )


@points(2)
@title(en="build: what the networks compute", ru="build: что вычисляют сети")
@hint(
    en="Stride, padding and size of the window go into each module; the input channels are those of the layer before.",
    ru="В модуль передаются шаг, дополнение и размер окна; входных каналов столько, сколько вышло из предыдущего слоя.",
)
def test_outputs(submission, torch_rng, rng):
    for make in 3 * (convolutions, poolings, rows_and_maps):
        config, shape = make(rng)
        network, expected, _ = twins(submission.build(config, shape), build(config, shape), torch_rng)
        x = pictures(torch_rng, 3, shape)
        assert_close(network(x), expected(x).detach(), rtol=1e-9, atol=1e-10, what="outputs")
