"""The hidden suite of L11.rotation and L11.context."""

import numpy as np

from grader.testing import assert_array, assert_close, assert_count, assert_equal, hint, points, title
from grader.testing.inputs import fresh
from reference.extraction.pretext.context import AROUND, context_pair
from reference.extraction.pretext.rotation import rotations

PAIRS = 1000
SIZE, GAP, STEP = 2, 1, 3
TOPS, LEFTS = range(3, 6), range(3, 7)  # where the central patch may begin in the image below


def same(found, expected, what):
    assert_array(found, shape=expected.shape, kind="float", what=what)
    assert_close(found, expected, rtol=1e-6, atol=1e-9, what=what)


def two_of(found, what="(center, patch)"):
    assert isinstance(found, tuple), f"{what} must be a tuple"
    assert len(found) == 2, f"{what} must be a tuple of two"
    return found


@points(1)
@title(en="An image turned four times", ru="Изображение, повёрнутое четыре раза")
@hint(
    en="Counter-clockwise: the last column becomes the first row. Rows and columns turn, channels stay.",
    ru="Против часовой стрелки: последний столбец становится первой строкой. Каналы не поворачиваются.",
)
def test_turns(submission, rng):
    for side, channels in ((4, 3), (3, 1), (1, 2)):
        images = rng.random((1, side, side, channels))
        same(two_of(submission.rotations(images), "(images, labels)")[0], rotations(images)[0], "images")


@points("1/2")
@title(en="Several images turned", ru="Несколько повёрнутых изображений")
@hint(
    en="All four of the first image, then all four of the second.",
    ru="Сначала все четыре поворота первого изображения, затем все четыре второго.",
)
def test_several(submission, rng):
    """Only what does not depend on the direction is looked at."""
    images = rng.random((5, 4, 4, 2))
    found = assert_array(submission.rotations(images)[0], shape=(20, 4, 4, 2), kind="float", what="images")
    same(found[::4], images, "images that are not turned")
    same(found[2::4], images[:, ::-1, ::-1], "images turned by 180 degrees")


@points("1/2")
@title(en="Labels of rotations", ru="Метки поворотов")
@hint(
    en="Whole numbers: how many quarters, for each image anew.",
    ru="Целые числа: сколько четвертей оборота; для каждого изображения заново.",
)
def test_labels(submission, rng):
    for n in (1, 4):
        labels = submission.rotations(rng.random((n, 3, 3, 1)))[1]
        assert_equal(assert_array(labels, shape=(4 * n,), kind="int", what="labels"), np.tile(np.arange(4), n))


@points(1)
@title(en="Eight positions", ru="Восемь положений")
@hint(
    en="By rows and without the centre, so 3 is left of it and 4 right; two neighbours are size + gap apart.",
    ru="По строкам и без центра, так что 3 — слева от него, 4 — справа; соседи сдвинуты на size + gap.",
)
def test_positions(submission, rng):
    for size, gap in ((3, 1), (2, 3)):
        image = rng.random((17, 20, 2))
        step = size + gap
        for position in range(8):
            top, left = int(rng.integers(step, 17 - step - size + 1)), int(rng.integers(step, 20 - step - size + 1))
            found = two_of(submission.context_pair(image, size, gap, position, top, left))
            for part, expected, what in zip(
                found, context_pair(image, size, gap, position, top, left), ("center", "patch"), strict=True
            ):
                same(part, expected, f"{what} for the position {position}")


@points("1/2")
@title(en="Nine patches that just fit", ru="Девять фрагментов впритык")
@hint(
    en="There may be no gap at all, and the patches may reach to the edges of the image.",
    ru="Промежутка может не быть, и фрагменты могут доходить до краёв изображения.",
)
def test_just_fit(submission, rng):
    for size, gap in ((2, 0), (1, 0), (2, 2)):
        side = 3 * size + 2 * gap
        image, step = rng.random((side, side + 1, 1)), size + gap
        for position, left in ((0, step), (7, step + 1), (4, step + 1)):
            found = two_of(submission.context_pair(image, size, gap, position, step, left))
            expected = context_pair(image, size, gap, position, step, left)
            for part, other, what in zip(found, expected, ("center", "patch"), strict=True):
                same(part, other, what)


def numbered():
    """An image whose first channel numbers the pixels, so that a patch tells where it was cut out."""
    numbers = np.arange(110.0).reshape(10, 11)
    return np.stack([numbers, -numbers], axis=-1)


