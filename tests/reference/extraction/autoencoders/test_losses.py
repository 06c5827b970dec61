"""The losses by hand, by loops over objects, by torch.autograd.functional, and by their gradients."""

from __future__ import annotations

import pytest
import torch
from torch import nn
from torch.autograd.functional import jacobian
from torch.nn import functional as F

from reference.extraction.autoencoders.losses import contractive_loss, denoising_loss, restoration, sparse_loss
from reference.extraction.autoencoders.network import Autoencoder

from .test_network import normal, seeded

X = torch.tensor([[3.0, 4.0], [-1.0, 0.0]])


def by_hand():
    """The code is twice the first feature; the second one is lost."""
    model = Autoencoder(2, 0, 1)
    values = {"encoder.0.weight": [[2.0, 0.0]], "encoder.0.bias": [0.0]}
    values |= {"decoder.0.weight": [[0.5], [0.0]], "decoder.0.bias": [0.0, 0.0]}
    model.load_state_dict({name: torch.tensor(value) for name, value in values.items()})
    return model


def test_by_hand():
    model = by_hand()
    assert restoration(model, X).item() == 2
    assert sparse_loss(model, X, 0.25).item() == 3
    assert denoising_loss(model, X, torch.tensor([[3.0, 0.0], [0.0, 7.0]])).item() == 2.5
    assert contractive_loss(model, X, 0.5).item() == 4


@pytest.mark.parametrize("sizes", [(5, 4, 2), (3, 6, 7), (4, 0, 2)])
def test_object_by_object(sizes):
    model, x, noise = seeded(1, *sizes), normal(2, 6, sizes[0]), normal(3, 6, sizes[0])
    code, restored = model(x)
    distances = F.pairwise_distance(restored, x, eps=0)
    after = F.pairwise_distance(model(x + noise)[1], x, eps=0)
    jacobians = torch.stack([torch.linalg.matrix_norm(jacobian(model.encoder, row)) ** 2 for row in x])
    torch.testing.assert_close(restoration(model, x), distances.mean())
    torch.testing.assert_close(sparse_loss(model, x, 0.3), (distances + 0.3 * code.norm(p=1, dim=1)).mean())
    torch.testing.assert_close(denoising_loss(model, x, noise), after.mean())
    torch.testing.assert_close(contractive_loss(model, x, 0.7), (distances + 0.7 * jacobians).mean())


@pytest.mark.parametrize("kind", ["tanh", "sigmoid"])
def test_gradients_by_finite_differences(kind):
    model, x, noise = seeded(4, 3, 4, 2, kind), normal(5, 4, 3), normal(6, 4, 3)
    names, values = zip(*model.named_parameters(), strict=True)
    for loss, further in ((sparse_loss, 0.3), (denoising_loss, noise), (contractive_loss, 0.7)):

        def of_parameters(*given, loss=loss, further=further):
            fixed = _Fixed(model, dict(zip(names, given, strict=True)))
            return loss(fixed, x, further)

        assert torch.autograd.gradcheck(of_parameters, values)


class _Fixed(nn.Module):
    """A model with parameters from outside."""

    def __init__(self, model, values):
        super().__init__()
        self.model, self.values = [model], values

    def encoder(self, x):
        return self(x)[0]

    def forward(self, x):
        return torch.func.functional_call(self.model[0], self.values, (x,))


def test_penalties_of_nothing_and_of_no_noise():
    model, x = seeded(7, 5, 4, 2), normal(8, 6, 5)
    for loss, further in ((sparse_loss, 0), (denoising_loss, torch.zeros_like(x)), (contractive_loss, 0)):
        assert torch.equal(loss(model, x, further), restoration(model, x))


def test_the_penalty_does_not_see_the_order_of_objects_and_its_graph_goes_to_the_encoder_alone():
    model, x = seeded(9, 5, 4, 2), normal(10, 6, 5)
    torch.testing.assert_close(contractive_loss(model, x.flip(0), 2.0), contractive_loss(model, x, 2.0))
    penalty = contractive_loss(model, x, 1.0) - restoration(model, x)
    penalty.backward()
    assert all(value.grad.abs().max() < 1e-12 for value in model.decoder.parameters())
    assert model.encoder[0].weight.grad.abs().max() > 1e-3


def test_nothing_is_left_behind():
    model, x = seeded(11, 5, 4, 2), normal(12, 6, 5)
    before = x.clone()
    contractive_loss(model, x, 1.0)
    assert torch.equal(x, before)
    assert not x.requires_grad
    assert all(value.grad is None for value in model.parameters())


def test_the_gradient_of_a_distance_of_zero_is_zero():
    model = by_hand()
    restoration(model, X[1:]).backward()
    assert all(torch.equal(value.grad, torch.zeros_like(value)) for value in model.parameters())


def test_float32_stays():
    x = torch.ones(2, 3)
    model = Autoencoder(3, 2, 1)
    for loss, further in ((sparse_loss, 0.5), (denoising_loss, x), (contractive_loss, 0.5)):
        assert loss(model, x, further).dtype is torch.float32


def test_bad_arguments():
    model = Autoencoder(2, 0, 1)
    for loss, further in ((restoration, ()), (sparse_loss, (1,)), (denoising_loss, (X,)), (contractive_loss, (1,))):
        for x in (X[0], X[:0], X * torch.nan):
            with pytest.raises(ValueError, match=r"^x\b"):
                loss(model, x, *further)
    for loss, name in ((sparse_loss, "tau"), (contractive_loss, "lam")):
        with pytest.raises(ValueError, match=rf"^{name}\b"):
            loss(model, X, -0.1)
    for noise in (X[:1], X[:, :1], X * torch.nan):
        with pytest.raises(ValueError, match=r"^noise\b"):
            denoising_loss(model, X, noise)
