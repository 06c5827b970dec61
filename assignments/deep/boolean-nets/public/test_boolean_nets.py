"""The public tests of threshold units: small cases with their answers written out."""

import numpy as np

from grader.testing import assert_close, assert_equal, assert_refused, title

PAIRS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])


def outputs(layers, X):
    """What the layers give, one output: their sums are compared with 0 here."""
    for weight, bias in layers:
        X = (X @ weight + bias > 0).astype(int)
    return X[:, 0]


@title(en="AND as a unit, and a sum of exactly 0", ru="AND как элемент и сумма, равная нулю")
def test_unit(submission):
    assert_equal(submission.unit(PAIRS, np.array([1.0, 1.0]), -1.5), np.array([0, 0, 0, 1]), what="x1 + x2 - 3/2")
    assert_equal(submission.unit(PAIRS, np.array([1.0, 1.0]), -1.0), np.array([0, 0, 0, 1]), what="x1 + x2 - 1")


@title(en="The gate NOT", ru="Логическая функция NOT")
def test_gate(submission):
    assert_close(submission.gate("not"), (np.array([-1.0]), 0.5), what='gate("not")')


@title(en="Two layers of one unit: NOT of AND", ru="Два слоя по одному элементу: NOT от AND")
def test_run(submission):
    layers = [(np.array([[1.0], [1.0]]), np.array([-1.5])), (np.array([[-1.0]]), np.array([0.5]))]
    assert_equal(submission.run(layers, PAIRS), np.array([[1], [1], [1], [0]]), what="run(layers, X)")


@title(en="XOR on all inputs", ru="XOR на всех входах")
def test_xor(submission):
    assert_equal(outputs(submission.xor(), PAIRS), np.array([0, 1, 1, 0]), what="outputs")


@title(en="x1 and not x2", ru="x1 и не x2")
def test_dnf(submission):
    assert_equal(outputs(submission.from_dnf([{0: True, 1: False}], 2), PAIRS), np.array([0, 0, 1, 0]), what="outputs")


@title(en="x1 or not x2", ru="x1 или не x2")
def test_cnf(submission):
    assert_equal(outputs(submission.from_cnf([{0: True, 1: False}], 2), PAIRS), np.array([1, 0, 1, 1]), what="outputs")


@title(en="Implication from its table", ru="Импликация по таблице")
def test_table(submission):
    table = np.array([1, 1, 0, 1])
    assert_equal(outputs(submission.from_table(table), PAIRS), table, what="outputs")


@title(en="An argument that there is not", ru="Аргумент, которого нет")
def test_refused(submission):
    assert_refused("terms", submission.from_dnf, [{2: True}], 2)
