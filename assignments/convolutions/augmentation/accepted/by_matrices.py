"""Blur by a matrix for each side; draws by a tree of seeds, one for each transformation; single precision."""

import numpy as np


def image_of(name, values):
    image = np.array(values, dtype=np.float32)
    if image.ndim != 3 or image.size == 0:
        raise ValueError(f"{name}: three axes are needed")
    if not ((image >= 0) & (image <= 1)).all():
        raise ValueError(f"{name}: values go from 0 to 1")
    return image


def ensure(holds, name):
    if not np.all(holds):
        raise ValueError(f"bad {name}")


def flip(image, axis):
    image = image_of("image", image)
    ensure(axis in ("horizontal", "vertical"), "axis")
    return np.flip(image, 1 if axis == "horizontal" else 0)


def crop(image, top, left, height, width):
    image = image_of("image", image)
    ensure(top in range(image.shape[0]), "top")
    ensure(left in range(image.shape[1]), "left")
    ensure(height >= 1 and top + height <= image.shape[0], "height")
    ensure(width >= 1 and left + width <= image.shape[1], "width")
    return image[top:, left:][:height, :width]


def smoothing(n, sigma):
    """The matrix (n, n) that blurs a side of n pixels."""
    radius = int(np.ceil(3 * sigma))
    distances = np.arange(-radius, radius + 1)
    weights = np.exp(-0.5 * (distances / sigma) ** 2)
    matrix = np.zeros((n, n))
    for row in range(n):
        np.add.at(matrix[row], np.clip(row + distances, 0, n - 1), weights)
    return matrix / matrix.sum(axis=1, keepdims=True)


def blur(image, sigma):
    image = image_of("image", image)
    ensure(sigma > 0, "sigma")
    down, across = smoothing(image.shape[0], sigma), smoothing(image.shape[1], sigma)
    return np.einsum("ia,jb,abc->ijc", down, across, image).clip(0, 1)


def contrast(image, factor):
    image = image_of("image", image)
    ensure(factor >= 0, "factor")
    return (factor * image + (1 - factor) * image.mean()).clip(0, 1)


def saturate(image, factors):
    image = image_of("image", image)
    ensure(np.shape(factors) == image.shape[2:], "factors")
    ensure(np.array(factors) >= 0, "factors")
    return np.minimum(image * np.array(factors)[None, None], 1.0)


def gamma(image, g):
    image = image_of("image", image)
    ensure(g > 0, "g")
    return np.power(image, g)


def draw_crop(image, rng):
    sides = [int(rng.integers((n + 1) // 2, n, endpoint=True)) for n in image.shape[:2]]
    corner = [int(rng.integers(0, n - side, endpoint=True)) for n, side in zip(image.shape, sides)]
    return crop(image, *corner, *sides)


DRAW = {
    "flip": lambda image, rng: flip(image, str(rng.choice(["horizontal", "vertical"]))),
    "crop": draw_crop,
    "blur": lambda image, rng: blur(image, 0.5 + rng.random()),
    "contrast": lambda image, rng: contrast(image, 0.5 + rng.random()),
    "saturate": lambda image, rng: saturate(image, 0.5 + rng.random(image.shape[2])),
    "gamma": lambda image, rng: gamma(image, np.exp2(1 - 2 * rng.random())),
}


def pair(images, i, seed, names):
    ensure(0 <= i < len(images), "i")
    ensure(seed >= 0, "seed")
    image = image_of("images", images[i])
    result = image
    seeds = np.random.SeedSequence(seed, spawn_key=(i,)).spawn(len(names))
    for name, own in zip(names, seeds):
        ensure(name in DRAW, "names")
        result = DRAW[name](result, np.random.default_rng(own))
    return image, result


class pairs:
    """An iterator that knows the number of the next image."""

    def __init__(self, images, seed, names):
        ensure(seed >= 0, "seed")
        ensure([name in DRAW for name in names], "names")
        self.arguments, self.next = (images, seed, names), 0

    def __iter__(self):
        return self

    def __next__(self):
        images, seed, names = self.arguments
        if self.next == len(images):
            raise StopIteration
        self.next += 1
        return pair(images, self.next - 1, seed, names)
