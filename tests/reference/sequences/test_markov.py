"""Hidden Markov models by hand, by all paths, and against products of matrices, scipy and torch."""

from __future__ import annotations

import math
from itertools import pairwise, product

import numpy as np
import pytest
import torch
from scipy.sparse import lil_array
from scipy.sparse.csgraph import dijkstra

from reference.sequences.markov import forward, log_likelihood, posterior, sample, viterbi

START, TRANSITION = np.array([0.5, 0.5]), np.array([[0.75, 0.25], [0.5, 0.5]])
EMISSION, SEEN = np.array([[0.5, 0.5], [0.0, 1.0]]), np.array([1, 1, 0])


def a_model(rng, k, v):
    return rng.dirichlet(np.ones(k)), rng.dirichlet(np.ones(k), size=k), rng.dirichlet(np.ones(v), size=k)


def test_by_hand():
    model = START, TRANSITION, EMISSION, SEEN
    assert np.exp(forward(*model)) == pytest.approx(np.array([[1 / 4, 1 / 2], [7 / 32, 5 / 16], [41 / 256, 0]]))
    assert log_likelihood(*model) == pytest.approx(math.log(41 / 256))
    path, log_p = viterbi(*model)
    assert path.tolist() == [1, 1, 0]
    assert log_p == pytest.approx(math.log(1 / 16))
    assert posterior(*model) == pytest.approx(np.array([[13, 28], [21, 20], [41, 0]]) / 41)


@pytest.mark.parametrize("seed", range(4))
def test_all_paths(seed):
    rng = np.random.default_rng(seed)
    start, transition, emission = a_model(rng, 3, 4)
    seen = rng.integers(4, size=6)
    p = {}
    for z in product(range(3), repeat=6):
        moves = math.prod(transition[i, j] for i, j in pairwise(z))
        p[z] = start[z[0]] * moves * math.prod(emission[i, x] for i, x in zip(z, seen, strict=True))
    total, best = sum(p.values()), max(p, key=p.get)
    assert log_likelihood(start, transition, emission, seen) == pytest.approx(math.log(total), rel=1e-12)
    path, log_p = viterbi(start, transition, emission, seen)
    assert p[tuple(path.tolist())] == pytest.approx(p[best], rel=1e-12)
    assert log_p == pytest.approx(math.log(p[best]), rel=1e-12)
    chances = posterior(start, transition, emission, seen)
    for t, i in product(range(6), range(3)):
        assert chances[t, i] == pytest.approx(sum(own for z, own in p.items() if z[t] == i) / total, rel=1e-10)


def test_forward_as_products_of_matrices():
    rng = np.random.default_rng(0)
    start, transition, emission = a_model(rng, 4, 3)
    seen = rng.integers(3, size=30)
    row = start * emission[:, seen[0]]
    for t, found in enumerate(np.exp(forward(start, transition, emission, seen))):
        if t:
            row = row @ transition @ np.diag(emission[:, seen[t]])
        assert found == pytest.approx(row, rel=1e-10)


def test_viterbi_as_the_shortest_way_of_scipy():
    rng = np.random.default_rng(1)
    k, length = 4, 50
    start, transition, emission = a_model(rng, k, 3)
    seen = rng.integers(3, size=length)
    graph = lil_array((2 + k * length, 2 + k * length))  # nodes 0 and 1 are the beginning and the end
    for i in range(k):
        graph[0, 2 + i] = -math.log(start[i] * emission[i, seen[0]])
        graph[2 + k * (length - 1) + i, 1] = 1.0
        for t, j in product(range(1, length), range(k)):
            graph[2 + k * (t - 1) + i, 2 + k * t + j] = -math.log(transition[i, j] * emission[j, seen[t]])
    far, before = dijkstra(graph.tocsr(), indices=0, return_predecessors=True)
    path, node = [], int(before[1])
    while node:
        path.append((node - 2) % k)
        node = int(before[node])
    found, log_p = viterbi(start, transition, emission, seen)
    assert found.tolist() == path[::-1]
    assert log_p == pytest.approx(1.0 - far[1], rel=1e-10)


