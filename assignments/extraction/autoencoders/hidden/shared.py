"""What the suites share: models of the suite's own, inside and here."""

import torch
from torch import nn

from grader.testing import assert_close, set_state, vjp
from grader.testing.inputs import randn
from grader.testing.twins import twins

DOUBLE = torch.float64
ENCODER = (("Linear", 5, 4), ("Tanh",), ("Linear", 4, 2))
DECODER = (("Linear", 2, 4), ("Tanh",), ("Linear", 4, 5))


class Coder(nn.Module):
    """The probe's model, built here."""

    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder

    def forward(self, x):
        code = self.encoder(x)
        return code, self.decoder(code)


def layers(modules, kinds):
    return [getattr(modules, kind)(*arguments) for kind, *arguments in kinds]


def coders(probe, torch_rng, encoder=ENCODER, decoder=DECODER):
    """The probe's model and the same here, with the same random parameters."""
    expected = Coder(*(nn.Sequential(*layers(nn, kinds)) for kinds in (encoder, decoder)))
    return twins(probe.coder(layers(probe.nn, encoder), layers(probe.nn, decoder)), expected, torch_rng)


def squares(model, x):
    """The probe's loss, here."""
    return (model(x)[1] - x).square().mean()


def scaled(pair, factor):
    """The pair, all of its parameters multiplied."""
    values = {name: factor * value.detach() for name, value in pair.expected.state_dict().items()}
    pair.expected.load_state_dict(values)
    set_state(pair.made, values)
    return pair


def same_loss(function, reference, pair, *arguments):
    """The loss has the reference's value."""
    expected = reference(pair.expected, *arguments).detach()
    assert_close(function(pair.made, *arguments), expected, rtol=1e-5, atol=1e-8, what="loss")


def same_gradients(function, reference, pair, *arguments):
    """The gradients of the loss by the parameters are the reference's."""
    names, values = zip(*pair.expected.named_parameters(), strict=True)
    wanted = torch.autograd.grad(reference(pair.expected, *arguments), values)
    found = vjp(function, (pair.made, *arguments), torch.ones((), dtype=DOUBLE), parameters=pair.made).parameters
    for name, gradient in zip(names, wanted, strict=True):
        assert found.get(name) is not None, f"nothing in the loss depends on {name}"
        assert_close(found[name], gradient, rtol=1e-4, atol=1e-6, what=f"gradient by {name}")


def some_objects(torch_rng, count=7, features=5):
    return 1.5 * randn(torch_rng, count, features)
