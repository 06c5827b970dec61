"""The hidden suite of matrix derivatives and blocks."""

import math

import numpy as np
import pytest

from grader.testing import (
    assert_close,
    assert_equal,
    assert_refused,
    call_unchanged,
    each,
    hint,
    points,
    title,
    together,
)
from reference.autodiff.graphs.blocks import Linear, Map, Parallel, Sequential
from reference.autodiff.matrices.contraction import contraction, contraction_vjp
from reference.autodiff.matrices.matrix_vjps import (
    hadamard_vjp,
    inverse_vjp,
    map_vjp,
    matmul_vjp,
    permute_vjp,
    sort_vjp,
    sum_vjp,
    transpose_vjp,
)
from reference.autodiff.mse import mse, mse_gradient

ORDINARY = ("ij,jk->ik", "ij,jk->ki", "ij,kj->ik", "ij,ij->ij", "ij,ij->", "mij,mjk->mik", "ijk,kj->i", "ijk,jki->kj")
LONELY = ("i,j->ij", "i,j->ji", "ij,jk->k", "ij,k->k", "ij,k->", "ij,k->jk", ",ij->ji", "i,->i", ",->")
DIAGONAL = ("ii,i->i", "ii,ij->j", "iij,jj->i", "iii,i->", "ii,jj->", "ii,ii->i", "iji,j->ij")
TANH = (np.tanh, lambda x: 1.0 - np.tanh(x) ** 2)


def near(found, expected, what):
    """Like ``expected``; an array without axes may be a plain number."""
    wanted = float(expected) if np.ndim(expected) == 0 else np.asarray(expected)
    assert_close(found, wanted, rtol=1e-9, atol=1e-11, what=what)


def all_near(found, expected, what):
    """Several arrays, in a tuple or a list."""
    assert isinstance(found, tuple | list), f"{what}: expected {len(expected)} arrays in a tuple or a list"
    assert_equal(len(found), len(expected), what=f"{what}: how many arrays")
    for number, (one, other) in enumerate(zip(found, expected, strict=True)):
        near(one, other, f"{what}[{number}]")


def operands(pattern, rng, low=1, high=4):
    """Random arrays for the two operands, and lengths of all letters; different letters mostly differ in length."""
    left, _, right = pattern.partition("->")[0].partition(",")
    lengths = {letter: int(rng.integers(low, high + 1)) for letter in left + right}
    return [rng.normal(size=[lengths[letter] for letter in own]) for own in (left, right)]


def renamed(pattern, rng):
    """The pattern with other letters."""
    letters = "".join(rng.permutation(list("abcdefghijklmnopqrstuvwxyz")))
    return pattern.translate(str.maketrans("ijkm", letters[:4]))


def check_forward(submission, patterns, rng):
    for pattern in (renamed(pattern, rng) for pattern in patterns):
        for a, b in (operands(pattern, rng), operands(pattern, rng, 2, 5)):
            near(submission.contraction(pattern, a, b), contraction(pattern, a, b), pattern)


def check_backward(submission, patterns, rng):
    for pattern in (renamed(pattern, rng) for pattern in patterns):
        for a, b in (operands(pattern, rng), operands(pattern, rng, 2, 5)):
            dC = rng.normal(size=contraction(pattern, a, b).shape)
            found = submission.contraction_vjp(pattern, a, b, dC)
            all_near(found, contraction_vjp(pattern, a, b, dC), pattern)


@title(en="The mean squared error", ru="Среднеквадратичная ошибка")
@hint(en="The mean is over objects and outputs: n k entries.", ru="Среднее — по объектам и выходам: n k чисел.")
def test_mse(submission, rng):
    for n, k in ((9, 3), (1, 4), (6, 1)):
        predicted, target = rng.normal(size=(n, k)), rng.normal(size=(n, k))
        near(submission.mse(predicted, target), mse(predicted, target), f"mse of shape {(n, k)}")