def cut_out(image, patches, what):
    """Where each patch was cut out: rows and columns of its first pixel."""
    patches = assert_array(patches, shape=(PAIRS, SIZE, SIZE, 2), kind="float", what=what)
    places = []
    for patch in patches:
        row, column = divmod(round(float(patch[0, 0, 0])), image.shape[1])
        part = image[max(row, 0) : row + SIZE, column : column + SIZE]
        assert part.shape == patch.shape, f"something in {what} is no part of the image"
        assert np.abs(part - patch).max() < 1e-6, f"something in {what} is no part of the image"
        places.append((row, column))
    return np.array(places)


def drawn_pairs(submission, rng):
    """Places of the central patches, what the others are away from them, in steps, and the labels."""
    image = numbered()
    found = submission.context_pairs(image, SIZE, GAP, PAIRS, fresh(rng))
    assert isinstance(found, tuple), "(centers, patches, labels) must be a tuple"
    assert len(found) == 3, "(centers, patches, labels) must be a tuple of three"
    places = cut_out(image, found[0], "centers")
    away = cut_out(image, found[1], "patches") - places
    assert not (away % STEP).any(), "a patch is not size + gap away from its centre"
    away = [tuple(one) for one in (away // STEP).tolist()]
    assert set(away) <= set(AROUND), "a patch is none of the eight around its centre"
    return places, away, found[2]


@points("3/4")
@title(en="context_pairs: positions", ru="context_pairs: положения")
@hint(
    en="Each pair draws a position anew, whatever the others are, and all eight are equally likely.",
    ru="Для каждой пары положение выбирается заново, независимо от других, все восемь равновероятны.",
)
def test_drawn_positions(submission, rng):
    _, away, _ = drawn_pairs(submission, rng)
    for offset in AROUND:
        assert_count(away.count(offset), PAIRS, 1 / 8, f"patches that are {offset} steps away from their centre")
    # independent draws come out like this once in 10^9 times
    assert len({away.count(offset) for offset in AROUND}) > 1, "all positions come exactly equally often"


def assert_independent(positions, places, starts, message):
    """All pairs of a position and a place are equally likely; by Pearson's statistic, ten deviations above its mean."""
    hits = np.array([np.sum((positions == position) & (places == start)) for position in range(8) for start in starts])
    expected = PAIRS / len(hits)
    assert ((hits - expected) ** 2 / expected).sum() < len(hits) + 10 * (2 * len(hits)) ** 0.5, message


@points("3/4")
@title(en="context_pairs: places", ru="context_pairs: места")
@hint(
    en="Each pair draws a place anew among all where the nine patches lie in the image, whatever its position is.",
    ru="Для каждой пары заново выбирается место среди всех, где в изображение помещаются девять фрагментов, каким бы "
    "ни было положение.",
)
def test_drawn_places(submission, rng):
    places, away, _ = drawn_pairs(submission, rng)
    assert set(places[:, 0]) <= set(TOPS), "a central patch is too high or too low"
    assert set(places[:, 1]) <= set(LEFTS), "a central patch is too far to the left or to the right"
    for top in TOPS:
        for left in LEFTS:
            hits = np.sum((places == (top, left)).all(axis=1))
            assert_count(hits, PAIRS, 1 / 12, f"centres in row {top}, column {left}")
    positions = np.array([AROUND.index(offset) for offset in away])
    for axis, starts, what in ((0, TOPS, "row"), (1, LEFTS, "column")):
        assert_independent(positions, places[:, axis], starts, f"the {what} of the centre depends on the position")


@points("1/2")
@title(en="context_pairs: labels", ru="context_pairs: метки")
@hint(en="The label is the position that was drawn.", ru="Метка — это выбранное положение.")
def test_drawn_labels(submission, rng):
    _, away, labels = drawn_pairs(submission, rng)
    assert_array(labels, shape=(PAIRS,), kind="int", what="labels")
    assert_equal(labels, np.array([AROUND.index(offset) for offset in away]), what="labels")


@points("1/4")
@title(en="context_pairs: all chance from rng", ru="context_pairs: вся случайность из rng")
@hint(
    en="No np.random and no generator of your own: an equal generator gives equal pairs, another one others.",
    ru="Ни np.random, ни собственного генератора: из такого же генератора — такие же пары, из другого — другие.",
)
def test_context_generator(submission, rng):
    image, one, other = numbered(), fresh(rng), fresh(rng)
    first, again, another = (submission.context_pairs(image, SIZE, GAP, 20, own) for own in (one, one, other))
    assert_equal(again, first, what="pairs from an equal generator")
    centers = [assert_array(found[0], shape=(20, SIZE, SIZE, 2), what="centers") for found in (first, another)]
    assert centers[0].tolist() != centers[1].tolist(), "another generator gives equal pairs"
