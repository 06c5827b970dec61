"""The hidden suite of transposed convolution."""

from grader.testing import hint, points, title
from reference.convolutions.layers.transposed_convolution import transposed

from .shared import near


def check(submission, rng, small, kernel, stride=1, padding=0, output_padding=0):
    Y, K = rng.normal(size=small), rng.normal(size=kernel)
    more = [stride, padding, output_padding] if (stride, padding, output_padding) != (1, 0, 0) else []
    if not output_padding:
        more = more[:2]
    result = submission.transposed(Y, K, *more)
    near(result, transposed(Y, K, *more), f"Y {small}, K {kernel}, stride {stride}, paddings {padding, output_padding}")


@points("1/2")
@title(en="transposed: one channel", ru="transposed: один канал")
@hint(
    en="A Y of a single 1 gives the kernel itself, not turned around; overlapping kernels add up.",
    ru="Если в Y одна единица, получается само ядро, не перевёрнутое; перекрывающиеся ядра складываются.",
)
def test_transposed_one_channel(submission, rng):
    check(submission, rng, (1, 1, 1, 1), (1, 1, 3, 3))
    check(submission, rng, (2, 1, 4, 4), (1, 1, 2, 2))
    check(submission, rng, (1, 1, 3, 5), (1, 1, 3, 2))


@points("1/2")
@title(en="transposed: many channels", ru="transposed: много каналов")
@hint(
    en="K is the one of conv: its first axis meets the channels of Y, its second gives those of the result.",
    ru="K то же, что в conv: его первая ось — каналы Y, вторая даёт каналы результата.",
)
def test_transposed_many_channels(submission, rng):
    check(submission, rng, (2, 3, 3, 3), (3, 2, 2, 2))
    check(submission, rng, (1, 2, 4, 4), (2, 2, 3, 3))
    check(submission, rng, (2, 1, 3, 3), (1, 3, 2, 2))


@points("1/2")
@title(en="transposed: stride", ru="transposed: шаг")
@hint(
    en="Kernels of neighbours lie stride pixels apart, along both axes; with stride 1 they lie closest.",
    ru="Ядра соседей лежат на расстоянии stride пикселей по обеим осям; при шаге 1 — ближе всего.",
)
def test_transposed_stride(submission, rng):
    check(submission, rng, (1, 1, 3, 4), (1, 1, 3, 3), 2)
    check(submission, rng, (1, 1, 3, 2), (1, 1, 4, 4), 3)


@points("1/4")
@title(en="transposed: gaps between the kernels", ru="transposed: промежутки между ядрами")
@hint(
    en="Where stride is larger than the kernel, zeros stay between.",
    ru="Если шаг больше ядра, между ядрами остаются нули.",
)
def test_transposed_gaps(submission, rng):
    check(submission, rng, (1, 1, 3, 4), (1, 1, 2, 2), 3)
    check(submission, rng, (1, 1, 3, 3), (1, 1, 1, 1), 4)


@points("1/2")
@title(en="transposed: padding", ru="transposed: дополнение")
@hint(
    en="Padding of conv made its image larger; here as many pixels are cut off, on each of the four sides.",
    ru="В conv дополнение увеличивало изображение; здесь столько же пикселей отрезается с каждой из четырёх сторон.",
)
def test_transposed_padding(submission, rng):
    check(submission, rng, (1, 1, 5, 5), (1, 1, 3, 3), 1, 1)
    check(submission, rng, (1, 1, 6, 5), (1, 1, 2, 2), 1, 2)


@points("1/4")
@title(en="transposed: output_padding", ru="transposed: output_padding")
@hint(
    en="The result is larger at the bottom and on the right; nothing is added at the top and on the left.",
    ru="Результат больше снизу и справа; сверху и слева ничего не добавляется.",
)
def test_transposed_output_padding(submission, rng):
    check(submission, rng, (1, 1, 3, 4), (1, 1, 3, 3), 2, 0, 1)
    check(submission, rng, (1, 1, 2, 2), (1, 1, 2, 2), 3, 0, 2)


@points("1/4")
@title(en="transposed: both paddings at once", ru="transposed: оба дополнения сразу")
@hint(
    en="The canvas is larger first and cut afterwards: its last rows may hold more than zeros.",
    ru="Холст сначала увеличивается, потом обрезается: в последних строках могут быть не только нули.",
)
def test_transposed_both(submission, rng):
    check(submission, rng, (1, 1, 4, 3), (1, 1, 3, 3), 2, 1, 1)
    check(submission, rng, (1, 1, 3, 4), (1, 1, 4, 4), 3, 2, 2)


@points("1/4")
@title(en="transposed: everything at once", ru="transposed: всё сразу")
@hint(
    en="Does the code for a stride or for padding leave out some images or channels?",
    ru="Не теряются ли при шаге больше 1 или при обрезке изображения или каналы?",
)
def test_transposed_at_once(submission, rng):
    check(submission, rng, (2, 3, 3, 4), (3, 2, 3, 2), 2)
    check(submission, rng, (2, 3, 4, 3), (3, 2, 2, 3), 1, 1)
    check(submission, rng, (2, 3, 3, 2), (3, 2, 3, 4), 3, 1, 1)
