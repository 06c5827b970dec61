"""Positions: entry by entry in plain Python, by hand, and by what is known of their distances."""

import math

import pytest
import torch

from reference.sequences.attention.positional import positional


@pytest.mark.parametrize(("n", "d"), [(1, 1), (7, 8), (20, 5), (3000, 4)])
def test_entry_by_entry(n, d):
    found = positional(n, d)
    assert found.dtype == torch.float64
    expected = [
        [(math.sin, math.cos)[s % 2](i * math.exp(-2 * (s // 2) / d * math.log(10000))) for s in range(d)]
        for i in range(n)
    ]
    torch.testing.assert_close(found, torch.tensor(expected, dtype=torch.float64), rtol=0, atol=1e-11)


def test_by_hand():
    """d = 4: the angles are i and i / 100."""
    first, second, third = positional(3, 4).tolist()
    assert first == [0.0, 1.0, 0.0, 1.0]
    assert second == pytest.approx([math.sin(1), math.cos(1), math.sin(0.01), math.cos(0.01)], rel=1e-14)
    assert third == pytest.approx([math.sin(2), math.cos(2), math.sin(0.02), math.cos(0.02)], rel=1e-14)


def test_distances_depend_on_the_difference_alone_and_do_not_always_grow():
    table = positional(60, 8)
    distances = torch.cdist(table, table)
    for step in range(1, 60):
        torch.testing.assert_close(distances.diagonal(step), distances[0, step].expand(60 - step))
    assert (distances[0, 1:] < distances[0, :-1]).any()


def test_a_longer_table_begins_with_the_shorter_one():
    assert torch.equal(positional(9, 6)[:4], positional(4, 6))


@pytest.mark.parametrize(("sizes", "name"), [((0, 2), "n"), ((2, 0), "d"), ((1.5, 2), "n")])
def test_wrong_sizes(sizes, name):
    with pytest.raises(ValueError, match=f"^{name} must"):
        positional(*sizes)
