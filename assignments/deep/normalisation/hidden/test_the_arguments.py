"""The hidden suite of all: bad arguments, and arguments that stay as they were."""

import numpy as np

from grader.testing import assert_refused, call_unchanged, each, hint
from grader.testing.inputs import fresh

NETS = ([np.ones((2, 3)), np.ones((3, 1))], [np.ones((2, 3)), np.ones((2, 1))])


def bad_draw_mask(draw_mask):
    for p in (1.0, -0.1, np.nan):
        assert_refused("p", draw_mask, (2, 3), p, np.random.default_rng(0))


def bad_dropout(dropout):
    assert_refused("p", dropout, np.ones(3), np.ones(3, dtype=bool), 1.0)
    assert_refused("mask", dropout, np.ones((2, 3)), np.ones(3, dtype=bool), 0.5)


def bad_layer(layer):
    for p in (1.0, -0.1):
        assert_refused("p", layer, p)


def bad_batch_norm(layer):
    assert_refused("d", layer, 0)
    norm = layer(3)
    for X in (np.ones((4, 1)), np.ones((4, 2)), np.ones(3), np.ones((1, 3)), np.full((4, 3), np.nan)):
        assert_refused("X", norm.forward, X)
    norm.forward(np.eye(3))
    assert_refused("dY", norm.backward, np.ones((1, 3)))


def bad_variance(variance):
    assert_refused("scheme", variance, "he", 3, 4)
    assert_refused("n_in", variance, "lecun", 0, 4)
    assert_refused("n_out", variance, "lecun", 3, 0)


def bad_init(init):
    assert_refused("scheme", init, "he", 3, 4, np.random.default_rng(0))
    assert_refused("kind", init, "lecun", 3, 4, np.random.default_rng(0), "gauss")


def bad_signal(signal, *dY):
    good, bad = NETS
    assert_refused("weights", signal, [], np.ones((4, 2)), "relu", *dY)
    assert_refused("weights", signal, bad, np.ones((4, 2)), "relu", *dY)
    assert_refused("X", signal, good, np.ones((4, 3)), "relu", *dY)
    assert_refused("activation", signal, good, np.ones((4, 2)), "sigmoid", *dY)


def bad_gradient_signal(gradient_signal):
    bad_signal(gradient_signal, np.ones((4, 1)))
    assert_refused("dY", gradient_signal, NETS[0], np.ones((4, 2)), "relu", np.ones((1, 1)))


BAD = {
    "draw_mask": bad_draw_mask,
    "dropout": bad_dropout,
    "dropout_grad": bad_dropout,
    "Dropout": bad_layer,
    "BatchNorm": bad_batch_norm,
    "variance": bad_variance,
    "init": bad_init,
    "signal": bad_signal,
    "gradient_signal": bad_gradient_signal,
}


@each(tuple(BAD), worth="1/9", en="Bad arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError with the argument's name; shapes that would be broadcast silently are wrong too.",
    ru="ValueError с именем аргумента; формы, которые молча растянулись бы (broadcasting), тоже неверны.",
)
def test_bad_arguments(submission, name):
    BAD[name](getattr(submission, name))


@each(("dropout", "dropout_grad"), worth="1/12", en="Arguments unchanged: {name}", ru="Аргументы не меняются: {name}")
@hint(en="*=, /= and x[~mask] = 0 write into the caller's array.", ru="*=, /= и x[~mask] = 0 пишут в чужой массив.")
def test_unchanged_by_functions(submission, rng, name):
    call_unchanged(getattr(submission, name), rng.normal(size=(5, 4)), rng.random((5, 4)) < 0.5, 0.5)


@each(("Dropout", "BatchNorm"), worth="1/12", en="Arguments unchanged: {name}", ru="Аргументы не меняются: {name}")
@hint(en="-=, *= and /= write into the caller's array.", ru="-=, *= и /= пишут в чужой массив.")
def test_unchanged_by_layers(submission, rng, name):
    x, dY = rng.normal(size=(5, 4)), rng.normal(size=(5, 4))
    layer = getattr(submission, name)(0.5 if name == "Dropout" else 4)
    call_unchanged(layer.forward, x, *([fresh(rng)] if name == "Dropout" else []))
    call_unchanged(layer.backward, dY)


@each(("signal", "gradient_signal"), worth="1/12", en="Arguments unchanged: {name}", ru="Аргументы не меняются: {name}")
@hint(
    en="H = X, and then an operation in place on H, writes into X; reverse() turns the caller's list.",
    ru="H = X, а затем операция на месте над H пишет в X; reverse() переворачивает чужой список.",
)
def test_unchanged_by_signals(submission, rng, name):
    weights, X, dY = [rng.normal(size=(3, 4)), rng.normal(size=(4, 2))], rng.normal(size=(5, 3)), np.ones((5, 2))
    for activation in ("relu", "tanh"):  # relu may find nothing to change
        call_unchanged(getattr(submission, name), weights, X, activation, *([dY] if name == "gradient_signal" else []))
