"""The public tests: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, assert_equal, assert_refused, title

ROW = np.array([0.2, 0.4, 0.6, 0.8]).reshape(1, 4, 1)


@title(en="flip: a row and its mirror image", ru="flip: строка и её отражение")
def test_flip(submission):
    assert_close(submission.flip(ROW, "horizontal"), ROW[:, [3, 2, 1, 0]], atol=1e-6, what="horizontal")
    assert_close(submission.flip(ROW, "vertical"), ROW, atol=1e-6, what="vertical")


@title(en="crop: two of four pixels", ru="crop: два пикселя из четырёх")
def test_crop(submission):
    found = submission.crop(ROW, 0, 1, 1, 2)
    assert_close(found, np.array([0.4, 0.6]).reshape(1, 2, 1), atol=1e-6, what="image")


@title(en="blur: the example of the statement", ru="blur: пример из условия")
def test_blur(submission):
    found = submission.blur(np.array([0.0, 1.0, 0.0]).reshape(1, 3, 1), 0.3)
    assert_close(found, np.array([0.0038358, 0.9923285, 0.0038358]).reshape(1, 3, 1), atol=1e-6, what="image")


@title(en="contrast: twice as far from the mean", ru="contrast: вдвое дальше от среднего")
def test_contrast(submission):
    found = submission.contrast(ROW, 2.0)
    assert_close(found, np.array([0.0, 0.3, 0.7, 1.0]).reshape(1, 4, 1), atol=1e-6, what="image")


@title(en="saturate: each channel has a factor of its own", ru="saturate: у каждого канала свой множитель")
def test_saturate(submission):
    found = submission.saturate(np.array([0.2, 0.4, 0.6]).reshape(1, 1, 3), np.array([1.0, 0.5, 2.0]))
    assert_close(found, np.array([0.2, 0.2, 1.0]).reshape(1, 1, 3), atol=1e-6, what="image")


@title(en="gamma: squares", ru="gamma: квадраты")
def test_gamma(submission):
    found = submission.gamma(ROW, 2.0)
    assert_close(found, np.array([0.04, 0.16, 0.36, 0.64]).reshape(1, 4, 1), atol=1e-6, what="image")


@title(en="pair: the same twice, a reflection of the image", ru="pair: дважды одно и то же — отражение изображения")
def test_pair(submission):
    images = [np.full((2, 2, 1), 0.5), ROW]
    image, augmented = submission.pair(images, 1, 7, ["flip"])
    assert_close(image, ROW, atol=1e-6, what="image")
    assert_equal(float(round(abs(augmented[0, 0, 0] - 0.5), 3)), 0.3, what="distance of its first pixel from 1/2")
    assert_close(submission.pair(images, 1, 7, ["flip"])[1], augmented, what="augmented image, once more")


@title(en="pairs: one for each image", ru="pairs: по одной на изображение")
def test_pairs(submission):
    found = list(submission.pairs([ROW, ROW[:, :2]], 0, []))
    assert_equal([image.shape for image, _ in found], [(1, 4, 1), (1, 2, 1)], what="shapes of the images")


@title(en="A part beyond the image is refused", ru="Часть за краем изображения отвергается")
def test_bad_crop(submission):
    assert_refused("width", submission.crop, ROW, 0, 3, 1, 2)
