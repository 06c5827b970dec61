"""The hidden suite of L11.jigsaw and L11.inpaint, and of the arguments."""

import numpy as np

from grader.testing import (
    assert_array,
    assert_close,
    assert_count,
    assert_equal,
    assert_refused,
    call_unchanged,
    each,
    hint,
    points,
    title,
)
from grader.testing.inputs import fresh, smooth_image
from reference.extraction.pretext.jigsaw import jigsaw, restore
from reference.extraction.pretext.missing import colour_pair, grey, hide

ORDERS = 2500
SHAPES = ((9, 6, 3), (3, 12, 1), (6, 6, 2))


def same(found, expected, what, kind="float"):
    assert_array(found, shape=expected.shape, kind=kind, what=what)
    assert_close(found, expected, rtol=1e-6, atol=1e-9, what=what)


@points("3/4")
@title(en="A shuffled image", ru="Перемешанное изображение")
@hint(
    en="Place i shows the part order[i], and not the other way round; both are counted by rows.",
    ru="На месте i — часть order[i], а не наоборот; и места, и части считаются по строкам.",
)
def test_jigsaw(submission, rng):
    for shape in SHAPES:
        image, order = rng.random(shape), rng.permutation(9)
        same(submission.jigsaw(image, order), jigsaw(image, order), "shuffled image")


@points("3/4")
@title(en="A restored image", ru="Восстановленное изображение")
@hint(
    en="The part on place i goes back to place order[i]; restoring undoes jigsaw for every order.",
    ru="Часть с места i возвращается на место order[i]; restore отменяет jigsaw при любом порядке.",
)
def test_restore(submission, rng):
    for shape in SHAPES:
        shuffled, order = rng.random(shape), rng.permutation(9)
        same(submission.restore(shuffled, order), restore(shuffled, order), "restored image")


@points("1/2")
@title(en="Orders are drawn", ru="Случайный порядок")
@hint(
    en="Each of 0 to 8 once, all orders equally likely, another one at each call. A loop that exchanges every place "
    "with any of the nine makes 9^9 equally likely runs, which 9! does not divide.",
    ru="Каждое из чисел от 0 до 8 по разу, все порядки равновероятны, при каждом вызове — новый. Если в цикле менять "
    "каждое место с любым из девяти, равновероятных исходов 9^9, а это не делится на 9!.",
)
def test_draw_order(submission, probe, rng):
    found = probe.orders(submission.draw_order, fresh(rng), ORDERS)
    orders = np.array([assert_array(order, shape=(9,), kind="int", what="order") for order in found])
    assert_equal(np.sort(orders, axis=1), np.tile(np.arange(9), (ORDERS, 1)), what="the orders, each sorted")
    assert len({tuple(order) for order in orders.tolist()}) > 0.9 * ORDERS, "the same orders come again and again"
    for place in range(9):
        for part in range(9):
            hits = np.sum(orders[:, place] == part)
            assert_count(hits, ORDERS, 1 / 9, f"orders that put the part {part} on the place {place}")
    # 26 / 9 of these an order are right, with the variance 1.68; exchanging each place with any of the nine gives 3.24
    shifts = orders - np.arange(9)
    hits = int(((shifts >= 1) & (shifts <= 4)).sum())
    bound = 7 * (1.68 * ORDERS) ** 0.5
    assert abs(hits - ORDERS * 26 / 9) < bound, "parts move up by one to four places too often or too seldom"


@points("1/4")
@title(en="draw_order: all chance from rng", ru="draw_order: вся случайность из rng")
@hint(
    en="No np.random and no generator of your own: an equal generator gives an equal order, another one another.",
    ru="Ни np.random, ни собственного генератора: из такого же генератора — тот же порядок, из другого — другой.",
)
def test_order_generator(submission, rng):
    one, other = fresh(rng), fresh(rng)
    first, again = submission.draw_order(one), submission.draw_order(one)
    assert_equal(again, first, what="order from an equal generator")
    orders = [first, *(submission.draw_order(own) for own in (other, fresh(rng), fresh(rng)))]
    different = {tuple(assert_array(order, shape=(9,), kind="int", what="order").tolist()) for order in orders}
    assert len(different) > 1, "other generators give equal orders"


