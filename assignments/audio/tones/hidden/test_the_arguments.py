"""The hidden suite of all rows: bad arguments, and arguments that stay as they were."""

import numpy as np

from grader.testing import assert_refused, call_unchanged, each, hint

X, NAN, INFINITE = np.ones(8), np.array([1.0, np.nan, 2.0]), np.array([1.0, -np.inf, 2.0])
TABLE = np.ones((4, 2))
OF_FRAMES = [
    *(("x", bad, 2, 1) for bad in (np.zeros(0), TABLE, NAN, INFINITE)),
    (("x", "frame"), X, 9, 1),
    ("frame", X, 0, 1),
    ("hop", X, 2, 0),
    ("hop", X, 2, -1),
]
NOT_MATRICES = (X, np.zeros((0, 2)), np.zeros((2, 0)), NAN[:, None], INFINITE[:, None])
# the function: for each bad call the name that the error must tell, or several, and the arguments
REFUSED = {
    "same_note": [
        ("f1", 0.0, 1.0),
        ("f1", -2.0, 1.0),
        ("f2", 1.0, 0.0),
        ("f2", 1.0, -2.0),
        ("tolerance", 1.0, 1.0, -0.1),
    ],
    "nyquist": [("rate", 0.0), ("rate", -8.0)],
    "alias": [("f", -1.0, 8.0), ("rate", 1.0, 0.0)],
    "mono": [("x", bad) for bad in NOT_MATRICES],
    "envelope": OF_FRAMES,
    "rms": OF_FRAMES,
    "zero_crossing_rate": OF_FRAMES,
    "summary": [("features", bad) for bad in NOT_MATRICES],
}


@each(REFUSED, worth="1/8", en="Bad arguments: {name}", ru="Неверные аргументы: {name}")
@hint(en="ValueError with the argument's name.", ru="ValueError с именем аргумента.")
def test_errors(submission, name):
    for argument, *arguments in REFUSED[name]:
        assert_refused(argument, getattr(submission, name), *arguments)


@each(
    ("mono", "envelope", "rms", "zero_crossing_rate", "summary"),
    worth="1/20",
    en="The argument stays as it was: {name}",
    ru="Аргумент не меняется: {name}",
)
@hint(en="Work on a copy.", ru="Работайте с копией.")
def test_unchanged(submission, rng, name):
    x = rng.normal(size=24)
    arguments = (x.reshape(8, 3),) if name in ("mono", "summary") else (x, 8, 8)
    call_unchanged(getattr(submission, name), *arguments)
