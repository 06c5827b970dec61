"""The network against one built of torch's layers, Adam by hand, the principal plane of scikit-learn."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA
from torch import nn

from reference.extraction.autoencoders.network import Autoencoder, train

KINDS = {"tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "relu": nn.ReLU}


def normal(seed, *shape):
    return torch.from_numpy(np.random.default_rng(seed).normal(size=shape))


def seeded(seed, *arguments):
    return Autoencoder(*arguments, rng=torch.Generator().manual_seed(seed)).double()


def squares(model, x):
    return (model(x)[1] - x).square().mean()


@pytest.mark.parametrize("activation", KINDS)
def test_two_sequences_of_torch(activation):
    model, x = seeded(1, 5, 4, 2, activation), normal(2, 7, 5)
    encoder, decoder = (
        nn.Sequential(nn.Linear(a, b), KINDS[activation](), nn.Linear(b, c)).double()
        for a, b, c in ((5, 4, 2), (2, 4, 5))
    )
    encoder.load_state_dict(model.encoder.state_dict())
    decoder.load_state_dict(model.decoder.state_dict())
    torch.testing.assert_close(model(x), (encoder(x), decoder(encoder(x))))


def test_linear_by_hand():
    model = Autoencoder(2, 0, 1)
    values = {"encoder.0.weight": [[1.0, 2.0]], "encoder.0.bias": [1.0]}
    values |= {"decoder.0.weight": [[2.0], [-1.0]], "decoder.0.bias": [0.0, 3.0]}
    model.load_state_dict({name: torch.tensor(value) for name, value in values.items()})
    code, restored = model(torch.tensor([[3.0, 4.0]]))
    assert code.tolist() == [[12.0]]
    assert restored.tolist() == [[24.0, -9.0]]


def test_first_values():
    torch.manual_seed(5)
    before = torch.get_rng_state()
    one, again, other = seeded(1, 30, 20, 10), seeded(1, 30, 20, 10), seeded(2, 30, 20, 10)
    assert torch.equal(torch.get_rng_state(), before)
    bounds = {"encoder.0": 30, "encoder.2": 20, "decoder.0": 10, "decoder.2": 20}
    for name, value in one.named_parameters():
        bound = bounds[name.rsplit(".", 1)[0]] ** -0.5
        assert 0.8 * bound < value.abs().max() <= bound
        assert torch.equal(value, again.get_parameter(name))
        assert not torch.equal(value, other.get_parameter(name))
    Autoencoder(3, 2, 1)
    assert not torch.equal(torch.get_rng_state(), before)


def test_two_steps_of_adam_by_hand():
    """One weight w = 1 in the encoder learns, with the loss w^2: gradients 2w."""
    model = Autoencoder(1, 0, 1).double()
    model.requires_grad_(False)
    weight = model.encoder[0].weight
    weight.fill_(1.0).requires_grad_()
    history = train(model, torch.ones(1, 1).double(), lambda model, x: weight.square().sum(), 2, 0.1)
    # the first step has the length of the rate: w = 0.9; then the gradient is 1.8
    m, v = (0.9 * 0.1 * 2 + 0.1 * 1.8) / (1 - 0.9**2), (0.999 * 0.001 * 4 + 0.001 * 1.8**2) / (1 - 0.999**2)
    assert history.tolist() == pytest.approx([1.0, 0.81], rel=1e-6)
    assert weight.item() == pytest.approx(0.9 - 0.1 * m / (math.sqrt(v) + 1e-8), rel=1e-6)


def test_the_loss_is_asked_once_a_step_and_frozen_parameters_stay():
    model, X, asked = seeded(3, 4, 3, 2), normal(4, 6, 4), []

    def loss(model, x):
        asked.append(x)
        return squares(model, x)

    model.encoder.requires_grad_(False)
    model.encoder[0].weight.grad = torch.ones(3, 4).double()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    history = train(model, X, loss, 7, 0.01)
    assert len(asked) == len(history) == 7
    moved = [name for name, value in model.state_dict().items() if not torch.equal(value, before[name])]
    assert moved == [f"decoder.{part}.{kind}" for part in (0, 2) for kind in ("weight", "bias")]


def test_old_gradients_have_no_effect():
    X, histories = normal(5, 6, 4), []
    for left in (False, True):
        model = seeded(6, 4, 3, 2)
        for value in model.parameters():
            value.grad = torch.ones_like(value) if left else None
        histories.append(train(model, X, squares, 4, 0.1))
    assert torch.equal(*histories)


@pytest.mark.parametrize("seed", range(2))
def test_a_linear_one_spans_the_plane_of_pca(seed):
    spread = torch.tensor([2.0, 1.5, 0.3, 0.2, 0.1]).double()
    X = normal(seed, 50, 5) * spread @ torch.linalg.qr(normal(seed + 9, 5, 5)).Q + 1
    model = seeded(seed, 5, 0, 2)
    history = train(model, X, squares, 200, 0.15)
    pca = PCA(2).fit(X.numpy())
    expected = pca.inverse_transform(pca.transform(X.numpy()))
    np.testing.assert_allclose(model(X)[1].detach().numpy(), expected, atol=0.1)
    assert history[-1] == pytest.approx(np.mean((expected - X.numpy()) ** 2), rel=0.01)


ONES = torch.ones(2, 3)
NAN = torch.full((2, 3), torch.nan)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("n", (0, 2, 1)), ("hidden", (3, -1, 1)), ("m", (3, 2, 0)), ("activation", (3, 2, 1, "step"))],
)
def test_bad_sizes(name, arguments):
    with pytest.raises(ValueError, match=rf"^{name}\b"):
        Autoencoder(*arguments)


def test_bad_arguments():
    model = Autoencoder(3, 2, 1)
    for x in (NAN, ONES[:, :2], ONES[0]):
        with pytest.raises(ValueError, match=r"^x\b"):
            model(x)
    for name, arguments in (
        ("X", (NAN, squares, 1, 0.1)),
        ("steps", (ONES, squares, 0, 0.1)),
        ("rate", (ONES, squares, 1, 0)),
    ):
        with pytest.raises(ValueError, match=rf"^{name}\b"):
            train(model, *arguments)
