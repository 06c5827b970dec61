"""The hidden suite of the Hopfield network."""

import numpy as np

from grader.testing import (
    assert_array,
    assert_close,
    assert_count,
    assert_equal,
    assert_refused,
    call_unchanged,
    depends,
    each,
    hint,
    points,
    title,
)
from grader.testing.inputs import fresh
from reference.sequences.hopfield import energy, hebbian, recall, update

PAIRS, RUNS = 40, 3


def symmetric(rng, n):
    """Weights (n, n) with zeros on the diagonal."""
    W = rng.normal(size=(n, n))
    W = W + W.T
    np.fill_diagonal(W, 0.0)
    return W


def states(rng, *shape):
    return rng.choice([-1.0, 1.0], size=shape)


def orthogonal_patterns(rng):
    """Three patterns of 64 units without overlap: from 8 wrong units, all fields point back to the pattern."""
    H = np.ones((1, 1))
    while len(H) < 64:
        H = np.block([[H, H], [H, -H]])
    return H[rng.choice(64, size=3, replace=False)] * states(rng, 64)


def a_run(found, n):
    """State, energies and convergence that a student's recall has returned."""
    assert isinstance(found, tuple), "recall must return (s, energies, converged)"
    assert len(found) == 3, "recall must return (s, energies, converged)"
    s, energies, converged = found
    assert isinstance(converged, bool | np.bool_), "converged must be a bool"
    assert isinstance(energies, list | tuple | np.ndarray), "energies must be a list of floats"
    return assert_array(s, shape=(n,), what="the state"), np.asarray(energies, dtype=float), bool(converged)


def same_rest(found, expected):
    s, _, converged = a_run(found, len(expected[0]))
    assert_close(s, expected[0], what="the state")
    assert_equal(converged, expected[2], what="converged")


@title(en="hebbian: weights", ru="hebbian: веса")
@hint(
    en="The sum of x_i x_j over the patterns, divided by the number of units; zeros on the diagonal.",
    ru="Сумма x_i x_j по образцам, делённая на число нейронов; на диагонали нули.",
)
def test_hebbian(submission, rng):
    for p, n in ((3, 10), (7, 4)):
        patterns = states(rng, p, n)
        for given in (patterns, patterns.astype(int)):
            assert_close(submission.hebbian(given), hebbian(patterns), atol=1e-12, what="W")


@points("1/4")
@title(en="hebbian: one pattern, one unit", ru="hebbian: один образец, один нейрон")
@hint(
    en="W stays a matrix (n, n), and a unit has no weight to itself.",
    ru="W — матрица (n, n) и при n = 1, а с самим собой нейрон не связан.",
)
def test_hebbian_of_one(submission, rng):
    for p, n in ((1, 5), (3, 1), (1, 1)):
        patterns = states(rng, p, n)
        assert_close(submission.hebbian(patterns), hebbian(patterns), atol=1e-12, what="W")


@points("3/4")
@title(en="energy: the formula", ru="energy: формула")
@hint(
    en="Each pair of units stands in s^T W s twice, hence the one half; aligned units have a low energy.",
    ru="Каждая пара нейронов входит в s^T W s дважды, отсюда половина; у согласованных нейронов энергия низкая.",
)
def test_energy(submission, rng):
    for n in (1, 2, 9):
        W, s = symmetric(rng, n), states(rng, n)
        assert_close(submission.energy(W, s), energy(W, s), atol=1e-10, what="the energy")
        assert_close(submission.energy(W, s.astype(int)), energy(W, s), atol=1e-10, what="the energy")


@title(en="update: one unit", ru="update: один нейрон")
@hint(
    en="Unit i alone takes the sign of its field; all others stay as they are.",
    ru="Только нейрон i принимает знак своего поля, остальные не меняются.",
)
def test_update(submission, rng):
    W, s = symmetric(rng, 8), states(rng, 8)
    for i in range(8):
        assert_close(submission.update(W, s, i), update(W, s, i), what="the state")
        assert_close(submission.update(W, -s.astype(int), i), update(W, -s, i), what="the state")


