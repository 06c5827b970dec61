"""Any Boolean function as a net of two layers, from its normal forms or its table (lecture 3, section 15, L03.dnf).

A literal is an argument or its negation. A disjunctive normal form is an OR of terms, each an AND of literals; a
conjunctive one is an AND of clauses, each an OR of literals.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from reference.checks.arrays import label_vector
from reference.checks.numbers import whole
from reference.deep.boolean.threshold import Layers

Literals = dict[int, bool]


def from_dnf(terms: Sequence[Literals], m: int) -> Layers:
    """A net for an OR of ANDs: a hidden unit for each term, and an OR of the units. All sums are 1/2 or more from 0.

    A term with p literals that are not negated has the bias ``1/2 - p``. Without terms the function is 0; a term
    without literals is 1.

    Parameters: ``terms``, a list of dicts from the argument's index to True, or False where it is negated; ``m``, the
    number of arguments, at least 1.
    Returns: two layers for `run`, from m arguments to one output.
    Raises: ValueError naming ``terms`` (an index that is not below ``m``, a value that is no bool) or ``m``.
    Complexity: O(m t), and memory O(m t), for t terms.
    Source: lecture 3, section 15; lecture only.

    >>> [part.tolist() for part in from_dnf([{0: True, 2: False}], 3)[0]]
    [[[1.0], [0.0], [-1.0]], [-0.5]]
    """
    signs = _signs("terms", terms, whole("m", m))
    hidden = signs, 0.5 - (signs > 0).sum(axis=0)
    return [hidden, (np.ones((len(terms), 1)), np.array([-0.5]))]


def from_cnf(clauses: Sequence[Literals], m: int) -> Layers:
    """A net for an AND of ORs: a hidden unit for each clause, and an AND of the units. All sums are 1/2 or more from 0.

    A clause with q negated literals has the bias ``q - 1/2``. Without clauses the function is 1; a clause without
    literals is 0.

    Parameters: ``clauses``, as ``terms`` in `from_dnf`; ``m``, at least 1.
    Returns: two layers for `run`, from m arguments to one output.
    Raises: ValueError naming ``clauses`` or ``m``.
    Complexity: O(m t), and memory O(m t), for t clauses.
    Source: lecture 3, section 15; lecture only.

    >>> [part.tolist() for part in from_cnf([{0: True, 2: False}], 3)[0]]
    [[[1.0], [0.0], [-1.0]], [0.5]]
    """
    signs = _signs("clauses", clauses, whole("m", m))
    hidden = signs, (signs < 0).sum(axis=0) - 0.5
    return [hidden, (np.ones((len(clauses), 1)), np.array([0.5 - len(clauses)]))]


def from_table(table: ArrayLike) -> Layers:
    """A net for the function whose values are given: the perfect disjunctive normal form, a term for each 1.

    Entry i is the value at the arguments that are the binary digits of i, the first argument the highest.

    Parameters: ``table`` (2^m,), ints 0 or 1, m of at least 1.
    Returns: two layers for `run`, from m arguments to one output.
    Raises: ValueError naming ``table``.
    Complexity: O(2^m + m t), and memory O(2^m + m t), for t entries that are 1.
    Source: lecture 3, section 15; lecture only.

    >>> [part.tolist() for part in from_table([0, 0, 1, 0])[0]]
    [[[1.0], [-1.0]], [-0.5]]
    """
    values = label_vector("table", table)
    m = len(values).bit_length() - 1
    if m < 1 or len(values) != 2**m:
        raise ValueError(f"table must have 2, 4, 8, ... entries, not {len(values)}")
    if not np.isin(values, (0, 1)).all():
        raise ValueError("table must hold 0 and 1 only")
    terms = [{place: bool(row >> (m - 1 - place) & 1) for place in range(m)} for row in np.flatnonzero(values).tolist()]
    return from_dnf(terms, m)


def _signs(name: str, literals: Sequence[Literals], m: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """1 for a literal, -1 for a negated one, 0 where the argument does not occur: (m, terms)."""
    if not isinstance(literals, list | tuple) or not all(isinstance(one, dict) for one in literals):
        raise ValueError(f"{name} must be a list of dicts")
    signs = np.zeros((m, len(literals)))
    for column, one in enumerate(literals):
        for index, wanted in one.items():
            if not isinstance(wanted, bool | np.bool_):
                raise ValueError(f"{name} must say True or False of each argument, not {wanted!r}")
            signs[whole(f"{name}: an index", index, 0, m - 1), column] = 1.0 if wanted else -1.0
    return signs
