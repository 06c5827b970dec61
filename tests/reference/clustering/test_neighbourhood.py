"""Distances, balls, and tables of distances."""

from __future__ import annotations

import numpy as np
import pytest

from reference.clustering.neighbourhood import ball, distances, table

OBJECTS = np.array([[0.0, 0.0], [3.0, 4.0], [6.0, 8.0]])


def test_a_ball_has_its_border():
    assert distances(OBJECTS, OBJECTS[0]).tolist() == [0, 5, 10]
    assert ball(OBJECTS, OBJECTS[0], 5.0).tolist() == [True, True, False]


def test_a_table_is_a_new_array():
    given = np.array([[0, 2], [2, 0]])
    found = table("D", given)
    assert found.dtype == float
    assert found.tolist() == given.tolist()


@pytest.mark.parametrize(
    "bad",
    [
        [0.0],
        [[0.0, 1.0]],
        [[0.0, -1.0], [-1.0, 0.0]],
        [[0.0, 1.0], [1.1, 0.0]],
        [[0.0, 1.0], [1.0, 0.1]],
        [[0.0, np.nan], [np.nan, 0.0]],
        np.zeros((0, 0)),
        "01",
    ],
)
def test_what_is_no_table(bad):
    with pytest.raises(ValueError, match=r"^D must "):
        table("D", bad)