@title(en="The gradient of the mean squared error", ru="Градиент среднеквадратичной ошибки")
@hint(en="A factor 2, a sign, and the same n k.", ru="Множитель 2, знак и то же n k.")
def test_mse_gradient(submission, rng):
    for n, k in ((9, 3), (1, 4), (6, 1)):
        predicted, target = rng.normal(size=(n, k)), rng.normal(size=(n, k))
        found = submission.mse_gradient(predicted, target)
        near(found, mse_gradient(predicted, target), f"gradient of shape {(n, k)}")


@points(2)
@title(en="Contraction: the result", ru="Свёртка по образцу: результат")
@hint(
    en="One loop a letter; letters that the result lacks are summed over; mind the order of the result's axes.",
    ru="Один цикл на букву; по буквам, которых нет в результате, идёт сумма; следите за порядком осей результата.",
)
def test_contraction(submission, rng):
    check_forward(submission, ORDINARY + LONELY + DIAGONAL, rng)


@points(2)
@title(en="Contraction: the derivatives", ru="Свёртка по образцу: производные")
@hint(
    en="The same loops: da[x] += dc[z] b[y], db[y] += dc[z] a[x].",
    ru="Те же циклы: da[x] += dc[z] b[y], db[y] += dc[z] a[x].",
)
def test_contraction_vjp(submission, rng):
    check_backward(submission, ORDINARY, rng)


@title(en="Contraction: letters of one operand only", ru="Свёртка по образцу: буквы только одного операнда")
@hint(
    en="A letter of one operand that is summed over still makes its loop run: the derivative repeats along it.",
    ru="Цикл по букве одного операнда выполняется, даже если по ней идёт сумма: вдоль неё производная повторяется.",
)
def test_contraction_lonely(submission, rng):
    check_backward(submission, LONELY, rng)


@title(en="Contraction: a letter repeated in an operand", ru="Свёртка по образцу: буква повторяется в операнде")
@hint(
    en="Only the diagonal is read, so only the diagonal gets a derivative; the rest is 0.",
    ru="Читается только диагональ, поэтому производная есть только у неё; остальное равно нулю.",
)
def test_contraction_diagonal(submission, rng):
    check_backward(submission, DIAGONAL, rng)


@title(en="Sum of equal shapes", ru="Сумма при равных формах")
@hint(
    en="Every operand gets dY, the same array twice as well.",
    ru="Каждое слагаемое получает dY, даже если оно повторяется.",
)
def test_sum(submission, rng):
    X, dY = rng.normal(size=(3, 2)), rng.normal(size=(3, 2))
    for inputs in ([X], [X, X], [X, rng.normal(size=(3, 2)), X + 1]):
        all_near(submission.sum_vjp(inputs, dY), sum_vjp(inputs, dY), "sum_vjp")


@title(en="Sum with broadcasting", ru="Сумма с растягиванием форм")
@hint(
    en="An operand that was repeated along an axis gets the sum over it, and keeps its own shape.",
    ru="Слагаемое, повторённое вдоль оси, получает сумму по ней и сохраняет свою форму.",
)
def test_sum_broadcast(submission, rng):
    for shapes in (
        [(3, 4), (4,)],
        [(3, 1), (1, 4)],
        [(3, 1), (4,), (3, 4)],
        [(2, 1, 3), (5, 1), (1, 1, 1), ()],
        [(1,), (1, 1)],
        [(3, 3), (3,), (3, 1)],
    ):
        inputs = [rng.normal(size=shape) for shape in shapes]
        dY = rng.normal(size=np.broadcast_shapes(*shapes))
        all_near(submission.sum_vjp(inputs, dY), sum_vjp(inputs, dY), f"shapes {shapes}")


