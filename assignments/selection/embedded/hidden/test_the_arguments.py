"""The hidden suite of both rows: bad arguments, and arguments that stay as they were."""

import numpy as np

from grader.testing import assert_refused, call_unchanged, each, hint
from grader.testing.inputs import bad_matrices

from .shared import a_chain, a_tree, task

X = np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 2.0], [3.0, -1.0]])
Y = np.array([-1, -1, 1, 1])
TREE = a_chain(2, 2)
LABELS = (Y[:3], Y[:, None], np.array([0, 1, 1, 0]), np.ones(4))
OF_FORESTS = [
    ("trees", [], 2),
    ("trees", [TREE, TREE], 1),
    ("trees", [{**TREE, "feature": np.array([0, -2, -1, -1, -1])}], 2),
    ("d", [TREE], 0),
]
# the function: for each bad call the name that the error must tell, and the arguments
REFUSED = {
    "linear_svm": [
        *(("X", bad, Y) for bad in bad_matrices()),
        *(("y", X, bad) for bad in LABELS),
        ("C", X, Y, 0.0),
        ("C", X, Y, -1.0),
    ],
    "svm_rfe": [
        *(("X", bad, Y, 1) for bad in bad_matrices()),
        *(("y", X, bad, k) for bad in LABELS for k in (1, 2)),
        *(("k", X, Y, k) for k in (0, 3)),
        ("step", X, Y, 1, 0),
        ("C", X, Y, 2, 1, 0.0),
    ],
    "occurrences": OF_FORESTS,
    "forest_importance": OF_FORESTS,
}


@each(REFUSED, worth="1/8", en="Bad arguments: {name}", ru="Неверные аргументы: {name}")
@hint(
    en="ValueError with the argument's name, also where nothing has to be trained.",
    ru="ValueError с именем аргумента, даже если обучать ничего не нужно.",
)
def test_errors(submission, name):
    for argument, *arguments in REFUSED[name]:
        assert_refused(argument, getattr(submission, name), *arguments)


@each(REFUSED, worth="1/8", en="The arguments stay as they were: {name}", ru="Аргументы не меняются: {name}")
@hint(en="Work on copies.", ru="Работайте с копиями.")
def test_unchanged(submission, rng, name):
    if name in ("occurrences", "forest_importance"):
        arguments = ([a_tree(rng, 4, 3), a_tree(rng, 2, 3)], 3)
    else:
        arguments = (*task(rng, 20, 3), *([1] if name == "svm_rfe" else []))
    call_unchanged(getattr(submission, name), *arguments)
