"""The hidden suite of L06.hmm: small cases by all paths, long ones by the reference, samples by their law."""

from itertools import product

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
    together,
)
from grader.testing.inputs import fresh
from reference.sequences.markov import forward, log_likelihood, posterior, viterbi

SIZES = ((3, 4, 5), (2, 3, 6), (3, 3, 4), (4, 2, 3))  # states, values, moments
HALVES = np.full((2, 2), 0.5)
CHAIN, SIGNS, SEEN = HALVES, np.array([[0.9, 0.1, 0.0], [0.2, 0.3, 0.5]]), np.array([0, 2, 1])
BAD_MODELS = [
    ("start", np.array([0.5, 0.6]), CHAIN, SIGNS),
    ("start", np.array([1.5, -0.5]), CHAIN, SIGNS),
    ("transition", HALVES[0], np.array([[0.5, 0.5], [0.5, 0.4]]), SIGNS),
    ("transition", HALVES[0], np.array([[0.5, 0.5], [1.5, -0.5]]), SIGNS),
    ("transition", HALVES[0], np.full((3, 3), 1 / 3), SIGNS),
    ("emission", HALVES[0], CHAIN, SIGNS * 2),
    ("emission", HALVES[0], CHAIN, SIGNS[[0, 1, 1]]),
]
BAD_SEEN = [("seen", HALVES[0], CHAIN, SIGNS, np.array([0, bad])) for bad in (3, -1)]
NOTHING = ("seen", HALVES[0], CHAIN, SIGNS, np.zeros(0, dtype=int))
REFUSED = {
    "forward": [*((name, *model, SEEN) for name, *model in BAD_MODELS), *BAD_SEEN, NOTHING],
    "viterbi": BAD_SEEN,
    "posterior": BAD_SEEN,
    "sample": [(name, *model, 3) for name, *model in BAD_MODELS] + [("length", HALVES[0], CHAIN, SIGNS, 0)],
}


def a_model(rng, k, v, concentration=1.0):
    """The first state, the moves, the signs: rows are drawn, and none of their entries is near 0."""
    tables = [rng.dirichlet(np.full(width, concentration), size=rows) for rows, width in ((1, k), (k, k), (k, v))]
    start, transition, emission = (0.95 * table + 0.05 / table.shape[1] for table in tables)
    return start[0], transition, emission


def all_paths(start, transition, emission, seen):
    """Every path of states, and the logarithm of its probability together with what is seen."""
    paths = np.array(list(product(range(len(start)), repeat=len(seen))))
    total = np.log(start[paths[:, 0]]) + np.log(emission[paths, seen]).sum(axis=1)
    return paths, total + np.log(transition[paths[:, :-1], paths[:, 1:]]).sum(axis=1)


def check_path(path, model, seen, best):
    """The path is one of the best: its own probability is the largest one."""
    states = assert_array(path, shape=(len(seen),), kind="int", what="the path")
    assert ((states >= 0) & (states < len(model[0]))).all(), "the path holds numbers that are no states"
    start, transition, emission = model
    with np.errstate(divide="ignore"):
        steps = np.log(np.concatenate([start[states[:1]], transition[states[:-1], states[1:]], emission[states, seen]]))
    assert_close(float(steps.sum()), best, rtol=1e-9, what="ln p of the path returned, computed from its states")


def a_pair(result, what):
    assert isinstance(result, tuple) and len(result) == 2, f"{what} must return a pair"  # noqa: PT018
    return result


@points("3/2")
@title(en="Forward: all states at all moments", ru="Прямой ход: все состояния во все моменты")
@hint(
    en="Row t sums over the state before, moves by transition[from, to], and takes what is seen at the same moment "
    "t. The start belongs to the first row.",
    ru="Строка t — сумма по предыдущему состоянию с переходом transition[откуда, куда], и берётся наблюдение того же "
    "момента t. В первую строку входит start.",
)
def test_forward(submission, rng):
    for k, v, length in SIZES:
        model, seen = a_model(rng, k, v), rng.integers(v, size=length)
        assert_close(submission.forward(*model, seen), forward(*model, seen), rtol=1e-9, what="forward")


