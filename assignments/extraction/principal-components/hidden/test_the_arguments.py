"""The hidden suite of the arguments: what is refused, and that they stay as they were."""

import numpy as np

from grader.testing import assert_refused, call_unchanged, each, hint
from grader.testing.inputs import bad_matrices, distances_of

from .shared import planted_kernel

F = np.array([[18.0, 16.0], [2.0, 4.0], [7.0, 14.0], [13.0, 6.0]])
LINE = np.array([[0.0, 1.0], [1.0, 3.0], [2.0, 5.0]])  # of rank 2, once centred of rank 1
K = np.diag([1.0, 2.0, 3.0])
SKEW = np.array([[0.0, 1.0, 2.0], [1.0, 0.0, 1.0], [3.0, 1.0, 0.0]])
D = np.array([[0.0, 3.0, 4.0], [3.0, 0.0, 5.0], [4.0, 5.0, 0.0]])
BENT = np.array([[0.0, 1.0, 5.0], [1.0, 0.0, 1.0], [5.0, 1.0, 0.0]])  # of no triangle: one eigenvalue is negative
BAD_DISTANCES = (SKEW, -D / 10, D + np.eye(3), D[:2], np.where(D == 5.0, np.nan, D))

REFUSED = {
    "pca": (*(("F", bad, 1) for bad in bad_matrices()), ("m", F, 0), ("m", F, 3), ("m", LINE, 2)),
    "lost": (("k", F[0], 3), ("k", F[0], -1), ("values", np.array([2.0, -1.0]), 1), ("values", np.zeros(2), 1)),
    "choose": (("share", F[0], 1.5), ("share", F[0], -0.1), ("values", np.zeros(2), 0.5)),
    "restore": (("U", F, np.ones((3, 1)), np.ones(3)), ("mean", F, np.ones((3, 2)), np.ones(2))),
    "pca_iterative": (
        ("start", F, np.ones((3, 1))),
        ("start", F, np.zeros((2, 1))),
        ("start", LINE, np.array([[1.0, 0.5], [0.0, 1.0]])),
        ("tol", F, np.eye(2), True, -0.1),
        ("max_iter", F, np.eye(2), True, 0.1, 0),
    ),
    "em_step": (("U", F, np.ones((3, 1))), ("U", F, np.ones((2, 2))), ("U", np.ones((3, 2)), np.eye(2))),
    "empca": (
        ("start", F, np.ones((3, 1)), 1),
        ("start", F, np.ones((2, 2)), 1),
        ("start", LINE, np.eye(2), 1),
        ("steps", F, np.eye(2), 0),
    ),
    "kernel_pca": (("K", SKEW, 1), ("K", K[:2], 1), ("m", K, 3), ("m", K, 0), ("m", np.diag([1.0, 2.0, -5.0]), 2)),
    "kernel_transform": (
        ("K_new", np.ones((2, 2)), K, np.ones((3, 1)), np.ones(1)),
        ("A", np.ones((2, 3)), K, np.ones((2, 1)), np.ones(1)),
        ("values", np.ones((2, 3)), K, np.ones((3, 1)), np.ones(2)),
        *(("values", np.ones((2, 3)), K, np.ones((3, 1)), bad) for bad in (-np.ones(1), np.zeros(1))),
    ),
    "classical_mds": (*(("D", bad, 1) for bad in BAD_DISTANCES), ("m", D, 3), ("m", BENT, 2), ("m", D, 0)),
    "stress": (("D", SKEW, np.ones((3, 1))), ("Y", D, np.ones((2, 1)))),
    "smacof": (("D", SKEW, np.eye(3), 1), ("start", D, np.ones((2, 1)), 1), ("steps", D, np.eye(3), 0)),
}


@each(REFUSED, worth="1/8", en="Bad arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError with the argument's name in its text; the statement lists what each function refuses.",
    ru="ValueError с именем аргумента в тексте; в условии перечислено, что отвергает каждая функция.",
)
def test_bad_arguments(submission, name):
    for named, *arguments in REFUSED[name]:
        assert_refused(named, getattr(submission, name), *arguments)


UNCHANGED = {
    "pca": lambda rng: (rng.normal(size=(6, 3)) + 1, 2),
    "pca_iterative": lambda rng: (rng.normal(size=(6, 3)) + 1, rng.normal(size=(3, 2))),
    "empca": lambda rng: (rng.normal(size=(6, 3)) + 1, rng.normal(size=(3, 2)), 2),
    "kernel_pca": lambda rng: (planted_kernel(rng, 6, (3.0, 2.0)), 2),
    "kernel_transform": lambda rng: (rng.normal(size=(2, 3)), K.copy(), rng.normal(size=(3, 2)), np.array([2.0, 1.0])),
    "classical_mds": lambda rng: (distances_of(rng.normal(size=(6, 3))), 2),
    "smacof": lambda rng: (distances_of(rng.normal(size=(6, 3))), rng.normal(size=(6, 2)), 2),
}


@each(UNCHANGED, worth="1/14", en="The arguments stay as they were: {name}", ru="Аргументы не меняются: {name}")
@hint(
    en="F -= mean, D **= 2 and the like write into the caller's array, and so does Y[:] = ... where Y is start.",
    ru="F -= mean, D **= 2 и подобное пишет в массив вызывающего; Y[:] = ..., где Y — это start, — тоже.",
)
def test_unchanged(submission, rng, name):
    call_unchanged(getattr(submission, name), *UNCHANGED[name](rng))
