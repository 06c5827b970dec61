"""Twins of torch modules over a living sandbox: what is set alike, and every difference that must be seen."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import dedent
from typing import Any

import pytest
import torch
from torch import nn

from grader.core.submission import Submission
from grader.harness.process import ProcessSandboxes
from grader.harness.session import Session
from grader.testing import parameters, state
from grader.testing.inputs import randn
from grader.testing.twins import (
    Twins,
    assert_first_values,
    assert_parameters,
    assert_same_gradients,
    assert_same_output,
    random_values,
    seed_of,
    sequence_twins,
    twins,
)

CODE = """
import torch
from torch import nn

class Layer(nn.Module):
    def __init__(self, detached=False, bias="bias"):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(2, 3))
        setattr(self, bias, nn.Parameter(torch.zeros(2)))
        self.norm, self.detached, self.own = nn.BatchNorm1d(2), detached, bias
    def forward(self, x, state):
        y = self.norm(x @ self.weight.T + getattr(self, self.own))
        return (y.detach() if self.detached else y) + state[0], (state[1] * 2, state[0].sum())

def first(rng, *, bound=0.5, own=False, reseeded=False, fixed=False, same=False):
    if reseeded and rng is not None:
        torch.manual_seed(rng.initial_seed())
    module, used = nn.Linear(20, 20), rng
    if fixed and rng is None:
        used = torch.Generator()
    if own:
        used = None
    with torch.no_grad():
        for value in module.parameters():
            if same and rng is not None:
                used = torch.Generator().manual_seed(rng.initial_seed())
            value.copy_((2 * torch.rand(value.shape, generator=used) - 1) * bound)
    return module
"""


class Layer(nn.Module):
    """What `Layer` inside should be."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(2, 3))
        self.bias = nn.Parameter(torch.zeros(2))
        self.norm = nn.BatchNorm1d(2)

    def forward(self, x: Any, state: Any) -> Any:
        return self.norm(x @ self.weight.T + self.bias) + state[0], (state[1] * 2, state[0].sum())


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    one = Session(ProcessSandboxes().start("torch"))
    one.call_seconds = 60.0
    yield one
    one.close()


@pytest.fixture(scope="module")
def loaded(session: Session) -> Any:
    return session.load(Submission("s.py", {"s.py": dedent(CODE).encode()}), None)[0]


@pytest.fixture
def inside(session: Session, loaded: Any) -> Any:
    session.begin_test("test_demo")
    return loaded


@pytest.fixture
def torch_rng() -> torch.Generator:
    return torch.Generator().manual_seed(5)


def inputs(torch_rng: torch.Generator) -> tuple[Any, ...]:
    return randn(torch_rng, 4, 3), (randn(torch_rng, 4, 2), randn(torch_rng, 4, 2))


def test_random_values_are_for_all_floats_and_variances_are_positive(torch_rng: torch.Generator) -> None:
    values = random_values(torch_rng, nn.Sequential(nn.Linear(400, 50), nn.BatchNorm1d(50)), scale=2.0)
    assert sorted(values) == sorted(["0.weight", "0.bias", *(f"1.{n}" for n in ("weight", "bias", *STATISTICS))])
    assert float(values["0.weight"].std()) == pytest.approx(2 / 20, rel=0.05)
    assert float(values["1.running_var"].min()) > 0.5
    assert all(value.dtype == torch.float64 for value in values.values())


STATISTICS = ("running_mean", "running_var")


@pytest.mark.parametrize("bias", ["bias", "shift"])
def test_twins_are_equal_by_name_or_in_order(inside: Any, torch_rng: torch.Generator, bias: str) -> None:
    given = {"bias": torch.tensor([1.0, 2.0])}
    pair = twins(inside.Layer(False, bias), Layer(), torch_rng, values=given, training=False)
    assert pair.names["bias"] == bias
    assert state(pair.made)[bias].tolist() == [1.0, 2.0]
    assert (pair.made.training, pair.expected.training) == (False, False)
    assert pair.expected.weight.dtype == torch.float64
    assert_same_output(pair, *inputs(torch_rng))
    assert_same_gradients(pair, *inputs(torch_rng), torch_rng=torch_rng)