@title(en="Product of matrices", ru="Произведение матриц")
@hint(
    en="Square matrices hide a missing transposition.", ru="На квадратных матрицах не видно забытого транспонирования."
)
def test_matmul(submission, rng):
    for n, k, m in ((2, 3, 4), (3, 3, 3), (1, 5, 1), (4, 1, 2)):
        X1, X2, dY = rng.normal(size=(n, k)), rng.normal(size=(k, m)), rng.normal(size=(n, m))
        all_near(submission.matmul_vjp(X1, X2, dY), matmul_vjp(X1, X2, dY), f"sizes {(n, k, m)}")


@title(en="Elementwise product of several factors", ru="Поэлементное произведение нескольких множителей")
@hint(en="All factors but one, times dY.", ru="Все множители, кроме одного, умноженные на dY.")
def test_hadamard(submission, rng):
    for count in (1, 2, 3, 5):
        factors, dY = list(rng.normal(size=(count, 3, 2))), rng.normal(size=(3, 2))
        all_near(submission.hadamard_vjp(factors, dY), hadamard_vjp(factors, dY), f"{count} factors")


@title(en="Elementwise product with zeros", ru="Поэлементное произведение с нулями")
@hint(
    en="Dividing the product by a factor fails where it is 0, and cheats where it is replaced by a tiny number.",
    ru="Деление произведения на множитель ломается там, где он 0, а замена нуля малым числом искажает ответ.",
)
def test_hadamard_zeros(submission, rng):
    factors, dY = list(rng.normal(size=(4, 3, 4))), rng.normal(size=(3, 4))
    factors[int(rng.integers(4))][0] = 0.0
    factors[0][1] = factors[2][1] = 0.0
    found = submission.hadamard_vjp(factors, dY)
    all_near(found, hadamard_vjp(factors, dY), "hadamard_vjp")
    for one, other in zip(found, hadamard_vjp(factors, dY), strict=True):
        assert_close(one, other, rtol=1e-9, what="a derivative, zeros being exactly 0")


@title(en="Elementwise function", ru="Поэлементная функция")
@hint(en="f' is taken at X, and dY multiplies it.", ru="f' берётся в X и умножается на dY.")
def test_map(submission, rng):
    for derivative, shape in ((np.cos, (3, 4)), (np.exp, (5,)), (TANH[1], (2, 1, 3))):
        X, dY = rng.normal(size=shape), rng.normal(size=shape)
        near(submission.map_vjp(derivative, X, dY), map_vjp(derivative, X, dY), f"map_vjp of shape {shape}")


@title(en="Inverse matrix", ru="Обратная матрица")
@hint(en="A minus, Y on both sides, both transposed.", ru="Минус, Y с обеих сторон, обе транспонированы.")
def test_inverse(submission, rng):
    for n in (1, 2, 4):
        X, dY = rng.uniform(-1, 1, size=(n, n)) + 1.5 * n * np.eye(n), rng.normal(size=(n, n))
        near(submission.inverse_vjp(X, dY), inverse_vjp(X, dY), f"inverse_vjp, n = {n}")


@title(en="Transposed matrix", ru="Транспонированная матрица")
@hint(en="Without axes their order is reversed, as in numpy.", ru="Без axes порядок осей обращается, как в numpy.")
def test_transpose(submission, rng):
    for shape in ((3, 4), (1, 5), (4,), (2, 3, 4)):
        dY = rng.normal(size=shape)
        near(submission.transpose_vjp(dY), transpose_vjp(dY), f"dY of shape {shape}")


@title(en="Several axes in a new order", ru="Несколько осей в новом порядке")
@hint(
    en="The inverse permutation of the axes; for two axes it is the same one, for three it need not be.",
    ru="Обратная перестановка осей; для двух осей это она же, для трёх — не всегда.",
)
def test_transpose_axes(submission, rng):
    for shape, axes in (((3, 4), (0, 1)), ((2, 3, 4), (1, 2, 0)), ((3, 3, 3), (2, 0, 1)), ((2, 3, 1, 4), (3, 0, 1, 2))):
        dY = rng.normal(size=shape)
        near(submission.transpose_vjp(dY, axes), transpose_vjp(dY, axes), f"axes {axes}")


