"""The hidden suite of AlexNet and VGG as lists of layers."""

from grader.testing import assert_equal, assert_refused, each, hint, points, title
from reference.convolutions.architectures.alexnet import alexnet
from reference.convolutions.architectures.vgg import vgg

from .shared import layers, of_kinds

PAIR = [("conv",), ("relu",)]


def without_repetition(config):
    """The layers, where convolutions have no numbers, and of several pairs of convolution and ReLU one is left."""
    found = []
    for layer in layers(config):
        found.append(layer if layer[0] != "conv" else ("conv",))
        if found[-4:] == PAIR + PAIR:
            del found[-2:]
    return found


@title(en="AlexNet: convolutions", ru="AlexNet: свёртки")
@hint(
    en="A layer is (kind, out, k, s, p); the five rows of the table, from the picture on.",
    ru="Слой — это (название, out, k, s, p); пять строк таблицы, начиная от картинки.",
)
def test_alexnet_convolutions(submission):
    assert_equal(of_kinds(submission.alexnet(), "conv"), of_kinds(alexnet(), "conv"), what="convolutions")


@points("1/2")
@title(en="AlexNet: pooling and means", ru="AlexNet: пулинг и средние")
@hint(
    en="Three poolings of 3 x 3 that overlap, then means of 6 x 6.",
    ru="Три пулинга 3 x 3 с перекрытием окон, затем средние 6 x 6.",
)
def test_alexnet_pooling(submission):
    kinds = "pool", "adaptive"
    assert_equal(of_kinds(submission.alexnet(), *kinds), of_kinds(alexnet(), *kinds), what="pooling and means")


@points("1/2")
@title(en="AlexNet: linear maps", ru="AlexNet: линейные слои")
@hint(en="4096, 4096 and the classes.", ru="4096, 4096 и число классов.")
def test_alexnet_linear(submission):
    assert_equal(of_kinds(submission.alexnet(), "linear"), of_kinds(alexnet(), "linear"), what="linear maps")


@points("1/2")
@title(en="AlexNet: the order of the layers", ru="AlexNet: порядок слоёв")
@hint(
    en="ReLU directly after each layer with parameters but the last; pooling after the ReLU of 1, 2 and 5; flatten.",
    ru="ReLU сразу после каждого слоя с параметрами, кроме последнего; пулинг после ReLU слоёв 1, 2 и 5; flatten.",
)
def test_alexnet_order(submission):
    found = [layer[0] for layer in layers(submission.alexnet())]
    assert_equal(found, [layer[0] for layer in alexnet()], what="kinds of the layers")


@each(("16", "19"), worth="3/4", en="VGG-{name}: convolutions", ru="VGG-{name}: свёртки")
@hint(
    en="Five blocks; count the convolutions of each, and their channels. With three linear maps they make the depth.",
    ru="Пять блоков; сосчитайте свёртки и каналы в каждом. Вместе с тремя линейными слоями получается глубина.",
)
def test_vgg_convolutions(submission, name):
    depth = int(name)
    assert_equal(of_kinds(submission.vgg(depth), "conv"), of_kinds(vgg(depth), "conv"), what="convolutions")


@each(("16", "19"), worth="1/2", en="VGG-{name}: the other layers", ru="VGG-{name}: остальные слои")
@hint(
    en="ReLU after each convolution, pooling 2 x 2 at the end of each block, means of 7 x 7, the linear maps "
    "of AlexNet.",
    ru="ReLU после каждой свёртки, пулинг 2 x 2 в конце каждого блока, средние 7 x 7, линейные слои AlexNet.",
)
def test_vgg_others(submission, name):
    depth = int(name)
    assert_equal(without_repetition(submission.vgg(depth)), without_repetition(vgg(depth)), what="layers")


@points("1/4")
@title(en="VGG: another depth is refused", ru="VGG: другая глубина отвергается")
@hint(en="ValueError that names depth.", ru="ValueError с именем depth.")
def test_depth(submission):
    for depth in (0, 11, 17, 18, -16):
        assert_refused("depth", submission.vgg, depth)
