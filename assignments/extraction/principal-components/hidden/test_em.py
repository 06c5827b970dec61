"""The hidden suite of EM for principal components."""

import numpy as np

from grader.testing import assert_array, each, hint, points, title
from reference.extraction.principal.expectation import em_step, empca
from reference.extraction.principal.pca import pca

from .shared import near, planted, same_subspace, unpack


def of_a_step(result):
    return unpack(result, ("G", "U"), "em_step")


def parts(result):
    return unpack(result, ("G", "U", "mean"), "empca")


def directions(result, n, m):
    return assert_array(parts(result)["U"], shape=(n, m), what="U")


@each(("G", "U"), worth="1/2", en="One step of EM: {name}", ru="Один шаг EM: {name}")
@hint(
    en="Two least squares problems, without centring: G for the given U, then U for this G. Which inverses occur?",
    ru="Две задачи наименьших квадратов без центрирования: G при данном U, затем U при этом G. Что обращается?",
)
def test_step(submission, rng, name):
    for l, n, m in ((12, 5, 2), (4, 7, 3), (6, 3, 1)):  # noqa: E741
        F, U = rng.normal(size=(l, n)) + 1.5, 2 * rng.normal(size=(n, m))
        near(of_a_step(submission.em_step(F, U))[name], of_a_step(em_step(F, U))[name], name)


@points("3/4")
@title(en="The subspace after a few steps", ru="Подпространство после нескольких шагов")
@hint(
    en="Exactly `steps` steps from `start` on the centred F; only the span of U is compared.",
    ru="Ровно steps шагов от start на центрированной F; сравнивается только линейная оболочка столбцов U.",
)
def test_few_steps_of_em(submission, rng):
    F, start = planted(rng, 12, (4, 3, 2, 1.5, 1)), rng.normal(size=(5, 2))
    for steps in (1, 2, 4):
        basis = np.linalg.qr(directions(submission.empca(F, start, steps), 5, 2))[0]
        same_subspace(basis, empca(F, start, steps)[1], "U")


@points("1/2")
@title(en="EM: the basis is orthonormal", ru="EM: базис ортонормирован")
@hint(
    en="EM's columns are neither orthogonal nor of length 1: an orthonormal basis of their span is returned.",
    ru="Столбцы, найденные EM, не ортогональны и не единичны: возвращается ортонормированный базис их оболочки.",
)
def test_orthonormal(submission, rng):
    for m in (1, 3):
        F, start = planted(rng, 12, (16, 9, 4, 2, 1)), rng.normal(size=(5, m))
        U = directions(submission.empca(F, start, 3), 5, m)
        near(U.T @ U, np.eye(m), "U^T U")


@points("1/2")
@title(en="EM: G belongs to the U that is returned", ru="EM: G соответствует возвращённому U")
@hint(
    en="G = (F - mean) U for the orthonormal U, not the G of the last step.",
    ru="G = (F - mean) U для ортонормированного U, а не G из последнего шага.",
)
def test_codes(submission, rng):
    F, start = planted(rng, 12, (16, 9, 4, 2, 1)), rng.normal(size=(5, 2))
    found = parts(submission.empca(F, start, 2))
    U = assert_array(found["U"], shape=(5, 2), what="U")
    near(found["G"], (F - F.mean(axis=0)) @ U, "G")


@points("1/2")
@title(en="Many steps: the subspace of PCA", ru="Много шагов: подпространство PCA")
@hint(
    en="If only F^T F is applied again and again, all columns turn into the first component, or overflow.",
    ru="Если только умножать на F^T F, все столбцы сольются с первой компонентой или переполнятся.",
)
def test_many_steps_of_em(submission, rng):
    for eigenvalues, m in (((16e4, 9e4, 4e4, 1e4), 2), ((4, 3, 2, 0, 0, 0), 3)):
        F, start = planted(rng, 10, eigenvalues), rng.normal(size=(len(eigenvalues), m))
        U = directions(submission.empca(F, start, 200), len(eigenvalues), m)
        same_subspace(np.linalg.qr(U)[0], pca(F, m)[1], "U")


@points("1/2")
@title(en="EM: the mean, and center=False", ru="EM: среднее и center=False")
@hint(
    en="The mean comes back; with center=False it is zeros, and nothing is subtracted.",
    ru="Среднее возвращается; при center=False это нули, и ничего не вычитается.",
)
def test_em_as_it_is(submission, rng):
    F, start = planted(rng, 12, (16, 9, 4, 1)), rng.normal(size=(4, 2))
    near(parts(submission.empca(F, start, 2))["mean"], F.mean(axis=0), "mean")
    found = parts(submission.empca(F, start, 2, center=False))
    near(found["mean"], np.zeros(4), "mean")
    basis = np.linalg.qr(assert_array(found["U"], shape=(4, 2), what="U"))[0]
    same_subspace(basis, empca(F, start, 2, center=False)[1], "U")
