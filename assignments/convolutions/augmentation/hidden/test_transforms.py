"""The hidden suite of L04.augment."""

import numpy as np

from grader.testing import assert_array, assert_close, hint, points, title
from grader.testing.inputs import smooth_image
from reference.convolutions.augmentation.transforms import blur, contrast, crop, flip, gamma, saturate


def compare(found, expected, what="image"):
    assert_array(found, shape=expected.shape, kind="float", what=what)
    assert_close(found, expected, rtol=1e-6, atol=1e-6, what=what)


def some_images(rng):
    """Noise and smooth images of odd and even sides, of one to four channels."""
    return [rng.random((7, 5, 3)), smooth_image(rng, 6, 9), rng.random((4, 8, 1)), smooth_image(rng, 9, 4, 4)]


@points("3/2")
@title(en="Reflections", ru="Отражения")
@hint(
    en="Horizontal: left and right change places, that is the columns, the second axis.",
    ru="Горизонтальное: меняются местами лево и право, то есть столбцы, вторая ось.",
)
def test_flip(submission, rng):
    for image in some_images(rng):
        for axis in ("horizontal", "vertical"):
            compare(submission.flip(image, axis), flip(image, axis), what=f"{axis} reflection")


@points(1)
@title(en="Crops", ru="Обрезка")
@hint(
    en="top and left are where the part begins, height and width how large it is.",
    ru="top и left — где начинается часть, height и width — какого она размера.",
)
def test_crop(submission, rng):
    for image in some_images(rng):
        h, w, _ = image.shape
        for height, width in ((2, 3), (1, 1), (h, 2), (3, w)):
            top, left = int(rng.integers(h - height + 1)), int(rng.integers(w - width + 1))
            compare(submission.crop(image, top, left, height, width), crop(image, top, left, height, width))


@points("1/4")
@title(
    en="Crops up to the last row and column, and of everything", ru="Обрезка до последних строки и столбца и целиком"
)
@hint(
    en="A part that ends with the image lies in it.",
    ru="Часть, которая кончается вместе с изображением, лежит в нём.",
)
def test_whole_crop(submission, rng):
    image = rng.random((5, 6, 2))
    for part in ((0, 0, 5, 6), (2, 3, 3, 3), (4, 5, 1, 1), (4, 0, 1, 6)):
        compare(submission.crop(image, *part), crop(image, *part))


@points("3/2")
@title(en="Blur", ru="Размытие")
@hint(
    en="The weights are exp(-d^2 / (2 sigma^2)), divided by their sum, along rows and along columns.",
    ru="Веса — exp(-d^2 / (2 sigma^2)), делённые на их сумму, вдоль строк и вдоль столбцов.",
)
def test_blur(submission, rng):
    for sigma in (0.6, 1.0, 1.1):
        light = np.zeros((17, 19, 2))
        light[8, 9] = rng.uniform(0.5, 1, size=2)
        light[6, 10] = rng.uniform(0.5, 1, size=2)
        compare(submission.blur(light, sigma), blur(light, sigma), what="blurred points of light")


@points(1)
@title(en="Blur at the edges", ru="Размытие у краёв")
@hint(
    en="Beyond the edge the pixels of the edge are repeated: an image of one colour stays as it is.",
    ru="За краем повторяются крайние пиксели: одноцветное изображение не меняется.",
)
def test_blur_at_the_edges(submission, rng):
    for image in (np.full((6, 7, 3), rng.uniform(0.3, 0.9)), rng.random((9, 11, 2)), smooth_image(rng, 12, 9)):
        compare(submission.blur(image, 0.9), blur(image, 0.9))


@points("1/2")
@title(en="A blur wider than the image", ru="Размытие шире изображения")
@hint(
    en="The radius is ceil(3 sigma), however small the image is.",
    ru="Радиус — ceil(3 sigma), каким бы малым ни было изображение.",
)
def test_wide_blur(submission, rng):
    for shape, sigma in (((3, 4, 2), 2.2), ((1, 1, 3), 1.3), ((1, 9, 1), 3.1)):
        image = rng.random(shape)
        compare(submission.blur(image, sigma), blur(image, sigma))


@points(1)
@title(en="Contrast", ru="Контраст")
@hint(
    en="m is one number: the mean over all pixels and channels. A factor of 0 leaves the mean alone.",
    ru="m — одно число: среднее по всем пикселям и каналам. Множитель 0 оставляет одно среднее.",
)
def test_contrast(submission, rng):
    tint = np.array([0.2, 0.5, 0.3])
    for factor in (0.0, 0.4, 1.0, 1.3):
        image = tint + 0.2 * rng.random((6, 5, 3))  # nothing leaves the range from 0 to 1
        compare(submission.contrast(image, factor), contrast(image, factor))


@points(1)
@title(en="Saturation of channels", ru="Насыщенность каналов")
@hint(
    en="factors[k] belongs to the channel k, the last axis.",
    ru="factors[k] относится к каналу k — последней оси.",
)
def test_saturate(submission, rng):
    for shape in ((3, 3, 3), (5, 4, 2), (2, 7, 1)):
        image, factors = 0.6 * rng.random(shape), rng.uniform(0, 1.6, size=shape[2])
        compare(submission.saturate(image, factors), saturate(image, factors))


@points(1)
@title(en="Gamma", ru="Гамма")
@hint(
    en="x to the power of g: below 1 the image becomes brighter.",
    ru="x в степени g: при g меньше 1 изображение светлеет.",
)
def test_gamma(submission, rng):
    for image, g in zip(some_images(rng), (0.4, 1.0, 2.5, 0.9), strict=True):
        compare(submission.gamma(image, g), gamma(image, g))


@points("3/4")
@title(en="contrast: values that leave the range", ru="contrast: значения, выходящие за пределы")
@hint(
    en="Cut to 0 and 1, below and above; no value is scaled or taken around.",
    ru="Обрежьте до 0 и 1, снизу и сверху; ничего не растягивается и не идёт по кругу.",
)
def test_contrast_is_cut(submission, rng):
    for factor in (2.0, 7.5):
        image = rng.random((6, 5, 3))
        compare(submission.contrast(image, factor), contrast(image, factor))


@points("3/4")
@title(en="saturate: values that leave the range", ru="saturate: значения, выходящие за пределы")
@hint(en="Cut to 1; the other channels stay.", ru="Обрежьте до 1; другие каналы не меняются.")
def test_saturation_is_cut(submission, rng):
    image = rng.random((6, 5, 3))
    for factors in ([3.0, 0.5, 1.0], [0.0, 1.5, 8.0]):
        compare(submission.saturate(image, np.array(factors)), saturate(image, factors))
