"""The losses of style transfer: against the paper's sums in loops, torch's gradients, hooks, and by hand."""

import pytest
import torch
from torch import nn

from reference.autodiff.inputs.style import (
    content_gradient,
    content_loss,
    gram,
    style_gradient,
    style_loss,
    transfer,
)

SHAPES = [(1, 1, 1), (3, 4, 5), (6, 1, 2), (2, 7, 7)]


def randn(seed, *shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def vgg(seed, *, inplace=True):
    torch.manual_seed(seed)
    return nn.Sequential(
        nn.Conv2d(3, 4, 3), nn.ReLU(inplace), nn.MaxPool2d(2), nn.Conv2d(4, 5, 2), nn.ReLU(inplace)
    ).double()


def papers_style_loss(F, S):
    """Equation 4: sums over places, divided by 4 N^2 M^2, one number at a time."""
    N, M = F.shape[0], F.shape[1] * F.shape[2]
    f, s = F.reshape(N, M).tolist(), S.reshape(N, M).tolist()
    total = 0.0
    for i in range(N):
        for j in range(N):
            G = sum(f[i][k] * f[j][k] for k in range(M))
            A = sum(s[i][k] * s[j][k] for k in range(M))
            total += (G - A) ** 2
    return total / (4 * N**2 * M**2)


def test_gram_by_hand():
    F = torch.tensor([[[1.0, 2.0]], [[3.0, 0.0]]])
    assert gram(F).tolist() == [[2.5, 1.5], [1.5, 4.5]]


@pytest.mark.parametrize("shape", SHAPES)
def test_gram_matrices(shape):
    F = randn(1, *shape)
    G = gram(F)
    torch.testing.assert_close(G, torch.einsum("ihw,jhw->ij", F, F) / (shape[1] * shape[2]))
    order = torch.randperm(shape[1] * shape[2])
    torch.testing.assert_close(gram(F.flatten(1)[:, order].reshape(shape)), G)
    assert torch.linalg.eigvalsh(G).min() > -1e-12


@pytest.mark.parametrize("shape", SHAPES)
def test_style_loss_against_the_paper(shape):
    F, S = randn(2, *shape), randn(3, *shape)
    assert style_loss(F, gram(S)).item() == pytest.approx(papers_style_loss(F, S), rel=1e-12)
    assert style_loss(F, gram(F)).item() == 0


def test_losses_by_hand():
    F, P = torch.tensor([[[1.0, 2.0]], [[3.0, 0.0]]]), torch.tensor([[[0.0, 2.0]], [[1.0, 0.0]]])
    assert content_loss(F, P).item() == 2.5
    A = torch.tensor([[2.5, 0.5], [0.5, 0.5]])
    assert style_loss(F, A).item() == pytest.approx((0 + 1 + 1 + 16) / 16)


@pytest.mark.parametrize("shape", SHAPES)
def test_gradients_against_autograd(shape):
    F, P, A = randn(4, *shape).requires_grad_(), randn(5, *shape), gram(randn(6, *shape))
    (wanted,) = torch.autograd.grad(content_loss(F, P), F)
    torch.testing.assert_close(content_gradient(F.detach(), P), wanted)
    (wanted,) = torch.autograd.grad(style_loss(F, A), F)
    torch.testing.assert_close(style_gradient(F.detach(), A), wanted)
    assert torch.autograd.gradcheck(lambda F: style_loss(F, A), F)


@pytest.mark.parametrize("inplace", [False, True])
@pytest.mark.parametrize("weights", [None, [0.2, 3.0]])
def test_transfer_against_hooks_and_backward(weights, inplace):
    network, plain = vgg(7, inplace=inplace), vgg(7, inplace=False)
    x, content, style = randn(1, 3, 9, 8), randn(2, 3, 9, 8), randn(3, 3, 12, 7)
    seen = {}
    for number, module in enumerate(plain):
        module.register_forward_hook(lambda module, inputs, output, number=number: seen.__setitem__(number, output))

    def of(picture):
        plain(picture)
        return dict(seen)

    place = x.clone().requires_grad_()
    wanted, painted, now = of(content), of(style), of(place)
    total = 0.7 * ((now[4] - wanted[4]) ** 2).sum() / 2
    for weight, layer in zip(weights or [0.5, 0.5], [3, 0], strict=True):
        grams = [torch.einsum("ihw,jhw->ij", F, F) / F[0].numel() for F in (now[layer], painted[layer])]
        total = total + 20.0 * weight * ((grams[0] - grams[1]) ** 2).sum() / (4 * len(grams[0]) ** 2)
    total.backward()
    loss, gradient = transfer(
        network, x, content, style, content_layer=4, style_layers=[3, 0], weights=weights, alpha=0.7, beta=20.0
    )
    assert loss.item() == pytest.approx(total.item(), rel=1e-12)
    torch.testing.assert_close(gradient, place.grad)


def test_transfer_by_finite_differences_and_left_as_it_was():
    network, x, content, style = vgg(8), randn(1, 3, 6, 6), randn(2, 3, 6, 6), randn(3, 3, 7, 6)

    def loss(picture):
        return transfer(network, picture, content, style, content_layer=3, style_layers=[1])[0]

    kept = x.clone()
    gradient = transfer(network, x, content, style, content_layer=3, style_layers=[1])[1]
    steps = 1e-6 * torch.eye(x.numel()).double().reshape(-1, *x.shape)
    slopes = torch.stack([loss(x + step) - loss(x - step) for step in steps]) / 2e-6
    torch.testing.assert_close(gradient.flatten(), slopes, rtol=1e-5, atol=1e-8)
    assert torch.equal(x, kept)
    assert not gradient.requires_grad
    assert all(p.grad is None and p.requires_grad for p in network.parameters())


def test_nothing_to_do_at_the_content_itself():
    network, x = vgg(9), randn(1, 3, 6, 6)
    loss, gradient = transfer(network, x, x, x, content_layer=3, style_layers=[0, 3])
    assert loss.item() == 0
    assert gradient.abs().max().item() == 0


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"x": torch.ones(3, 6)}, "x"),
        ({"x": torch.full((3, 6, 6), torch.nan)}, "x"),
        ({"content": torch.ones(3, 6, 5)}, "content"),
        ({"style": torch.ones(1, 6, 6)}, "style"),
        ({"style": torch.ones(3, 6)}, "style"),
        ({"content_layer": 5}, "content_layer"),
        ({"style_layers": []}, "style_layers"),
        ({"style_layers": [0, -1]}, "style_layers"),
        ({"weights": [1.0, 1.0]}, "weights"),
        ({"weights": [-1.0]}, "weights"),
        ({"alpha": -1.0}, "alpha"),
        ({"beta": float("inf")}, "beta"),
    ],
)
def test_bad_arguments_of_transfer(changes, name):
    picture = torch.ones(3, 6, 6)
    arguments = {"x": picture, "content": picture, "style": picture, "content_layer": 0, "style_layers": [0]} | changes
    with pytest.raises(ValueError, match=rf"\b{name}\b"):
        transfer(vgg(0).float(), **arguments)


def test_bad_features():
    F = torch.ones(2, 3, 3)
    for function, arguments, name in (
        (gram, (torch.ones(2, 3),), "F"),
        (gram, (torch.ones(2, 0, 3),), "F"),
        (gram, (torch.ones(2, 3, 3, dtype=torch.int32),), "F"),
        (content_loss, (F, torch.ones(2, 3, 1)), "P"),
        (content_gradient, (F, torch.ones(1, 3, 3)), "P"),
        (style_loss, (F, torch.ones(1, 1)), "A"),
        (style_gradient, (F, torch.ones(2)), "A"),
        (style_gradient, (torch.ones(2, 2), torch.ones(2, 2)), "F"),
    ):
        with pytest.raises(ValueError, match=rf"\b{name}\b"):
            function(*arguments)