@points("1/4")
@title(en="Forward: one moment, one state", ru="Прямой ход: один момент, одно состояние")
@hint(en="The result is (T, k) even where both are 1.", ru="Форма результата (T, k), даже если оба числа равны 1.")
def test_smallest(submission, rng):
    for k, length in ((1, 4), (3, 1), (1, 1)):
        model, seen = a_model(rng, k, 3), rng.integers(3, size=length)
        assert_close(submission.forward(*model, seen), forward(*model, seen), rtol=1e-9, what="forward")


@points("1/2")
@title(en="Forward: what is impossible", ru="Прямой ход: невозможное")
@hint(
    en="The logarithm of 0 is -inf, and the sum over states must live with it: -inf minus -inf is NaN.",
    ru="Логарифм нуля — это -inf, и сумма по состояниям должна с ним справляться: -inf минус -inf даёт NaN.",
)
def test_zeros(submission, rng):
    start, transition, emission = (
        np.array([1.0, 0.0, 0.0]),
        np.eye(3)[[1, 1, 2]],
        np.array([[1.0, 0], [0.3, 0.7], [0, 1]]),
    )
    transition[1] = rng.dirichlet(np.ones(3))
    for seen in ([0, 0, 1, 1], [0, 1, 1], [1, 0]):
        expected, found = (f(start, transition, emission, np.array(seen)) for f in (forward, submission.forward))
        assert isinstance(found, np.ndarray), "forward must return an array"
        assert_equal(found.shape, expected.shape, what="the shape of forward")
        assert_equal(np.isneginf(found), np.isneginf(expected), what="where forward is -inf")
        possible = np.isfinite(expected)
        assert_close(found[possible], expected[possible], rtol=1e-9, atol=1e-12, what="forward where it is possible")


@points("1/2")
@title(en="Forward: states that are very far apart", ru="Прямой ход: состояния с несравнимыми вероятностями")
@hint(
    en="Of two states at one moment one may be e^1000 times as probable: keep logarithms, scaled numbers are not "
    "enough.",
    ru="Одно состояние может быть в e^1000 раз вероятнее другого: храните логарифмы, одной нормировки строк мало.",
)
def test_far_apart(submission, rng):
    emission = np.array([[0.95, 0.05], [0.05, 0.95]])
    model, seen = (np.array([0.4, 0.6]), np.eye(2), emission), (rng.random(900) < 0.1).astype(int)
    assert_close(submission.forward(*model, seen), forward(*model, seen), rtol=1e-9, what="forward")


@title(en="The likelihood sums over all paths", ru="Правдоподобие — сумма по всем путям")
@hint(
    en="Add the probabilities of the last row of forward, as logarithms.",
    ru="Сложите вероятности последней строки прямого хода, оставаясь в логарифмах.",
)
def test_log_likelihood(submission, rng):
    for k, v, length in SIZES:
        model, seen = a_model(rng, k, v), rng.integers(v, size=length)
        _, total = all_paths(*model, seen)
        assert_close(submission.log_likelihood(*model, seen), np.log(np.exp(total).sum()), rtol=1e-9, what="ln p")


@points("1/2")
@title(en="The likelihood of 5000 moments", ru="Правдоподобие для 5000 моментов")
@hint(
    en="The probability itself is far below the smallest float. Only logarithms are kept, and sums are taken around "
    "the largest of them.",
    ru="Сама вероятность гораздо меньше наименьшего float. Хранятся только логарифмы, а суммируют, вынося наибольший.",
)
def test_long(submission, rng):
    model, seen = a_model(rng, 3, 4), rng.integers(4, size=5000)
    assert_close(submission.log_likelihood(*model, seen), log_likelihood(*model, seen), rtol=1e-9, what="ln p")


