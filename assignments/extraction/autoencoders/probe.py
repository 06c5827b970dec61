"""Runs inside: builds models of torch's modules, hands out losses, and tells what a loss leaves behind.

It holds no secret, and what it returns is checked outside.
"""

import torch
from torch import nn

__all__ = ["Changing", "coder", "given_gradients", "nn", "noisy", "scaling", "squares", "traces"]


class Coder(nn.Module):
    """An autoencoder of the suite's own, so that losses and training need none of the student's."""

    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder

    def forward(self, x):
        code = self.encoder(x)
        return code, self.decoder(code)


def coder(encoder, decoder):
    """A model with these parts, lists of layers."""
    return Coder(nn.Sequential(*encoder), nn.Sequential(*decoder))


def scaling(factor):
    """A model of one feature whose encoder multiplies by the factor and whose decoder divides by it."""
    model = coder([nn.Linear(1, 1, bias=False)], [nn.Linear(1, 1, bias=False)])
    nn.init.constant_(model.encoder[0].weight, factor)
    nn.init.constant_(model.decoder[0].weight, 1 / factor)
    return model


def squares(model, x):
    """The mean square of what is not restored."""
    return (model(x)[1] - x).square().mean()


class Changing:
    """A loss that is another one each time it is asked, and larger and larger."""

    def __init__(self):
        self.asked = 0

    def __call__(self, model, x):
        self.asked += 1
        return squares(model, x + 0.3 * self.asked) * self.asked


def noisy(loss, deviation, seed):
    """A denoising loss as `train` asks for it: new noise each time."""
    rng = torch.Generator().manual_seed(seed)

    def with_noise(model, x):
        return loss(model, x, deviation * torch.randn(x.shape, generator=rng, dtype=x.dtype))

    return with_noise


def given_gradients(model, frozen):
    """Gradients as an earlier training may have left them, and parameters that want none."""
    for name, parameter in model.named_parameters():
        parameter.grad = torch.ones_like(parameter)
        parameter.requires_grad_(name not in frozen)


def traces(loss, model, x, *arguments):
    """Whether the objects want gradients after the loss was asked, and which parameters have some."""
    loss(model, x, *arguments)
    return x.requires_grad, [name for name, parameter in model.named_parameters() if parameter.grad is not None]
