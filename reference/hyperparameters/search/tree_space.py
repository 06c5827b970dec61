"""Configuration spaces as trees: a branch's parameters exist only where it is chosen (lecture 1, section 4,
L01.tree_space).

A space maps names to a list of values, or to a dict of branches: choice -> the space below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from numpy.random import Generator

Space = Mapping[str, Any]
Setting = dict[str, Any]


def enumerate_tree(space: Space) -> Iterator[Setting]:
    """Every setting, lazily; earlier parameters vary slower, a branch's parameters follow the choice of it.

    Parameters: ``space``, a tree as the module tells.
    Returns: an iterator of dicts from names to values.
    Raises: ValueError naming a parameter without values.
    Complexity: O(p^2) a setting of p parameters, and memory O(p^2), however many settings there are; O(p) is possible.
    Source: lecture 1, section 4; lecture only.

    >>> list(enumerate_tree({"kind": {"knn": {"k": [1, 3]}, "mean": {}}}))
    [{'kind': 'knn', 'k': 1}, {'kind': 'knn', 'k': 3}, {'kind': 'mean'}]
    """
    if not space:
        yield {}
        return
    name, *rest = space
    below = {other: space[other] for other in rest}
    for chosen in choices(space, name):
        for inside in enumerate_tree(branch(space, name, chosen)):
            for after in enumerate_tree(below):
                yield {name: chosen, **inside, **after}


def count_tree(space: Space) -> int:
    """How many settings there are, without making them: a sum over branches, a product over parameters.

    Parameters: ``space``, a tree as the module tells.
    Returns: an int.
    Raises: ValueError naming a parameter without values.
    Complexity: O(N) for N values and branches in the whole tree, however many settings they make.
    Source: lecture 1, section 4; lecture only.

    >>> count_tree({"kind": {"knn": {"k": [1, 3]}, "mean": {}}, "scale": [True, False]})
    6
    """
    total = 1
    for name in space:
        total *= sum(count_tree(branch(space, name, chosen)) for chosen in choices(space, name))
    return total


def sample_tree(space: Space, rng: Generator) -> Setting:
    """A random setting: every choice is uniform among its options, and the parameters of the chosen branch follow.

    Parameters: ``space``, a tree as the module tells; ``rng``, a numpy generator.
    Returns: a dict from names to values.
    Raises: ValueError naming a parameter without values.
    Complexity: O(v + p D) for p parameters that are drawn, v options to draw them from, and the depth D of the tree.
    Source: lecture 1, section 4; lecture only.
    """
    setting: Setting = {}
    for name in space:
        options = choices(space, name)
        chosen = options[int(rng.integers(len(options)))]
        setting[name] = chosen
        setting |= sample_tree(branch(space, name, chosen), rng)
    return setting


def flatten(space: Space) -> dict[str, list[Any]]:
    """The linear space over the same parameters: each with all its values, whatever branch they come from.

    Parameters: ``space``, a tree as the module tells.
    Returns: a dict from names to lists of values.
    Raises: ValueError naming a parameter without values.
    Complexity: O(N D v) for N values in the whole tree of the depth D, at most v different ones a parameter; O(N) is
    possible.
    Source: lecture 1, section 4; lecture only.
    """
    flat: dict[str, list[Any]] = {}
    for name in space:
        options = choices(space, name)
        flat[name] = flat.get(name, []) + [option for option in options if option not in flat.get(name, [])]
        for chosen in options:
            for inner, values in flatten(branch(space, name, chosen)).items():
                flat[inner] = flat.get(inner, []) + [value for value in values if value not in flat.get(inner, [])]
    return flat


def choices(space: Space, name: str) -> list[Any]:
    """The values of a parameter, or its branches. Raises ValueError naming one that has none."""
    options = list(space[name])
    if not options:
        raise ValueError(f"space: {name} has no values")
    return options


def branch(space: Space, name: str, chosen: Any) -> Space:
    """The space below a choice; a plain value has none."""
    return space[name][chosen] if isinstance(space[name], Mapping) else {}
