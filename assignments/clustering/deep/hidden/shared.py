"""What the two suites share: random tensors, frozen networks, twins of the reference's network."""

import torch
from torch import nn

from grader.testing import assert_array, assert_close, set_parameters
from grader.testing.inputs import randn
from reference.clustering.neural.deep import DeepClustering

DOUBLE = torch.float64
SIZES = (5, 7, 2, 3)  # features, hidden, latent, clusters


def rand(torch_rng, *shape):
    return torch.rand(shape, generator=torch_rng, dtype=DOUBLE)


def randperm(torch_rng, n):
    return torch.randperm(n, generator=torch_rng)


def network_values(torch_rng, inputs=4, hidden=7, outputs=3):
    """The state of the probe's network, by the names that it has there."""
    return {
        "1.weight": randn(torch_rng, hidden, inputs),
        "1.bias": randn(torch_rng, hidden),
        "2.weight": 0.5 + rand(torch_rng, hidden),
        "2.bias": randn(torch_rng, hidden),
        "2.running_mean": randn(torch_rng, hidden),
        "2.running_var": 0.5 + rand(torch_rng, hidden),
        "2.num_batches_tracked": torch.tensor(7),
        "5.weight": randn(torch_rng, outputs, hidden),
        "5.bias": randn(torch_rng, outputs),
    }


def network(values):
    """The probe's network, built here."""
    (hidden, inputs), outputs = values["1.weight"].shape, len(values["5.bias"])
    layers = nn.Sequential(
        nn.Identity(),
        nn.Linear(inputs, hidden),
        nn.BatchNorm1d(hidden),
        nn.Tanh(),
        nn.Dropout(),
        nn.Linear(hidden, outputs),
    ).double()
    layers.load_state_dict(values)
    return layers


def twins(submission, sizes, torch_rng):
    """The student's network and the reference's, in double precision, with the same random parameters."""
    expected = DeepClustering(*sizes).double()
    values = {name: 0.7 * randn(torch_rng, *value.shape) for name, value in expected.named_parameters()}
    expected.load_state_dict(values)
    made = submission.DeepClustering(*sizes).double()
    set_parameters(made, values)
    return made, expected


def check_labels(labels, n):
    return assert_array(labels, shape=(n,), kind="int", what="labels")


def same_type(actual, expected, what, *, values=True):
    """The tensor expected, in numbers of the same type."""
    assert_array(actual, shape=tuple(expected.shape), kind="float", what=what)
    assert actual.dtype is expected.dtype, f"{what} has the type {actual.dtype}, and the arguments {expected.dtype}"
    if values:
        assert_close(actual, expected, rtol=1e-4, atol=1e-5, what=what)