@points("1/2")
@title(en="update: a field of zero", ru="update: нулевое поле")
@hint(
    en="The sign of 0 is neither -1 nor 1: a unit whose field is 0 stays as it is. A field of 1e-12 is not 0.",
    ru="Знак нуля — ни -1, ни 1: нейрон с нулевым полем остаётся каким был. Поле 1e-12 нулевым не считается.",
)
def test_zero_field(submission, rng):
    W = np.zeros((5, 5))
    W[0, 1:] = W[1:, 0] = [2.0, -1.0, -1.0, 0.0]
    for _ in range(3):
        s = states(rng, 5)
        s[1:4] = s[1]  # the field of unit 0 is 2 - 1 - 1 times this, that of unit 4 has no terms
        for i in (0, 4):
            assert_close(submission.update(W, s, i), s, what="the state")
            s[0] *= -1
            assert_close(submission.update(W, s, i), s, what="the state")
    W, s = symmetric(rng, 5), states(rng, 5)
    for i in range(5):  # no field is 0, however small it is
        assert_close(submission.update(1e-12 * W, s, i), update(W, s, i), what="the state with small weights")


@title(en="recall: in a given order", ru="recall: в заданном порядке")
@hint(
    en="One unit after another, each sees what the ones before have become. A sweep without a change is the last.",
    ru="Нейроны по одному, и каждый видит новые состояния предыдущих. Обход без изменений — последний.",
)
def test_recall(submission, rng):
    for n in (2, 9, 20, 20, 20):  # of one unit alone the field is 0, which is for one test
        W, start, order = symmetric(rng, n), states(rng, n), rng.permutation(n)
        same_rest(submission.recall(W, start, order=order), recall(W, start, order=order))


@points("1/2")
@title(en="recall: energies", ru="recall: энергии")
@hint(
    en="The energy of start, then one after each unit, flipped or not, in the last sweep too.",
    ru="Энергия start, затем по одной после каждого нейрона, перевернулся он или нет, и в последнем обходе тоже.",
)
def test_energies(submission, rng):
    for n in (2, 9, 20):
        W, start, order = symmetric(rng, n), states(rng, n), rng.permutation(n)
        _, energies, _ = a_run(submission.recall(W, start, order=order), n)
        expected = np.array(recall(W, start, order=order)[1])
        assert_close(energies, expected, rtol=1e-8, atol=1e-8, what="energies")


@points("1/2")
@title(en="recall: max_sweeps", ru="recall: max_sweeps")
@hint(
    en="converged is True only where the last sweep changed nothing, even if the state would not change any more.",
    ru="converged равно True, только если последний обход ничего не изменил, даже когда меняться уже нечему.",
)
def test_max_sweeps(submission, rng):
    n = 7
    names = rng.permutation(n)
    W, start = np.zeros((n, n)), np.full(n, -1.0)
    for one, other, weight in zip(names[:-1], names[1:], [50.0, 9.0, 8.0, 7.0, 6.0, 5.0], strict=True):
        W[one, other] = W[other, one] = weight
    start[names[:2]] = 1.0  # each sweep from the other end brings the change one unit further: 5 sweeps
    for sweeps in (1, 2, 5, 6, 9):
        expected = recall(W, start, order=names[::-1], max_sweeps=sweeps)
        same_rest(submission.recall(W, start, order=names[::-1], max_sweeps=sweeps), expected)


@points("3/4")
@title(en="recall: stored patterns come back", ru="recall: образцы восстанавливаются")
@hint(
    en="From a pattern with some units flipped the network comes back to it; so it does to its opposite.",
    ru="Из образца с перевёрнутыми нейронами сеть возвращается к нему; так же и к противоположному образцу.",
)
def test_patterns(submission, rng):
    patterns = orthogonal_patterns(rng)
    W = hebbian(patterns)
    for pattern in (*patterns, -patterns[0]):
        noisy = pattern.copy()
        noisy[rng.choice(64, size=8, replace=False)] *= -1
        s, _, converged = a_run(submission.recall(W, noisy, fresh(rng)), 64)
        assert_close(s, pattern, what="the state")
        assert_equal(converged, True, what="converged")


