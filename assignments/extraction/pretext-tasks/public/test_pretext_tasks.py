"""The public tests: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, assert_equal, assert_refused, title
from grader.testing.inputs import fresh

NINE = np.arange(9.0).reshape(3, 3, 1)
ORDER = np.array([8, 0, 1, 2, 3, 4, 5, 6, 7])


@title(en="rotations: four small squares", ru="rotations: четыре маленьких квадрата")
def test_rotations(submission):
    images, labels = submission.rotations(np.arange(4.0).reshape(1, 2, 2, 1))
    expected = np.array([[0, 1, 2, 3], [1, 3, 0, 2], [3, 2, 1, 0], [2, 0, 3, 1]], dtype=float)
    assert_close(images, expected.reshape(4, 2, 2, 1), what="images")
    assert_equal(labels, np.arange(4), what="labels")


@title(en="context_pair: the patch above to the right", ru="context_pair: фрагмент справа сверху")
def test_context_pair(submission):
    center, patch = submission.context_pair(NINE, 1, 0, 2, 1, 1)
    assert_close(center, np.full((1, 1, 1), 4.0), what="center")
    assert_close(patch, np.full((1, 1, 1), 2.0), what="patch")


@title(en="context_pairs: shapes", ru="context_pairs: формы")
def test_context_pairs(submission, rng):
    shapes = [part.shape for part in submission.context_pairs(np.ones((9, 8, 2)), 2, 1, 5, fresh(rng))]
    assert_equal(shapes, [(5, 2, 2, 2), (5, 2, 2, 2), (5,)], what="shapes of centers, patches, labels")


@title(en="jigsaw: the example of the statement", ru="jigsaw: пример из условия")
def test_jigsaw(submission):
    assert_close(submission.jigsaw(NINE, ORDER).ravel(), ORDER.astype(float), what="shuffled image")


@title(en="restore: the example of the statement", ru="restore: пример из условия")
def test_restore(submission):
    assert_close(submission.restore(ORDER.astype(float).reshape(3, 3, 1), ORDER), NINE, what="restored image")


@title(en="draw_order: each part once", ru="draw_order: каждая часть по разу")
def test_draw_order(submission, rng):
    assert_equal(sorted(submission.draw_order(fresh(rng)).tolist()), list(range(9)), what="the order, sorted")


@title(en="hide: one of three pixels", ru="hide: один пиксель из трёх")
def test_hide(submission):
    found = submission.hide(np.array([0.1, 0.2, 0.3]).reshape(1, 3, 1), 0, 1, 1, 1, 0.5)
    assert_close(found[0].ravel(), np.array([0.1, 0.5, 0.3]), what="input")
    assert_close(found[1], np.full((1, 1, 1), 0.2), what="target")
    assert_equal(found[2], np.array([[False, True, False]]), what="mask")


@title(en="grey: pure red", ru="grey: чистый красный")
def test_grey(submission):
    assert_close(submission.grey(np.array([[[1.0, 0.0, 0.0]]])), np.full((1, 1, 3), 0.299), what="grey image")


@title(en="colour_pair: pure red", ru="colour_pair: чистый красный")
def test_colour_pair(submission):
    red = np.array([[[1.0, 0.0, 0.0]]])
    assert_close(submission.colour_pair(red), (np.full((1, 1, 3), 0.299), red), what="(grey image, image)")


@title(en="Sides that are no multiples of 3 are refused", ru="Стороны, не кратные 3, отвергаются")
def test_bad_jigsaw(submission):
    assert_refused("image", submission.jigsaw, np.ones((4, 3, 1)), ORDER)
