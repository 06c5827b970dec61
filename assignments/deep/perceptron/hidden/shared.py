"""What the suites share: random layers, twins of the reference's network, what must be equal."""

from itertools import pairwise

import numpy as np

from grader.testing import assert_array, assert_close
from reference.deep.perceptron.network import Perceptron

NAMES = ("sigmoid", "tanh", "relu", "leaky", "prelu", "softplus", "arctan", "softsign", "lecun")


def near(found, expected, what, rtol=1e-8):
    assert_close(found, expected, rtol=rtol, atol=1e-10, what=what)


def random_layers(rng, sizes):
    """Weights (in, out) and biases (out,) for layers of these sizes; what goes through them keeps its scale."""
    weights = [rng.normal(size=pair) * np.sqrt(1.5 / pair[0]) for pair in pairwise(sizes)]
    return weights, [0.3 * rng.normal(size=size) for size in sizes[1:]]


def twins(submission, rng, sizes, *activation):
    """The student's network and the reference's, with the same parameters."""
    weights, biases = random_layers(rng, sizes)
    return submission.Perceptron(weights, biases, *activation), Perceptron(weights, biases, *activation)


def arrays(found, shapes, what):
    """The arrays of a list, once they are known to have these shapes."""
    assert isinstance(found, list | tuple), f"{what} must be a list of arrays, not {type(found).__name__}"
    assert len(found) == len(shapes), f"{what} must hold {len(shapes)} arrays, not {len(found)}"
    pairs = enumerate(zip(found, shapes, strict=True))
    return [assert_array(part, shape=shape, what=f"{what}[{place}]") for place, (part, shape) in pairs]


def same_arrays(found, expected, what, rtol=1e-8):
    """A list of arrays like the reference's."""
    for place, part in enumerate(arrays(found, [one.shape for one in expected], what)):
        near(part, expected[place], f"{what}[{place}]", rtol)


def pair(result, what):
    """The weights and the biases that a function returned."""
    assert isinstance(result, tuple), f"{what} must return a tuple (weights, biases), not {type(result).__name__}"
    assert len(result) == 2, f"{what} must return two lists, not {len(result)}"
    return result
