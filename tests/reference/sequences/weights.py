"""Random modules and sequences in double precision."""

import torch


def double(module, seed):
    """The module in double precision, its parameters drawn from a standard normal distribution."""
    generator = torch.Generator().manual_seed(seed)
    module = module.double()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(torch.randn(parameter.shape, generator=generator, dtype=torch.float64))
    return module


def randn(seed, *shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def exact(values):
    return torch.tensor(values, dtype=torch.float64)
