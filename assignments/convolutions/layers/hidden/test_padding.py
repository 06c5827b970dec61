"""The hidden suite of padding."""

from grader.testing import assert_array, each, hint
from reference.convolutions.layers.padding import MODES, pad

from .shared import near

WIDE = {"zero": 6, "edge": 6, "mirror": 3, "circular": 4}  # the widest possible for a side of 4, or wider than the side


def without_corners(result, expected, p, what):
    """All but the four corners are as expected."""
    assert_array(result, shape=expected.shape, what=what)
    near(result[:, :, p:-p], expected[:, :, p:-p], f"{what}: the rows of the image")
    near(result[:, :, :, p:-p], expected[:, :, :, p:-p], f"{what}: the columns of the image")


@each(MODES, worth="3/8", en="Above, below, left and right: {name}", ru="Сверху, снизу, слева и справа: {name}")
@hint(
    en="Write out the row 1 2 3 4 with p = 2 by hand, then the same as a column; images and channels are not padded.",
    ru="Выпишите вручную строку 1 2 3 4 при p = 2, затем то же для столбца; изображения и каналы не дополняются.",
)
def test_pad_sides(submission, rng, name):
    for shape, p in (((2, 3, 5, 4), 2), ((1, 1, 3, 6), 1), ((1, 2, 6, 5), 3)):
        X = rng.normal(size=shape)
        without_corners(submission.pad(X, p, name), pad(X, p, name), p, f"shape {shape}, p = {p}")
    if name == "zero":
        without_corners(submission.pad(X, p), pad(X, p), p, "no mode given")


@each(MODES[1:], worth="1/6", en="Corners: {name}", ru="Углы: {name}")
@hint(
    en="Pad the rows first, and then the columns of what came out: which pixels meet in a corner?",
    ru="Сначала дополните строки, затем столбцы того, что получилось: какие пиксели встречаются в углу?",
)
def test_pad_corners(submission, rng, name):
    X = rng.normal(size=(2, 2, 4, 5))
    result, expected = submission.pad(X, 2, name), pad(X, 2, name)
    assert_array(result, shape=expected.shape, what="the padded images")
    for rows in (slice(None, 2), slice(-2, None)):
        for columns in (slice(None, 2), slice(-2, None)):
            near(result[:, :, rows, columns], expected[:, :, rows, columns], "a corner of 2 by 2")


@each(MODES, worth="1/8", en="Wide padding: {name}", ru="Широкое дополнение: {name}")
@hint(
    en="p may be as large as the table of the statement says; zeros and edges may be wider than the image.",
    ru="p бывает таким большим, как позволяет таблица в условии; нули и края могут быть шире самого изображения.",
)
def test_pad_wide(submission, rng, name):
    for shape in ((1, 2, 4, 5), (2, 1, 7, 4)):
        X, p = rng.normal(size=shape), WIDE[name]
        without_corners(submission.pad(X, p, name), pad(X, p, name), p, f"shape {shape}, p = {p}")


@each(MODES, worth="1/8", en="No padding, p = 0: {name}", ru="Без дополнения, p = 0: {name}")
@hint(
    en="With p = 0 the images stay as they are. What does a slice to -0 hold?",
    ru="При p = 0 изображения остаются как есть. Что окажется в срезе до -0?",
)
def test_pad_none(submission, rng, name):
    for shape in ((2, 1, 3, 4), (1, 2, 1, 1)):
        X = rng.normal(size=shape)
        near(submission.pad(X, 0, name), X, "p = 0")