@title(en="Permutation of entries", ru="Перестановка элементов")
@hint(
    en="Y[i] came from X[permutation[i]], and that is where dY[i] goes.",
    ru="Y[i] пришёл из X[permutation[i]], туда и идёт dY[i].",
)
def test_permute(submission, rng):
    n = int(rng.integers(5, 9))
    cycle = np.roll(np.arange(n), 1)  # differs from its inverse
    for permutation in (cycle, rng.permutation(n), np.array([0])):
        dY = rng.normal(size=len(permutation))
        near(submission.permute_vjp(permutation, dY), permute_vjp(permutation, dY), "permute_vjp")


@title(en="Sorting", ru="Сортировка")
@hint(
    en="argsort tells where the entries of Y came from. Each row along the last axis is sorted by itself.",
    ru="argsort говорит, откуда пришли элементы Y. Каждый ряд вдоль последней оси сортируется отдельно.",
)
def test_sort(submission, rng):
    for shape in ((8,), (1,), (5, 7), (2, 3, 4)):
        X = rng.permutation(math.prod(shape)).reshape(shape) + rng.uniform(-0.25, 0.25, size=shape)  # no ties
        dY = rng.normal(size=shape)
        near(submission.sort_vjp(X, dY), sort_vjp(X, dY), f"sort_vjp of shape {shape}")


@title(en="Sorting equal entries", ru="Сортировка равных элементов")
@hint(
    en="Equal entries keep their order: numpy's argsort promises that for kind='stable' only.",
    ru="Равные элементы сохраняют порядок: argsort в numpy обещает это только при kind='stable'.",
)
def test_sort_ties(submission, rng):
    X, dY = rng.integers(4, size=(3, 120)).astype(float), rng.normal(size=(3, 120))
    near(submission.sort_vjp(X, dY), sort_vjp(X, dY), "sort_vjp")


@points(2)
@title(en="The linear block", ru="Линейный блок")
@hint(
    en="The bias is added to each of n rows, so its gradient is a sum over them.",
    ru="Сдвиг прибавляется к каждой из n строк, поэтому его градиент — сумма по ним.",
)
def test_linear(submission, rng):
    for n, m, k in ((5, 3, 2), (1, 2, 3), (4, 3, 3)):
        weight, bias = rng.normal(size=(m, k)), rng.normal(size=k)
        block, own = submission.Linear(weight, bias), Linear(weight, bias)
        X, dY = rng.normal(size=(n, m)), rng.normal(size=(n, k))
        near(block.forward(X), own.forward(X), "Y")
        near(block.backward(dY), own.backward(dY), "dX")
        near(block.weight_gradient, own.weight_gradient, "weight_gradient")
        near(block.bias_gradient, own.bias_gradient, "bias_gradient")


@points("3/2")
@title(en="Blocks one after the other", ru="Блоки друг за другом")
@hint(
    en="Forward in order, backward in reverse, each block once; a composition is a block like any other.",
    ru="forward по порядку, backward в обратном, каждый блок по одному разу; композиция — такой же блок.",
)
def test_sequential(submission, probe, rng):
    matrices, X, dY = list(rng.normal(size=(4, 3, 3))), rng.normal(size=(2, 3)), rng.normal(size=(2, 3))
    whole = np.linalg.multi_dot(matrices)
    log = [f"forward {i}" for i in range(4)] + [f"backward {i}" for i in (3, 2, 1, 0)]
    for found in (
        probe.logged(submission.Sequential, matrices, X, dY),
        probe.nested(submission.Sequential, matrices, X, dY),
    ):
        Y, dX, calls = told(found, 3)
        all_near((Y, dX), (X @ whole, dY @ whole.T), "(Y, dX)")
        assert_equal(calls, log, what="calls of the blocks")


def told(found, count):
    """What the probe tells, once it is known to be a tuple of so many things."""
    assert isinstance(found, tuple), "the probe must tell a tuple"
    assert_equal(len(found), count, what="how many things the probe tells")
    return found


