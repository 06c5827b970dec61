"""The hidden suite of new and plausible samples."""

import numpy as np

from grader.testing import assert_close, assert_equal, counted, hint, points, title
from grader.testing.inputs import FAR, on_a_grid
from reference.generative.evaluation.novelty import assess, nearest_training

GROUPS = ["copies", "good", "implausible", "repeated"]


def normal(x):
    return -(x**2).sum(axis=1) / 2


def check(found, expected, names=GROUPS):
    """The groups of samples, as ascending indices."""
    assert isinstance(found, dict), "assess must return a dict"
    assert_equal(sorted(found), GROUPS, what="keys")
    for name in names:
        assert_equal(np.asarray(found[name], dtype=int).tolist(), expected[name].tolist(), what=name)


@points("3/4")
@title(en="The nearest training object", ru="Ближайший обучающий объект")
@hint(
    en="For each sample the distance, not its square, and the index in train.",
    ru="Для каждого объекта — расстояние, а не его квадрат, и номер в train.",
)
def test_nearest(submission, rng):
    for n, m, d in ((1, 1, 1), (20, 30, 3), (15, 6, 2)):
        samples, train = rng.normal(size=(n, d)), rng.normal(size=(m, d))
        found = submission.nearest_training(samples, train)
        assert isinstance(found, tuple | list), "nearest_training must return a pair (distance, index)"
        distance, index = nearest_training(samples, train)
        assert_close(found[0], distance, what="distance")
        assert_equal(found[1], index, what="index")


@points("1/2")
@title(en="Equally near training objects", ru="Равноудалённые обучающие объекты")
@hint(en="The lower index has it.", ru="Выбирается меньший номер.")
def test_nearest_of_equal(submission, rng):
    train = np.repeat(rng.normal(size=(4, 2)), 2, axis=0)
    samples = train[rng.integers(8, size=10)] + 1e-3
    index = np.asarray(submission.nearest_training(samples, train)[1], dtype=int)
    assert_equal(index, nearest_training(samples, train)[1], what="index")


@points("1/2")
@title(en="Objects far from the origin", ru="Объекты вдали от начала координат")
@hint(
    en="Subtract first, then square: the expanded square loses the digits that matter.",
    ru="Сначала вычитайте, потом возводите в квадрат: раскрытый квадрат теряет нужные знаки.",
)
def test_nearest_far_away(submission, rng):
    samples, train = (on_a_grid(rng.normal(size=(n, 2))) + 64 * FAR for n in (12, 20))
    distance, index = nearest_training(samples, train)
    found = submission.nearest_training(samples, train)
    assert_close(found[0], distance, what="distance")
    assert_equal(np.asarray(found[1], dtype=int), index, what="index")


@points("3/4")
@title(en="Copies and improbable samples", ru="Копии и неправдоподобные объекты")
@hint(
    en="A copy is near to some training object, to whichever one; it is the log-density that is compared with level.",
    ru="Копия близка к какому-нибудь обучающему объекту, неважно к какому; с level сравнивается логарифм плотности.",
)
def test_planted(submission, rng):
    train, new = rng.normal(size=(30, 4)), rng.normal(size=(8, 4))
    samples = np.vstack([train[rng.permutation(30)[:6]] + 1e-5, new, 9 + new])
    samples = samples[rng.permutation(len(samples))]
    expected = assess(samples, train, normal, 1e-3, -40.0)
    check(submission.assess(samples, train, normal, 1e-3, -40.0), expected)


@points("3/4")
@title(en="The first group that fits", ru="Первая подходящая группа")
@hint(
    en="An improbable copy is a copy, and so is one that repeats; an improbable sample that repeats is implausible.",
    ru="Неправдоподобная копия — копия, повторяющаяся — тоже; неправдоподобный повтор относится к неправдоподобным.",
)
def test_order(submission, rng):
    train = np.vstack([rng.normal(size=(5, 2)), [[30.0, 0.0]]])
    samples = np.array([[30.0, 1e-4], [30.0, 1e-4], [0.0, 20.0], [0.0, 20.0], *(train[:1] + 1e-4), *(train[:1] + 1e-4)])
    samples = samples[rng.permutation(len(samples))]
    expected = assess(samples, train, normal, 1e-2, -50.0)
    check(submission.assess(samples, train, normal, 1e-2, -50.0), expected)


@points("1/2")
@title(en="Samples that repeat", ru="Повторы")
@hint(
    en="The first of equal samples is good, all later ones are repeated; samples that are merely near are not equal.",
    ru="Первый из равных объектов хорош, все следующие — повторы; близкие объекты равными не считаются.",
)
def test_repeated(submission, rng):
    new = rng.normal(size=(5, 2))
    new[4] = new[0] + [1e-9, 0.0]  # near to another one, not equal
    samples = new[np.concatenate([[0, 4], rng.permutation(np.repeat(np.arange(5), 3))])]
    train = np.full((3, 2), 50.0)
    expected = assess(samples, train, normal, 0.1, -1e3)
    check(submission.assess(samples, train, normal, 0.1, -1e3), expected, ["good", "repeated"])


@points("1/2")
@title(en="Exactly at the bounds of the groups", ru="Ровно на границах групп")
@hint(
    en="At most copy_radius away is a copy; with a radius of 0 equal objects are. Implausible is below level only.",
    ru="Не дальше copy_radius — уже копия; при радиусе 0 копии — равные объекты. Неправдоподобно лишь то, что строго "
    "ниже level.",
)
def test_bounds_of_groups(submission, rng):
    train = np.array([[0.0, 0.0], [64.0, 0.0]])
    samples = rng.permutation([[3.0, 4.0], [64.0, 0.0], [0.0, 6.0], [0.0, 8.0], [0.0, 8.5]])
    for radius in (5.0, 0.0):
        check(submission.assess(samples, train, normal, radius, -32.0), assess(samples, train, normal, radius, -32.0))


@points("1/2")
@title(en="The density is asked once", ru="Плотность вычисляется один раз")
@hint(
    en="One call with all samples, an array (n, d): a density can be costly. Minus infinity is a possible answer.",
    ru="Один вызов со всеми объектами сразу, массивом (n, d): плотность может быть дорогой. Минус бесконечность — "
    "возможный ответ.",
)
def test_density_once(submission, rng):
    samples, train = rng.normal(size=(9, 3)), rng.normal(size=(4, 3))
    samples[4] = train[1]  # copies too are among all samples

    def box(x):
        assert np.shape(x) == (9, 3), f"log_density was given an array of shape {np.shape(x)}, not (9, 3)"
        return np.where(np.asarray(x)[:, 0] > 0, 0.0, -np.inf)

    check(submission.assess(samples, train, counted(box, budget=1), 0.1, -5.0), assess(samples, train, box, 0.1, -5.0))
