"""The hidden suite of convolution, forward and backward."""

from grader.testing import each, hint, points, title
from reference.convolutions.layers.convolution import conv, conv_grad
from reference.convolutions.layers.sizes import conv_size

from .shared import DERIVATIVES, derivative, near


def drawn(rng, image, kernel):
    """Random images and kernels of these shapes."""
    return rng.normal(size=image), rng.normal(size=kernel)


def check(submission, rng, image, kernel, *, stride=None, padding=None):
    """The result of conv without a bias; what is None is not given."""
    X, K = drawn(rng, image, kernel)
    more = {"stride": stride, "padding": padding}
    given = {name: value for name, value in more.items() if value is not None}
    near(submission.conv(X, K, None, **given), conv(X, K, None, **given), f"X {image}, K {kernel}, {given}")


def check_derivative(submission, rng, name, image, kernel, stride=1, padding=0):
    """One of the derivatives."""
    X, K = drawn(rng, image, kernel)
    sides = [conv_size(i, k, stride, padding) for i, k in zip(image[2:], kernel[2:], strict=True)]
    dY = rng.normal(size=(image[0], kernel[0], *sides))
    more = (stride, padding) if (stride, padding) != (1, 0) else ()
    result = derivative(submission.conv_grad(X, K, dY, *more), name)
    expected = conv_grad(X, K, dY, *more)[DERIVATIVES.index(name)]
    near(result, expected, f"{name} for X {image}, K {kernel}, stride {stride}, padding {padding}")


@title(en="conv: one channel, one kernel", ru="conv: один канал, одно ядро")
@hint(
    en="The kernel is not turned around: the first number of K meets the top left pixel of a window.",
    ru="Ядро не переворачивается: первое число K приходится на левый верхний пиксель окна.",
)
def test_conv_one_channel(submission, rng):
    check(submission, rng, (1, 1, 6, 6), (1, 1, 3, 3))
    check(submission, rng, (3, 1, 5, 5), (1, 1, 2, 2))


@title(en="conv: many images, channels and kernels", ru="conv: много изображений, каналов и ядер")
@hint(
    en="Each kernel has a layer for each channel of X, and their products add up. Kernels and images do not mix.",
    ru="У ядра есть слой на каждый канал X, и их произведения складываются. Разные ядра и изображения не смешиваются.",
)
def test_conv_many_channels(submission, rng):
    check(submission, rng, (2, 3, 6, 6), (4, 3, 3, 3))
    check(submission, rng, (3, 4, 20, 20), (5, 4, 5, 5))
    check(submission, rng, (2, 2, 5, 5), (2, 2, 2, 2))


@points("1/2")
@title(en="conv: the bias", ru="conv: смещение")
@hint(en="One number for each kernel, the same at all places.", ru="Одно число на ядро, одинаковое во всех местах.")
def test_conv_bias(submission, rng):
    for image, kernel in (((2, 1, 5, 5), (3, 1, 3, 3)), ((1, 1, 4, 4), (1, 1, 2, 2)), ((1, 1, 4, 4), (2, 1, 3, 3))):
        X, K = drawn(rng, image, kernel)
        b = rng.normal(size=kernel[0]) + 3
        near(submission.conv(X, K, b), conv(X, K, b), f"X {image}, K {kernel}")


@points("1/2")
@title(en="conv: rectangles", ru="conv: прямоугольники")
@hint(
    en="Rows and columns have sizes of their own, of the image and of the kernel.",
    ru="У строк и столбцов свои размеры — и у изображения, и у ядра.",
)
def test_conv_rectangles(submission, rng):
    check(submission, rng, (1, 1, 5, 9), (1, 1, 3, 3))
    check(submission, rng, (1, 1, 6, 6), (1, 1, 2, 4))
    check(submission, rng, (1, 1, 8, 5), (1, 1, 5, 1))


