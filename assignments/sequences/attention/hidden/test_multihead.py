"""The hidden suite of attention with several heads, and of the causal mask."""

import torch

from grader.testing import assert_array, assert_close, assert_equal, hint, points, title
from grader.testing.inputs import randn
from grader.testing.twins import (
    assert_first_values,
    assert_parameters,
    assert_same_gradients,
    assert_same_output,
    twins,
)
from reference.sequences.attention.masks import causal_mask
from reference.sequences.attention.multihead import MultiHead

from .shared import random_mask


def pair_of(submission, torch_rng, d, heads):
    return twins(submission.MultiHead(d, heads), MultiHead(d, heads), torch_rng)


@points("1/4")
@title(en="MultiHead: parameters", ru="MultiHead: параметры")
@hint(
    en="Four matrices (d, d) and four vectors (d,) whatever the number of heads; a head is a part of their rows.",
    ru="Четыре матрицы (d, d) и четыре вектора (d,) при любом числе голов; голова — это часть их строк.",
)
def test_parameters(submission):
    shapes = {f"{kind}_{of}": (6, 6)[: 2 if kind == "w" else 1] for kind in "wb" for of in "qkvo"}
    for heads in (2, 3):
        assert_parameters(submission.MultiHead(6, heads), shapes)


@points("1/4")
@title(en="MultiHead: first values", ru="MultiHead: начальные значения")
@hint(
    en="All eight are uniform within 1/sqrt(d), the biases too, each by a draw of its own.",
    ru="Все восемь равномерны в пределах 1/sqrt(d), сдвиги тоже; для каждого — новые случайные числа.",
)
def test_first_values(submission, torch_rng):
    assert_first_values(lambda rng: submission.MultiHead(32, 4, rng=rng), torch_rng, 32**-0.5)


@title(en="MultiHead: a sequence looks at itself", ru="MultiHead: последовательность смотрит на себя")
@hint(
    en="Cut the last axis into heads and bring them before the places: unflatten, then transpose. The scale is the "
    "root of d / heads. On the way back transpose first, then w_o and b_o.",
    ru="Разрежьте последнюю ось на головы и поставьте их перед позициями: сначала unflatten, потом transpose. Масштаб "
    "— корень из d / heads. На обратном пути сначала transpose, потом w_o и b_o.",
)
def test_heads(submission, torch_rng):
    for d, heads, b, n in ((6, 2, 3, 5), (6, 3, 2, 4), (8, 4, 2, 3)):
        assert_same_output(pair_of(submission, torch_rng, d, heads), randn(torch_rng, b, n, d))


@points("1/2")
@title(en="MultiHead: a sequence looks at a memory", ru="MultiHead: последовательность смотрит на memory")
@hint(
    en="Queries are made of x, keys and values of memory. Its length may be another.",
    ru="Запросы строятся по x, ключи и значения — по memory. Её длина может быть другой.",
)
def test_memory(submission, torch_rng):
    for n, m in ((4, 4), (3, 6), (5, 2)):
        pair = pair_of(submission, torch_rng, 6, 2)
        assert_same_output(pair, randn(torch_rng, 3, n, 6), randn(torch_rng, 3, m, 6))


@points("1/4")
@title(en="MultiHead: one mask for all", ru="MultiHead: одна маска на всех")
@hint(
    en="The mask (n, m) holds for every object and every head.",
    ru="Маска (n, m) действует для каждого объекта и каждой головы.",
)
def test_mask(submission, torch_rng):
    pair = pair_of(submission, torch_rng, 6, 2)
    for n, m in ((4, 4), (3, 5)):
        x, memory = randn(torch_rng, 3, n, 6), randn(torch_rng, 3, m, 6)
        assert_same_output(pair, x, memory, random_mask(torch_rng, n, m))


@points("1/4")
@title(en="MultiHead: a place that sees nothing", ru="MultiHead: позиция, которой ничего не видно")
@hint(en="It gets b_o: each head gives 0.", ru="Она получает b_o: каждая голова даёт 0.")
def test_mask_of_nothing(submission, torch_rng):
    pair = pair_of(submission, torch_rng, 6, 2)
    mask = random_mask(torch_rng, 4, 5)
    mask[0], mask[1] = False, True
    assert_same_output(pair, randn(torch_rng, 3, 4, 6), randn(torch_rng, 3, 5, 6), mask)


