"""Generation, mutation and crossover in spaces of numbers and categories (lecture 1, section 7, L01.operators_mixed).

A space maps names to ("real", low, high), ("integer", low, high), both ends included, or ("category", [values]).
A setting maps the same names to values. What the operators return always lies in the space.
"""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Integral, Real
from typing import Any

from numpy.random import Generator

from reference.checks.numbers import not_negative, whole

Space = Mapping[str, tuple[Any, ...]]
Setting = dict[str, Any]


def rand_mixed(space: Space, rng: Generator) -> Setting:
    """A random setting, every parameter uniform.

    Parameters: ``space`` as the module tells; ``rng``, a numpy generator.
    Returns: a setting, a dict.
    Raises: ValueError naming a parameter without values, or whose low exceeds its high.
    Complexity: O(p) for p parameters.
    Source: lecture 1, section 7; lecture only.
    """
    return {name: _draw(name, kind, rng) for name, kind in space.items()}


def mutate_mixed(setting: Setting, space: Space, rng: Generator, eps: float = 0.1, shift: int = 2) -> Setting:
    """The setting with one parameter changed, each equally likely.

    A category becomes another one, each of the others equally likely (the only value of its parameter stays). An
    integer moves by one of -shift, ..., -1, 1, ..., shift, a real number by N(0, eps * (high - low)) with eps * (high
    - low) the standard deviation; what leaves the range stops at its end.

    Parameters: ``setting`` in ``space``; ``rng``, a numpy generator; ``eps`` from 0 up, a share of the range; ``shift``
    of at least 1.
    Returns: a new setting.
    Raises: ValueError naming ``shift``, ``eps``, or the parameter whose value does not lie in the space.
    Complexity: O(p + v) for p parameters, the categories of which have v values in all.
    Source: lecture 1, section 7; lecture only.
    """
    shift, eps = whole("shift", shift), not_negative("eps", eps)
    _check(setting, space)
    names = list(space)
    name = names[int(rng.integers(len(names)))]
    return setting | {name: _changed(setting[name], space[name], rng, eps, shift)}


def cross_mixed(first: Setting, second: Setting, space: Space, rng: Generator) -> Setting:
    """A child of two settings.

    Of two categories it has one by chance, of two integers the rounded mean (halves upwards), of two real numbers the
    mean.

    Parameters: ``first`` and ``second``, settings in ``space``; ``rng``, a numpy generator.
    Returns: a new setting.
    Raises: ValueError naming the parameter whose value does not lie in the space.
    Complexity: as in `mutate_mixed`.
    Source: lecture 1, section 7; lecture only.
    """
    _check(first, space)
    _check(second, space)
    child = {}
    for name, (kind, *_) in space.items():
        a, b = first[name], second[name]
        if kind == "category":
            child[name] = a if rng.random() < 0.5 else b
        else:
            child[name] = (a + b + 1) // 2 if kind == "integer" else (a + b) / 2
    return child


def _draw(name: str, kind: tuple[Any, ...], rng: Generator) -> Any:
    match kind:
        case ("category", values) if len(values) > 0:
            return values[int(rng.integers(len(values)))]
        case ("integer", low, high) if low <= high:
            return int(rng.integers(low, high, endpoint=True))
        case ("real", low, high) if low <= high:
            return float(rng.uniform(low, high))
    raise ValueError(f"space: {name} has nothing to draw from ({kind!r})")


def _changed(value: Any, kind: tuple[Any, ...], rng: Generator, eps: float, shift: int) -> Any:
    if kind[0] == "category":
        others = [other for other in kind[1] if other != value]
        return others[int(rng.integers(len(others)))] if others else value
    _, low, high = kind
    if kind[0] == "integer":
        size = int(rng.integers(1, shift, endpoint=True))
        moved: Any = value + (size if rng.random() < 0.5 else -size)
    else:
        moved = value + eps * (high - low) * float(rng.standard_normal())
    return min(max(moved, low), high)


def _check(setting: Setting, space: Space) -> None:
    for name, kind in space.items():
        if name not in setting:
            raise ValueError(f"setting: {name} is missing")
        if not _lies_in(setting[name], kind):
            raise ValueError(f"setting: {name} is {setting[name]!r}, which is not in the space")


def _lies_in(value: Any, kind: tuple[Any, ...]) -> bool:
    if kind[0] == "category":
        return value in kind[1]
    _, low, high = kind
    return isinstance(value, Integral if kind[0] == "integer" else Real) and bool(low <= value <= high)
