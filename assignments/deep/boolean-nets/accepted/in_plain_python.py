"""Sums in loops over lists; tables by bit strings; a unit that never speaks where there are no terms."""

import numpy as np


def unit(X, w, b):
    if np.ndim(X) != 2 or len(X) == 0 or not np.isfinite(X).all():
        raise ValueError("X is no matrix of numbers")
    if np.shape(w) != (np.shape(X)[1],) or not np.isfinite(w).all():
        raise ValueError("w does not fit")
    if not np.isfinite(b):
        raise ValueError("b is no number")
    answers = []
    for row in np.asarray(X).tolist():
        total = b
        for x, weight in zip(row, w.tolist()):
            total += x * weight
        answers.append(1 if total > 0 else 0)
    return np.array(answers)


def gate(name):
    known = {"and": (np.ones(2), -3 / 2), "or": (np.ones(2), -1 / 2), "not": (-np.ones(1), 1 / 2)}
    if name not in known:
        raise ValueError("the name is unknown")
    return known[name]


def run(layers, X):
    if not layers:
        raise ValueError("layers: none")
    if np.ndim(X) != 2 or np.shape(X)[1] != len(layers[0][0]):
        raise ValueError("X does not fit")
    width = len(layers[0][0])
    for weight, bias in layers:
        if np.ndim(weight) != 2 or len(weight) != width or np.shape(bias) != (weight.shape[1],):
            raise ValueError("layers do not fit")
        width = len(bias)
    for weight, bias in layers:
        X = np.stack([unit(X, weight[:, j], bias[j]) for j in range(len(bias))], axis=1)
    return X


def xor():
    """(x1 or x2) and (not x1 or not x2)."""
    return from_cnf([{0: True, 1: True}, {0: False, 1: False}], 2)


def checked(name, forms, m):
    if m < 1:
        raise ValueError("m is below 1")
    for one in forms:
        for index in one:
            if index not in range(m):
                raise ValueError(f"{name} know no argument {index}")


def column(one, m):
    return [0 if i not in one else 1 if one[i] else -1 for i in range(m)]


def from_dnf(terms, m):
    checked("terms", terms, m)
    if not terms:
        return [(np.zeros((m, 1)), np.array([-1.0])), (np.ones((1, 1)), np.array([-0.5]))]
    weight = np.array([column(one, m) for one in terms], dtype=float).T
    bias = np.array([0.5 - sum(one.values()) for one in terms])
    return [(weight, bias), (np.ones((len(terms), 1)), np.array([-0.5]))]


def from_cnf(clauses, m):
    checked("clauses", clauses, m)
    if not clauses:
        return [(np.zeros((m, 1)), np.array([-1.0])), (np.ones((1, 1)), np.array([0.5]))]
    weight = np.array([column(one, m) for one in clauses], dtype=float).T
    bias = np.array([len(one) - sum(one.values()) - 0.5 for one in clauses])
    return [(weight, bias), (np.ones((len(clauses), 1)), np.array([0.5 - len(clauses)]))]


def from_table(table):
    table = table.tolist()
    m = len(bin(len(table))) - 3
    if m < 1 or len(table) != 2**m or set(table) - {0, 1}:
        raise ValueError("table is wrong")
    terms = []
    for row, wanted in enumerate(table):
        if wanted:
            terms.append({place: digit == "1" for place, digit in enumerate(format(row, f"0{m}b"))})
    return from_dnf(terms, m)