@points("1/2")
@together("Linear", "Map", "Sequential", because="blocks must work inside of each other; alone each has its test")
@title(en="A network of blocks", ru="Сеть из блоков")
@hint(
    en="Linear blocks and functions in a Sequential: each remembers what its own backward needs.",
    ru="Линейные блоки и функции в Sequential: каждый помнит то, что нужно его собственному backward.",
)
def test_network(submission, probe, rng):
    sizes = (2, 4, 3, 1)
    weights = [rng.normal(size=(sizes[i], sizes[i + 1])) for i in range(len(sizes) - 1)]
    biases = [rng.normal(size=size) for size in sizes[1:]]
    X, dY = rng.normal(size=(5, sizes[0])), rng.normal(size=(5, sizes[-1]))
    own = [Linear(weight, bias) for weight, bias in zip(weights, biases, strict=True)]
    model = Sequential([own[0], *(Sequential([Map(*TANH), block]) for block in own[1:])])
    found = probe.network(submission.Linear, submission.Map, submission.Sequential, weights, biases, X, dY)
    Y, dX, weight_gradients, bias_gradients = told(found, 4)
    all_near((Y, dX), (model.forward(X), model.backward(dY)), "(Y, dX) of a network")
    all_near(weight_gradients, [block.weight_gradient for block in own], "gradients of the weights")
    all_near(bias_gradients, [block.bias_gradient for block in own], "gradients of the biases")


@points("1/2")
@title(en="Blocks side by side", ru="Блоки рядом")
@hint(
    en="Each block gets the same X and the same dY; what they return is added up, both ways.",
    ru="Каждый блок получает один и тот же X и один и тот же dY; в обе стороны результаты складываются.",
)
def test_parallel(submission, probe, rng):
    matrices, X, dY = list(rng.normal(size=(3, 3, 3))), rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    Y, dX, calls = told(probe.logged(submission.Parallel, matrices, X, dY), 3)
    all_near((Y, dX), (X @ sum(matrices), dY @ sum(matrices).T), "(Y, dX)")
    assert isinstance(calls, list), "the blocks' calls must be a list"
    once_each = sorted(f"{way} {i}" for way in ("forward", "backward") for i in range(3))
    assert_equal(sorted(map(str, calls)), once_each, what="calls of the blocks, in any order")


def two(x):
    return np.full_like(x, 2.0)


@points("1/2")
@together("Linear", "Map", "Sequential", "Parallel", because="blocks must work inside of each other")
@title(en="A network with branches", ru="Сеть с ветвями")
@hint(
    en="A Parallel of functions and of a Sequential: X is used several times, so its derivatives add up.",
    ru="Parallel из функций и Sequential: X используется несколько раз, и его производные складываются.",
)
def test_branches(submission, probe, rng):
    X, dY = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    weight, bias = rng.normal(size=(3, 3)), rng.normal(size=3)
    own = Parallel([Map(np.sin, np.cos), Sequential([Linear(weight, bias), Map(*TANH)]), Map(lambda x: 2 * x, two)])
    kinds = (submission.Linear, submission.Map, submission.Sequential, submission.Parallel)
    found = probe.branches(*kinds, weight, bias, X, dY)
    all_near(found, (own.forward(X), own.backward(dY)), "(Y, dX) of branches")


@points("1/2")
@title(en="What Map remembers", ru="Что помнит Map")
@hint(
    en="backward speaks of the last forward, may be called again, and has nothing to say before the first.",
    ru="backward относится к последнему forward, его можно повторить, а до первого forward ему нечего сказать.",
)
def test_memory_of_map(submission, probe, rng):
    first, second, dY = rng.normal(size=(2, 3)), rng.normal(size=(2, 3)), rng.normal(size=(2, 3))
    slope = TANH[1](second) * dY
    all_near(probe.map_twice(submission.Map, first, second, dY), (np.tanh(first), np.tanh(second), slope, slope), "Map")
    with pytest.raises(RuntimeError):
        probe.bare_backward(submission.Map, dY)


