"""The hidden suite of output sizes and of the receptive field."""

from grader.testing import assert_equal, hint, points, title
from reference.convolutions.layers.sizes import conv_size, pool_size, receptive_field


def some(rng, *, rest, padded):
    """Arguments (i, k, s, p), of which the last step leaves no pixel out, or some."""
    for _ in range(12):
        k, s, p = int(rng.integers(1, 8)), int(rng.integers(2 if rest else 1, 6)), int(rng.integers(4)) * padded
        left = int(rng.integers(1, s)) if rest else 0
        i = k - 2 * p + s * int(rng.integers(8, 30)) + left
        yield i, k, s, p


@points("1/2")
@title(en="conv_size without a rest", ru="conv_size без остатка")
@hint(
    en="Padding stands on two sides, and a kernel as large as the padded image has one place.",
    ru="Дополнение — с двух сторон, а у ядра размером с дополненное изображение одно место.",
)
def test_conv_size(submission, rng):
    for case in [*some(rng, rest=False, padded=True), (1, 1, 1, 0), (3, 7, 1, 2), (3, 7, 5, 2)]:
        assert_equal(submission.conv_size(*case), conv_size(*case), what=f"conv_size{case}")
    assert_equal(submission.conv_size(9, 4), 6, what="conv_size(9, 4)")


@points("1/2")
@title(en="conv_size with a rest", ru="conv_size с остатком")
@hint(
    en="What the last step does not reach is left out. Count the places for i = 6, k = 3, s = 2.",
    ru="То, до чего последний шаг не дотягивается, отбрасывается. Сосчитайте места при i = 6, k = 3, s = 2.",
)
def test_conv_size_with_a_rest(submission, rng):
    for case in [*some(rng, rest=True, padded=True), (4, 3, 9, 0), (2, 1, 7, 1)]:
        assert_equal(submission.conv_size(*case), conv_size(*case), what=f"conv_size{case}")


@points("1/2")
@title(en="pool_size without a rest", ru="pool_size без остатка")
@hint(
    en="The formula of convolution without padding; window and stride may differ.",
    ru="Формула свёртки без дополнения; окно и шаг бывают разными.",
)
def test_pool_size(submission, rng):
    for i, k, s, _ in [*some(rng, rest=False, padded=False), (1, 1, 1, 0), (5, 5, 5, 0)]:
        assert_equal(submission.pool_size(i, k, s), pool_size(i, k, s), what=f"pool_size{(i, k, s)}")


@points("1/4")
@title(en="pool_size with a rest", ru="pool_size с остатком")
@hint(
    en="A window that does not lie in the image whole gives no output.",
    ru="Окно, которое не лежит в изображении целиком, выхода не даёт.",
)
def test_pool_size_with_a_rest(submission, rng):
    for i, k, s, _ in [*some(rng, rest=True, padded=False), (5, 3, 8, 0)]:
        assert_equal(submission.pool_size(i, k, s), pool_size(i, k, s), what=f"pool_size{(i, k, s)}")


@points("1/2")
@title(en="The receptive field with strides of 1", ru="Рецептивное поле при шаге 1")
@hint(
    en="Each layer adds its kernel less one. Draw two layers of 3 on a line of pixels.",
    ru="Каждый слой добавляет размер ядра без единицы. Нарисуйте два слоя 3 на строке пикселей.",
)
def test_receptive_field(submission, rng):
    for count in (1, 2, 5, 9):
        layers = [(int(k), 1) for k in rng.integers(1, 8, size=count)]
        assert_equal(submission.receptive_field(layers), receptive_field(layers), what=f"the field of {layers}")


@points("1/2")
@title(en="The receptive field with strides", ru="Рецептивное поле с шагами")
@hint(
    en="A step of a layer is as long as the strides before it make it; its own stride counts from the next layer on.",
    ru="Длину шага слоя задают шаги предыдущих слоёв; его собственный шаг важен, начиная со следующего слоя.",
)
def test_receptive_field_with_strides(submission, rng):
    fixed = [[(3, 2), (3, 1)], [(1, 4), (2, 1)], [(5, 3)], [(11, 4), (3, 2), (5, 1), (3, 2), (3, 1)]]
    drawn = [list(zip(rng.integers(1, 6, 4).tolist(), rng.integers(1, 4, 4).tolist(), strict=True)) for _ in range(4)]
    for layers in fixed + drawn:
        assert_equal(submission.receptive_field(layers), receptive_field(layers), what=f"the field of {layers}")


@points("1/4")
@title(en="The receptive field without layers", ru="Рецептивное поле без слоёв")
@hint(en="A pixel of the image sees itself.", ru="Пиксель изображения видит сам себя.")
def test_no_layers(submission):
    assert_equal(submission.receptive_field([]), 1, what="the field of []")
