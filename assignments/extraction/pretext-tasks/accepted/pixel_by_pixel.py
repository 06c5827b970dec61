"""Pixel by pixel, in plain Python where it can be."""

import numpy as np


def refuse(wrong, name):
    if wrong:
        raise ValueError(f"{name}: a wrong value")


def pixels(name, image, axes=3):
    image = np.asarray(image)
    refuse(image.ndim != axes or image.size == 0 or not np.isfinite(image).all(), name)
    return image


def rotations(images):
    images = pixels("images", images, 4)
    n, s, other, c = images.shape
    refuse(s != other, "images")
    found = np.empty((4 * n, s, s, c))
    for i in range(n):
        found[4 * i] = images[i]
        for turn in range(1, 4):
            for row in range(s):
                for column in range(s):
                    found[4 * i + turn, row, column] = found[4 * i + turn - 1, column, s - 1 - row]
    return found, np.array([0, 1, 2, 3] * n)


def grid(image, size, gap):
    h, w, _ = image.shape
    refuse(size < 1 or 3 * size > min(h, w), "size")
    refuse(gap < 0 or 3 * size + 2 * gap > min(h, w), "gap")
    first = size + gap
    return range(first, h - first - size + 1), range(first, w - first - size + 1)


def context_pair(image, size, gap, position, top, left):
    image = pixels("image", image)
    tops, lefts = grid(image, size, gap)
    refuse(position not in range(8), "position")
    refuse(top not in tops, "top")
    refuse(left not in lefts, "left")
    place = position + (position >= 4)
    first = top + (place // 3 - 1) * (size + gap), left + (place % 3 - 1) * (size + gap)
    return tuple(
        np.array([[image[row + i, column + j] for j in range(size)] for i in range(size)])
        for row, column in ((top, left), first)
    )


def context_pairs(image, size, gap, count, rng):
    image = pixels("image", image)
    tops, lefts = grid(image, size, gap)
    refuse(count < 1, "count")
    centers, patches, labels = [], [], []
    for _ in range(count):
        position = int(8 * rng.random())
        center, patch = context_pair(image, size, gap, position, rng.choice(tops), rng.choice(lefts))
        centers.append(center)
        patches.append(patch)
        labels.append(position)
    return np.array(centers), np.array(patches), np.array(labels)


def move(image, sources):
    """The part sources[i] on place i."""
    h, w = image.shape[0] // 3, image.shape[1] // 3
    found = np.empty(image.shape)
    for row in range(3 * h):
        for column in range(3 * w):
            down, across = divmod(sources[3 * (row // h) + column // w], 3)
            found[row, column] = image[down * h + row % h, across * w + column % w]
    return found


def puzzle(name, image, order):
    image = pixels(name, image)
    refuse(image.shape[0] % 3 or image.shape[1] % 3, name)
    order = [int(part) for part in order]
    refuse(sorted(order) != list(range(9)), "order")
    return image, order


def jigsaw(image, order):
    image, order = puzzle("image", image, order)
    return move(image, order)


def restore(shuffled, order):
    shuffled, order = puzzle("shuffled", shuffled, order)
    return move(shuffled, [order.index(part) for part in range(9)])


def draw_order(rng):
    return np.array(sorted(range(9), key=[rng.random() for _ in range(9)].__getitem__))


def hide(image, top, left, height, width, fill=0.0):
    image = pixels("image", image)
    h, w, _ = image.shape
    refuse(not 0 <= top < h, "top")
    refuse(not 0 <= left < w, "left")
    refuse(not 1 <= height <= h - top, "height")
    refuse(not 1 <= width <= w - left, "width")
    mask = np.array([[top <= i < top + height and left <= j < left + width for j in range(w)] for i in range(h)])
    target = image[mask].reshape(height, width, -1)
    return np.where(mask[:, :, None], float(fill), image), target, mask


def grey(image):
    image = pixels("image", image)
    refuse(image.shape[2] != 3, "image")
    values = [[[0.299 * r + 0.587 * g + 0.114 * b] * 3 for r, g, b in row] for row in image.tolist()]
    return np.array(values)


def colour_pair(image):
    return grey(image), np.array(image, dtype=float)
