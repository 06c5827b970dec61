"""Twins of torch modules: a student's and the reference's with the same parameters, and what must be equal of them.

Suites whose environment has torch import this module by itself, as they do `grader.testing.inputs`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import torch

from grader.testing.chance import assert_law
from grader.testing.comparison import assert_array, assert_close, assert_equal
from grader.testing.derivatives import vjp
from grader.testing.inputs import randn
from grader.testing.modules import parameters, set_state, state
from grader.testing.remote import RemoteObject

_COUNTER = "num_batches_tracked"


class Twins(NamedTuple):
    """The student's module, the reference's, and what the student's calls each of the reference's tensors."""

    made: RemoteObject
    expected: torch.nn.Module
    names: dict[str, str]


def random_values(torch_rng: torch.Generator, module: torch.nn.Module, scale: float = 1.0) -> dict[str, Any]:
    """Values for the parameters and buffers of a module of the reference, by name, in double precision.

    They are normal with the deviation ``scale``; weights of two axes and more are divided by the root of how many
    numbers one output takes in; ``running_var`` is above one half. Counters of batches are left out.
    """
    values = {}
    for name, value in _floats(module.state_dict()).items():
        drawn = scale * randn(torch_rng, *value.shape)
        if name.endswith("running_var"):
            drawn = 0.5 + drawn.abs()
        elif value.dim() > 1:
            drawn = drawn * value[0].numel() ** -0.5
        values[name] = drawn
    return values


def twins(
    made: Any,
    expected: torch.nn.Module,
    torch_rng: torch.Generator,
    *,
    values: Mapping[str, Any] | None = None,
    scale: float = 1.0,
    training: bool | None = None,
) -> Twins:
    """Both modules in double precision with the same parameters and buffers: random ones, but for ``values`` by name.

    The student's gets them by their names, or in their order where the statement leaves the names open. ``training``
    sets the mode of both.
    """
    values = {**random_values(torch_rng, expected.double(), scale), **(values or {})}
    expected.load_state_dict(values, strict=False)
    module = made.double()
    own = list(_floats(state(module)))
    if set(own) >= set(values):
        names = {name: name for name in values}
    else:
        assert len(own) == len(values), f"the module has {len(own)} parameters and buffers, not {len(values)}"
        names = dict(zip(values, own, strict=True))
    set_state(module, {names[name]: value for name, value in values.items()})
    if training is not None:
        expected.train(training)
        module.train(training)
    return Twins(module, expected, names)


def sequence_twins(
    modules: Any,
    layers: Sequence[tuple[Any, ...]],
    torch_rng: torch.Generator,
    *,
    values: Mapping[str, Any] | None = None,
    scale: float = 1.0,
) -> Twins:
    """Twins of a sequence of layers, the student's built of ``modules``: the `torch.nn` that a probe hands out.

    A layer is the name of its class and the arguments: ``("Linear", 3, 4)``.
    """
    inside, here = (
        own.Sequential(*(getattr(own, kind)(*arguments) for kind, *arguments in layers)) for own in (modules, torch.nn)
    )
    return twins(inside, here, torch_rng, values=values, scale=scale)


def assert_same_output(
    pair: Twins, *arguments: Any, what: str = "what comes out", rtol: float = 1e-8, atol: float = 1e-9
) -> None:
    """The student's module makes the same of these arguments as the reference's."""
    with torch.no_grad():
        expected = pair.expected(*arguments)
    assert_close(pair.made(*arguments), expected, rtol=rtol, atol=atol, what=what)


def assert_same_gradients(
    pair: Twins, *arguments: Any, torch_rng: torch.Generator, rtol: float = 1e-6, atol: float = 1e-8
) -> None:
    """Gradients of a random weighted sum of all that comes out, by each argument of floats and by each parameter."""
    places = [_mapped(_leaf, argument) for argument in arguments]
    outputs = pair.expected(*places)
    weights = _mapped(lambda value: randn(torch_rng, *value.shape), outputs)
    total = torch.stack([(out * v).sum() for out, v in zip(_all(outputs), _all(weights), strict=True)]).sum()
    leaves = [leaf for place in places for leaf in _all(place) if leaf.requires_grad]
    named = {name: value for name, value in pair.expected.named_parameters() if value.requires_grad}
    wanted = torch.autograd.grad(total, [*leaves, *named.values()], allow_unused=True)
    found = vjp(pair.made, arguments, weights, parameters=pair.made)
    by_arguments = [
        gradient
        for argument, gradients in zip(places, found.gradients, strict=True)
        for leaf, gradient in zip(_all(argument), _like(argument, gradients), strict=True)
        if leaf.requires_grad
    ]
    for number, (gradient, expected) in enumerate(zip(by_arguments, wanted[: len(leaves)], strict=True), 1):
        _assert_gradient(gradient, expected, f"the gradient by tensor {number} of the arguments", rtol, atol)
    for name, expected in zip(named, wanted[len(leaves) :], strict=True):
        own = pair.names[name]
        assert own in found.parameters, f"{own} is no parameter of the module"
        _assert_gradient(found.parameters[own], expected, f"the gradient by {own}", rtol, atol)


def assert_parameters(module: Any, shapes: Mapping[str, tuple[int, ...]]) -> None:
    """Names, shapes and kind of a student's parameters are these, and there are no others."""
    own = parameters(module)
    assert_equal(sorted(own), sorted(shapes), what="names of the parameters")
    for name, shape in shapes.items():
        assert_array(own[name], shape=shape, kind="float", what=name)