@points("1/2")
@title(en="The likelihood of what is impossible", ru="Правдоподобие невозможного")
@hint(en="It is -inf, neither NaN nor an error.", ru="Это -inf, а не NaN и не ошибка.")
def test_impossible(submission):
    found = submission.log_likelihood(
        np.array([1.0, 0.0]), HALVES, np.array([[1.0, 0.0], [0.5, 0.5]]), np.array([1, 0])
    )
    assert isinstance(found, float | np.floating), "log_likelihood must return a float"
    assert_equal(float(found), -np.inf, what="log_likelihood")


@points(2)
@title(en="Viterbi: the best of all paths", ru="Витерби: лучший из всех путей")
@hint(
    en="The maximum over the state before, and which state that was; the path is read from its end, by the pointers "
    "of each moment to the one before. The best state at each moment is another question.",
    ru="Максимум по предыдущему состоянию и номер этого состояния; путь читается с конца по указателям каждого "
    "момента на предыдущий. Самое вероятное состояние в каждый момент — другая задача.",
)
def test_viterbi(submission, rng):
    for k, v, length in (*SIZES, (3, 3, 6)):
        model, seen = a_model(rng, k, v, 0.5), rng.integers(v, size=length)
        _, total = all_paths(*model, seen)
        path, _ = a_pair(submission.viterbi(*model, seen), "viterbi")
        check_path(path, model, seen, float(total.max()))


@title(en="Viterbi: the probability of the path", ru="Витерби: вероятность пути")
@hint(
    en="The logarithm of p(path, seen): of this one path, with the start and the last thing seen.",
    ru="Логарифм p(путь, наблюдения): для одного этого пути, вместе с началом и последним наблюдением.",
)
def test_viterbi_probability(submission, rng):
    for k, v, length in (*SIZES, (3, 3, 1)):
        model, seen = a_model(rng, k, v), rng.integers(v, size=length)
        _, total = all_paths(*model, seen)
        _, found = a_pair(submission.viterbi(*model, seen), "viterbi")
        assert_close(found, total.max(), rtol=1e-9, what="ln p of the path")


@points("1/2")
@title(en="Viterbi: ties", ru="Витерби: равные пути")
@hint(
    en="The lowest last state; then, going back, the lowest state before each.",
    ru="Последнее состояние — наименьшее; затем на каждом шаге назад — наименьшее предыдущее.",
)
def test_ties(submission, rng):
    start, transition, emission = a_model(rng, 2, 3, 0.5)
    twice = [0, 1, 0, 1]  # states 2 and 3 are copies of 0 and 1
    model = start[twice] / 2, transition[np.ix_(twice, twice)] / 2, emission[twice]
    for seen in (rng.integers(3, size=7), rng.integers(3, size=1)):
        path, _ = a_pair(submission.viterbi(*model, seen), "viterbi")
        check_path(path, model, seen, viterbi(*model, seen)[1])
        assert (path < 2).all(), f"the path is {path.tolist()}, where 2 and 3 are copies of the states 0 and 1"
    uniform = np.full(3, 1 / 3), np.full((3, 3), 1 / 3), np.full((3, 2), 1 / 2)
    path, _ = a_pair(submission.viterbi(*uniform, np.array([0, 1, 1, 0])), "viterbi")
    assert_equal(path, np.zeros(4, dtype=int), what="the path where all are equal")


@points("1/2")
@title(en="Viterbi: 5000 moments", ru="Витерби: 5000 моментов")
@hint(
    en="Products end at 0, and then all paths are equal.",
    ru="Произведения обращаются в 0, и все пути становятся равны.",
)
def test_long_path(submission, rng):
    model, seen = a_model(rng, 3, 4, 0.5), rng.integers(4, size=5000)
    path, _ = a_pair(submission.viterbi(*model, seen), "viterbi")
    check_path(path, model, seen, viterbi(*model, seen)[1])


