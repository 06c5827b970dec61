"""The hidden suite of principal components one by one."""

from grader.testing import assert_array, each, hint, points, title
from reference.extraction.principal.iterative import pca_iterative
from reference.extraction.principal.pca import pca

from .shared import near, planted, same_columns, unpack

PARTS = ("G", "U", "values", "mean")


def parts(result):
    return unpack(result, PARTS, "pca_iterative")


def directions(result, m, n):
    return assert_array(parts(result)["U"], shape=(n, m), what="U")


@each(PARTS, worth="1/2", en="Components one by one: {name}", ru="Компоненты одна за другой: {name}")
@hint(
    en="Each direction is orthogonal to those before it; values has only the m that were found, ||F c||^2 for each.",
    ru="Каждое направление ортогонально предыдущим; в values только m найденных значений, ||F c||^2 для каждого.",
)
def test_one_by_one(submission, rng, name):
    for l, eigenvalues, m in ((20, (16, 8, 4, 2), 3), (6, (25, 10, 4, 1, 0, 0, 0), 2)):  # noqa: E741
        F, start = planted(rng, l, eigenvalues), rng.normal(size=(len(eigenvalues), m))
        found = parts(submission.pca_iterative(F, start))[name]
        G, U, values, mean = pca(F, m)
        expected = {"G": G, "U": U, "values": values[:m], "mean": mean}[name]
        (same_columns if name in "GU" else near)(found, expected, name)


@points("3/4")
@title(en="One component, few steps", ru="Одна компонента, несколько шагов")
@hint(
    en="max_iter = 1 is one multiplication by F^T F from the given column, then the length becomes 1.",
    ru="max_iter = 1 — это одно умножение заданного столбца на F^T F и деление на длину.",
)
def test_few_steps(submission, rng):
    F, start = planted(rng, 12, (4, 3, 2, 1)), rng.normal(size=(4, 1))
    for steps in (1, 2, 5):
        found = directions(submission.pca_iterative(F, start, tol=0.0, max_iter=steps), 1, 4)
        same_columns(found, pca_iterative(F, start, tol=0.0, max_iter=steps)[1], "U")


@points("1/4")
@title(en="Values after few steps", ru="Значения после нескольких шагов")
@hint(
    en="||F c||^2 of the direction that is returned; the length of S c is the same only at an eigenvector.",
    ru="||F c||^2 для возвращаемого направления; длина S c с этим совпадает только на собственном векторе.",
)
def test_values_of_few_steps(submission, rng):
    F, start = planted(rng, 12, (4, 3, 2, 1)), rng.normal(size=(4, 2))
    for steps in (1, 3):
        found = parts(submission.pca_iterative(F, start, tol=0.0, max_iter=steps))["values"]
        near(found, pca_iterative(F, start, tol=0.0, max_iter=steps)[2], "values")


@points("3/4")
@title(en="Several components, few steps each", ru="Несколько компонент, у каждой мало шагов")
@hint(
    en="Each component has its own column and max_iter steps; after every step it is orthogonal to all before.",
    ru="У каждой компоненты свои max_iter шагов и свой столбец; после каждого шага она ортогональна всем предыдущим.",
)
def test_few_steps_each(submission, rng):
    F, start = planted(rng, 12, (4, 3, 2, 1.5, 1)), rng.normal(size=(5, 4))
    for steps in (1, 3):
        found = directions(submission.pca_iterative(F, start, tol=0.0, max_iter=steps), 4, 5)
        same_columns(found, pca_iterative(F, start, tol=0.0, max_iter=steps)[1], "U")


@points("1/2")
@title(en="A coarse tolerance ends early", ru="Грубый допуск останавливает раньше")
@hint(
    en="The step that moved c by at most tol is the last one, and its result counts; the distance is Euclidean.",
    ru="Шаг, сдвинувший c не больше чем на tol, — последний, и его результат берётся; расстояние евклидово.",
)
def test_tolerance(submission, rng):
    F, start = planted(rng, 12, (9, 6, 4, 2)), rng.normal(size=(4, 2))
    for tol in (0.2, 0.05, 0.005):
        found = directions(submission.pca_iterative(F, start, tol=tol), 2, 4)
        same_columns(found, pca_iterative(F, start, tol=tol)[1], "U")


@points("1/2")
@title(en="Hundreds of steps", ru="Сотни шагов")
@hint(
    en="Close eigenvalues need many steps. What are tol and max_iter when nobody sets them?",
    ru="При близких собственных значениях шагов нужно много. Чему равны tol и max_iter по умолчанию?",
)
def test_many_steps(submission, rng):
    F = planted(rng, 12, (1.0, 0.975, 0.2))
    start = pca(F, 3)[1] @ [[0.7], [0.7], [0.1]]
    same_columns(directions(submission.pca_iterative(F, start), 1, 3), pca(F, 1)[1], "U")
    F = planted(rng, 12, (1.0, 0.998, 0.2))
    start = pca(F, 3)[1] @ [[0.1], [0.7], [0.7]]  # a thousand steps are not enough
    same_columns(directions(submission.pca_iterative(F, start), 1, 3), pca_iterative(F, start)[1], "U")


@points("1/2")
@title(en="Small eigenvalues behind large ones", ru="Малые собственные значения после больших")
@hint(
    en="Rounding brings the first direction back, and each multiplication makes it grow: remove it at every step.",
    ru="Округление возвращает первое направление, и каждое умножение его усиливает: убирайте его на каждом шаге.",
)
def test_small_ones(submission, rng):
    F, start = planted(rng, 12, (1e6, 1e3, 1.0, 0.5)), rng.normal(size=(4, 3))
    found = directions(submission.pca_iterative(F, start), 3, 4)
    same_columns(found, pca(F, 3)[1], "U", rtol=1e-5)


@points("1/4")
@title(en="Signs, one by one", ru="Знаки у компонент, найденных одна за другой")
@hint(
    en="The start decides on which side an iteration ends; the rule for the signs is applied in the end, before G.",
    ru="С какой стороны окончится итерация, решает start; правило знаков применяется в конце, до вычисления G.",
)
def test_signs_one_by_one(submission, rng):
    for _ in range(4):
        F, start = planted(rng, 15, (64, 16, 4, 1)), rng.normal(size=(4, 3))
        found, expected = parts(submission.pca_iterative(F, start)), pca(F, 3)
        near(assert_array(found["U"], shape=(4, 3), what="U"), expected[1], "U")
        near(assert_array(found["G"], shape=(15, 3), what="G"), expected[0], "G")


@points("1/4")
@title(en="One by one with center=False", ru="Одна за другой при center=False")
@hint(en="Nothing is subtracted; the mean is zeros.", ru="Ничего не вычитается; вместо среднего нули.")
def test_one_by_one_as_it_is(submission, rng):
    F, start = planted(rng, 15, (64, 16, 4, 1), centred=False), rng.normal(size=(4, 2))
    found = parts(submission.pca_iterative(F, start, center=False))
    G, _, _, mean = pca(F, 2, center=False)
    same_columns(found["G"], G, "G")
    near(found["mean"], mean, "mean")
