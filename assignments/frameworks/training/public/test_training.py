"""The public tests: small cases with their answers written out."""

import math

import torch

from grader.testing import assert_close, assert_equal, counted, set_parameters, state, take, title


def two_parts(k):
    """Objects 0, 1 and 2, 3, 4 in one row of two numbers each, and their classes 0, 1, 2, 3, 4."""
    ids = torch.tensor([[0, 1], [2, 3, 4]][k])
    return torch.stack([ids, 10 * ids], dim=1).float(), ids


@title(en="Radial: the example of the statement", ru="Radial: пример из условия")
def test_radial(submission):
    layer = submission.Radial(2, 2).double()
    values = {"centers": [[0.0, 0.0], [3.0, 4.0]], "log_gamma": [0.0, math.log(2)]}
    set_parameters(layer, {name: torch.tensor(value, dtype=torch.float64) for name, value in values.items()})
    found = layer(torch.tensor([[0.0, 0.0], [3.0, 3.0]], dtype=torch.float64))
    expected = [[1.0, math.exp(-50)], [math.exp(-18), math.exp(-2)]]
    assert_close(found, torch.tensor(expected, dtype=torch.float64), rtol=1e-9, what="values")
    assert_equal(state(layer)["seen"], torch.tensor(2), what="seen")


@title(en="image_net: shapes", ru="image_net: формы")
def test_image_net(submission):
    shapes = {name: tuple(value.shape) for name, value in state(submission.image_net()).items()}
    assert_equal(shapes["0.weight"], (16, 3, 3, 3), what="shape of 0.weight")
    assert_equal(shapes["7.weight"], (10, 2048), what="shape of 7.weight")
    assert_equal(tuple(submission.image_net(4)(torch.ones(2, 3, 32, 32)).shape), (2, 4), what="shape of the outputs")


@title(en="Parts: objects and reads", ru="Parts: объекты и чтения")
def test_parts(submission):
    read = counted(two_parts)
    parts = submission.Parts(read, [2, 3])
    assert_equal((len(parts), read.count), (5, 0), what="(length, parts read)")
    assert_equal(parts[1], (torch.tensor([1.0, 10.0]), torch.tensor(1)), what="object 1")
    assert_equal(parts[4], (torch.tensor([4.0, 40.0]), torch.tensor(4)), what="object 4")
    assert_equal(parts[2][1], torch.tensor(2), what="class of object 2")
    assert_equal(read.calls, [(0,), (1,)], what="parts read for objects 1, 4, 2")


@title(en="part_batches: an epoch", ru="part_batches: эпоха")
def test_part_batches(submission):
    batches = take(submission.part_batches(two_parts, [2, 3], 2, torch.Generator().manual_seed(1)), 10)
    assert_equal(sorted(len(y) for _, y in batches), [1, 2, 2], what="lengths of the batches")
    assert_equal(sorted(torch.cat([y for _, y in batches]).tolist()), [0, 1, 2, 3, 4], what="objects")


@title(en="evaluate: three objects in two batches", ru="evaluate: три объекта двумя пакетами")
def test_evaluate(submission, probe):
    """The network gives back its input; two objects of three get their class."""
    model = probe.linear(torch.eye(2, dtype=torch.float64), torch.zeros(2, dtype=torch.float64))
    X = torch.tensor([[math.log(3), 0.0], [math.log(3), 0.0], [0.0, math.log(3)]], dtype=torch.float64)
    loss = (2 * math.log(4 / 3) + math.log(4)) / 3
    assert_close(submission.evaluate(model, X, torch.tensor([0, 1, 1]), 2), (loss, 2 / 3), rtol=1e-9)


@title(en="fit: one step", ru="fit: один шаг")
def test_fit(submission, probe):
    """All is zero but the classes, which are 1: the first step of Adam moves each bias by the rate."""
    model = probe.linear(torch.zeros(2, 1), torch.zeros(2))
    X, y, rng = torch.zeros(2, 1), torch.tensor([1, 1]), torch.Generator().manual_seed(0)
    found = submission.fit(model, X, y, epochs=1, batch=2, rate=0.1, rng=rng, X_val=X, y_val=y)
    expected = {"train_loss": [math.log(2)], "val_loss": [math.log(1 + math.exp(-0.2))], "val_accuracy": [1.0]}
    assert_close(found, expected, rtol=1e-5, what="history")
    assert_close(state(model)["bias"], torch.tensor([-0.1, 0.1]), rtol=1e-5, what="bias")