@points("1/2")
@title(en="What Linear remembers", ru="Что помнит Linear")
@hint(
    en="backward speaks of the last forward, may be called again, and has nothing to say before the first; a block "
    "keeps nothing for another one.",
    ru="backward относится к последнему forward, его можно повторить, а до первого forward ему нечего сказать; "
    "у каждого блока память своя.",
)
def test_memory_of_linear(submission, rng):
    first, second = rng.normal(size=(2, 3)), rng.normal(size=(2, 3))
    weight, dY = rng.normal(size=(3, 2)), rng.normal(size=(2, 2))
    block, other = submission.Linear(weight, np.zeros(2)), submission.Linear(2 * weight, np.ones(2))
    with pytest.raises(RuntimeError):
        block.backward(dY)
    block.forward(first)
    block.forward(second)
    near(other.forward(first), 2 * first @ weight + 1, "Y of another block")
    for _ in range(2):
        near(block.backward(dY), dY @ weight.T, "dX")
        near(block.weight_gradient, second.T @ dY, "weight_gradient")
        near(block.bias_gradient, dY.sum(axis=0), "bias_gradient")
    near(other.backward(dY), 2 * dY @ weight.T, "dX of another block")
    near(other.weight_gradient, first.T @ dY, "weight_gradient of another block")


# -- what is done with the arguments ---------------------------------------------------------------------


WHOLE = {"sort_vjp": sort_vjp, "hadamard_vjp": hadamard_vjp, "contraction_vjp": contraction_vjp}


@each(WHOLE, worth="1/3", en="Whole numbers: {name}", ru="Целые числа: {name}")
@hint(
    en="zeros_like of whole numbers makes whole numbers, and the fractions are lost.",
    ru="zeros_like от целых чисел создаёт целые, и дробные части теряются.",
)
def test_whole_numbers(submission, rng, name):
    dY = rng.normal(size=(3, 4))
    arguments = {
        "sort_vjp": (rng.integers(-5, 6, size=(3, 4)), dY),
        "hadamard_vjp": (list(rng.integers(-3, 4, size=(3, 3, 4))), dY),
        "contraction_vjp": ("ii,i->i", rng.integers(-5, 6, size=(3, 3)), rng.integers(-5, 6, size=3), dY[:, 0].copy()),
    }[name]
    found, expected = getattr(submission, name)(*arguments), WHOLE[name](*arguments)
    (near if name == "sort_vjp" else all_near)(found, expected, name)


@each(
    ("sort_vjp", "hadamard_vjp", "contraction_vjp", "sum_vjp", "inverse_vjp"),
    worth="1/10",
    en="The arguments stay as they were: {name}",
    ru="Аргументы не меняются: {name}",
)
@hint(en="+= and *= write into the array that you were given.", ru="+= и *= пишут в тот массив, который вам дали.")
def test_unchanged(submission, rng, name):
    X, dY, square = rng.normal(size=(3, 4)), rng.normal(size=(3, 4)), rng.normal(size=(3, 3)) + 6 * np.eye(3)
    arguments = {
        "sort_vjp": (X, dY),
        "hadamard_vjp": ([X, X + 1, 2 * X], dY),
        "contraction_vjp": ("ii,i->i", square, dY[:, 0].copy(), dY[:, 1].copy()),
        "sum_vjp": ([dY, dY[0].copy()], dY),
        "inverse_vjp": (square, dY[:, :3].copy()),
    }
    call_unchanged(getattr(submission, name), *arguments[name])


