"""What the tests of both networks need: parameters in double precision, and all images of a size."""

import itertools

import torch


def randn(seed, *shape):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def double(module, seed):
    """The module in double precision with random parameters."""
    module = module.double()
    with torch.no_grad():
        for number, value in enumerate(module.parameters()):
            value.copy_(randn(100 * seed + number, *value.shape) * value[0].numel() ** -0.5)
    return module


def all_images(h, w):
    return torch.tensor(list(itertools.product((0.0, 1.0), repeat=h * w)), dtype=torch.float64).view(-1, 1, h, w)


def dependence(module, x):
    """Whether an output (row) depends on a pixel of ``x`` (column), both in the order of reading."""
    derivative = torch.autograd.functional.jacobian(module, x).abs()  # (1, c_out, h, w, 1, c_in, h, w)
    pixels = x.shape[2] * x.shape[3]
    return derivative.sum(dim=(0, 1, 4, 5)).reshape(pixels, pixels) > 0