@points("1/2")
@title(en="Viterbi: forbidden moves", ru="Витерби: запрещённые переходы")
@hint(
    en="A path with a zero is never the best one: -inf is less than everything.",
    ru="Путь с нулём не бывает лучшим: -inf меньше всего.",
)
def test_forbidden_moves(submission):
    ring = np.eye(3)[[1, 2, 0]] * 0.5 + np.eye(3) * 0.5  # stay, or on to the next
    model, seen = (np.eye(3)[2], ring, np.full((3, 3), 0.05) + 0.85 * np.eye(3)), np.array([2, 1, 1, 0, 2, 2, 0])
    path, _ = a_pair(submission.viterbi(*model, seen), "viterbi")
    check_path(path, model, seen, viterbi(*model, seen)[1])


@points(2)
@title(en="Posterior: all that is seen, before and after", ru="Апостериорные вероятности: прошлое и будущее")
@hint(
    en="Besides what was seen up to t, what is seen after t counts: a pass backwards, with what is seen at the next "
    "moment. Each row adds up to 1.",
    ru="Кроме наблюдений до момента t важны и следующие за ним: нужен обратный ход с наблюдением следующего момента. "
    "Каждая строка даёт в сумме 1.",
)
def test_posterior(submission, rng):
    for k, v, length in SIZES:
        model, seen = a_model(rng, k, v), rng.integers(v, size=length)
        paths, total = all_paths(*model, seen)
        weights = np.exp(total) / np.exp(total).sum()
        expected = np.array([[weights[paths[:, t] == state].sum() for state in range(k)] for t in range(length)])
        assert_close(submission.posterior(*model, seen), expected, rtol=1e-9, atol=1e-12, what="posterior")


@points("1/2")
@title(en="Posterior: 3000 moments", ru="Апостериорные вероятности: 3000 моментов")
@hint(
    en="Both passes in logarithms; exp only at the end, after the sum of the row was taken off.",
    ru="Оба хода — в логарифмах; экспонента берётся в самом конце, когда из строки уже вычтена её сумма.",
)
def test_long_posterior(submission, rng):
    model, seen = a_model(rng, 3, 4), rng.integers(4, size=3000)
    assert_close(submission.posterior(*model, seen), posterior(*model, seen), rtol=1e-6, atol=1e-9, what="posterior")


@points("1/2")
@title(en="Posterior: what is impossible for a state", ru="Апостериорные вероятности: невозможные состояния")
@hint(
    en="Zeros in the model give probabilities of exactly 0, and no NaN.",
    ru="Нули в модели дают вероятности, равные нулю, и никаких NaN.",
)
def test_posterior_zeros(submission):
    start, emission = np.array([0.5, 0.5, 0.0]), np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]])
    transition = np.array([[0.0, 0.5, 0.5], [0.5, 0.5, 0.0], [0.0, 0.0, 1.0]])
    for seen in ([0, 0, 1, 0], [0, 1, 1], [1]):
        expected = posterior(start, transition, emission, np.array(seen))
        found = submission.posterior(start, transition, emission, np.array(seen))
        assert_close(found, expected, rtol=1e-9, atol=1e-12, what="posterior")


@each(("viterbi", "posterior"), worth="1/4", en="Impossible, and refused: {name}", ru="Невозможное отвергается: {name}")
@hint(
    en="No path has a probability above 0: a ValueError that names seen.",
    ru="Нет пути с ненулевой вероятностью: ValueError с именем seen.",
)
def test_impossible_refused(submission, name):
    model = np.array([1.0, 0.0]), HALVES, np.array([[1.0, 0.0], [0.5, 0.5]])
    assert_refused("seen", getattr(submission, name), *model, np.array([1, 0]))


def a_sample(submission, model, length, rng):
    states, seen = a_pair(submission.sample(*model, length, rng), "sample")
    k, v = model[2].shape
    for values, count, what in ((states, k, "states"), (seen, v, "seen")):
        assert_array(values, shape=(length,), kind="int", what=what)
        assert ((values >= 0) & (values < count)).all(), f"{what} must be from 0 to {count - 1}"
    return states, seen