zeros = np.zeros
A, B = zeros((2, 3)), zeros((3, 4))
PATTERNS = ("ij,jk", "ij->ij", "ij,jk->iz", "ij,jk->ii")
PREDICTIONS = (
    ("predicted", zeros(3), zeros(3)),
    ("predicted", np.full((3, 1), np.nan), zeros((3, 1))),
    ("target", zeros((3, 1)), zeros(3)),
    ("target", zeros((3, 2)), zeros((3, 1))),
)
# the function: for each bad call the name that the error must tell, and the arguments
REFUSED = {
    "mse": PREDICTIONS,
    "mse_gradient": PREDICTIONS,
    "contraction": (
        *(("pattern", pattern, A, B) for pattern in PATTERNS),
        *(("a", "ij,jk->ik", zeros(shape), B) for shape in ((2, 3, 1), (3,), (0, 3))),
        *(("a or b", "ij,jk->ik", zeros(shape), B) for shape in ((2, 2), (2, 1))),
        ("a", "ii,ij->j", A, zeros((2, 3))),
    ),
    "contraction_vjp": (
        *(("pattern", pattern, A, B, zeros((2, 4))) for pattern in PATTERNS),
        *(("dC", "ij,jk->ik", A, B, zeros(shape)) for shape in ((2, 3), (4, 2), (1, 1), (4,))),
    ),
    "sum_vjp": (
        ("operands", [], zeros(2)),
        ("operands", [zeros(2), zeros(3)], zeros(3)),
        ("dY", [zeros((2, 1)), zeros(3)], zeros(3)),
    ),
    "matmul_vjp": (
        ("X2", zeros((2, 3)), zeros((2, 3)), zeros((2, 3))),
        ("dY", zeros((2, 3)), zeros((3, 2)), zeros((1, 2))),
    ),
    "hadamard_vjp": (("factors", [], zeros(2)), ("factors", [zeros((2, 1)), zeros((2, 2))], zeros((2, 2)))),
    "map_vjp": (("dY", np.cos, zeros(3), zeros((3, 1))),),
    "inverse_vjp": (
        ("X", zeros((2, 3)), zeros((2, 3))),
        ("X", zeros((0, 0)), zeros((0, 0))),
        ("X", np.array([[1.0, 2.0], [2.0, 4.0]]), zeros((2, 2))),
    ),
    "transpose_vjp": (("axes", zeros((2, 3)), (0, 0)), ("axes", zeros((2, 3)), (0,))),
    "permute_vjp": (
        ("permutation", np.array([0, 2]), zeros(2)),
        ("permutation", np.array([1, 1]), zeros(2)),
        ("dY", np.array([1, 0]), zeros(3)),
    ),
    "sort_vjp": (("dY", zeros((2, 3)), zeros(3)),),
    "Linear": (("bias", zeros((3, 2)), zeros(3)),),
    "Sequential": (("blocks", []),),
    "Parallel": (("blocks", []),),
}


@each(REFUSED, worth="1/10", en="Bad arguments: {name}", ru="Неверные аргументы: {name}")
@hint(
    en="ValueError with the argument's name. dY has the shape of Y, always; a pattern fits its operands; a singular "
    "matrix has no inverse; a permutation holds each number once.",
    ru="ValueError с именем аргумента. У dY всегда форма Y; образец подходит к операндам; у вырожденной матрицы нет "
    "обратной; в перестановке каждое число по одному разу.",
)
def test_errors(submission, name):
    for argument, *arguments in REFUSED[name]:
        if argument == "a or b":
            either_refused("a", "b", getattr(submission, name), *arguments)
        else:
            assert_refused(argument, getattr(submission, name), *arguments)
    if name == "Linear":
        block = getattr(submission, name)(zeros((3, 2)), zeros(2))
        assert_refused("X", block.forward, zeros((4, 2)))
        block.forward(zeros((4, 3)))
        assert_refused("dY", block.backward, zeros((1, 2)))


def either_refused(first, second, function, *arguments):
    """ValueError with the name of one of two arguments that do not fit together."""
    try:
        assert_refused(first, function, *arguments)
    except AssertionError:
        assert_refused(second, function, *arguments)
