"""The hidden suite of threshold units. Nets of the student's are computed here, outside."""

from itertools import pairwise, product

import numpy as np

from grader.testing import (
    assert_array,
    assert_close,
    assert_equal,
    assert_refused,
    call_unchanged,
    each,
    hint,
    points,
    title,
)
from reference.deep.boolean.threshold import GATES, run, unit


def inputs(m):
    """All inputs of m arguments, the first argument as the highest digit."""
    return np.array(list(product([0, 1], repeat=m)))


def bits(found, expected, what):
    """An int array of these zeros and ones."""
    assert isinstance(found, np.ndarray), f"{what} must be an array, not {type(found).__name__}"
    assert found.dtype.kind in "iu", f"{what} must hold ints 0 and 1, not {found.dtype}"
    assert_equal(assert_array(found, shape=expected.shape, what=what), expected, what=what)


def layers_of(found, m, *, depth=None):
    """The layers of a net from m arguments to one output, once their shapes are known to fit."""
    assert isinstance(found, list | tuple), f"layers must be a list of pairs (W, b), not {type(found).__name__}"
    assert found, "layers must hold at least one pair (W, b)"
    assert depth is None or len(found) == depth, f"{len(found)} layers, not {depth}"
    layers, before = [], m
    for number, layer in enumerate(found):
        assert isinstance(layer, list | tuple), f"layer {number} must be a pair (W, b), not {type(layer).__name__}"
        assert len(layer) == 2, f"layer {number} must be a pair (W, b)"
        weight = assert_array(layer[0], shape=(before, None), what=f"W of layer {number}")
        before = weight.shape[1]
        layers.append((weight, assert_array(layer[1], shape=(before,), what=f"b of layer {number}")))
    assert before == 1, f"the last layer has {before} units, not 1"
    return layers


def outputs(layers, m):
    """What the net gives for all inputs (2^m,)."""
    return run(layers, inputs(m))[:, 0]


def margin(layers, m):
    """How near a sum of any unit comes to 0."""
    values, nearest = inputs(m).astype(float), np.inf
    for weight, bias in layers:
        sums = values @ weight + bias
        nearest = min([nearest, *np.abs(sums).ravel().tolist()])
        values = (sums > 0).astype(float)
    return nearest


def forms(rng, m, count):
    """Terms or clauses of one literal or more; among them are such with and without negations."""
    result = []
    for _ in range(count):
        places = rng.permutation(m)[: rng.integers(1, m + 1)].tolist()
        result.append({place: bool(rng.integers(2)) for place in places})
    return result


def value(name, literals, row):
    """The normal form at an input, by Python's own logic."""
    holds = [[bool(row[place]) == wanted for place, wanted in one.items()] for one in literals]
    return any(map(all, holds)) if name == "from_dnf" else all(map(any, holds))


def truth(name, literals, m):
    return np.array([value(name, literals, row) for row in inputs(m)]).astype(int)


def agree(submission, name, literals, m, *, depth=None):
    layers = layers_of(getattr(submission, name)(literals, m), m, depth=depth)
    assert_equal(outputs(layers, m), truth(name, literals, m), what=f"outputs of {name}(…, {m}) for all inputs")


@points("3/2")
@title(en="A unit", ru="Пороговый элемент")
@hint(
    en="Multiply every row of X by w, add b, compare with 0, and turn the answers into ints.",
    ru="Умножьте каждую строку X на w, прибавьте b, сравните с 0 и переведите ответы в целые числа.",
)
def test_unit(submission, rng):
    for n, m in ((30, 3), (1, 4), (20, 1)):
        X, w, b = rng.normal(size=(n, m)), rng.normal(size=m), float(rng.normal())
        bits(submission.unit(X, w, b), unit(X, w, b), "unit(X, w, b)")


@title(en="A unit at objects on its hyperplane", ru="Элемент и объекты на самой гиперплоскости")
@hint(
    en="The comparison is strict and knows no tolerance: a sum of exactly 0 gives 0, the least above it 1.",
    ru="Неравенство строгое и без допусков: сумма, в точности равная 0, даёт 0, а чуть больше — уже 1.",
)
def test_on_the_hyperplane(submission, rng):
    X, w = rng.integers(-3, 4, size=(60, 2)).astype(float), np.array([1.0, -2.0])
    for b in (0.0, float(rng.integers(-2, 3)), 2.0**-30, -(2.0**-30)):  # exact, and nearly
        bits(submission.unit(X, w, b), unit(X, w, b), "unit(X, w, b)")


