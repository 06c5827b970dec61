"""The hidden suite of second-order methods: bad arguments, and arguments that stay as they were."""

import numpy as np

from grader.testing import assert_refused, call_unchanged, counted, each, hint, points

ONE, TWO, EYE = np.ones(1), np.ones(2), np.eye(2)
BOX = {"low": np.zeros(2), "high": TWO}
G = np.array([[1.0, 2.0], [3.0, 5.0], [0.0, 1.0]])
MINIMISERS = (
    ("start", {"start": np.ones((1, 1))}),
    ("start", {"start": np.array([np.nan])}),
    ("tolerance", {"tolerance": 0.0}),
    ("max_iter", {"max_iter": 0}),
)


def value(w):
    return float(w @ w)


def slope(w):
    return 2 * w


# the function: good arguments, and what is changed to bad ones, after the name that the error must tell
REFUSED = {
    "newton_step": (
        {"g": TWO, "H": EYE, "mu": 1.0},
        ("H", {"H": np.ones((2, 2))}),
        ("H", {"H": np.diag([1.0, 0.0])}),
        ("H", {"H": np.eye(3)}),
        ("H", {"H": np.ones((2, 3))}),
        ("H", {"H": np.diag([1.0, np.nan])}),
        ("g", {"g": np.ones((2, 1))}),
        ("g", {"g": np.array([1.0, np.inf])}),
        ("mu", {"mu": 0.0}),
    ),
    "newton": ({"gradient": lambda w: w, "hessian": lambda w: np.eye(1), "start": ONE}, *MINIMISERS),
    "wolfe_step": (
        {"f": value, "gradient": slope, "w": ONE, "direction": -ONE, "c1": 1e-4, "c2": 0.9},
        ("w", {"w": np.ones((1, 1))}),
        ("direction", {"direction": -TWO}),
        ("direction", {"direction": ONE}),
        ("direction", {"direction": 0 * ONE}),
        ("c1", {"c1": 0.0}),
        ("c2", {"c1": 0.5, "c2": 0.5}),
        ("c2", {"c1": 0.1, "c2": 1.0}),
    ),
    "bfgs_update": (
        {"C": EYE, "s": TWO, "y": TWO},
        ("C", {"C": np.ones((2, 3))}),
        ("s", {"s": ONE}),
        ("y", {"y": np.ones(3)}),
        ("y", {"y": np.array([1.0, -1.0])}),
        ("y", {"y": -TWO}),
    ),
    "bfgs": ({"f": value, "gradient": slope, "start": ONE}, *MINIMISERS),
    "lbfgs_direction": (
        {"g": TWO, "S": EYE, "Y": EYE},
        ("g", {"g": np.ones((2, 1))}),
        ("S", {"S": np.ones((1, 3))}),
        ("Y", {"Y": np.ones((1, 2))}),
        ("Y", {"Y": np.array([[1.0, 0.0], [0.0, -1.0]])}),
        ("Y", {"Y": np.array([[1.0, 0.0], [0.0, -0.5]])}),
        ("Y", {"Y": np.array([[1.0, 0.0], [9.0, 0.0]])}),
        ("Y", {"Y": np.array([[1.0, 0.0], [0.0, np.nan]])}),
    ),
    "lbfgs": ({"f": value, "gradient": slope, "start": ONE}, *MINIMISERS, ("memory", {"memory": 0})),
    "lbfgsb": (
        {"f": value, "gradient": slope, "start": TWO, **BOX},
        ("start", {"start": np.ones((2, 1))}),
        ("low", {"low": np.zeros(1)}),
        ("low", {"low": np.array([0.0, np.nan])}),
        ("low", {"low": np.array([0.0, 1.5])}),
        ("high", {"high": np.ones(3)}),
        ("high", {"high": np.array([1.0, np.nan])}),
        ("memory", {"memory": 0}),
        ("tolerance", {"tolerance": -1.0}),
        ("max_iter", {"max_iter": 0}),
    ),
    "fisher_matrix": (
        {"G": G, "blocks": None},
        ("G", {"G": TWO}),
        ("G", {"G": np.full((2, 2), np.nan)}),
        ("blocks", {"blocks": [[0], [0, 1]]}),
    ),
    "natural_step": (
        {"G": G, "g": TWO, "mu": 1.0, "damping": 0.1, "blocks": None},
        ("G", {"G": TWO}),
        ("G", {"G": np.full((2, 2), np.nan)}),
        ("g", {"g": np.ones(3)}),
        ("mu", {"mu": 0.0}),
        ("damping", {"damping": -0.1}),
        ("damping", {"G": G[:1], "damping": 0.0}),
        ("blocks", {"blocks": [[0]]}),
        ("blocks", {"blocks": [[0, 1], [1]]}),
        ("blocks", {"blocks": [[0], [2]]}),
    ),
    "natural_descent": (
        {"per_object": lambda w: G, "start": TWO, "mu": 1.0, "damping": 0.1, "steps": 2},
        ("start", {"start": np.ones((1, 2))}),
        ("steps", {"steps": 0}),
    ),
}


@points("1/4")
@each(REFUSED, en="Bad arguments: {name}", ru="Неверные аргументы: {name}")
@hint(
    en="ValueError with the name: other shapes, numbers that are not positive, a singular matrix, a direction uphill.",
    ru="ValueError с именем: другие формы, неположительные числа, вырожденная матрица, направление вверх.",
)
def test_errors(submission, name):
    good, *bad = REFUSED[name]
    for argument, changes in bad:
        arguments = [counted(given) if callable(given) else given for given in (good | changes).values()]
        named = dict(zip(good | changes, arguments, strict=True))
        assert_refused(argument, getattr(submission, name), **named)


@points("1/20")
@each(
    ("newton_step", "bfgs_update", "lbfgs_direction", "fisher_matrix", "natural_step"),
    en="The arguments stay as they were: {name}",
    ru="Аргументы не меняются: {name}",
)
@hint(
    en="C += ..., q -= ... on an array that you were given write into it: copy it first.",
    ru="C += ..., q -= ... на полученном массиве пишут прямо в него: сначала скопируйте.",
)
def test_unchanged(submission, rng, name):
    many, g, H = rng.normal(size=(12, 4)), rng.normal(size=4), np.diag(rng.uniform(0.5, 3.0, 4))
    S = rng.normal(size=(3, 4))
    Y = S @ H
    arguments = {
        "newton_step": (g, H, 0.5),
        "bfgs_update": (np.eye(4), S[0], Y[0]),
        "lbfgs_direction": (g, S, Y),
        "fisher_matrix": (many,),
        "natural_step": (many, g, 0.5, 0.1),
    }
    call_unchanged(getattr(submission, name), *arguments[name])
