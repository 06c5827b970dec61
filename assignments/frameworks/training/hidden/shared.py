"""What the suites share: values of networks, sets in parts, seeds."""

import torch
from torch import nn

from grader.testing import assert_array, assert_count, assert_equal, counted
from grader.testing.inputs import randn

DOUBLE = torch.float64


def seed_of(torch_rng):
    return int(torch.randint(2**31, (1,), generator=torch_rng))


def a_generator(torch_rng):
    """A generator to hand over, another one each time."""
    return torch.Generator().manual_seed(seed_of(torch_rng))


def own_draws(seed):
    """What PyTorch's own generator gives when it has been seeded and left alone."""
    return torch.rand(3, generator=torch.Generator().manual_seed(seed))


def check_state(found, shapes):
    """Names, shapes and kinds of what a module keeps; a buffer of whole numbers has the shape ()."""
    assert_equal(sorted(found), sorted(shapes), what="names in the state")
    for name, shape in shapes.items():
        assert_array(found[name], shape=shape, kind="float" if shape else "int", what=name)


def values_like(module, torch_rng, size=1.0):
    """Random values for the parameters of a module of the reference, which gets them too."""
    values = {name: size * randn(torch_rng, *value.shape) for name, value in module.named_parameters()}
    module.load_state_dict(values, strict=False)
    return values


def classes(torch_rng, n, k=3):
    return torch.randint(k, (n,), generator=torch_rng)


def network_values(torch_rng, inputs=4, hidden=6, outputs=3):
    """The state of the probe's network, by the names that it has there."""
    return {
        "0.weight": randn(torch_rng, hidden, inputs),
        "0.bias": randn(torch_rng, hidden),
        "1.weight": 0.5 + torch.rand(hidden, generator=torch_rng, dtype=DOUBLE),
        "1.bias": randn(torch_rng, hidden),
        "1.running_mean": randn(torch_rng, hidden),
        "1.running_var": 0.5 + torch.rand(hidden, generator=torch_rng, dtype=DOUBLE),
        "1.num_batches_tracked": torch.tensor(7),
        "4.weight": randn(torch_rng, outputs, hidden),
        "4.bias": randn(torch_rng, outputs),
    }


def network(values):
    """The probe's network, built here, without dropout."""
    hidden, inputs = values["0.weight"].shape
    layers = nn.Sequential(
        nn.Linear(inputs, hidden),
        nn.BatchNorm1d(hidden),
        nn.Tanh(),
        nn.Identity(),
        nn.Linear(hidden, len(values["4.bias"])),
    ).double()
    layers.load_state_dict(values)
    return layers


def a_disk(torch_rng, sizes, shape=(2, 3)):
    """All objects of a set in parts, and a counted function that reads a part.

    The first number of an object and its class tell its place in the set.
    """
    n = sum(sizes)
    X, y = randn(torch_rng, n, *shape), torch.arange(n)
    X.reshape(n, -1)[:, 0] = y.double()
    of_parts, classes_of_parts = X.split(list(sizes)), y.split(list(sizes))

    def read(*numbers, **named):
        known = len(numbers) == 1 and not named and numbers[0] in range(len(sizes))
        assert known, f"read was not asked for one of the parts 0 to {len(sizes) - 1}"
        return of_parts[int(numbers[0])], classes_of_parts[int(numbers[0])]

    return X, y, counted(read)


def reads(read):
    """The numbers of the parts that were read, in order."""
    return [int(arguments[0]) for arguments in read.calls]


def check_long_order(ids):
    """One order of many objects: half of them come too early, and about one stays, if all orders are equally likely."""
    n, order = len(ids), torch.tensor(ids)
    early, stay = int((order > torch.arange(n)).sum()), int((order == torch.arange(n)).sum())
    assert_count(early, n, 1 / 2, f"objects of {n} that come before their own place")
    assert_count(stay, n, 1 / n, f"objects of {n} that stay in their place")
