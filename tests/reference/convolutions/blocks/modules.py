"""Random modules and pictures in double precision."""

import torch


def double(module, seed):
    """The module in double precision, with random parameters and statistics."""
    generator = torch.Generator().manual_seed(seed)
    module = module.double()
    with torch.no_grad():
        for name, value in module.state_dict().items():
            if value.is_floating_point():
                drawn = torch.randn(value.shape, generator=generator, dtype=torch.float64)
                value.copy_(drawn.abs() + 0.5 if name.endswith("running_var") else 0.5 * drawn)
    return module


def randn(seed, *shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def gradients_agree(module, x):
    """Finite differences of all that comes out, by the picture and by each parameter."""
    names = [name for name, _ in module.named_parameters()]
    values = [value.detach().clone().requires_grad_() for value in module.parameters()]

    def run(x, *values):
        return torch.func.functional_call(module, dict(zip(names, values, strict=True)), (x,))

    return torch.autograd.gradcheck(run, (x.requires_grad_(), *values), fast_mode=True)
