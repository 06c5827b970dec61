"""The hidden suite of kernel principal components."""

from grader.testing import assert_array, each, hint, points, title
from reference.extraction.principal.kernel import kernel_pca, kernel_transform

from .shared import near, planted, planted_kernel, same_columns, unpack

PARTS = ("Z", "A", "values")


def parts(result):
    return unpack(result, PARTS, "kernel_pca")


@each(PARTS, worth="1/2", en="Kernel PCA: {name}", ru="Ядерный PCA: {name}")
@hint(
    en="Rows and columns of K are centred; A has unit columns, Z is A times the roots of the eigenvalues.",
    ru="У K центрируются и строки, и столбцы; столбцы A единичные, Z — это A, умноженная на корни значений.",
)
def test_kernel(submission, rng, name):
    F = planted(rng, 9, (16, 9, 4, 1))
    for K, m in ((planted_kernel(rng, 12, (9.0, 5.0, 2.0, 1.0)), 3), (F @ F.T, 2), (F @ F.T, 1)):
        found, expected = parts(submission.kernel_pca(K, m)), parts(kernel_pca(K, m))
        (near if name == "values" else same_columns)(found[name], expected[name], name)


@points("1/4")
@title(en="Kernel PCA: signs", ru="Ядерный PCA: знаки")
@hint(
    en="In each column of A, and so of Z, the entry of largest modulus is positive.",
    ru="В каждом столбце A, а значит и Z, наибольший по модулю элемент положителен.",
)
def test_kernel_signs(submission, rng):
    for _ in range(4):
        K = planted_kernel(rng, 7, (8.0, 4.0, 2.0))
        found, (Z, A, _) = parts(submission.kernel_pca(K, 3)), kernel_pca(K, 3)
        near(assert_array(found["A"], shape=A.shape, what="A"), A, "A")
        near(assert_array(found["Z"], shape=Z.shape, what="Z"), Z, "Z")


@points("1/2")
@title(en="Negative eigenvalues", ru="Отрицательные собственные значения")
@hint(
    en="A negative eigenvalue has no root and is no component, however large its modulus.",
    ru="Отрицательное значение корня не имеет и компоненты не даёт, как бы велик ни был его модуль.",
)
def test_negative(submission, rng):
    K = planted_kernel(rng, 10, (6.0, 3.0, 1.0, -4.0, -9.0))
    for m in (2, 3):
        found, expected = parts(submission.kernel_pca(K, m)), parts(kernel_pca(K, m))
        same_columns(found["Z"], expected["Z"], "Z")


def trained(rng, l, m):  # noqa: E741
    """A kernel matrix of objects, and what kernel PCA made of it."""
    K = planted_kernel(rng, l, (9.0, 5.0, 2.0, 1.0))
    return K, *kernel_pca(K, m)


@points(1)
@title(en="New objects", ru="Новые объекты")
@hint(
    en="Means of columns come from the training matrix K; the product with A is divided by the roots of the values.",
    ru="Средние по столбцам берутся из обучающей матрицы K; произведение на A делится на корни значений.",
)
def test_new_objects(submission, rng):
    for l, m, q in ((10, 3, 6), (7, 1, 7)):  # noqa: E741
        K, Z, A, values = trained(rng, l, m)
        K_new = rng.normal(size=(q, l)) + 2
        near(submission.kernel_transform(K_new, K, A, values), kernel_transform(K_new, K, A, values), "Z")
        near(submission.kernel_transform(K, K, A, values), Z, "Z of the training objects")


@points("1/2")
@title(en="One new object", ru="Один новый объект")
@hint(
    en="What comes out for an object must not depend on the others that it comes with.",
    ru="Результат для объекта не должен зависеть от того, с какими другими он пришёл.",
)
def test_one_new_object(submission, rng):
    K, _, A, values = trained(rng, 8, 2)
    K_new = rng.normal(size=(1, 8)) - 1
    near(submission.kernel_transform(K_new, K, A, values), kernel_transform(K_new, K, A, values), "Z")