def assert_first_values(
    make: Callable[[torch.Generator | None], Any], torch_rng: torch.Generator, bounds: float | Mapping[str, float]
) -> None:
    """New modules begin with independent values, uniform between -bound and bound, drawn from the generator given.

    ``make(rng)`` gives a new module of the student. ``bounds`` is one for all parameters, or one for each by its name;
    parameters that are not named there are not looked at. Every parameter should have twenty values or more.
    """
    seed = seed_of(torch_rng)
    # Calls with a generator and without one alternate: where the seed of a given one became PyTorch's own, the two
    # without one are equal.
    one, default, again, following, other = (
        parameters(make(None if more is None else torch.Generator().manual_seed(seed + more)))
        for more in (0, None, 0, None, 1)
    )
    assert_equal(again, one, what="parameters drawn from the same generator again")
    drawn = torch.empty(0, dtype=torch.float64)  # all values seen until now, in shares of their bounds
    for name, bound in (dict.fromkeys(one, bounds) if isinstance(bounds, float | int) else bounds).items():
        assert name in one, f"{name} is no parameter of the module"
        values = assert_array(one[name], kind="float", what=name)
        default_values, others, following_values = (
            assert_array(of_another.get(name), shape=tuple(values.shape), kind="float", what=name)
            for of_another in (default, other, following)
        )
        assert not torch.equal(values, others), f"{name} is the same from another generator"
        repeated = torch.equal(default_values, following_values)
        assert not repeated, f"{name} is the same in another module that was given no generator"
        places = values.double().flatten() / bound
        again_in_another = int(torch.isin(places, drawn).sum())
        assert again_in_another <= 1 + places.numel() // 10, f"values of {name} are those of another parameter"
        drawn = torch.cat([drawn, places])
        assert float(places.abs().max()) <= 1 + 1e-5, f"a value of {name} leaves its interval"
        assert len(values.unique()) >= 0.9 * values.numel() - 1, f"values of {name} repeat"
        assert_law(places, lambda place: (place + 1) / 2, what=f"{name} is not uniform in its interval")


def seed_of(torch_rng: torch.Generator) -> int:
    """A seed for a generator to be made elsewhere."""
    return int(torch.randint(2**31, (1,), generator=torch_rng))


def _floats(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if not name.endswith(_COUNTER)}


def _leaf(value: torch.Tensor) -> torch.Tensor:
    return value.clone().requires_grad_() if value.is_floating_point() else value


def _mapped(function: Callable[[torch.Tensor], Any], value: Any) -> Any:
    """A value whose tensors are mapped; lists and tuples keep their form."""
    if isinstance(value, torch.Tensor):
        return function(value)
    if isinstance(value, list | tuple):
        return type(value)(_mapped(function, item) for item in value)
    return value


def _all(value: Any) -> list[torch.Tensor]:
    """The tensors of a value, in order."""
    if isinstance(value, torch.Tensor):
        return [value]
    return [tensor for item in value for tensor in _all(item)] if isinstance(value, list | tuple) else []


def _like(value: Any, gradients: Any) -> Sequence[Any]:
    """What stands in ``gradients``, built as ``value`` is, where ``value`` has a tensor."""
    if isinstance(value, torch.Tensor):
        return [gradients]
    if isinstance(value, list | tuple):
        assert isinstance(gradients, list | tuple), "gradients are not built as the arguments are"
        assert len(gradients) == len(value), "gradients are not built as the arguments are"
        return [gradient for item, own in zip(value, gradients, strict=True) for gradient in _like(item, own)]
    return []


def _assert_gradient(found: Any, expected: torch.Tensor | None, what: str, rtol: float, atol: float) -> None:
    if expected is None:
        assert found is None or not torch.as_tensor(found).any(), f"{what} must be none: nothing depends on it"
    else:
        assert found is not None, f"{what} is missing: nothing that comes out depends on it"
        assert_close(found, expected, rtol=rtol, atol=atol, what=what)
