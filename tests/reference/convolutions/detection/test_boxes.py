"""Boxes as arguments: what is refused, and that arrays are new."""

from __future__ import annotations

import numpy as np
import pytest

from reference.convolutions.detection.boxes import areas, box_rows, class_vector


def test_arrays_are_new():
    given = np.array([[0.0, 0.0, 1.0, 2.0]])
    box_rows("boxes", given)[0, 0] = 5
    assert given[0, 0] == 0
    assert box_rows("boxes", np.zeros((0, 4))).shape == (0, 4)


def test_areas_by_hand():
    assert areas(np.array([[0.0, 0.0, 3.0, 2.0], [1.0, 1.0, 1.0, 9.0]])).tolist() == [6, 0]


BAD = [[0, 0, 1, 1], [[0, 0, 1]], [[2, 0, 1, 1]], [[0, 2, 1, 1]], [[0, 0, 1, np.nan]], np.zeros((1, 4, 1))]


@pytest.mark.parametrize("bad", BAD)
def test_bad_boxes(bad):
    with pytest.raises(ValueError, match=r"^boxes must"):
        box_rows("boxes", bad)


@pytest.mark.parametrize("bad", [[-1, 0, 1, 1], [0, -1, 1, 1], [0, 0, 7, 1], [0, 0, 1, 5]])
def test_boxes_beyond_the_image(bad):
    assert box_rows("boxes", [bad]).tolist() == [bad]
    with pytest.raises(ValueError, match=r"^boxes must lie in the image"):
        box_rows("boxes", [bad], 6, 4)


@pytest.mark.parametrize("bad", [[0, 1], [[0]], [-1], [3], [0.0]])
def test_bad_classes(bad):
    with pytest.raises(ValueError, match=r"^labels must"):
        class_vector("labels", bad, 1, 3)
