"""Lists, sets and counters; arrays only where they are given back."""

import math
from collections import Counter

import numpy as np


def hybrid(scores, keep, score, k):
    scores = [float(value) for value in scores]
    if not scores or not all(map(math.isfinite, scores)):
        raise ValueError("scores must be finite numbers")
    if not 1 <= keep <= len(scores):
        raise ValueError("keep must be from 1 to the number of features")
    if not 1 <= k <= keep:
        raise ValueError("k must be from 1 to keep")
    kept = sorted(range(len(scores)), key=lambda feature: (-scores[feature], feature))[:keep]
    chosen = []
    while len(chosen) < k:
        best, best_value = None, None
        for feature in sorted(set(kept) - set(chosen)):
            value = score(tuple(sorted(chosen + [feature])))
            if best is None or value > best_value:
                best, best_value = feature, value
        chosen.append(best)
    return chosen


def check_sets(sets, d):
    if len(sets) == 0:
        raise ValueError("sets must not be empty")
    for members in sets:
        if any(not 0 <= feature < d for feature in members):
            raise ValueError("sets must hold indices of features")


def vote_sets(sets, d, votes):
    check_sets(sets, d)
    if not 1 <= votes <= len(sets):
        raise ValueError("votes must be from 1 to the number of sets")
    counts = Counter(feature for members in sets for feature in set(members))
    return np.array(sorted(feature for feature in counts if counts[feature] >= votes), dtype=int)


def vote_models(models, sets, X):
    if len(models) == 0:
        raise ValueError("models must not be empty")
    if np.ndim(X) != 2 or np.size(X) == 0 or not np.isfinite(X).all():
        raise ValueError("X must be a finite matrix")
    if len(sets) != len(models) or any(len(members) == 0 for members in sets):
        raise ValueError("sets must be one for each model, none of them empty")
    check_sets(sets, X.shape[1])
    told = [model(X[:, list(members)]).tolist() for model, members in zip(models, sets)]
    result = []
    for ballot in zip(*told):
        counts = Counter(ballot)
        result.append(min(counts, key=lambda one: (-counts[one], one)))
    return np.array(result)


def merge_rankings(R):
    if np.ndim(R) != 2 or np.size(R) == 0:
        raise ValueError("R must be a matrix")
    rows = np.asarray(R).tolist()
    d = len(rows[0])
    if any(sorted(row) != list(range(d)) for row in rows):
        raise ValueError("R must be permutations")
    return np.array(sorted(range(d), key=lambda feature: sum(row[feature] for row in rows)))


def merge_scores(S, how="mean"):
    if how not in ("mean", "median"):
        raise ValueError("how is unknown")
    if np.ndim(S) != 2 or np.size(S) == 0 or not np.isfinite(S).all():
        raise ValueError("S must be a finite matrix")
    scaled = []
    for row in np.asarray(S).tolist():
        low, high = min(row), max(row)
        scaled.append([(value - low) / (high - low) if high > low else 0.0 for value in row])
    merged = []
    for column in zip(*scaled):
        ordered, half = sorted(column), len(column) // 2
        if how == "mean":
            merged.append(sum(column) / len(column))
        else:
            merged.append((ordered[half] + ordered[-half - 1]) / 2)
    return np.array(merged)