@each(GATES, worth="1/2", en="Gate: {name}", ru="Логическая функция: {name}")
@hint(
    en="Write down the sum for every input: it must be above 0 exactly where the function is 1.",
    ru="Выпишите сумму для каждого входа: она больше 0 ровно там, где функция равна 1.",
)
def test_gate(submission, name):
    found = submission.gate(name)
    assert isinstance(found, tuple), f"gate must return a pair (w, b), not {type(found).__name__}"
    assert_close(found, (np.array(GATES[name][0]), GATES[name][1]), what=f'gate("{name}")')


@points("3/2")
@title(en="A net of several layers", ru="Сеть из нескольких слоёв")
@hint(
    en="Every layer turns its sums into zeros and ones before the next one sees them, the last layer too.",
    ru="Каждый слой превращает суммы в нули и единицы, прежде чем их увидит следующий, и последний тоже.",
)
def test_run(submission, rng):
    for sizes in ((3, 2), (4, 6, 3), (3, 5, 4, 1), (2, 4, 4, 4, 2)):
        shapes = list(pairwise(sizes))
        layers = [(rng.normal(size=shape), 0.3 * rng.normal(size=shape[1])) for shape in shapes]
        X = rng.normal(size=(25, sizes[0]))
        bits(submission.run(layers, X), run(layers, X), "run(layers, X)")


@points("1/2")
@title(en="A net: one object, and sums of exactly 0", ru="Сеть: один объект и суммы, равные 0")
@hint(
    en="The shape is (n, k) for one object and one output as well; the comparison is strict in every layer.",
    ru="Форма (n, k) и при одном объекте с одним выходом; неравенство строгое в каждом слое.",
)
def test_run_at_the_edge(submission, rng):
    layers = [(np.array([[1.0, 1.0], [1.0, -1.0]]), np.array([-1.0, 0.0])), (np.array([[1.0], [-1.0]]), np.zeros(1))]
    for X in (inputs(2), inputs(2)[rng.integers(4)][None]):
        bits(submission.run(layers, X), run(layers, X), "run(layers, X)")


@title(en="XOR", ru="XOR")
@hint(
    en="Two units in the first layer suffice, for OR and AND; the second takes OR and not AND.",
    ru="Достаточно двух элементов в первом слое, для OR и AND; второй слой берёт OR, но не AND.",
)
def test_xor(submission):
    assert_equal(outputs(layers_of(submission.xor(), 2), 2), np.array([0, 1, 1, 0]), what="outputs of xor()")


@points("3/2")
@title(en="Disjunctive normal form", ru="Дизъюнктивная нормальная форма")
@hint(
    en="Take one term: what is the largest sum of its unit, at which inputs, and what is the next? 0 lies between.",
    ru="Возьмите один терм: какова наибольшая сумма его элемента, на каких входах, какова следующая? 0 — между ними.",
)
def test_dnf(submission, rng):
    for m in range(2, 7):
        agree(submission, "from_dnf", forms(rng, m, int(rng.integers(2, 6))), m)


@title(en="Disjunctive normal form: a single term", ru="Дизъюнктивная нормальная форма: единственный терм")
@hint(
    en="The bias counts the literals without negation only; an argument that does not occur has the weight 0.",
    ru="В сдвиг входит только число литералов без отрицания; у аргумента, которого нет в терме, вес 0.",
)
def test_one_term(submission, rng):
    for literals in ({0: True, 2: True}, {0: False, 1: False, 3: False}, {1: True, 3: False}):
        places = rng.permutation(4).tolist()
        agree(submission, "from_dnf", [{places[place]: wanted for place, wanted in literals.items()}], 4)