@title(en="Samples: the law of the moves", ru="Выборка: вероятности переходов")
@hint(
    en="The next state is drawn by the row of the state now.",
    ru="Следующее состояние разыгрывается по строке нынешнего.",
)
def test_moves(submission, rng):
    model = a_model(rng, 3, 4, 0.7)
    states, _ = a_sample(submission, model, 3000, fresh(rng))
    for one, other in product(range(3), repeat=2):
        after = states[1:][states[:-1] == one]
        assert_count((after == other).sum(), len(after), model[1][one, other], f"moves from {one} to {other}")


@title(en="Samples: the law of what is seen", ru="Выборка: вероятности наблюдений")
@hint(
    en="What is seen is drawn by the row of the state at the same moment, the first state included.",
    ru="Наблюдение разыгрывается по строке состояния того же момента, включая первое.",
)
def test_signs(submission, rng):
    model = a_model(rng, 3, 4, 0.7)
    states, seen = a_sample(submission, model, 3000, fresh(rng))
    for state, value in product(range(3), range(4)):
        here = seen[states == state]
        assert_count((here == value).sum(), len(here), model[2][state, value], f"value {value} in state {state}")


@points("1/2")
@title(en="Samples: where they begin", ru="Выборка: начало")
@hint(
    en="The first state comes from start, before any move. A probability of 0 is never drawn, one of 1 always.",
    ru="Первое состояние разыгрывается по start, ещё до переходов. Нулевая вероятность не выпадает никогда, "
    "единичная — всегда.",
)
def test_starts(submission, rng):
    ring = np.eye(3)[[1, 2, 0]]  # always on to the next: a state that has moved already is another one
    states, _ = a_sample(submission, (np.eye(3)[1], ring, np.full((3, 2), 0.5)), 1, fresh(rng))
    assert_equal(states, np.array([1]), what="the first state where it is certain")
    model = np.array([0.2, 0.0, 0.8]), ring, np.full((3, 2), 0.5)
    firsts = [int(a_sample(submission, model, 1, fresh(rng))[0][0]) for _ in range(80)]
    assert_equal(firsts.count(1), 0, what="first states of probability 0")
    assert_count(firsts.count(2), 80, 0.8, "first states of probability 0.8")


@points("1/4")
@title(en="Samples come from rng", ru="Выборка берётся из rng")
@hint(
    en="Draw from the generator given and from nothing else: no seed of your own, no np.random.rand.",
    ru="Берите случайные числа из данного генератора и больше ниоткуда: ни своего seed, ни np.random.rand.",
)
def test_generator(submission, rng):
    model, seed = a_model(rng, 3, 4), int(rng.integers(1 << 40))
    one, again, other = (a_sample(submission, model, 40, np.random.default_rng(n)) for n in (seed, seed, seed + 1))
    assert_equal(again, one, what="the sample from an equal generator")
    assert any((a != b).any() for a, b in zip(one, other, strict=True)), "the sample from another generator is the same"


@each(REFUSED, worth="1/8", en="Bad arguments: {name}", ru="Неверные аргументы: {name}")
@hint(en="ValueError with the argument's name.", ru="ValueError с именем аргумента.")
def test_refused(submission, rng, name):
    for argument, *values in REFUSED[name]:
        generator = [fresh(rng)] if name == "sample" else []
        assert_refused(argument, getattr(submission, name), *values, *generator)


@points("1/4")
@together("forward", "viterbi", "posterior", because="one fault: logarithms written into the model")
@title(en="The model stays as it was", ru="Модель не меняется")
@hint(en="Take the logarithms into new arrays.", ru="Логарифмы записывайте в новые массивы.")
def test_unchanged(submission, rng):
    for function in (submission.forward, submission.viterbi, submission.posterior):
        call_unchanged(function, *a_model(rng, 3, 4), rng.integers(4, size=6))