@points("1/2")
@title(en="conv: padding", ru="conv: дополнение")
@hint(
    en="Zeros on all four sides, before anything else is done; the output has 2p more places than without them.",
    ru="Нули со всех четырёх сторон, прежде всего остального; мест у ядра становится на 2p больше.",
)
def test_conv_padding(submission, rng):
    check(submission, rng, (1, 1, 5, 5), (1, 1, 3, 3), padding=1)
    check(submission, rng, (1, 1, 4, 4), (1, 1, 2, 2), padding=3)


@points("1/2")
@title(en="conv: stride", ru="conv: шаг")
@hint(
    en="The kernel moves by stride pixels, down as well as to the right.",
    ru="Ядро сдвигается на stride пикселей и вправо, и вниз.",
)
def test_conv_stride(submission, rng):
    check(submission, rng, (1, 1, 7, 7), (1, 1, 3, 3), stride=2)
    check(submission, rng, (1, 1, 8, 8), (1, 1, 2, 2), stride=3)
    check(submission, rng, (1, 1, 9, 9), (1, 1, 1, 1), stride=4)


@points("1/4")
@title(en="conv: a stride that leaves a rest", ru="conv: шаг с остатком")
@hint(
    en="The number of places is rounded down: the rest has no output.",
    ru="Число мест округляется вниз: для остатка выхода нет.",
)
def test_conv_rest(submission, rng):
    check(submission, rng, (1, 1, 6, 6), (1, 1, 3, 3), stride=2)
    check(submission, rng, (1, 1, 9, 9), (1, 1, 2, 2), stride=4)


@points("1/4")
@title(en="conv: stride and padding", ru="conv: шаг и дополнение")
@hint(
    en="Pad first; the windows then begin at multiples of stride, counted from the corner of the padded image.",
    ru="Сначала дополнение; окна начинаются в местах, кратных stride, от угла дополненного изображения.",
)
def test_conv_stride_and_padding(submission, rng):
    check(submission, rng, (1, 1, 5, 5), (1, 1, 3, 3), stride=2, padding=1)
    check(submission, rng, (1, 1, 6, 6), (1, 1, 4, 4), stride=3, padding=2)


@points("1/4")
@title(en="conv: everything at once", ru="conv: всё сразу")
@hint(
    en="Does the code for a stride or for padding leave out some images or channels, or the bias?",
    ru="Не теряются ли при шаге больше 1 или при дополнении изображения, каналы или смещение?",
)
def test_conv_at_once(submission, rng):
    for stride, padding in ((2, 0), (1, 1), (2, 1)):
        X, K = drawn(rng, (2, 3, 7, 5), (4, 3, 3, 2))
        b = rng.normal(size=4) + 3
        what = f"X {X.shape}, K {K.shape}, with a bias, stride {stride}, padding {padding}"
        near(submission.conv(X, K, b, stride, padding), conv(X, K, b, stride, padding), what)


@points("1/4")
@title(en="conv: the smallest and the largest kernel", ru="conv: наименьшее и наибольшее ядро")
@hint(
    en="A kernel of one pixel, and one as large as the image: what size has the output?",
    ru="Ядро из одного пикселя и ядро размером с изображение: каков размер выхода?",
)
def test_conv_extreme_kernels(submission, rng):
    check(submission, rng, (2, 1, 4, 4), (1, 1, 1, 1))
    check(submission, rng, (2, 1, 4, 4), (1, 1, 4, 4))
    check(submission, rng, (1, 1, 1, 1), (1, 1, 1, 1))


@title(en="conv_grad: by the image", ru="conv_grad: по изображению")
@hint(
    en="Each number of dY returns to the pixels of its window, times what each was multiplied by, and overlaps add up.",
    ru="Каждое число dY возвращается к пикселям своего окна с теми же множителями; где окна перекрываются — сумма.",
)
def test_by_images(submission, rng):
    check_derivative(submission, rng, "dX", (2, 3, 6, 5), (4, 3, 3, 2))
    check_derivative(submission, rng, "dX", (1, 2, 4, 4), (2, 2, 2, 2))