@title(en="MultiHead: a mask for each object", ru="MultiHead: своя маска у каждого объекта")
@hint(
    en="The scores are (b, heads, n, m): a mask (b, n, m) needs an axis for the heads. Without it object and head are "
    "confused where there are as many of both.",
    ru="Оценки имеют форму (b, heads, n, m): маске (b, n, m) нужна ось для голов. Без неё объект и голова путаются, "
    "когда их поровну.",
)
def test_masks_of_objects(submission, torch_rng):
    for heads, b in ((2, 2), (3, 3), (2, 3)):
        pair = pair_of(submission, torch_rng, 6, heads)
        for shape in ((b, 4, 5), (b, 1, 5)):
            mask = random_mask(torch_rng, *shape)
            assert_same_output(pair, randn(torch_rng, b, 4, 6), randn(torch_rng, b, 5, 6), mask)


@points("1/2")
@title(en="MultiHead: one head, one object, one place", ru="MultiHead: одна голова, один объект, одна позиция")
@hint(
    en="squeeze() loses axes of length 1. With heads = d each head has one entry.",
    ru="squeeze() теряет оси длины 1. При heads = d у каждой головы одна компонента.",
)
def test_ones(submission, torch_rng):
    for d, heads, b, n, m in ((4, 1, 2, 3, 2), (3, 3, 2, 3, 4), (4, 2, 1, 3, 3), (4, 2, 3, 1, 4), (1, 1, 1, 1, 1)):
        pair = pair_of(submission, torch_rng, d, heads)
        assert_same_output(pair, randn(torch_rng, b, n, d), randn(torch_rng, b, m, d))


@title(en="MultiHead: gradients", ru="MultiHead: градиенты")
@hint(
    en="They reach x, memory and all parameters; where the sequence looks at itself x gets them in three ways. detach "
    "and .data cut the way back.",
    ru="Градиенты доходят до x, memory и всех параметров; когда последовательность смотрит на себя, к x они идут "
    "тремя путями. detach и .data обрывают обратный проход.",
)
def test_gradients(submission, torch_rng):
    x, memory = randn(torch_rng, 2, 4, 6), randn(torch_rng, 2, 3, 6)
    assert_same_gradients(pair_of(submission, torch_rng, 6, 2), x, torch_rng=torch_rng)
    mask = torch.tensor([[True, False, True], [True, True, True], [False, False, True], [True, True, False]])
    assert_same_gradients(pair_of(submission, torch_rng, 6, 3), x, memory, mask, torch_rng=torch_rng)


# -- causality -------------------------------------------------------------------------------------------


@points("3/4")
@title(en="causal_mask", ru="causal_mask")
@hint(
    en="Row i tells what place i sees: itself and what is before it. The result holds bools.",
    ru="Строка i говорит, что видит позиция i: себя и всё, что раньше. Результат — булев тензор.",
)
def test_causal_mask(submission):
    for n in (1, 2, 5, 9):
        assert_equal(submission.causal_mask(n), causal_mask(n), what=f"causal_mask({n})")


@points("1/2")
@title(en="MultiHead: the future changes nothing", ru="MultiHead: будущее ничего не меняет")
@hint(
    en="Under the causal mask the weight of a later place is exactly 0, so the earlier results stay the same to the "
    "last bit.",
    ru="При причинной маске вес более поздней позиции — ровно 0, поэтому ранние результаты совпадают до последнего "
    "бита.",
)
def test_future(submission, torch_rng):
    pair = pair_of(submission, torch_rng, 6, 2)
    x, mask = randn(torch_rng, 2, 7, 6), causal_mask(7)
    found = assert_array(pair.made(x, None, mask), shape=(2, 7, 6), kind="float", what="what comes out")
    for past in (1, 4, 6):
        other = x.clone()
        other[:, past:] = 30 * randn(torch_rng, 2, 7 - past, 6)
        again = assert_array(pair.made(other, None, mask), shape=(2, 7, 6), kind="float", what="what comes out")
        same = torch.equal(again[:, :past], found[:, :past])
        assert same, f"the results of the first {past} places are others when later places change"
        assert not torch.equal(again[:, past], found[:, past]), "a place does not see itself"


@points("1/2")
@title(en="MultiHead: padding changes nothing", ru="MultiHead: дополнение ничего не меняет")
@hint(
    en="Vectors of memory that the mask hides must have no weight, however many there are and whatever is in them.",
    ru="Скрытые маской векторы memory не имеют веса, сколько бы их ни было и что бы в них ни стояло.",
)
def test_padding(submission, torch_rng):
    pair = pair_of(submission, torch_rng, 6, 3)
    x, memory = randn(torch_rng, 2, 4, 6), randn(torch_rng, 2, 3, 6)
    with torch.no_grad():
        expected = pair.expected(x, memory)
    for more in (1, 2, 20):
        padded = torch.cat([memory, 20 * randn(torch_rng, 2, more, 6)], dim=1)
        mask = (torch.arange(3 + more) < 3).expand(2, 1, 3 + more)
        found = pair.made(x, padded, mask.clone())
        assert_close(found, expected, rtol=1e-8, atol=1e-9, what=f"what comes out with {more} vectors of padding")
