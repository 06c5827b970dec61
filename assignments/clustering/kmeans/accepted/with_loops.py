"""k-means in plain Python loops, stopping when the centres stay where they are."""

import math

import numpy as np


def checked(name, values):
    rows = np.asarray(values, dtype=float)
    if rows.ndim != 2 or 0 in rows.shape or not np.all(np.isfinite(rows)):
        raise ValueError(f"{name}: a finite matrix is needed")
    return rows.tolist()


def closest(point, centers):
    best, best_distance = 0, math.inf
    for index, center in enumerate(centers):
        distance = sum((a - b) ** 2 for a, b in zip(point, center))
        if distance < best_distance:
            best, best_distance = index, distance
    return best


def kmeans(X, start, max_iter=300):
    points, centers = checked("X", X), checked("start", start)
    if len(points[0]) != len(centers[0]):
        raise ValueError("start: as many features as in X are needed")
    if max_iter < 1:
        raise ValueError("max_iter: at least 1 is needed")
    for _ in range(max_iter):
        groups = {}
        for point in points:
            groups.setdefault(closest(point, centers), []).append(point)
        moved = [
            [math.fsum(column) / len(groups[j]) for column in zip(*groups[j])] if j in groups else center
            for j, center in enumerate(centers)
        ]
        if moved == centers:
            break
        centers = moved
    return np.array(centers), np.array([closest(point, centers) for point in points])
