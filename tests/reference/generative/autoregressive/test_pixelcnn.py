"""Masked convolutions and PixelCNN: by hand, against torch's convolution, by who depends on whom."""

import pytest
import torch
from torch.nn import functional

from reference.generative.autoregressive.likelihood import log_prob
from reference.generative.autoregressive.pixelcnn import MaskedConv, PixelCNN

from .networks import all_images, dependence, double, randn


@pytest.mark.parametrize(("kind", "centre"), [("A", 0), ("B", 1)])
def test_masks_by_hand(kind, centre):
    assert MaskedConv(kind, 1, 1, 3).mask.tolist() == [[1, 1, 1], [1, centre, 0], [0, 0, 0]]
    assert MaskedConv(kind, 1, 1, 1).mask.tolist() == [[centre]]
    assert MaskedConv(kind, 1, 1, 5).mask.sum() == 12 + centre


def test_by_hand():
    """All weights 1: how many pixels, of an image of ones, stand before each one within the kernel."""
    layer = MaskedConv("A", 1, 1, 3)
    with torch.no_grad():
        layer.weight.fill_(1.0)
        layer.bias.zero_()
    assert layer(torch.ones(1, 1, 3, 3))[0, 0].tolist() == [[0, 1, 1], [2, 4, 3], [2, 4, 3]]


@pytest.mark.parametrize("kind", ["A", "B"])
@pytest.mark.parametrize(("k", "shape"), [(3, (2, 3, 5, 4)), (5, (1, 3, 2, 7)), (1, (2, 3, 1, 1))])
def test_as_torchs_convolution_with_weights_at_zero(kind, k, shape):
    layer, x, v = double(MaskedConv(kind, 3, 2, k), 1), randn(2, *shape), randn(3, shape[0], 2, *shape[2:])
    theirs = torch.nn.Conv2d(3, 2, k, padding="same").double()
    order = torch.arange(k * k).view(k, k)
    closed = order >= k * k // 2 if kind == "A" else order > k * k // 2
    with torch.no_grad():
        theirs.weight.copy_(layer.weight.masked_fill(closed, 0.0))
        theirs.bias.copy_(layer.bias)
    torch.testing.assert_close(layer(x), theirs(x))
    (v * layer(x)).sum().backward()
    (v * theirs(x)).sum().backward()
    torch.testing.assert_close(layer.weight.grad, theirs.weight.grad.masked_fill(closed, 0.0))


@pytest.mark.parametrize("kind", ["A", "B"])
def test_the_order_holds_after_steps(kind):
    layer = double(MaskedConv(kind, 2, 3, 3), 4)
    optimizer = torch.optim.Adam(layer.parameters(), lr=0.1, weight_decay=0.1)
    for _ in range(3):
        layer(randn(5, 2, 2, 4, 4)).square().sum().backward()
        optimizer.step()
    depends = dependence(layer, randn(6, 1, 2, 4, 4))
    assert not depends.triu(0 if kind == "A" else 1).any()
    assert depends.diagonal().all() == (kind == "B")


def test_pixelcnn_by_torchs_functions():
    network, x = double(PixelCNN(4, 2), 1), randn(2, 3, 1, 5, 6)
    expected = x
    for layer, k in ((network.first, 5), *((layer, 3) for layer in network.hidden)):
        weight = (layer.weight * layer.mask).detach()
        expected = functional.conv2d(expected, weight, layer.bias, padding=k // 2).clamp(min=0)
    expected = torch.einsum("nchw,c->nhw", expected, network.head.weight[0, :, 0, 0]) + network.head.bias
    torch.testing.assert_close(network(x)[:, 0], expected)


def test_pixelcnn_has_the_default_sizes():
    shapes = {name: tuple(value.shape) for name, value in PixelCNN().state_dict().items() if name.endswith("weight")}
    hidden = {f"hidden.{i}.weight": (16, 16, 3, 3) for i in range(3)}
    assert shapes == {"first.weight": (16, 1, 5, 5), **hidden, "head.weight": (1, 16, 1, 1)}


def test_pixelcnn_is_a_law_of_images():
    network = double(PixelCNN(8, 2), 3)
    depends = dependence(network, randn(4, 1, 1, 4, 4))
    assert not depends.triu().any()
    assert depends[1, 0]
    assert log_prob(network, all_images(3, 3)).exp().sum().item() == pytest.approx(1, rel=1e-12)


def test_the_blind_spot():
    """Far to the right in the row above: no path of kernels leads there from within two columns."""
    network = double(PixelCNN(8, 1), 3)
    depends = dependence(network, randn(4, 1, 1, 3, 9))
    pixel = 2 * 9 + 2
    assert depends[pixel, 9 + 3]
    assert not depends[pixel, 9 + 6]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (("C", 1, 1, 3), "kind"),
        (("A", 0, 1, 3), "c_in"),
        (("A", 1, 0, 3), "c_out"),
        (("A", 1, 1, 4), "k"),
        (("A", 1, 1, 0), "k"),
    ],
)
def test_masked_convolutions_check(given, name):
    with pytest.raises(ValueError, match=rf"^{name} must"):
        MaskedConv(*given)


@pytest.mark.parametrize("shape", [(2, 2, 4, 4), (2, 4, 4), (0, 1, 4, 4)])
@pytest.mark.parametrize("module", [MaskedConv("A", 1, 1, 3), PixelCNN(2, 1)])
def test_x_is_checked(module, shape):
    with pytest.raises(ValueError, match=r"^x must"):
        module(torch.zeros(shape))


@pytest.mark.parametrize(("sizes", "name"), [((0, 1), "width"), ((1, 0), "layers")])
def test_pixelcnn_checks(sizes, name):
    with pytest.raises(ValueError, match=rf"^{name} must"):
        PixelCNN(*sizes)
