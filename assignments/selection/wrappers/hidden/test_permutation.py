"""The hidden suite of permutation importance. What is expected is computed of the shuffles that the student made."""

from collections import Counter

import numpy as np

from grader.testing import assert_array, assert_close, assert_count, assert_equal, hint, points, title
from grader.testing.inputs import fresh

ORDERS = [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]


class Model:
    """A trained model as a callback: what it was given, and what it answered."""

    def __init__(self, weights):
        self.weights, self.given, self.answers = weights, [], []

    def __call__(self, X):
        X = assert_array(X, shape=(None, len(self.weights)), what="what predict is given")
        self.given.append(X)
        self.answers.append(np.tanh(X) @ self.weights)
        return self.answers[-1]


def skew(y, p):
    """A loss that is not symmetric: it matters which argument is which."""
    return float(np.mean(np.where(p > y, 3.0, 1.0) * np.abs(p - y)))


def run(submission, rng, n, d, *repeats, X=None):
    """Objects, answers, the model with its book, and what the student found."""
    X = rng.normal(size=(n, d)) if X is None else X
    y = rng.normal(size=n)
    model = Model(rng.normal(size=d))
    result = submission.permutation_importance(model, skew, X, y, fresh(rng), *repeats)
    return X, y, model, assert_array(result, shape=(d,), kind="float", what="importance")


@title(en="permutation_importance: the values", ru="permutation_importance: значения")
@hint(
    en="The loss with the shuffled column minus the loss before, loss(y, prediction), mean over the repeats: growth is "
    "positive.",
    ru="Потеря с перемешанным столбцом минус исходная, loss(y, предсказание), среднее по повторам: рост положителен.",
)
def test_values(submission, rng):
    for n, d, repeats in ((30, 4, 3), (40, 3, 1), (25, 1, 6)):
        X, y, model, importance = run(submission, rng, n, d, repeats)
        losses, before = [[] for _ in range(d)], skew(y, np.tanh(X) @ model.weights)
        for given, answer in zip(model.given, model.answers, strict=True):
            changed = np.flatnonzero((given != X).any(axis=0))
            assert len(changed) <= 1, "more than one column was shuffled at once"
            for j in changed:
                losses[j].append(skew(y, answer) - before)
        assert_equal([len(of_column) for of_column in losses], [repeats] * d, what="shuffles of each column")
        assert_close(importance, np.mean(losses, axis=1), rtol=1e-8, atol=1e-10, what="importance")


@title(en="permutation_importance: one column at a time", ru="permutation_importance: по одному столбцу")
@hint(
    en="Only one column differs from X, and it holds the same values: each shuffle begins with X as it was.",
    ru="От X отличается только один столбец, и значения в нём те же: каждое перемешивание начинается с исходного X.",
)
def test_columns(submission, rng):
    X, _, model, _ = run(submission, rng, 30, 4, 3)
    for given in model.given:
        assert_equal(np.sort(given, axis=0), np.sort(X, axis=0), what="the values of each column")
        assert np.count_nonzero((given != X).any(axis=0)) <= 1, "more than one column differs from X"


@points("1/2")
@title(
    en="permutation_importance: how often predict is called", ru="permutation_importance: сколько раз вызван predict"
)
@hint(
    en="Once for X and `repeats` times for each feature, 5 if nothing is said; with all objects at once.",
    ru="Один раз для X и `repeats` раз для каждого признака (по умолчанию 5), сразу для всех объектов.",
)
def test_calls(submission, rng):
    for n, d, *repeats in ((20, 3), (20, 2, 4), (1, 2, 1)):
        _, _, model, _ = run(submission, rng, n, d, *repeats)
        assert_equal(len(model.given), 1 + d * (*repeats, 5)[0], what="calls of predict")
        assert_equal({len(given) for given in model.given}, {n}, what="objects of each call")


@points("1/2")
@title(
    en="permutation_importance: all permutations, each anew",
    ru="permutation_importance: все перестановки, каждая новая",
)
@hint(
    en="rng.permutation for each repeat of each feature: neither one that two features share, nor a mere shift.",
    ru="rng.permutation для каждого повтора и каждого признака: не общая для двух признаков и не простой сдвиг.",
)
def test_shuffles(submission, rng):
    repeats = 140
    _, _, model, _ = run(submission, rng, 3, 1, repeats, X=np.arange(3.0)[:, None])
    counts = Counter(tuple(given[:, 0].astype(int).tolist()) for given in model.given)
    counts[ORDERS[0]] -= 1  # the column as it was
    assert set(counts) <= set(ORDERS), "a column holds other values than its own"
    for order in ORDERS:  # none of 140 with a probability of 1e-11
        assert counts[order] > 0, f"no shuffle of {len(model.given) - 1} to the order {order}"
        assert_count(counts[order], len(model.given) - 1, 1 / 6, f"shuffles to the order {order}")
    *_, model, _ = run(submission, rng, 30, 3, 4)
    orders = {tuple(given[:, j].argsort().tolist()) for given in model.given for j in range(3)}
    assert_equal(len(orders), 3 * 4 + 3, what="different orders of the columns, the three of X itself among them")


@points("1/2")
@title(en="permutation_importance: what matters comes out first", ru="permutation_importance: важное впереди")
@hint(
    en="A feature that the model does not look at has the importance 0; X of whole numbers is shuffled as any other.",
    ru="У признака, на который модель не смотрит, важность 0; X из целых чисел перемешивается, как любой другой.",
)
def test_planted(submission, rng):
    X = rng.integers(-9, 10, size=(60, 4))
    y = np.where(X[:, 2] > 0, "yes", "no")
    importance = submission.permutation_importance(
        lambda X: np.where(X[:, 2] > 0, "yes", "no"), lambda y, p: float(np.mean(y != p)), X, y, fresh(rng)
    )
    importance = assert_array(importance, shape=(4,), kind="float", what="importance")
    assert_close(importance[[0, 1, 3]], np.zeros(3), atol=1e-12, what="importance of features that nobody looks at")
    assert importance[2] > 0.1, "the feature that decides everything has no importance"


@points("1/2")
@title(en="permutation_importance: all chance comes from rng", ru="permutation_importance: вся случайность — из rng")
@hint(en="Equal generators, equal answers; another, another.", ru="Равные генераторы — равные ответы, разные — разные.")
def test_permutation_randomness(submission, rng):
    X, y, seed = rng.normal(size=(30, 3)), rng.normal(size=30), int(rng.integers(2**31))
    one, again, other = (
        submission.permutation_importance(lambda X: X.sum(axis=1), skew, X, y, np.random.default_rng(seed + more))
        for more in (0, 0, 1)
    )
    assert_equal(again, one, what="importance from an equal rng")
    assert repr(other) != repr(one), "rng is not used"