def test_posterior_as_a_gradient_of_torch():
    rng = np.random.default_rng(2)
    start, transition, emission = a_model(rng, 3, 4)
    seen = rng.integers(4, size=25)
    signs = torch.tensor(np.log(emission[:, seen].T), requires_grad=True)  # (T, k)
    alpha = torch.tensor(np.log(start)) + signs[0]
    for t in range(1, 25):
        alpha = torch.logsumexp(alpha[:, None] + torch.tensor(np.log(transition)), dim=0) + signs[t]
    total = torch.logsumexp(alpha, dim=0)
    (gradient,) = torch.autograd.grad(total, signs)
    assert posterior(start, transition, emission, seen) == pytest.approx(gradient.numpy(), rel=1e-9)
    assert log_likelihood(start, transition, emission, seen) == pytest.approx(total.item(), rel=1e-12)


def test_long_sequences_and_states_far_apart():
    seen = np.zeros(5000, dtype=int)
    assert log_likelihood(START, TRANSITION, np.full((2, 2), 0.5), seen) == pytest.approx(-5000 * math.log(2))
    found = forward(START, np.eye(2), [[0.9, 0.1], [0.1, 0.9]], seen[:1000])[-1]
    assert found == pytest.approx(np.log(0.5) + 1000 * np.log([0.9, 0.1]))
    assert posterior(START, TRANSITION, EMISSION, [1] * 2000).sum(axis=1) == pytest.approx(np.ones(2000))


def test_ties_go_to_the_lowest_states_and_nothing_is_impossible_silently():
    uniform = np.full(3, 1 / 3), np.full((3, 3), 1 / 3), np.full((3, 2), 0.5)
    assert viterbi(*uniform, [0, 1, 1, 0])[0].tolist() == [0, 0, 0, 0]
    stuck = np.array([1, 0]), np.eye(2), np.eye(2), [0, 1]
    assert log_likelihood(*stuck) == -math.inf
    assert forward(*stuck).tolist() == [[0.0, -math.inf], [-math.inf, -math.inf]]
    for function in (viterbi, posterior):
        with pytest.raises(ValueError, match=r"^seen must"):
            function(*stuck)


def test_samples_follow_the_model():
    rng = np.random.default_rng(3)
    model = a_model(rng, 3, 4)
    states, seen = sample(*model, 3000, rng)
    for i in range(3):
        after, here = states[1:][states[:-1] == i], seen[states == i]
        assert np.bincount(after, minlength=3) / len(after) == pytest.approx(model[1][i], abs=0.08)
        assert np.bincount(here, minlength=4) / len(here) == pytest.approx(model[2][i], abs=0.08)
    firsts = [sample([0.2, 0.8], np.eye(2), np.eye(2), 1, rng)[1][0] for _ in range(400)]
    assert sum(firsts) / 400 == pytest.approx(0.8, abs=0.08)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("start", {"start": [0.5, 0.4]}),
        ("start", {"start": [1.5, -0.5]}),
        ("start", {"start": [np.nan, 1.0]}),
        ("transition", {"transition": np.eye(3)}),
        ("transition", {"transition": [[0.5, 0.5], [0.5, 0.6]]}),
        ("emission", {"emission": [[1.0]]}),
        ("emission", {"emission": np.ones((2, 2))}),
        ("seen", {"seen": []}),
        ("seen", {"seen": [0, 2]}),
        ("seen", {"seen": [-1]}),
        ("seen", {"seen": [0.5]}),
    ],
)
def test_errors(name, change):
    arguments = {"start": START, "transition": TRANSITION, "emission": EMISSION, "seen": SEEN} | change
    for function in (forward, log_likelihood, viterbi, posterior):
        with pytest.raises(ValueError, match=rf"^{name} must"):
            function(**arguments)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("length", (START, TRANSITION, EMISSION, 0, np.random.default_rng())),
        ("rng", (START, TRANSITION, EMISSION, 3, 5)),
    ],
)
def test_errors_of_sample(name, arguments):
    with pytest.raises(ValueError, match=rf"^{name} must"):
        sample(*arguments)