PLACES = (
    ((9, 7, 3), (2, 1, 4, 3)),
    ((5, 8, 1), (0, 0, 1, 8)),
    ((6, 6, 2), (4, 3, 2, 3)),
    ((4, 3, 3), (0, 0, 4, 3)),
    ((5, 4, 2), (4, 3, 1, 1)),  # the last pixel
)


def hidden(submission, rng, part, what, kind="float"):
    """One of the three results, for parts of several sizes."""
    for shape, place in PLACES:
        image = 0.1 + rng.random(shape)
        found = submission.hide(image, *place)
        assert isinstance(found, tuple), "(input, target, mask) must be a tuple"
        assert len(found) == 3, "(input, target, mask) must be a tuple of three"
        same(found[part], hide(image, *place)[part], what, kind)


@points("1/2")
@title(en="hide: what is seen", ru="hide: что видно")
@hint(
    en="All channels are filled in the part, and nothing else changes; without fill, by 0.",
    ru="В закрытой части заполняются все каналы, а вокруг ничего не меняется; без fill — нулём.",
)
def test_hidden_input(submission, rng):
    hidden(submission, rng, 0, "input")


@points("1/4")
@title(en="hide: the target", ru="hide: что надо восстановить")
@hint(
    en="The part only, of height rows and width columns, as it was before.",
    ru="Только сама часть, height строк и width столбцов, какой она была.",
)
def test_hidden_target(submission, rng):
    hidden(submission, rng, 1, "target")


@points("1/2")
@title(en="hide: the mask", ru="hide: маска")
@hint(
    en="Bools, one for each pixel, True where it is hidden.",
    ru="Логические значения, по одному на пиксель; True — закрыт.",
)
def test_mask(submission, rng):
    hidden(submission, rng, 2, "mask", "bool")


@points("1/4")
@title(en="hide: another fill", ru="hide: другое заполнение")
@hint(en="fill is the value of the hidden pixels.", ru="fill — значение закрытых пикселей.")
def test_fill(submission, rng):
    image = rng.random((5, 6, 3))
    for fill in (0.5, -1.0):
        same(submission.hide(image, 1, 2, 3, 2, fill)[0], hide(image, 1, 2, 3, 2, fill)[0], "input")


@points("1/2")
@title(en="Grey", ru="Серое изображение")
@hint(
    en="The channels have weights of their own, and the result has three equal channels. Values may be any numbers.",
    ru="У каждого канала свой вес, а в результате три одинаковых канала. Значения — любые числа.",
)
def test_grey(submission, rng):
    for image in (rng.random((4, 6, 3)), smooth_image(rng, 3, 3), 255 * rng.random((1, 2, 3)) - 20):
        same(submission.grey(image), grey(image), "grey image")


@points("1/2")
@title(en="A colour to be restored", ru="Цвет, который надо восстановить")
@hint(
    en="The grey image goes in, and the target is the whole image in colour.",
    ru="На вход — серое изображение, а восстановить надо целиком цветное.",
)
def test_colour_pair(submission, rng):
    image = rng.random((5, 4, 3))
    found = submission.colour_pair(image)
    assert isinstance(found, tuple), "(grey image, image) must be a tuple"
    assert len(found) == 2, "(grey image, image) must be a tuple of two"
    for part, expected, what in zip(found, colour_pair(image), ("grey image", "image"), strict=True):
        same(part, expected, what)