@title(en="conv_grad: by the kernels", ru="conv_grad: по ядрам")
@hint(
    en="A number of K was multiplied by a pixel of each window of each image; dY says with which weight each counts.",
    ru="Число из K умножалось на пиксель каждого окна каждого изображения; с каким весом — говорит dY.",
)
def test_by_kernels(submission, rng):
    check_derivative(submission, rng, "dK", (2, 3, 6, 5), (4, 3, 3, 2))
    check_derivative(submission, rng, "dK", (1, 2, 4, 4), (2, 2, 2, 2))


@points("1/2")
@title(en="conv_grad: by the bias", ru="conv_grad: по смещению")
@hint(
    en="The bias of a kernel is added at all places of all images: its derivative is a sum over them.",
    ru="Смещение ядра прибавляется во всех местах всех изображений: его производная — сумма по ним.",
)
def test_by_bias(submission, rng):
    check_derivative(submission, rng, "db", (3, 2, 5, 6), (4, 2, 2, 3))
    check_derivative(submission, rng, "db", (1, 1, 4, 4), (1, 1, 2, 2))


@each(("dX", "dK"), worth="1/2", en="conv_grad with a stride: {name}", ru="conv_grad с шагом: {name}")
@hint(
    en="The windows are those of conv: they begin at multiples of stride, along both axes.",
    ru="Окна те же, что в conv: по обеим осям они начинаются в местах, кратных stride.",
)
def test_gradients_with_a_stride(submission, rng, name):
    check_derivative(submission, rng, name, (2, 2, 7, 9), (3, 2, 3, 3), stride=2)
    check_derivative(submission, rng, name, (1, 1, 8, 5), (2, 1, 2, 2), stride=3)


@each(("dX", "dK"), worth="1/4", en="conv_grad, a stride with a rest: {name}", ru="conv_grad, шаг с остатком: {name}")
@hint(
    en="Pixels that no window reaches are still there in dX: their derivative is 0.",
    ru="Пиксели, до которых не дошло ни одно окно, в dX остаются: их производная равна 0.",
)
def test_gradients_with_a_rest(submission, rng, name):
    check_derivative(submission, rng, name, (2, 2, 6, 8), (3, 2, 3, 3), stride=2)
    check_derivative(submission, rng, name, (1, 2, 9, 7), (2, 2, 1, 2), stride=4)


@each(("dX", "dK"), worth="1/4", en="conv_grad with padding: {name}", ru="conv_grad с дополнением: {name}")
@hint(
    en="dX has the shape of X: compute on the padded image, then cut the padding off. dK sees the zeros as well.",
    ru="Форма dX — как у X: считайте на дополненном изображении и отрежьте дополнение. Для dK нули тоже важны.",
)
def test_gradients_with_padding(submission, rng, name):
    check_derivative(submission, rng, name, (2, 2, 5, 4), (3, 2, 3, 3), padding=1)
    check_derivative(submission, rng, name, (1, 2, 3, 3), (2, 2, 2, 2), padding=2)


@each(("dX", "dK"), worth="1/4", en="conv_grad, stride and padding: {name}", ru="conv_grad, шаг и дополнение: {name}")
@hint(
    en="The rest may lie in the padding alone, or in the image: the shape of dX is that of X in both cases.",
    ru="Остаток может прийтись только на дополнение или и на изображение: форма dX в обоих случаях — как у X.",
)
def test_gradients_with_stride_and_padding(submission, rng, name):
    check_derivative(submission, rng, name, (2, 2, 6, 5), (3, 2, 3, 3), stride=2, padding=1)
    check_derivative(submission, rng, name, (1, 2, 7, 6), (2, 2, 2, 2), stride=3, padding=1)
