"""Random configurations that fit a random picture."""


def network(rng):
    """A configuration with layers of all kinds, and the shape of its picture."""
    shape = tuple(int(side) for side in rng.integers([1, 12, 12], [4, 30, 30]))
    config, (_, height, width) = [], shape
    for _ in range(int(rng.integers(1, 5))):
        kernel, stride = (int(value) for value in rng.integers(1, 5, size=2))
        if min(height, width) < kernel + 4:
            break
        if rng.random() < 0.6:
            padding = int(rng.integers(0, 3))
            config += [("conv", int(rng.integers(1, 6)), kernel, stride, padding), ("relu",)]
        else:
            padding = 0
            config.append(("pool", kernel, stride))
        height, width = ((side + 2 * padding - kernel) // stride + 1 for side in (height, width))
    if rng.random() < 0.5:
        config.append(("adaptive", int(rng.integers(1, 5))))
    return [*config, ("flatten",), ("linear", int(rng.integers(1, 9))), ("relu",), ("linear", 3)], shape
