"""The Hopfield network by hand, against scipy's Hamming distances and networkx's cuts, and by what never happens."""

import itertools

import networkx
import numpy as np
import pytest
from scipy.linalg import hadamard
from scipy.spatial.distance import cdist

from reference.sequences.hopfield import energy, hebbian, recall, update


def symmetric(rng, n):
    W = rng.normal(size=(n, n))
    W = W + W.T
    np.fill_diagonal(W, 0.0)
    return W


def states(rng, *shape):
    return rng.choice([-1.0, 1.0], size=shape)


def test_by_hand():
    W = hebbian([[1, -1, 1, 1]])
    assert W.tolist() == [
        [0, -0.25, 0.25, 0.25],
        [-0.25, 0, -0.25, -0.25],
        [0.25, -0.25, 0, 0.25],
        [0.25, -0.25, 0.25, 0],
    ]
    assert energy(W, [1, -1, 1, 1]) == -1.5
    assert energy(W, [-1, -1, 1, 1]) == 0.0
    s, energies, converged = recall(W, [-1, -1, 1, 1], order=[3, 2, 1, 0])
    assert s.tolist() == [1, -1, 1, 1]
    assert energies == [0.0, 0.0, 0.0, 0.0, -1.5, -1.5, -1.5, -1.5, -1.5]
    assert converged


def test_energy_of_hebbian_weights_by_hamming_distances():
    """E = -n/2 sum of squared overlaps + p/2, and an overlap is 1 - 2 times the share of units that differ."""
    rng = np.random.default_rng(1)
    patterns, s = states(rng, 5, 30), states(rng, 1, 30)
    overlaps = 1 - 2 * cdist(patterns, s, "hamming")
    assert energy(hebbian(patterns), s[0]) == pytest.approx(-15 * (overlaps**2).sum() + 5 / 2)


def test_the_lowest_energy_is_the_largest_cut():
    """With weights -w the energy is that of all edges minus twice the cut, so recall ends in a cut no flip improves."""
    rng = np.random.default_rng(2)
    W = -np.abs(symmetric(rng, 7))
    graph = networkx.from_numpy_array(-W)
    for s in itertools.product((-1, 1), repeat=7):
        cut = networkx.cut_size(graph, [i for i in range(7) if s[i] == 1], weight="weight")
        assert energy(W, s) == pytest.approx(-W.sum() / 2 - 2 * cut)


def test_energy_never_rises_and_what_rests_is_a_local_minimum():
    rng = np.random.default_rng(3)
    for n in (1, 2, 9, 20):
        W = symmetric(rng, n)
        s, energies, converged = recall(W, states(rng, n), rng)
        assert converged
        assert (np.diff(energies) <= 1e-9).all()
        assert len(energies) % n == 1 % n
        for i in range(n):
            flipped = s.copy()
            flipped[i] *= -1
            assert energy(W, flipped) >= energy(W, s)
            assert (update(W, s, i) == s).all()


def test_patterns_are_recalled_and_so_are_their_opposites():
    rng = np.random.default_rng(4)
    patterns = hadamard(64)[[3, 10, 37]] * states(rng, 64)
    W = hebbian(patterns)
    for pattern in (*patterns, *-patterns):
        noisy = pattern.copy()
        noisy[rng.choice(64, size=8, replace=False)] *= -1
        assert (recall(W, noisy, rng)[0] == pattern).all()


def test_a_field_of_zero_changes_nothing():
    assert update(np.zeros((3, 3)), [1, -1, -1], 1).tolist() == [1, -1, -1]
    W = [[0, 1, -1], [1, 0, 0], [-1, 0, 0]]
    for s in ([1, 1, 1], [-1, 1, 1], [1, -1, -1]):
        assert update(W, s, 0).tolist() == s


def test_max_sweeps():
    """In a chain that is swept from its end the change moves on by one unit a sweep."""
    W = np.zeros((6, 6))
    for i in range(5):
        W[i, i + 1] = W[i + 1, i] = 6.0 - i
    start, order = [1, 1, -1, -1, -1, -1], [5, 4, 3, 2, 1, 0]
    W[0, 1] = W[1, 0] = 100
    for sweeps, ones in ((1, 3), (2, 4), (3, 5), (4, 6)):
        s, energies, converged = recall(W, start, order=order, max_sweeps=sweeps)
        assert s.sum() == 2 * ones - 6
        assert len(energies) == 1 + 6 * sweeps
        assert not converged
    assert recall(W, start, order=order)[2]
    assert len(recall(W, start, order=order)[1]) == 1 + 6 * 5


def test_order_leaves_the_generator_alone_and_draws_differ():
    rng = np.random.default_rng(5)
    W, start = symmetric(rng, 30), states(rng, 30)
    one, other = np.random.default_rng(1), np.random.default_rng(1)
    recall(W, start, one, order=range(30))
    assert one.random() == other.random()
    runs = [recall(W, start, np.random.default_rng(seed))[1] for seed in (1, 1, 2)]
    assert runs[0] == runs[1] != runs[2]


def test_arguments_stay_as_they_were():
    W, s = symmetric(np.random.default_rng(6), 4), np.array([1, -1, 1, -1])
    before = W.copy(), s.copy()
    energy(W, s)
    update(W, s, 0)
    recall(W, s, order=[0, 1, 2, 3])
    assert (before[0] == W).all()
    assert (s == before[1]).all()


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda W, s: hebbian([[1, 0]]), "patterns"),
        (lambda W, s: hebbian([1, -1]), "patterns"),
        (lambda W, s: energy(W[:2], s), "W"),
        (lambda W, s: energy(W, s[:2]), "s"),
        (lambda W, s: update(W * np.nan, s, 0), "W"),
        (lambda W, s: update(W, 2 * s, 0), "s"),
        (lambda W, s: update(W, s, 3), "i"),
        (lambda W, s: update(W, s, -1), "i"),
        (lambda W, s: recall(W, s[:2], order=[0, 1, 2]), "start"),
        (lambda W, s: recall(W, s), "rng"),
        (lambda W, s: recall(W, s, order=[0, 1, 1]), "order"),
        (lambda W, s: recall(W, s, order=[0, 1]), "order"),
        (lambda W, s: recall(W, s, order=[0.0, 1.0, 2.0]), "order"),
        (lambda W, s: recall(W, s, order=[0, 1, 2], max_sweeps=0), "max_sweeps"),
    ],
)
def test_arguments_are_checked(call, name):
    with pytest.raises(ValueError, match=f"^{name} must"):
        call(np.ones((3, 3)) - np.eye(3), np.ones(3))