IMAGE, ORDER = np.arange(108.0).reshape(6, 6, 3) / 108, np.array([3, 1, 4, 0, 5, 8, 2, 6, 7])
NAN, WIDE = np.full((6, 6, 3), np.nan), np.ones((6, 7, 3))
BAD = {
    "rotations": (("images", (IMAGE[None, :5],)), ("images", (IMAGE,)), ("images", (NAN[None],))),
    "context_pair": (
        ("image", (IMAGE[0], 1, 1, 0, 2, 2)),
        ("size", (IMAGE, 0, 1, 0, 2, 2)),
        ("size", (IMAGE[:5], 2, 0, 0, 2, 2)),
        ("size", (IMAGE[:, :5], 2, 0, 0, 2, 2)),
        ("gap", (IMAGE, 1, -1, 0, 2, 2)),
        ("gap", (WIDE, 1, 2, 0, 3, 3)),
        ("gap", (WIDE.swapaxes(0, 1), 1, 2, 0, 3, 3)),
        ("position", (IMAGE, 1, 1, 8, 2, 2)),
        ("position", (IMAGE, 1, 1, -1, 2, 2)),
        ("top", (IMAGE, 1, 1, 7, 1, 2)),
        ("top", (IMAGE, 1, 1, 0, 4, 2)),
        ("left", (IMAGE, 1, 1, 7, 2, 1)),
        ("left", (IMAGE, 1, 1, 0, 2, 4)),
    ),
    "context_pairs": (("count", (IMAGE, 1, 1, 0)), ("size", (IMAGE, 3, 0, 5)), ("gap", (IMAGE, 1, 2, 5))),
    "jigsaw": (
        ("image", (IMAGE[:5], ORDER)),
        ("image", (IMAGE[:, :4], ORDER)),
        ("order", (IMAGE, ORDER[:8])),
        ("order", (IMAGE, np.minimum(ORDER, 7))),
        ("order", (IMAGE, ORDER + 1)),
        ("order", (IMAGE, ORDER - 1)),
    ),
    "restore": (("shuffled", (IMAGE[:5], ORDER)), ("shuffled", (NAN, ORDER)), ("order", (IMAGE, np.minimum(ORDER, 7)))),
    "hide": (
        ("image", (NAN, 0, 0, 1, 1)),
        ("top", (IMAGE, -1, 0, 1, 1)),
        ("top", (IMAGE, 6, 0, 1, 1)),
        ("left", (IMAGE, 0, -1, 1, 1)),
        ("left", (IMAGE, 0, 6, 1, 1)),
        ("height", (IMAGE, 4, 0, 3, 1)),
        ("height", (IMAGE, 4, 0, 0, 1)),
        ("width", (IMAGE, 0, 4, 1, 3)),
        ("width", (IMAGE, 0, 4, 1, 0)),
    ),
    "grey": (("image", (IMAGE[:, :, :2],)), ("image", (IMAGE[:, :, 0],)), ("image", (NAN,))),
    "colour_pair": (("image", (IMAGE[:, :, :1],)), ("image", (NAN,))),
}


@each(tuple(BAD), worth="1/8", en="Bad arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError with the argument's name. numpy counts negative indices from the end and cuts slices short.",
    ru="ValueError с именем аргумента. Отрицательные номера numpy отсчитывает с конца, а срезы молча укорачивает.",
)
def test_bad_arguments(submission, rng, name):
    for wrong, arguments in BAD[name]:
        further = (fresh(rng),) if name == "context_pairs" else ()
        assert_refused(wrong, getattr(submission, name), *arguments, *further)


@each(("jigsaw", "restore", "hide"), worth="1/12", en="Arguments unchanged: {name}", ru="Аргументы не меняются: {name}")
@hint(en="Write into a copy.", ru="Пишите в копию.")
def test_unchanged(submission, name):
    call_unchanged(getattr(submission, name), IMAGE, *((1, 2, 3, 2) if name == "hide" else (ORDER,)))


@each(
    ("context_pair", "hide", "colour_pair"),
    worth="1/12",
    en="{name}: new arrays",
    ru="{name}: новые массивы",
)
@hint(
    en="A slice is a window into the image: who changes the result later changes the image. Copy it.",
    ru="Срез — это окно в изображение: кто позже изменит результат, изменит и изображение. Сделайте копию.",
)
def test_new_arrays(submission, probe, name):
    further = {"context_pair": (1, 1, 0, 2, 2), "hide": (1, 2, 3, 2), "colour_pair": ()}
    shared = probe.shares_memory(getattr(submission, name), IMAGE, *further[name])
    assert_equal(shared, False, what="whether a result lies in the memory of the image")
