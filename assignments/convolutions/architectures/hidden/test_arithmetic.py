"""The hidden suite of shapes and counts."""

from grader.testing import assert_equal, assert_refused, call_unchanged, each, hint, points, title
from reference.convolutions.architectures.alexnet import alexnet
from reference.convolutions.architectures.configuration import count, trace
from reference.convolutions.architectures.vgg import vgg

from .shared import convolutions, poolings, rows_and_maps

PICTURE = (3, 224, 224)


def same_rows(submission, config, shape):
    assert_equal(submission.trace(config, shape), trace(config, shape), what="the rows of trace")


@title(en="trace: AlexNet", ru="trace: AlexNet")
@hint(
    en="One tuple (kind, shape, parameters) for each layer; 55, 27, 13 and 6 are the sides for 224 x 224.",
    ru="На каждый слой — кортеж (название, форма, число параметров); для 224 x 224 стороны равны 55, 27, 13 и 6.",
)
def test_trace_of_alexnet(submission, rng):
    same_rows(submission, alexnet(), PICTURE)
    side = int(rng.integers(100, 300))
    same_rows(submission, alexnet(), (3, side, side))


@title(en="trace: convolutions", ru="trace: свёртки")
@hint(
    en="A bias for each kernel, a kernel for all channels; p on both ends of a side; round down; height before width.",
    ru="Сдвиг у каждого ядра, ядро по всем каналам; p с обоих концов стороны; округление вниз; сначала высота, потом "
    "ширина.",
)
def test_trace_of_convolutions(submission, rng):
    for _ in range(12):
        same_rows(submission, *convolutions(rng))


@title(en="trace: pooling", ru="trace: пулинг")
@hint(
    en="The channels stay; windows overlap where s is below k; what is left over is not used; no parameters.",
    ru="Число каналов сохраняется; при s меньше k окна перекрываются; остаток не используется; параметров нет.",
)
def test_trace_of_pooling(submission, rng):
    for _ in range(12):
        same_rows(submission, *poolings(rng))


@title(en="trace: means, flatten, linear maps, ReLU", ru="trace: средние, flatten, линейные слои, ReLU")
@hint(
    en="A row has a shape of one number; a linear map has a weight for each pair of values and a bias for each output.",
    ru="У строки форма из одного числа; у линейного слоя вес для каждой пары значений и сдвиг для каждого выхода.",
)
def test_trace_of_rows(submission, rng):
    for _ in range(8):
        same_rows(submission, *rows_and_maps(rng))


@points("1/2")
@title(en="trace: edges", ru="trace: крайние случаи")
@hint(
    en="A kernel may just fit, also thanks to the padding; more means than values may be asked for; a stride may jump "
    "over all.",
    ru="Ядро может занять всё целиком, в том числе благодаря дополнению; средних бывает больше, чем значений; шаг "
    "может быть больше стороны.",
)
def test_trace_at_edges(submission):
    for config, shape in (
        ([("conv", 2, 5, 1, 0)], (1, 5, 5)),
        ([("conv", 2, 5, 3, 2)], (1, 1, 1)),
        ([("pool", 3, 50)], (4, 3, 9)),
        ([("adaptive", 5)], (2, 3, 1)),
        ([("relu",)], (1, 1, 2)),
    ):
        same_rows(submission, config, shape)


@title(en="count: VGG and other networks", ru="count: VGG и другие сети")
@hint(
    en="The sum over all layers, with every bias; means make the number independent of the picture.",
    ru="Сумма по всем слоям, со всеми сдвигами; благодаря средним число не зависит от размера картинки.",
)
def test_count(submission, rng):
    side = int(rng.integers(40, 300))
    for config, shape in ((vgg(16), PICTURE), (vgg(19), (3, side, side)), convolutions(rng), rows_and_maps(rng)):
        assert_equal(submission.count(config, shape), count(config, shape), what="the number of parameters")


@title(en="count: a network that no memory holds", ru="count: сеть, которая не поместится в память")
@hint(
    en="Nothing has to be built: the numbers of each layer tell how many parameters it has.",
    ru="Строить ничего не нужно: число параметров слоя следует из его чисел.",
)
def test_count_of_a_giant(submission, rng):
    side, out = int(rng.integers(900, 1100)), int(rng.integers(900_000, 1_100_000))
    for config, shape in (
        ([("flatten",), ("linear", out)], (1, side, side)),
        ([("conv", out, 3, 1, 1), ("adaptive", 1), ("flatten",), ("linear", out)], (out, 8, 8)),
    ):
        assert_equal(submission.count(config, shape), count(config, shape), what="the number of parameters")


FUNCTIONS = ("trace", "count", "build")
BAD_SHAPES = ((3, 8), (2, 3, 8, 8), (0, 8, 8), (3, 8, -1))
BAD_CONFIGS = (
    [("dropout",)],
    [("conv", 4, 9, 1, 0)],
    [("conv", 4, 11, 1, 1)],
    [("relu",), ("pool", 9, 1)],
    [("adaptive", 3), ("conv", 4, 4, 1, 0)],
    [("conv", 0, 3, 1, 1)],
    [("conv", 4, 0, 1, 1)],
    [("conv", 4, 3, 0, 1)],
    [("conv", 4, 3, 1, -1)],
    [("pool", 2, 0)],
    [("pool", 2, -1)],
    [("pool", 0, 1)],
    [("adaptive", 0)],
    [("linear", 4)],
    [("adaptive", 1), ("linear", 4)],
    [("flatten",), ("linear", 0)],
    [("flatten",), ("conv", 4, 1, 1, 0)],
    [("flatten",), ("pool", 1, 1)],
    [("flatten",), ("adaptive", 1)],
)


@each(FUNCTIONS, worth="1/4", en="Wrong arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError that names shape or config; a window that does not fit, a size or stride below 1, linear before "
    "flatten, also where maps have one pixel.",
    ru="ValueError с именем shape или config: окно не помещается, размер или шаг меньше 1, линейный слой стоит до "
    "flatten, даже если карты из одного пикселя.",
)
def test_refused(submission, name):
    function = getattr(submission, name)
    for shape in BAD_SHAPES:
        assert_refused("shape", function, [("relu",)], shape)
    for config in BAD_CONFIGS:
        assert_refused("config", function, config, (2, 8, 8))
    for shape in ((2, 9, 5), (2, 5, 9)):
        assert_refused("config", function, [("pool", 6, 2)], shape)


@each(FUNCTIONS, worth="1/8", en="The configuration stays as it was: {name}", ru="Конфигурация не меняется: {name}")
@hint(en="pop, insert and append write into the caller's list.", ru="pop, insert и append меняют список вызывающего.")
def test_unchanged(submission, name):
    call_unchanged(getattr(submission, name), [("conv", 4, 3, 1, 1), ("relu",), ("flatten",), ("linear", 2)], (2, 6, 6))
