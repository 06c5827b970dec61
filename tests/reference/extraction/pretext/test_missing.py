"""Hidden parts by hand and put back again; grey pixel by pixel."""

from __future__ import annotations

import numpy as np
import pytest

from reference.extraction.pretext.missing import colour_pair, grey, hide

IMAGE = np.random.default_rng(1).random((6, 8, 3))


def test_by_hand():
    seen, target, mask = hide(np.arange(9).reshape(3, 3, 1), 0, 1, 2, 1)
    assert seen[:, :, 0].tolist() == [[0, 0, 2], [3, 0, 5], [6, 7, 8]]
    assert target.ravel().tolist() == [1, 4]
    assert np.argwhere(mask).tolist() == [[0, 1], [1, 1]]


@pytest.mark.parametrize("place", [(0, 0, 1, 1), (2, 3, 4, 5), (0, 0, 6, 8), (5, 1, 1, 3)])
@pytest.mark.parametrize("fill", [0.0, 0.5, -3])
def test_the_part_put_back_gives_the_image(place, fill):
    before = IMAGE.copy()
    seen, target, mask = hide(IMAGE, *place, fill)
    assert target.shape == (*place[2:], 3)
    assert mask.sum() == place[2] * place[3]
    assert (seen[mask] == fill).all()
    assert not np.shares_memory(target, IMAGE)
    seen[mask] = target.reshape(-1, 3)
    assert np.array_equal(seen, before)
    assert np.array_equal(IMAGE, before)


def test_grey_in_thousandths():
    """With whole values a thousand times the grey is a whole number."""
    pixels = np.random.default_rng(2).integers(256, size=(7, 5, 3))
    expected = [[299 * int(r) + 587 * int(g) + 114 * int(b) for r, g, b in row] for row in pixels]
    found = grey(pixels.astype(float))
    for channel in range(3):
        assert np.array_equal(np.rint(1000 * found[:, :, channel]), expected)
        np.testing.assert_allclose(1000 * found[:, :, channel], expected, rtol=1e-12)
    assert grey([[[1, 0, 0], [0, 1, 0], [0, 0, 1]]])[0, :, 2].tolist() == [0.299, 0.587, 0.114]


def test_grey_stays_grey():
    np.testing.assert_allclose(grey(grey(IMAGE)), grey(IMAGE), rtol=1e-12)


def test_colour_pair():
    seen, target = colour_pair(IMAGE)
    assert np.array_equal(seen, grey(IMAGE))
    assert np.array_equal(target, IMAGE)
    assert not np.shares_memory(target, IMAGE)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("image", (IMAGE[0], 0, 0, 1, 1)),
        ("top", (IMAGE, 6, 0, 1, 1)),
        ("top", (IMAGE, -1, 0, 1, 1)),
        ("left", (IMAGE, 0, 8, 1, 1)),
        ("height", (IMAGE, 4, 0, 3, 1)),
        ("width", (IMAGE, 0, 4, 1, 5)),
        ("width", (IMAGE, 0, 4, 1, 0)),
        ("fill", (IMAGE, 0, 4, 1, 1, np.nan)),
    ],
)
def test_bad_parts(name, arguments):
    with pytest.raises(ValueError, match=rf"^{name}\b"):
        hide(*arguments)


@pytest.mark.parametrize("function", [grey, colour_pair])
def test_bad_colours(function):
    for image in (IMAGE[:, :, :2], IMAGE[:, :, 0], IMAGE * np.inf):
        with pytest.raises(ValueError, match=r"^image\b"):
            function(image)
