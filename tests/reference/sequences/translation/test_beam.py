"""Beam search by hand, against all sequences, against networkx's shortest paths, and against greedy search."""

import itertools
import math

import networkx
import numpy as np
import pytest
import torch

from reference.sequences.translation.beam import beam

TABLE = torch.tensor([[0.0, 0.6, 0.4], [0.4, 0.3, 0.3], [0.9, 0.1, 0.0]]).double()


def by_table(table):
    return lambda word, state: (table[word].log(), state)


def by_beginning(seed, words, scale=1.0):
    """Other probabilities after each beginning; the state is the beginning."""

    def step(word, state):
        drawn = np.random.default_rng([seed, *state, word]).normal(size=words)
        return torch.log_softmax(scale * torch.from_numpy(drawn), dim=0), (*state, word)

    return step


def log_p(step, sequence, begin):
    total, word, state = 0.0, begin, ()
    for following in sequence:
        row, state = step(word, state)
        total, word = total + float(row[following]), following
    return total


def test_by_hand():
    for width, words, p in ((1, [1], 0.24), (2, [2], 0.36), (9, [2], 0.36)):
        found, score = beam(by_table(TABLE), None, 0, 0, width, 5)
        assert found == words
        assert score == pytest.approx(math.log(p))


def test_a_finished_hypothesis_takes_a_place():
    """Kept at first: the end (0.4) and 1 (0.35). The word 2 (0.25), from which 0.24 would come, has no place."""
    table = torch.tensor([[0.4, 0.35, 0.25], [0.34, 0.33, 0.33], [0.98, 0.01, 0.01]]).double()
    assert beam(by_table(table), None, 0, 0, 2, 4) == ([], pytest.approx(math.log(0.4)))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("words", "limit"), [(2, 5), (3, 4)])
def test_a_wide_beam_finds_the_best_of_all(seed, words, limit):
    step, end = by_beginning(seed, words), seed % words
    every = [
        one
        for length in range(1, limit + 1)
        for one in itertools.product(range(words), repeat=length)
        if end not in one[:-1] and (one[-1] == end or length == limit)
    ]
    best = max(every, key=lambda one: log_p(step, one, 9))
    found, score = beam(step, (), 9, end, words**limit, limit)
    assert found == list(best[:-1] if best[-1] == end else best)
    assert score == pytest.approx(log_p(step, best, 9))


@pytest.mark.parametrize("seed", range(5))
def test_width_one_is_greedy(seed):
    step, word, state, words = by_beginning(seed, 4), 9, (), []
    for _ in range(6):
        row, state = step(word, state)
        word = int(row.argmax())
        if word == 0:
            break
        words.append(word)
    assert beam(step, (), 9, 0, 1, 6)[0] == words


def test_a_wide_beam_finds_a_shortest_path():
    table = torch.softmax(torch.from_numpy(np.random.default_rng(3).normal(size=(4, 4))), dim=1)
    graph = networkx.DiGraph()
    for one, other in itertools.product(range(4), repeat=2):
        start = "begin" if one == 0 else one
        graph.add_edge(start, other, weight=-math.log(float(table[one, other])))
    length, path = networkx.single_source_dijkstra(graph, "begin", 0)
    words, score = beam(by_table(table), None, 0, 0, 64, 8)
    assert words == path[1:-1]
    assert score == pytest.approx(-length)


def test_equal_scores_stay_in_order():
    same = torch.full((4, 4), 0.25).double()
    assert beam(by_table(same), None, 0, 3, 3, 3)[0] == [0, 0, 0]
    assert beam(by_table(same), None, 0, 3, 4, 3)[0] == []


def test_long_sequences_do_not_underflow():
    table = torch.full((50, 50), 1 / 49).double()
    table[:, 0] = 0.0
    words, score = beam(by_table(table), None, 1, 0, 2, 300)
    assert words == [1] * 300
    assert score == pytest.approx(-300 * math.log(49))


def test_step_is_called_once_for_each_hypothesis():
    calls = []

    def step(word, state):
        calls.append((*state, word))
        return torch.full((3,), 1 / 3).double().log(), (*state, word)

    beam(step, (), 9, 9, 2, 4)
    assert len(calls) == len(set(calls)) == 1 + 2 * 3


@pytest.mark.parametrize(("width", "limit", "name"), [(0, 3, "width"), (1.5, 3, "width"), (2, 0, "limit")])
def test_arguments_are_checked(width, limit, name):
    with pytest.raises(ValueError, match=f"^{name} must"):
        beam(by_table(TABLE), None, 0, 0, width, limit)
