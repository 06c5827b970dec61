"""What the suites share: networks inside and here, what a network was given, generators."""

import torch
from torch import nn
from torch.nn.functional import cross_entropy, normalize

from grader.testing import assert_array, state
from grader.testing.inputs import randn
from grader.testing.twins import seed_of, sequence_twins

DOUBLE = torch.float64
SMOOTH = (("Linear", 5, 6), ("Tanh",), ("Linear", 6, 4))
NOISY = (("Linear", 5, 4), ("BatchNorm1d", 4), ("Dropout", 0.5))


def three(torch_rng, k, d):
    """Embeddings of k triples."""
    return [randn(torch_rng, k, d) for _ in range(3)]


def a_generator(torch_rng):
    """A generator to hand over, another one each time."""
    return torch.Generator().manual_seed(seed_of(torch_rng))


def of_pairs(tau):
    """The probe's loss of two embeddings."""
    return lambda z1, z2: cross_entropy(normalize(z1) @ normalize(z2).T / tau, torch.arange(len(z1)))


class Branching(nn.Module):
    """The probe's network with two ways."""

    def __init__(self, d):
        super().__init__()
        self.out = nn.Linear(d, d)
        self.ways = nn.ModuleDict({"short": nn.Linear(d, d), "out": nn.Sequential(nn.Linear(d, d), nn.Tanh())})

    def forward(self, x):
        return self.out(self.ways["out"](x) * self.ways["short"](torch.cos(x)))


class Notes:
    """What a watched network was given, row by row, and in which modes."""

    def __init__(self):
        self.rows, self.modes = [], []

    def __call__(self, x, training):
        self.rows.extend(x)
        self.modes.append(training)


def ready_to_train(probe, torch_rng, layers):
    """A network inside and the reference's, in single precision, with the same first values."""
    made, expected, _ = sequence_twins(probe.nn, layers, torch_rng)
    return made.float(), expected.float()


def read_back(made, expected):
    """The reference's network with the parameters that training inside has left."""
    learned = state(made)
    for name, value in expected.state_dict().items():
        assert_array(learned.get(name), shape=tuple(value.shape), what=name)
    expected.load_state_dict(learned)
    return expected.eval()
