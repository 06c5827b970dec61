"""Whole arrays: suppression crosses out columns of a table, all classes are suppressed at once by moving them apart."""

import numpy as np


def ensure(holds, name):
    if not np.all(holds):
        raise ValueError(f"bad {name}")


def checked(name, values):
    boxes = np.array(values, dtype=float)
    ensure(boxes.ndim == 2 and boxes.shape[1:] == (4,), name)
    ensure(np.isfinite(boxes), name)
    ensure((boxes[:, 0] <= boxes[:, 2]) & (boxes[:, 1] <= boxes[:, 3]), name)
    return boxes


def box_iou(A, B):
    ax1, ay1, ax2, ay2 = checked("A", A).T[:, :, None]
    bx1, by1, bx2, by2 = checked("B", B).T[:, None, :]
    width = np.maximum(0, np.minimum(ax2, bx2) - np.maximum(ax1, bx1))
    height = np.maximum(0, np.minimum(ay2, by2) - np.maximum(ay1, by1))
    common = width * height
    union = (ax2 - ax1) * (ay2 - ay1) + (bx2 - bx1) * (by2 - by1) - common
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(union > 0, common / union, 0.0)


def mask_iou(a, b):
    ensure(a.ndim == 2 and a.size > 0 and a.dtype == np.bool_, "a")
    ensure(b.shape == a.shape and b.dtype == np.bool_, "b")
    both = np.logical_and(a, b).sum()
    return float(both / max(1, a.sum() + b.sum() - both))


def resize(image, height, width):
    ensure(image.ndim == 3 and image.size > 0 and np.isfinite(image).all(), "image")
    ensure(height >= 1, "height")
    ensure(width >= 1, "width")
    rows = ((np.arange(height) + 0.5) * (len(image) / height)).astype(int)
    columns = ((np.arange(width) + 0.5) * (image.shape[1] / width)).astype(int)
    return image[rows][:, columns].astype(float)


def nms(boxes, scores, threshold):
    boxes = checked("boxes", boxes)
    ensure(np.shape(scores) == (len(boxes),) and np.isfinite(scores).all(), "scores")
    ensure(0 <= threshold <= 1, "threshold")
    order = np.lexsort((np.arange(len(boxes)), -scores))
    too_near = box_iou(boxes[order], boxes[order]) > threshold
    alive = np.ones(len(boxes), dtype=bool)
    for place in range(len(boxes)):
        if alive[place]:
            alive[place + 1 :] &= ~too_near[place, place + 1 :]
    return order[alive]


def detect(image, proposals, classify, size, threshold, least=0.5):
    ensure(image.ndim == 3 and image.size > 0, "image")
    boxes = checked("proposals", proposals)
    ensure((boxes >= 0) & (boxes <= np.array(image.shape)[[1, 0, 1, 0]]), "proposals")
    ensure((boxes[:, 0] < boxes[:, 2]) & (boxes[:, 1] < boxes[:, 3]), "proposals")
    ensure(np.array(size) >= 1, "size")
    ensure(0 <= threshold <= 1, "threshold")
    ensure(0 <= least <= 1, "least")
    if len(boxes) == 0:
        return boxes, np.zeros(0, dtype=int), np.zeros(0)
    crops = np.concatenate([resize(image[b:d, a:c], *size)[None] for a, b, c, d in proposals])
    answers = classify(crops)
    labels, scores = answers.argmax(axis=1), answers.max(axis=1)
    found = np.nonzero((labels != answers.shape[1] - 1) & (scores >= least))[0]
    apart = boxes[found] + labels[found, None] * (2 * max(image.shape))
    best = found[nms(apart, scores[found], threshold)]
    return boxes[best], labels[best], scores[best]


def yolo_encode(boxes, labels, S, classes, width, height):
    ensure(S >= 1, "S")
    ensure(classes >= 1, "classes")
    ensure(width > 0, "width")
    ensure(height > 0, "height")
    boxes, scale = checked("boxes", boxes), np.array([width, height, width, height])
    ensure((boxes >= 0) & (boxes <= scale), "boxes")
    ensure(len(labels) == len(boxes), "labels")
    ensure((labels >= 0) & (labels < classes), "labels")
    grid = np.zeros((S, S, 5 + classes))
    x1, y1, x2, y2 = boxes.T
    x, y = (x1 + x2) / 2, (y1 + y2) / 2
    column = np.clip(x // (width / S), 0, S - 1).astype(int)
    row = np.clip(y // (height / S), 0, S - 1).astype(int)
    order = np.argsort(-(x2 - x1) * (y2 - y1), kind="stable")
    _, first = np.unique(row[order] * S + column[order], return_index=True)
    for i in order[first]:
        place = (x[i] * S / width - column[i], y[i] * S / height - row[i])
        grid[row[i], column[i], :5] = (1, *place, (x2 - x1)[i] / width, (y2 - y1)[i] / height)
        grid[row[i], column[i], 5:] = np.eye(classes)[labels[i]]
    return grid


def yolo_decode(grid, width, height, least=0.5):
    ensure(grid.ndim == 3 and grid.shape[0] == grid.shape[1] and grid.shape[2] > 5, "grid")
    ensure(np.isfinite(grid), "grid")
    ensure(width > 0, "width")
    ensure(height > 0, "height")
    ensure(0 <= least <= 1, "least")
    S = len(grid)
    row, column = np.mgrid[:S, :S]
    x, y = (column + grid[..., 1]) * width / S, (row + grid[..., 2]) * height / S
    w, h = grid[..., 3] * width, grid[..., 4] * height
    boxes = np.stack([x - w / 2, y - h / 2, x + w / 2, y + h / 2], axis=-1)
    classes = grid[..., :1] * grid[..., 5:]
    seen = classes.max(axis=-1) >= least
    return boxes[seen], grid[seen][:, 5:].argmax(axis=-1), classes.max(axis=-1)[seen]
