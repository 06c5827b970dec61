"""What the suites share: random pictures, and configurations that came from a student."""

import torch

from grader.testing.inputs import randn


def pictures(torch_rng, n, shape=(1, 32, 32)):
    return randn(torch_rng, n, *shape)


def layers(config):
    """A student's configuration, once it is known to be a list of tuples that begin with a text."""
    assert type(config) is list, "the configuration must be a list"
    for layer in config:
        begins = type(layer) is tuple and layer and type(layer[0]) is str
        assert begins, f"{layer!r} is no tuple of a kind and numbers"
    return config


def of_kinds(config, *kinds):
    """The layers of these kinds, in their order."""
    return [layer for layer in layers(config) if layer[0] in kinds]


def zeros(*shape):
    return torch.zeros(shape)


def draw(rng, low, high):
    """A whole number from low to high, both included, as Python's own."""
    return int(rng.integers(low, high + 1))


def convolutions(rng):
    """Two convolutions with ReLU for a picture that is no square, and its shape."""
    height = draw(rng, 16, 24)
    shape = draw(rng, 1, 4), height, height + draw(rng, 2, 9)
    first = ("conv", draw(rng, 2, 6), draw(rng, 2, 5), draw(rng, 1, 3), draw(rng, 0, 2))
    return [first, ("relu",), ("conv", draw(rng, 2, 6), draw(rng, 1, 4), draw(rng, 1, 2), draw(rng, 0, 2))], shape


def poolings(rng):
    """Two poolings around a ReLU for a picture that is no square, and its shape."""
    height = draw(rng, 20, 30)
    shape = draw(rng, 1, 4), height, height + draw(rng, 3, 9)
    return [("pool", draw(rng, 2, 4), draw(rng, 1, 3)), ("relu",), ("pool", draw(rng, 2, 3), draw(rng, 1, 4))], shape


def rows_and_maps(rng):
    """Means, flatten and linear maps for a small picture, and its shape."""
    shape = draw(rng, 2, 4), draw(rng, 5, 9), draw(rng, 10, 14)
    ends = [("flatten",), ("linear", draw(rng, 4, 9)), ("relu",), ("linear", draw(rng, 2, 5))]
    return [("relu",), ("adaptive", draw(rng, 2, 4)), *ends] if rng.random() < 0.5 else ends, shape
