"""Hidden Markov models in logarithms: forward, Viterbi, posterior, samples (lecture 6, section 27, L06.hmm).

The lecture names the model; the algorithms are those of the tutorial below. Nothing is learned here.

L. Rabiner, "A tutorial on hidden Markov models and selected applications in speech recognition", Proceedings of the
IEEE 77 (1989).
A. Viterbi, "Error bounds for convolutional codes and an asymptotically optimum decoding algorithm", IEEE Transactions
on Information Theory 13 (1967).
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from reference.checks.arrays import Floats, Labels, label_vector
from reference.checks.distributions import distribution
from reference.checks.numbers import whole
from reference.checks.randomness import generator

Model = tuple[Floats, Floats, Floats]


def forward(start: ArrayLike, transition: ArrayLike, emission: ArrayLike, seen: ArrayLike) -> Floats:
    """``ln p(x_1 ... x_t, z_t = i)`` for each moment t and state i, -inf where that is impossible.

    Parameters: ``start`` (k,), probabilities of the first state; ``transition`` (k, k), of the next state by columns,
    a row for each state now; ``emission`` (k, v), of what is seen, a row for each state; ``seen`` (T,) from 0 to v - 1.
    Returns: logarithms (T, k).
    Raises: ValueError naming ``start``, ``transition``, ``emission`` (other shapes, negative, sums that are not 1) or
    ``seen``.
    Complexity: O(T k^2 + k v); memory O(T k + k^2 + k v).
    Source: lecture 6, section 27; Rabiner 1989.

    >>> np.exp(forward([0.5, 0.5], [[1, 0], [0.5, 0.5]], [[1, 0], [0.25, 0.75]], [1, 0])).round(6).tolist()
    [[0.0, 0.375], [0.1875, 0.046875]]
    """
    model = _logarithms(*_model(start, transition, emission))
    return _forward(model, _seen(seen, emission))


def _forward(model: Model, seen: Labels) -> Floats:
    start, transition, emission = model
    alpha = np.empty((len(seen), len(start)))
    alpha[0] = start + emission[:, seen[0]]
    for t in range(1, len(seen)):
        paths = alpha[t - 1][:, None] + transition  # (from, to)
        alpha[t] = np.logaddexp.reduce(paths, axis=0) + emission[:, seen[t]]
    return alpha


def _backward(model: Model, seen: Labels) -> Floats:
    """``ln p(x_{t+1} ... x_T | z_t = i)``."""
    start, transition, emission = model
    beta = np.zeros((len(seen), len(start)))
    for t in range(len(seen) - 2, -1, -1):
        beta[t] = np.logaddexp.reduce(transition + emission[:, seen[t + 1]] + beta[t + 1], axis=1)
    return beta


def log_likelihood(start: ArrayLike, transition: ArrayLike, emission: ArrayLike, seen: ArrayLike) -> float:
    """``ln p(x_1 ... x_T)``, the sum over all paths; -inf where ``seen`` is impossible.

    Parameters: as in `forward`.
    Returns: a number.
    Raises: as in `forward`.
    Complexity: as in `forward`, though memory for one moment would do.
    Source: lecture 6, section 27; Rabiner 1989.

    >>> float(np.exp(log_likelihood([0.5, 0.5], [[1, 0], [0.5, 0.5]], [[1, 0], [0.25, 0.75]], [1, 0])).round(9))
    0.234375
    """
    return float(np.logaddexp.reduce(forward(start, transition, emission, seen)[-1]))


def viterbi(start: ArrayLike, transition: ArrayLike, emission: ArrayLike, seen: ArrayLike) -> tuple[Labels, float]:
    """The most probable path of states, and the logarithm of its probability together with ``seen``.

    Of equal ones the last state is the lowest, then the one before it, and so on back to the first.

    Parameters: as in `forward`.
    Returns: states (T,), and a number.
    Raises: as in `forward`, and ValueError naming ``seen`` where it is impossible.
    Complexity: as in `forward`.
    Source: lecture 6, section 27; Viterbi 1967.

    >>> viterbi([0.5, 0.5], [[1, 0], [0.5, 0.5]], [[1, 0], [0.25, 0.75]], [1, 0])[0].tolist()
    [1, 0]
    """
    first, moves, signs = _logarithms(*_model(start, transition, emission))
    places = _seen(seen, emission)
    best = first + signs[:, places[0]]
    back = np.zeros((len(places), len(first)), dtype=int)
    for t in range(1, len(places)):
        paths = best[:, None] + moves  # (from, to)
        back[t] = paths.argmax(axis=0)
        best = paths.max(axis=0) + signs[:, places[t]]
    if best.max() == -np.inf:
        raise ValueError("seen must be possible in this model")
    path = np.zeros(len(places), dtype=int)
    path[-1] = best.argmax()
    for t in range(len(places) - 1, 0, -1):
        path[t - 1] = back[t, path[t]]
    return path, float(best.max())


def posterior(start: ArrayLike, transition: ArrayLike, emission: ArrayLike, seen: ArrayLike) -> Floats:
    """``p(z_t = i | x_1 ... x_T)``: the probability of each state at each moment, given the whole sequence.

    Parameters: as in `forward`.
    Returns: probabilities (T, k), rows of sum 1.
    Raises: as in `forward`, and ValueError naming ``seen`` where it is impossible.
    Complexity: as in `forward`, twice the time.
    Source: lecture 6, section 27; Rabiner 1989.

    >>> posterior([0.5, 0.5], [[1, 0], [0.5, 0.5]], [[1, 0], [0.25, 0.75]], [1, 0]).round(6).tolist()
    [[0.0, 1.0], [0.8, 0.2]]
    """
    model = _logarithms(*_model(start, transition, emission))
    places = _seen(seen, emission)
    joint = _forward(model, places) + _backward(model, places)  # (T, k)
    if joint[-1].max() == -np.inf:
        raise ValueError("seen must be possible in this model")
    return np.exp(joint - np.logaddexp.reduce(joint, axis=1)[:, None])


def sample(
    start: ArrayLike, transition: ArrayLike, emission: ArrayLike, length: int, rng: Generator
) -> tuple[Labels, Labels]:
    """States drawn one after the other, and an observation drawn in each of them.

    Parameters: ``start``, ``transition``, ``emission`` as in `forward`; ``length`` of at least 1; ``rng``.
    Returns: states (length,), and observations (length,), whole numbers.
    Raises: ValueError naming ``start``, ``transition``, ``emission``, ``length`` or ``rng``.
    Complexity: O(length (k + v) + k (k + v)).
    Source: lecture 6, section 27; Rabiner 1989.

    >>> [part.tolist() for part in sample([1, 0], [[0, 1], [1, 0]], [[0, 1], [1, 0]], 3, np.random.default_rng(0))]
    [[0, 1, 0], [1, 0, 1]]
    """
    first, moves, signs = _model(start, transition, emission)
    states, seen = np.zeros(whole("length", length), dtype=int), np.zeros(length, dtype=int)
    generator("rng", rng)
    for t in range(length):
        states[t] = rng.choice(len(first), p=first if t == 0 else moves[states[t - 1]])
        seen[t] = rng.choice(signs.shape[1], p=signs[states[t]])
    return states, seen


def _model(start: ArrayLike, transition: ArrayLike, emission: ArrayLike) -> Model:
    first = _distributions("start", start, (None,))
    k = len(first)
    return first, _distributions("transition", transition, (k, k)), _distributions("emission", emission, (k, None))


def _distributions(name: str, values: ArrayLike, shape: tuple[int | None, ...]) -> Floats:
    """Probabilities whose sum along the last axis is 1, but for rounding; they are divided by it."""
    table = distribution(name, values, shape, axis=-1)
    return table / table.sum(axis=-1, keepdims=True)


def _logarithms(start: Floats, transition: Floats, emission: Floats) -> Model:
    with np.errstate(divide="ignore"):  # ln 0 = -inf is meant
        return np.log(start), np.log(transition), np.log(emission)


def _seen(seen: ArrayLike, emission: ArrayLike) -> Labels:
    places = label_vector("seen", seen)
    if places.min() < 0 or places.max() >= np.shape(emission)[1]:
        raise ValueError(f"seen must hold whole numbers from 0 to {np.shape(emission)[1] - 1}")
    return places
