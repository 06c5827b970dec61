"""By De Morgan's laws: an AND form is the negation of an OR form; weights of 2; whole arrays at once."""

import numpy as np


def wrong(condition, name):
    if condition:
        raise ValueError("bad argument: " + name)


def unit(X, w, b):
    X = np.asarray(X)
    wrong(X.ndim != 2 or X.size == 0 or not np.isfinite(X).all(), "X")
    wrong(np.shape(w) != X.shape[1:] or not np.isfinite(w).all(), "w")
    wrong(not np.isfinite(b), "b")
    return np.where(np.einsum("nm,m->n", X, w) > -b, 1, 0)


def gate(name):
    wrong(name not in ("and", "or", "not"), "name")
    w = np.array([-1.0]) if name == "not" else np.array([1.0, 1.0])
    return w, {"and": -1.5, "or": -0.5, "not": 0.5}[name]


def run(layers, X):
    wrong(len(layers) == 0, "layers")
    for (W, b), (V, _) in zip(layers, [*layers[1:], (np.empty((np.size(layers[-1][1]), 0)), None)]):
        wrong(W.shape[1:] != b.shape or len(V) != len(b), "layers")
    H = np.asarray(X)
    wrong(H.ndim != 2 or H.shape[1] != layers[0][0].shape[0] or not np.isfinite(H).all(), "X")
    for W, b in layers:
        H = np.int64(np.sign(np.maximum(H @ W + b, 0)))
    return H


def xor():
    """Exactly one of two: not both, not none, in three layers."""
    nand_or = np.array([[-2.0, 2.0], [-2.0, 2.0]]), np.array([3.0, -1.0])
    both = np.array([[1.0], [1.0]]), np.array([-1.5])
    return [nand_or, both, (np.eye(1), np.array([-0.5]))]


def table_of(name, forms, m):
    wrong(m < 1, "m")
    W = np.zeros((m, len(forms)))
    for j, form in enumerate(forms):
        for i, positive in form.items():
            wrong(i < 0 or i >= m, name)
            W[i, j] = 2.0 * (2 * positive - 1)
    return W


def from_dnf(terms, m):
    W = table_of("terms", terms, m)
    return [(W, 1.0 - np.maximum(W, 0).sum(axis=0)), (2.0 * np.ones((len(terms), 1)), np.array([-1.0]))]


def from_cnf(clauses, m):
    """Hidden units say which clauses fail; the last one says that none does."""
    W = -table_of("clauses", clauses, m)
    return [(W, 1.0 - np.maximum(W, 0).sum(axis=0)), (-2.0 * np.ones((len(clauses), 1)), np.array([1.0]))]


def from_table(table):
    m = int(np.log2(table.size)) if table.size else 0
    wrong(m < 1 or 2**m != table.size or not np.isin(table, [0, 1]).all(), "table")
    digits = np.indices((2,) * m).reshape(m, -1)[:, table == 1]  # (m, ones)
    W = 2.0 * digits - 1.0
    return [(W, 0.5 - digits.sum(axis=0)), (np.ones((digits.shape[1], 1)), np.array([-0.5]))]