@points("3/2")
@title(en="Conjunctive normal form", ru="Конъюнктивная нормальная форма")
@hint(
    en="A clause fails at one combination of its literals only: there its sum is smallest. The last unit is an AND.",
    ru="Дизъюнкт ложен лишь при одном наборе своих литералов: там сумма наименьшая. Последний элемент — AND.",
)
def test_cnf(submission, rng):
    for m in range(2, 7):
        agree(submission, "from_cnf", forms(rng, m, int(rng.integers(2, 6))), m)


@title(en="Conjunctive normal form: a single clause", ru="Конъюнктивная нормальная форма: единственный дизъюнкт")
@hint(
    en="The bias counts the negated literals only: without any of them an OR needs the sum 1 at least.",
    ru="В сдвиг входит только число отрицаний: без них для OR нужна сумма не меньше 1.",
)
def test_one_clause(submission, rng):
    for literals in ({0: True, 2: True}, {0: False, 1: False, 3: False}, {1: True, 3: False}):
        places = rng.permutation(4).tolist()
        agree(submission, "from_cnf", [{places[place]: wanted for place, wanted in literals.items()}], 4)


NORMAL_FORMS = ("from_dnf", "from_cnf")


@each(NORMAL_FORMS, worth="1/2", en="No terms, no clauses: {name}", ru="Нет термов, нет дизъюнктов: {name}")
@hint(
    en="An OR of nothing is 0, an AND of nothing is 1. Of the two layers the first may have no units, or one.",
    ru="OR от пустого набора — 0, AND — 1. Слоёв и здесь два; в первом может не быть элементов или быть один.",
)
def test_nothing(submission, name):
    for m in (1, 3):
        agree(submission, name, [], m, depth=2)


@each(NORMAL_FORMS, worth="1/2", en="A term without literals: {name}", ru="Терм без литералов: {name}")
@hint(
    en="A term without literals is always 1, a clause without literals always 0, whatever stands beside it.",
    ru="Терм без литералов всегда равен 1, дизъюнкт без литералов — всегда 0, что бы ни стояло рядом.",
)
def test_no_literals(submission, rng, name):
    agree(submission, name, [{}], 2)
    agree(submission, name, [*forms(rng, 3, 2), {}], 3)


@each(NORMAL_FORMS, worth="1/2", en="Two layers, a unit a term: {name}", ru="Два слоя, по элементу на терм: {name}")
@hint(
    en="The first layer has as many units as there are terms or clauses, the second has one.",
    ru="В первом слое столько элементов, сколько термов или дизъюнктов, во втором — один.",
)
def test_sizes(submission, rng, name):
    for m, count in ((3, 1), (4, 5), (6, 9)):
        layers = layers_of(getattr(submission, name)(forms(rng, m, count), m), m, depth=2)
        hidden = len(layers[0][1])
        assert hidden <= count, f"{hidden} units in the first layer for {count} terms"


def keeps_away(layers, m):
    nearest = margin(layers_of(layers, m), m)
    assert nearest >= 0.5 - 1e-9, f"a sum comes as near as {nearest:.3g} to 0, not 1/2"


HALF_WAY = {
    "en": "Put the bias half-way between the two sums that it separates: then every sum is 1/2 or more away from 0.",
    "ru": "Поставьте порог посередине между суммами, которые он разделяет: тогда все они не ближе 1/2 к нулю.",
}


@each(NORMAL_FORMS, worth="1/3", en="Sums keep away from 0: {name}", ru="Суммы не подходят к 0: {name}")
@hint(**HALF_WAY)
def test_margin(submission, rng, name):
    for m in (2, 4, 6):
        keeps_away(getattr(submission, name)(forms(rng, m, 4), m), m)


@points("1/3")
@title(en="Sums keep away from 0: xor", ru="Суммы не подходят к 0: xor")
@hint(**HALF_WAY)
def test_margin_of_xor(submission):
    keeps_away(submission.xor(), 2)


@points(2)
@title(en="A net from a table", ru="Сеть по таблице")
@hint(
    en="Entry i belongs to the binary digits of i, and the first argument is the highest digit: 1 of 4 is (0, 1).",
    ru="Строка i отвечает двоичной записи i, и первый аргумент — старший разряд: строка 1 из 4 — это (0, 1).",
)
def test_table(submission, rng):
    for m in range(1, 7):
        table = rng.integers(2, size=2**m)
        table[rng.integers(2**m)] = 1
        layers = layers_of(submission.from_table(table), m)
        assert_equal(outputs(layers, m), table, what=f"outputs for all inputs of {m} arguments")


