"""What the suites share: masks."""

import torch


def random_mask(torch_rng, *shape):
    """Bools of which each row has a True."""
    mask = torch.rand(*shape, generator=torch_rng) < 0.5
    mask |= torch.nn.functional.one_hot(torch.randint(shape[-1], shape[:-1], generator=torch_rng), shape[-1]).bool()
    return mask
