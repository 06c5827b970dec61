"""The hidden suite of the arguments: what is refused, and that they stay as they were."""

import numpy as np

from grader.testing import assert_refused, call_unchanged, each, hint

X, BAD = np.array([[1.0, -2.0]]), np.array([1.0, np.nan])
WEIGHTS, BIASES = [np.ones((2, 3)), np.ones((3, 1))], [np.ones(3), np.ones(1)]
SHORT = [np.ones((2, 3)), np.ones((2, 1))]  # the second does not fit the first

REFUSED = {
    "activation": (("name", "cube", X), ("x", "relu", BAD), ("x", "relu", np.zeros(0))),
    "activation_grad": (("name", "cube", X), ("x", "relu", BAD), ("x", "relu", np.zeros(0))),
    "prelu_beta_grad": (("x", BAD), ("x", np.zeros(0))),
    "noisy_relu": (("noise", X, X[:, :1]), ("noise", X, X[0]), ("x", BAD, np.ones(2))),
    "noisy_relu_grad": (("noise", X, X[:, :1]), ("noise", X, X[0]), ("x", BAD, np.ones(2))),
    "Perceptron": (
        ("weights", [], []),
        ("weights", SHORT, BIASES),
        ("biases", WEIGHTS, BIASES[:1]),
        ("biases", WEIGHTS, [np.ones(3), np.ones(3)]),
        ("activation", WEIGHTS, BIASES, "cube"),
    ),
    "clip_global": (("c", [X], 0.0), ("c", [X], -1.0), ("grads", [X, BAD], 1.0), ("grads", [], 1.0)),
    "clip_local": (("c", [X], 0.0), ("c", [X], -1.0), ("grads", [X, BAD], 1.0), ("grads", [], 1.0)),
    "permute_hidden": (
        ("layer", WEIGHTS, BIASES, 1, np.arange(1)),
        ("layer", WEIGHTS, BIASES, -1, np.arange(3)),
        ("order", WEIGHTS, BIASES, 0, np.array([0, 1])),
        ("order", WEIGHTS, BIASES, 0, np.array([0, 2, 2])),
        ("weights", SHORT, BIASES, 0, np.arange(3)),
    ),
    "interpolate": (
        ("x", np.array([0.0, 0.5, 0.0]), np.ones(3)),
        ("x", np.zeros(0), np.zeros(0)),
        ("y", np.array([0.0, 1.0]), np.ones(3)),
    ),
}


@each(REFUSED, worth="1/10", en="Bad arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError with the argument's name in its text; shapes that numpy would stretch count as wrong too.",
    ru="ValueError с именем аргумента в тексте; формы, которые numpy растянул бы сам, тоже неверны.",
)
def test_bad_arguments(submission, name):
    for named, *arguments in REFUSED[name]:
        assert_refused(named, getattr(submission, name), *arguments)


@each(
    ("forward", "backward"), worth="1/8", en="Wrong shapes are refused: {name}", ru="Неверные формы отвергаются: {name}"
)
@hint(
    en="X has as many columns as weights[0] has rows; dY has the shape of the last output.",
    ru="У X столько столбцов, сколько строк в weights[0]; у dY форма последнего выхода.",
)
def test_bad_shapes(submission, name):
    net = submission.Perceptron(WEIGHTS, BIASES)
    net.forward(np.ones((4, 2)))
    for shape in ((4, 3), (2,)) if name == "forward" else ((4, 2), (1, 1), (4,)):
        assert_refused("X" if name == "forward" else "dY", getattr(net, name), np.ones(shape))


class Nothing:
    """What a network of the probe computes where only the arguments matter."""

    def forward(self, weights, biases, X):
        return np.zeros((len(X), 1))

    def backward(self, weights, biases, X, dY):
        return np.zeros((4, 2)), WEIGHTS, BIASES


BAD_TRAINING = {
    "Y": (("Y", np.ones(4), 0.1, 1), ("Y", np.ones((1, 1)), 0.1, 1)),
    "rate-steps-clip": (
        ("rate", np.ones((4, 1)), 0.0, 1),
        ("steps", np.ones((4, 1)), 0.1, 0),
        ("clip", np.ones((4, 1)), 0.1, 1, 0.0),
    ),
}


@each(BAD_TRAINING, worth="1/8", en="train refuses a bad {name}", ru="train отвергает неверный аргумент {name}")
@hint(
    en="Y has the shape of the output, (n, k): numpy would stretch (n,) or (1, k). The numbers are above 0.",
    ru="У Y форма выхода, (n, k): (n,) или (1, k) numpy растянул бы. Числа больше 0.",
)
def test_bad_training(submission, probe, name):
    for named, *arguments in BAD_TRAINING[name]:
        net = probe.network(WEIGHTS, BIASES, Nothing().forward, Nothing().backward)
        assert_refused(named, submission.train, net, np.ones((4, 2)), *arguments)


@each(
    ("forward", "backward"), worth="1/8", en="Residual leaves X and dY: {name}", ru="Residual не меняет X и dY: {name}"
)
@hint(en="X += … and dY += … write into the caller's array.", ru="X += … и dY += … пишут прямо в массив вызывающего.")
def test_residual_unchanged(submission, probe, rng, name):
    block = probe.block(submission.Residual, lambda X: 2 * X, lambda X, Y, dY: 2 * dY)
    block.forward(rng.normal(size=(4, 3)))
    call_unchanged(getattr(block, name), rng.normal(size=(4, 3)))


UNCHANGED = {
    "activation": lambda rng: ("leaky", rng.normal(size=(3, 2))),
    "activation_grad": lambda rng: ("prelu", rng.normal(size=(3, 2))),
    "prelu_beta_grad": lambda rng: (rng.normal(size=6),),
    "noisy_relu": lambda rng: (rng.normal(size=6), rng.normal(size=6)),
    "noisy_relu_grad": lambda rng: (rng.normal(size=6), rng.normal(size=6)),
    "clip_global": lambda rng: ([rng.normal(size=(3, 2)), rng.normal(size=2)], 0.1),
    "clip_local": lambda rng: ([rng.normal(size=(3, 2)), rng.normal(size=2)], 0.1),
    "permute_hidden": lambda rng: (
        [rng.normal(size=(2, 3)), np.ones((3, 1))],
        [np.arange(3.0), np.ones(1)],
        0,
        np.array([2, 0, 1]),
    ),
    "interpolate": lambda rng: (rng.normal(size=5), rng.normal(size=5)),
}


@each(UNCHANGED, worth="1/18", en="The arguments stay as they were: {name}", ru="Аргументы не меняются: {name}")
@hint(
    en="x[x < 0] = 0, +=, *= and sort() write into the caller's array; so does a list whose items are replaced.",
    ru="x[x < 0] = 0, +=, *= и sort() пишут прямо в массив вызывающего; замена элементов списка — тоже.",
)
def test_unchanged(submission, rng, name):
    call_unchanged(getattr(submission, name), *UNCHANGED[name](rng))