@points("1/2")
@title(en="Constant tables", ru="Постоянные таблицы")
@hint(
    en="A table of zeros has no term at all. Constants are nets of two layers like all others.",
    ru="У таблицы из нулей нет ни одного терма. Константа — такая же сеть из двух слоёв, как и все.",
)
def test_constant_tables(submission):
    for m, constant in product((1, 3), (0, 1)):
        layers = layers_of(submission.from_table(np.full(2**m, constant)), m, depth=2)
        assert_equal(outputs(layers, m), np.full(2**m, constant), what="outputs for all inputs")


@points("1/2")
@title(en="A net from a table: its size", ru="Сеть по таблице: её размер")
@hint(
    en="A hidden unit for each 1 of the table is enough; zeros need none.",
    ru="Достаточно по элементу скрытого слоя на каждую единицу таблицы; нулям элементы не нужны.",
)
def test_table_sizes(submission, rng):
    for m in (2, 4, 6):
        table = np.zeros(2**m, dtype=int)
        table[rng.permutation(2**m)[: m + 1]] = 1
        layers = layers_of(submission.from_table(table), m, depth=2)
        hidden = len(layers[0][1])
        assert hidden <= table.sum(), f"{hidden} hidden units for {table.sum()} ones"


X = np.array([[0, 1], [1, 1]])
LAYER = (np.ones((2, 3)), np.ones(3))
REFUSED = {
    "unit": (
        ("w", X, np.ones(3), 0.5),
        ("w", X, np.ones((2, 1)), 0.5),
        ("w", X, np.array([1.0, np.inf]), 0.5),
        ("b", X, np.ones(2), np.nan),
        ("X", X[0], np.ones(2), 0.5),
        ("X", np.zeros((0, 2)), np.ones(2), 0.5),
        ("X", np.array([[1.0, np.nan]]), np.ones(2), 0.5),
    ),
    "gate": (("name", "nor"), ("name", "AND")),
    "run": (
        ("layers", [], X),
        ("layers", [LAYER, (np.ones((2, 1)), np.ones(1))], X),
        ("layers", [(np.ones((2, 3)), np.ones(1))], X),
        ("X", [LAYER], np.ones((4, 3))),
        ("X", [LAYER], np.array([[1.0, np.inf]])),
    ),
    "from_dnf": (("terms", [{0: True}, {3: True}], 3), ("terms", [{-1: True}], 3), ("m", [], 0)),
    "from_cnf": (("clauses", [{0: True}, {3: True}], 3), ("clauses", [{-1: True}], 3), ("m", [], 0)),
    "from_table": (("table", np.array([0, 1, 1])), ("table", np.array([1])), ("table", np.array([0, 2]))),
}


@each(REFUSED, worth="1/6", en="Bad arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError with the argument's name in its text; an index of -1 is no argument, and numpy stretches (1,).",
    ru="ValueError с именем аргумента в тексте; индекс -1 — не аргумент, а (1,) numpy растянет без спроса.",
)
def test_bad_arguments(submission, name):
    for named, *arguments in REFUSED[name]:
        assert_refused(named, getattr(submission, name), *arguments)


UNCHANGED = {
    "unit": lambda rng: (rng.normal(size=(4, 2)), rng.normal(size=2), 0.5),
    "run": lambda rng: ([(rng.normal(size=(2, 3)), rng.normal(size=3))], rng.normal(size=(4, 2))),
    "from_dnf": lambda rng: (forms(rng, 3, 3), 3),
    "from_cnf": lambda rng: (forms(rng, 3, 3), 3),
    "from_table": lambda rng: (rng.integers(2, size=8),),
}


@each(UNCHANGED, worth="1/10", en="The arguments stay as they were: {name}", ru="Аргументы не меняются: {name}")
@hint(
    en="+= on an array and pop on a dict or a list change what belongs to the caller.",
    ru="+= для массива и pop для словаря или списка меняют то, что принадлежит вызывающему.",
)
def test_unchanged(submission, rng, name):
    call_unchanged(getattr(submission, name), *UNCHANGED[name](rng))