def test_another_number_of_tensors_is_a_failure(inside: Any, torch_rng: torch.Generator) -> None:
    with pytest.raises(AssertionError, match="has 2 parameters and buffers, not 6"):
        twins(inside.nn.Linear(3, 2), Layer(), torch_rng)


def test_other_outputs_and_other_gradients_are_failures(inside: Any, torch_rng: torch.Generator) -> None:
    pair = twins(inside.Layer(True), Layer(), torch_rng, training=True)
    x, states = inputs(torch_rng)
    assert_same_output(pair, x, states)
    with pytest.raises(AssertionError, match="gradient by tensor 1 of the arguments"):
        assert_same_gradients(pair, x, states, torch_rng=torch_rng)
    with torch.no_grad():
        pair.expected.bias += 1e-3
    pair.expected.eval()
    pair.made.train(False)
    with pytest.raises(AssertionError, match="what comes out"):
        assert_same_output(pair, x, states)


def test_a_gradient_of_a_parameter_counts(inside: Any, torch_rng: torch.Generator) -> None:
    pair = twins(inside.Layer(), Layer(), torch_rng, training=False)
    with torch.no_grad():
        pair.expected.norm.weight *= 1 + 1e-3
    with pytest.raises(AssertionError, match="the gradient by"):
        assert_same_gradients(pair, *inputs(torch_rng), torch_rng=torch_rng)


def test_sequences_are_built_alike(inside: Any, torch_rng: torch.Generator) -> None:
    layers = (("Linear", 3, 4), ("Tanh",), ("Linear", 4, 2))
    pair = sequence_twins(inside.nn, layers, torch_rng, values={"2.bias": torch.ones(2)})
    assert parameters(pair.made)["2.bias"].tolist() == [1.0, 1.0]
    assert_same_output(pair, randn(torch_rng, 5, 3))
    assert [type(layer).__name__ for layer in pair.expected] == ["Linear", "Tanh", "Linear"]


def test_names_and_shapes_of_parameters(inside: Any) -> None:
    shapes = {"weight": (2, 3), "bias": (2,), "norm.weight": (2,), "norm.bias": (2,)}
    assert_parameters(inside.Layer(), shapes)
    with pytest.raises(AssertionError, match="names of the parameters"):
        assert_parameters(inside.Layer(), {**shapes, "more": (1,)})
    with pytest.raises(AssertionError, match="weight"):
        assert_parameters(inside.Layer(), {**shapes, "weight": (3, 2)})


@pytest.mark.parametrize("seed", range(20))
def test_right_first_values_pass(inside: Any, seed: int) -> None:
    assert_first_values(inside.first, torch.Generator().manual_seed(seed), 0.5)


@pytest.mark.parametrize(
    ("mistake", "message"),
    [
        ({"bound": 0.6}, "leaves its interval"),
        ({"bound": 0.25}, "not uniform"),
        ({"own": True}, "from the same generator again"),
        ({"reseeded": True}, "that was given no generator"),
        ({"fixed": True}, "that was given no generator"),
        ({"same": True}, "those of another parameter"),
    ],
)
def test_wrong_first_values_fail(
    inside: Any, torch_rng: torch.Generator, mistake: dict[str, Any], message: str
) -> None:
    with pytest.raises(AssertionError, match=message):
        assert_first_values(lambda rng: inside.first(rng, **mistake), torch_rng, {"weight": 0.5, "bias": 0.5})


def test_a_gradient_that_must_be_none(inside: Any, torch_rng: torch.Generator) -> None:
    """The student's output depends on an argument, the reference's does not."""
    pair = Twins(inside.nn.Identity(), _Constant(), {})
    with pytest.raises(AssertionError, match="must be none"):
        assert_same_gradients(pair, randn(torch_rng, 3), torch_rng=torch_rng)


class _Constant(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.ones(3, dtype=torch.float64, requires_grad=True) * 2


def test_seeds_differ(torch_rng: torch.Generator) -> None:
    assert len({seed_of(torch_rng) for _ in range(50)}) == 50
