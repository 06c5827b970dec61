"""Everything in plain Python, box by box and pixel by pixel."""

import math

import numpy as np


def rows_of(name, values):
    table = np.asarray(values)
    if table.ndim != 2 or table.shape[1] != 4 or not np.all(np.isfinite(table)):
        raise ValueError(f"{name}: rows of four finite numbers are needed")
    rows = table.tolist()
    for x1, y1, x2, y2 in rows:
        if x2 < x1 or y2 < y1:
            raise ValueError(f"{name}: a corner is on the wrong side")
    return rows


def share(name, value):
    if not 0 <= value <= 1:
        raise ValueError(f"{name}: not from 0 to 1")


def at_least_one(name, value):
    if value < 1:
        raise ValueError(f"{name}: below 1")


def above_zero(name, value):
    if not value > 0:
        raise ValueError(f"{name}: not above 0")


def picture(name, values):
    if np.ndim(values) != 3 or np.size(values) == 0 or not np.all(np.isfinite(values)):
        raise ValueError(f"{name}: an array (height, width, channels) is needed")
    return values


def iou(a, b):
    across = min(a[2], b[2]) - max(a[0], b[0])
    down = min(a[3], b[3]) - max(a[1], b[1])
    common = across * down if across > 0 and down > 0 else 0.0
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - common
    return common / union if union > 0 else 0.0


def box_iou(A, B):
    A, B = rows_of("A", A), rows_of("B", B)
    table = [iou(a, b) for a in A for b in B]
    return np.array(table, dtype=float).reshape(len(A), len(B))


def mask_iou(a, b):
    for name, mask in (("a", a), ("b", b)):
        if mask.dtype != bool or mask.ndim != 2 or mask.size == 0 or mask.shape != a.shape:
            raise ValueError(f"{name}: not a matrix of bools of the right shape")
    both = either = 0
    for one, other in zip(a.ravel().tolist(), b.ravel().tolist()):
        both += one and other
        either += one or other
    return both / either if either else 0.0


def resize(image, height, width):
    picture("image", image)
    at_least_one("height", height)
    at_least_one("width", width)
    old_height, old_width = len(image), len(image[0])
    result = np.empty((height, width, image.shape[2]))
    for i in range(height):
        for j in range(width):
            result[i, j] = image[math.floor((i + 0.5) * old_height / height), math.floor((j + 0.5) * old_width / width)]
    return result


def nms(boxes, scores, threshold):
    boxes = rows_of("boxes", boxes)
    if np.shape(scores) != (len(boxes),) or not np.all(np.isfinite(scores)):
        raise ValueError("scores: a number for each box is needed")
    share("threshold", threshold)
    kept = []
    for index in sorted(range(len(boxes)), key=lambda index: (-scores[index], index)):
        for other in kept:
            if iou(boxes[index], boxes[other]) > threshold:
                break
        else:
            kept.append(index)
    return np.array(kept, dtype=int)


def detect(image, proposals, classify, size, threshold, least=0.5):
    picture("image", image)
    rows = rows_of("proposals", proposals)
    for x1, y1, x2, y2 in rows:
        if x1 < 0 or y1 < 0 or x2 > image.shape[1] or y2 > image.shape[0] or x1 == x2 or y1 == y2:
            raise ValueError("proposals: outside of the image, or without pixels")
    for side in size:
        at_least_one("size", side)
    share("threshold", threshold)
    share("least", least)
    found = []
    if rows:
        answers = classify(np.array([resize(image[y1:y2, x1:x2], *size) for x1, y1, x2, y2 in rows])).tolist()
        for number, answer in enumerate(answers):
            label = answer.index(max(answer))
            if label != len(answer) - 1 and answer[label] >= least:
                found.append((-answer[label], number, label))
    found.sort()
    kept = []
    for score, number, label in found:
        if all(other != label or iou(rows[number], rows[box]) <= threshold for _, box, other in kept):
            kept.append((score, number, label))
    return (
        np.array([rows[number] for _, number, _ in kept], dtype=int).reshape(-1, 4),
        np.array([label for _, _, label in kept], dtype=int),
        np.array([-score for score, _, _ in kept], dtype=float),
    )


def yolo_encode(boxes, labels, S, classes, width, height):
    rows = rows_of("boxes", boxes)
    for name, value in (("S", S), ("classes", classes)):
        at_least_one(name, value)
    for name, value in (("width", width), ("height", height)):
        above_zero(name, value)
    for x1, y1, x2, y2 in rows:
        if x1 < 0 or y1 < 0 or x2 > width or y2 > height:
            raise ValueError("boxes: beyond the image")
    if len(labels) != len(rows) or any(not 0 <= label < classes for label in labels):
        raise ValueError("labels: a class for each box is needed")
    grid = np.zeros((S, S, 5 + classes))
    largest = {}
    for (x1, y1, x2, y2), label in zip(rows, labels):
        x, y = (x1 + x2) / (2 * width) * S, (y1 + y2) / (2 * height) * S
        row, column = min(math.floor(y), S - 1), min(math.floor(x), S - 1)
        area = (x2 - x1) * (y2 - y1)
        if (row, column) not in largest or area > largest[row, column]:
            largest[row, column] = area
            own = [float(k == label) for k in range(classes)]
            grid[row, column] = [1, x - column, y - row, (x2 - x1) / width, (y2 - y1) / height, *own]
    return grid


def yolo_decode(grid, width, height, least=0.5):
    picture("grid", grid)
    S = len(grid)
    if grid.shape[1] != S or grid.shape[2] < 6:
        raise ValueError("grid: not (S, S, 5 + classes)")
    above_zero("width", width)
    above_zero("height", height)
    share("least", least)
    boxes, labels, scores = [], [], []
    for row in range(S):
        for column in range(S):
            there, x, y, w, h, *shares = grid[row, column].tolist()
            if there * max(shares) >= least:
                x, y = (column + x) * width / S, (row + y) * height / S
                boxes.append([x - w * width / 2, y - h * height / 2, x + w * width / 2, y + h * height / 2])
                labels.append(shares.index(max(shares)))
                scores.append(there * max(shares))
    return np.array(boxes).reshape(-1, 4), np.array(labels, dtype=int), np.array(scores, dtype=float)
