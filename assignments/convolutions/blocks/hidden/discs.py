"""Pictures of discs in an uneven light, and their masks."""

import math

import torch

SIDE, NOISE, LIGHT = 32, 0.2, 0.7


def discs(torch_rng, n):
    """Pictures (n, 1, SIDE, SIDE) in single precision and masks of bools, of the same shape.

    Two discs, which may overlap, are brighter by 1; a wave of light has another direction and phase in each picture.
    """
    side = torch.arange(float(SIDE))
    y, x = side[:, None], side[None, :]

    def uniform(low, high):
        return (low + (high - low) * torch.rand(n, generator=torch_rng))[:, None, None]

    masks = torch.zeros(n, SIDE, SIDE, dtype=torch.bool)
    for _ in range(2):
        radius, row, column = uniform(4, 8), uniform(6, 26), uniform(6, 26)
        masks |= (y - row) ** 2 + (x - column) ** 2 <= radius**2
    direction, phase = uniform(0, 2 * math.pi), uniform(0, 2 * math.pi)
    way = direction.cos() * y + direction.sin() * x
    light = LIGHT * torch.sin(2 * math.pi * way / 40 + phase)
    noise = NOISE * torch.randn(n, SIDE, SIDE, generator=torch_rng)
    return (masks + light + noise)[:, None], masks[:, None]
