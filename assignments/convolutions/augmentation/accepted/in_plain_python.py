"""Pixel by pixel in plain Python; a draw is made of a text that holds the seed and the number."""

import math
import random

import numpy as np


def checked(name, values):
    image = np.asarray(values)
    if image.ndim != 3 or image.size == 0 or not all(0 <= value <= 1 for value in image.ravel().tolist()):
        raise ValueError(f"{name}: not an image")
    return image.tolist()


def cut(value):
    return min(1.0, max(0.0, value))


def each_value(image, change):
    return np.array([[[float(change(value, k)) for k, value in enumerate(pixel)] for pixel in row] for row in image])


def flip(image, axis):
    rows = checked("image", image)
    if axis == "horizontal":
        return np.array([list(reversed(row)) for row in rows])
    if axis == "vertical":
        return np.array(list(reversed(rows)))
    raise ValueError("axis: horizontal or vertical")


def crop(image, top, left, height, width):
    rows = checked("image", image)
    if not 0 <= top < len(rows):
        raise ValueError("top: no such row")
    if not 0 <= left < len(rows[0]):
        raise ValueError("left: no such column")
    if height < 1 or top + height > len(rows):
        raise ValueError("height: not so many rows")
    if width < 1 or left + width > len(rows[0]):
        raise ValueError("width: not so many columns")
    return np.array([row[left : left + width] for row in rows[top : top + height]])


def blur(image, sigma):
    rows = checked("image", image)
    if not sigma > 0:
        raise ValueError("sigma: above 0")
    radius = math.ceil(3 * sigma)
    weights = {d: math.exp(-(d**2) / (2 * sigma**2)) for d in range(-radius, radius + 1)}
    total = sum(weights.values())
    height, width, depth = len(rows), len(rows[0]), len(rows[0][0])
    result = np.zeros((height, width, depth))
    across = [
        [
            [
                sum(weight * row[min(max(j + d, 0), width - 1)][k] for d, weight in weights.items()) / total
                for k in range(depth)
            ]
            for j in range(width)
        ]
        for row in rows
    ]
    for i in range(height):
        for j in range(width):
            for k in range(depth):
                whole = sum(weight * across[min(max(i + d, 0), height - 1)][j][k] for d, weight in weights.items())
                result[i, j, k] = cut(whole / total)
    return result


def contrast(image, factor):
    rows = checked("image", image)
    if factor < 0:
        raise ValueError("factor: at least 0")
    values = [value for row in rows for pixel in row for value in pixel]
    mean = math.fsum(values) / len(values)
    return each_value(rows, lambda value, k: cut((1 - factor) * mean + factor * value))


def saturate(image, factors):
    rows = checked("image", image)
    if len(factors) != len(rows[0][0]) or min(factors) < 0:
        raise ValueError("factors: one for each channel")
    return each_value(rows, lambda value, k: cut(factors[k] * value))


def gamma(image, g):
    rows = checked("image", image)
    if not g > 0:
        raise ValueError("g: above 0")
    return each_value(rows, lambda value, k: value**g)


def augmented(image, name, draw):
    height, width, depth = np.shape(image)
    if name == "flip":
        return flip(image, draw.choice(["horizontal", "vertical"]))
    if name == "crop":
        h, w = draw.randint(math.ceil(height / 2), height), draw.randint(math.ceil(width / 2), width)
        return crop(image, draw.randint(0, height - h), draw.randint(0, width - w), h, w)
    if name == "blur":
        return blur(image, draw.uniform(0.5, 1.5))
    if name == "contrast":
        return contrast(image, draw.uniform(0.5, 1.5))
    if name == "saturate":
        return saturate(image, [draw.uniform(0.5, 1.5) for _ in range(depth)])
    if name == "gamma":
        return gamma(image, math.exp(draw.uniform(-math.log(2), math.log(2))))
    raise ValueError(f"names: there is no {name}")


def pair(images, i, seed, names):
    if not 0 <= i < len(images):
        raise ValueError("i: no such image")
    if seed < 0:
        raise ValueError("seed: at least 0")
    image = np.array(checked("images", images[i]))
    draw = random.Random(f"{seed}, {i}")
    result = image
    for name in names:
        result = augmented(result, name, draw)
    return image, result


def pairs(images, seed, names):
    for i in range(len(images)):
        yield pair(images, i, seed, names)
