"""The general product of two arrays by nested loops, and its derivative (lecture 2, section 11, L02.contraction).

The loops run over all letters of a pattern such as ``ij,jk->ik``; at each step ``c[z] += a[x] * b[y]``, where x, y and
z are chosen by the letters of the operands and of the result. The derivative runs through the same loops with
``da[x] += dc[z] * b[y]`` and ``db[y] += dc[z] * a[x]``. Here the loops are the axes of one large array.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, array
from reference.checks.text import text

Lengths = dict[str, int]  # how far each letter's loop runs, in the order of the loops


def contraction(pattern: str, a: ArrayLike, b: ArrayLike) -> Floats:
    """``c[z] = sum a[x] * b[y]`` over all loops; letters that the result lacks are summed over.

    Parameters: ``pattern`` as ``letters,letters->letters``, lower-case; a letter may be repeated in an operand (its
    diagonal is taken) but not in the result, and the result has no letters of its own; ``a`` and ``b``, an axis a
    letter.
    Returns: an array with an axis for each letter of the result.
    Raises: ValueError naming ``pattern``, or the operand whose shape does not fit it.
    Complexity: O(L), and memory O(L), for the product L of the lengths of all loops; memory of the operands' size is
    possible.
    Source: lecture 2, section 11; lecture only.

    >>> contraction("ij,j->i", [[1.0, 2.0], [3.0, 4.0]], [1.0, 10.0]).tolist()
    [21.0, 43.0]
    """
    of_a, of_b, of_c = letters(pattern)
    left, right = array("a", a), array("b", b)
    loops = lengths((("a", of_a, left), ("b", of_b, right)))
    return collected(spread(left, of_a, loops) * spread(right, of_b, loops), of_c, loops)


def contraction_vjp(pattern: str, a: ArrayLike, b: ArrayLike, dC: ArrayLike) -> tuple[Floats, Floats]:
    """The derivatives by both operands, given that by the result.

    Parameters: ``pattern``, ``a`` and ``b`` as in `contraction`; ``dC`` of the result's shape.
    Returns: arrays of the shapes of a and b.
    Raises: ValueError naming ``pattern``, ``a``, ``b`` or ``dC``.
    Complexity: as in `contraction`.
    Source: lecture 2, section 11; lecture only.
    """
    of_a, of_b, of_c = letters(pattern)
    left, right = array("a", a), array("b", b)
    loops = lengths((("a", of_a, left), ("b", of_b, right)))
    above = spread(array("dC", dC, tuple(loops[letter] for letter in of_c)), of_c, loops)
    return (
        derivative(left, of_a, above * spread(right, of_b, loops), loops),
        derivative(right, of_b, above * spread(left, of_a, loops), loops),
    )


def derivative(operand: Floats, own: str, terms: Floats, loops: Lengths) -> Floats:
    """``terms`` of all loops, added up where the operand was read; entries that no loop reads get 0."""
    gradient = np.zeros_like(operand)
    diagonal(gradient, own)[...] = collected(terms, distinct(own), loops)
    return gradient


def letters(pattern: str) -> tuple[str, str, str]:
    """The letters of both operands and of the result."""
    found = re.fullmatch(r"([a-z]*),([a-z]*)->([a-z]*)", text("pattern", pattern))
    if found is None:
        raise ValueError(f"pattern must look like 'ij,jk->ik', not {pattern!r}")
    of_a, of_b, of_c = found.groups()
    if not set(of_c) <= set(of_a + of_b) or distinct(of_c) != of_c:
        raise ValueError(f"pattern {pattern!r}: the result's letters are different ones, each from an operand")
    return of_a, of_b, of_c


def lengths(operands: tuple[tuple[str, str, Floats], ...]) -> Lengths:
    """The length of each loop, from (name, letters, array) of the operands."""
    loops: Lengths = {}
    for name, own, operand in operands:
        if operand.ndim != len(own):
            raise ValueError(f"{name} must have {len(own)} axes ({own!r}), not {operand.ndim}")
        for letter, length in zip(own, operand.shape, strict=True):
            if loops.setdefault(letter, length) != length:
                raise ValueError(f"{name} has the length {length} along {letter!r}, which is {loops[letter]} elsewhere")
    return loops


def spread(array: Floats, own: str, loops: Lengths) -> Floats:
    """``array`` with one axis for each loop, of length 1 where it does not have the letter."""
    view, order = diagonal(array, own), distinct(own)
    view = view.transpose([order.index(letter) for letter in loops if letter in order])
    return view[tuple(slice(None) if letter in order else None for letter in loops)]


def collected(terms: Floats, kept: str, loops: Lengths) -> Floats:
    """``terms`` summed over the loops whose letters are not kept, with the axes in the order of ``kept``."""
    total = terms.sum(axis=tuple(axis for axis, letter in enumerate(loops) if letter not in kept))
    left = [letter for letter in loops if letter in kept]
    return np.transpose(total, [left.index(letter) for letter in kept])


def diagonal(array: Floats, own: str) -> Floats:
    """A view with one axis for each different letter; a step along it is a step along all axes with that letter."""

    def axes(letter: str) -> Iterator[int]:
        return (axis for axis, other in enumerate(own) if other == letter)

    shape = [array.shape[own.index(letter)] for letter in distinct(own)]
    strides = [sum(array.strides[axis] for axis in axes(letter)) for letter in distinct(own)]
    return as_strided(array, shape, strides)


def distinct(own: str) -> str:
    """The letters without repetitions, in their order."""
    return "".join(dict.fromkeys(own))