@points("3/4")
@title(en="recall: a new random order each sweep", ru="recall: новый случайный порядок в каждом обходе")
@hint(
    en="Each sweep is a permutation of its own from rng: every unit once, not n random units, and not the order of the "
    "sweep before.",
    ru="Каждый обход — своя перестановка из rng: каждый нейрон по разу, а не n случайных нейронов и не порядок "
    "прошлого обхода.",
)
def test_random_order(submission, rng):
    """Units 0 and 1 stay. Unit 2 + 2k follows unit 0, unit 3 + 2k follows unit 2 + 2k; energies tell which did."""
    n = 2 + 2 * PAIRS
    W, start = np.zeros((n, n)), np.full(n, -1.0)
    W[0, 1], start[:2] = 1e6, 1.0
    for k in range(PAIRS):
        W[0, 2 + 2 * k], W[2 + 2 * k, 3 + 2 * k] = 1001.0 + 2 * k, 1.0 + k
    W += W.T
    falls = {2.0 * (1000 + k): (0, k) for k in range(PAIRS)} | {2.0 * (1 + k): (1, k) for k in range(PAIRS)}
    at_once, later = 0, []
    for _ in range(RUNS):
        s, energies, converged = a_run(submission.recall(W, start, fresh(rng)), n)
        assert_close(s, np.ones(n), what="the state")
        assert_equal((len(energies), converged), (1 + 3 * n, True), what="(number of energies, converged)")
        unit = (energies[0] - energies[-1]) / sum(falls)  # 1 where the energy is right, which other tests ask
        assert unit > 0, "the energy has not fallen"
        moments = {
            falls.get(round(fall / unit, 3)): step for step, fall in enumerate(-np.diff(energies)) if fall > unit / 2
        }
        assert_equal(sorted(moments), sorted(falls.values()), what="pairs (0 or 1, k) that have changed")
        for k in range(PAIRS):
            first, second = moments[0, k], moments[1, k]
            assert first < n, f"unit {2 + 2 * k} was not updated in the first sweep"
            assert second < 2 * n, f"unit {3 + 2 * k} was not updated in the second sweep"
            at_once += second < n
            if second >= n:
                later.append(second - n < first)
    assert_count(at_once, RUNS * PAIRS, 1 / 2, "how often a unit came later in the first sweep than another")
    assert not all(later), "the second sweep has the order of the first"


@points("1/4")
@depends("test_patterns")
@title(en="recall: the generator decides", ru="recall: решает генератор")
@hint(
    en="All orders come from rng, and equal generators give equal runs. Where order is given as well, it holds.",
    ru="Все перестановки берутся из rng; одинаковые генераторы дают одинаковые прогоны. Если дан и order, верен он.",
)
def test_generator(submission, rng):
    W, start = symmetric(rng, 40), states(rng, 40)
    seed = int(rng.integers(2**31))
    one, same, other = (
        a_run(submission.recall(W, start, np.random.default_rng(seed + more)), 40)[1] for more in (0, 0, 1)
    )
    assert_equal(same, one, what="energies from the same generator again")
    assert other.tolist() != one.tolist(), "another generator gives the same energies"
    order = rng.permutation(40)
    alone, both = (a_run(submission.recall(W, start, given, order), 40)[1] for given in (None, fresh(rng)))
    assert_equal(both, alone, what="energies with both rng and order")


def bad_calls(name):
    """Names of arguments and what is wrong with them."""
    W, s, order = np.ones((3, 3)) - np.eye(3), np.ones(3), np.arange(3)
    if name == "hebbian":
        return [("patterns", (bad,), {}) for bad in (s, np.zeros((2, 3)), np.ones((0, 3)), np.full((2, 2), np.nan))]
    first = "start" if name == "recall" else "s"
    more = {"update": (0,), "recall": (None, order)}.get(name, ())
    calls = [("W", (W[:2], s, *more), {}), (first, (W, s[:2], *more), {}), (first, (W, 0 * s, *more), {})]
    if name == "update":
        calls += [("i", (W, s, 3), {}), ("i", (W, s, -1), {})]
    if name == "recall":
        calls += [("order", (W, s), {"order": np.array(bad)}) for bad in ([0, 1], [0, 1, 1], [1, 2, 3])]
        calls += [("rng", (W, s), {}), ("max_sweeps", (W, s, None, order, 0), {})]
    return calls


@each(
    ("hebbian", "energy", "update", "recall"),
    worth="1/8",
    en="Wrong arguments are refused: {name}",
    ru="Неверные аргументы отвергаются: {name}",
)
@hint(
    en="ValueError with the argument's name: shapes, values other than -1 and 1, a unit that does not exist, an order "
    "that is no permutation, neither rng nor order.",
    ru="ValueError с именем аргумента: формы, значения кроме -1 и 1, номер несуществующего нейрона, order не "
    "перестановка, нет ни rng, ни order.",
)
def test_refused(submission, name):
    function = getattr(submission, name)
    for argument, positional, named in bad_calls(name):
        assert_refused(argument, function, *positional, **named)


@each(
    ("update", "recall"),
    worth="1/8",
    en="The arguments stay as they were: {name}",
    ru="Аргументы не меняются: {name}",
)
@hint(en="Copy a state before you change units of it.", ru="Скопируйте состояние, прежде чем менять в нём нейроны.")
def test_unchanged(submission, rng, name):
    W, start = symmetric(rng, 12), states(rng, 12)
    more = (int(rng.integers(12)),) if name == "update" else (None, rng.permutation(12))
    for weights in (W, -W):  # with one of them a unit flips
        call_unchanged(getattr(submission, name), weights, start, *more)
