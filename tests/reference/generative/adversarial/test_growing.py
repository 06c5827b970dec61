"""The generator that grows: by hand, against a chain of torch's layers, and at both ends of alpha."""

from __future__ import annotations

import pytest
import torch
from torch import nn
from torch.nn.functional import interpolate, leaky_relu

from reference.generative.adversarial.growing import Growing, doubled, fade


def noise(seed, *shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def a_generator(growths, latent=5, channels=3):
    torch.manual_seed(growths)
    net = Growing(latent, channels)
    for _ in range(growths):
        net.grow()
    return net


def test_fade_by_hand():
    old = torch.tensor([[[[0.0, 4.0]]]])
    new = torch.tensor([[[[1.0, 1.0, 2.0, 2.0], [3.0, 3.0, 0.0, 0.0]]]])
    assert fade(old, new, 0).tolist() == [[[[0, 0, 4, 4], [0, 0, 4, 4]]]]
    assert fade(old, new, 0.5).tolist() == [[[[0.5, 0.5, 3, 3], [1.5, 1.5, 2, 2]]]]
    assert torch.equal(fade(old, new, 1), new)


def test_doubled_as_torch():
    x = noise(0, 2, 3, 4, 5)
    assert torch.equal(doubled(x), interpolate(x, scale_factor=2, mode="nearest"))


def test_an_image_by_hand():
    """All weights are 1 and all biases 0: each of the 2 maps of the start is the sum of z, and the head adds them up.

    After a growth a pixel of a map is the sum over its neighbours of both maps: 9 of them inside, 4 at a corner.
    """
    net = Growing(2, 2)
    net.grow()
    with torch.no_grad():
        for name, value in net.named_parameters():
            value.fill_(float(name.endswith("weight")))
    z = torch.tensor([[1.0, 2.0], [-1.0, 0.0]])
    new = net(z)
    assert new[0, 0, 3, 3] == 2 * 2 * 9 * 3
    assert new[0, 0, 0, 0] == 2 * 2 * 4 * 3
    assert new[1, 0, 3, 3].item() == pytest.approx(2 * 2 * 9 * -1 * 0.2 * 0.2)
    assert net(z, 0.0)[:, 0, 5, 5].tolist() == pytest.approx([2 * 3, 2 * -0.2])
    assert net(z, 0.25)[0, 0, 0, 0] == 0.75 * 6 + 0.25 * 48


@pytest.mark.parametrize("growths", [0, 1, 3])
def test_as_a_chain_of_torch(growths):
    net, z = a_generator(growths), noise(1, 4, 5)
    chain = nn.Sequential(net.start, nn.Unflatten(1, (3, 4, 4)), nn.LeakyReLU(0.2))
    old = None
    for number, block in enumerate(net.blocks):
        old = interpolate(net.heads[number](chain(z)), scale_factor=2)
        chain = nn.Sequential(*chain, nn.Upsample(scale_factor=2), block, nn.LeakyReLU(0.2))
    new = net.heads[growths](chain(z))
    assert new.shape == (4, 1, 4 * 2**growths, 4 * 2**growths)
    torch.testing.assert_close(net(z), new)
    torch.testing.assert_close(net(z, 0.3), new if old is None else torch.lerp(old, new, 0.3))


def test_growth_changes_nothing_at_first():
    net, z = a_generator(0), noise(2, 3, 5)
    for growths in range(3):
        image, before = net(z), {name: value.clone() for name, value in net.state_dict().items()}
        net.grow()
        assert torch.equal(net(z, 0.0), doubled(image)), growths
        assert all(torch.equal(net.state_dict()[name], value) for name, value in before.items())


def test_layers_begin_as_in_torch():
    """Uniform up to the root of 1 / n, where an output takes in n numbers; none is a copy of another."""
    net = a_generator(3, 30, 24)
    for layer, width in (
        (net.start, 30),
        *((block, 9 * 24) for block in net.blocks),
        *((head, 24) for head in net.heads),
    ):
        largest = layer.weight.abs().max().item() * width**0.5
        assert 0.8 < largest <= 1
    assert len({tuple(head.weight.flatten().tolist()) for head in net.heads}) == 4


def test_every_layer_learns_while_the_last_is_faded_in():
    net = a_generator(1)
    net(noise(3, 4, 5), 0.5).square().sum().backward()
    assert all(parameter.grad is not None and parameter.grad.any() for parameter in net.parameters())
    net.zero_grad()
    net(noise(3, 4, 5), 1.0).square().sum().backward()
    assert not net.heads[0].weight.grad.any()


def test_leaky_relu_has_the_slope_of_the_docstring():
    net, z = Growing(1, 1), torch.tensor([[1.0]])
    with torch.no_grad():
        net.start.weight.fill_(-1.0)
        net.start.bias.zero_()
    torch.testing.assert_close(net(z), net.heads[0](leaky_relu(torch.full((1, 1, 4, 4), -1.0), 0.2)))


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("latent", lambda: Growing(0, 2)),
        ("channels", lambda: Growing(2, 0)),
        ("z", lambda: Growing(2, 2)(torch.zeros(3, 1))),
        ("z", lambda: Growing(2, 2)(torch.zeros(0, 2))),
        ("alpha", lambda: Growing(2, 2)(torch.zeros(3, 2), 1.1)),
        ("alpha", lambda: fade(torch.zeros(1, 1, 1, 1), torch.zeros(1, 1, 2, 2), -0.1)),
        ("old", lambda: fade(torch.zeros(1, 1, 1), torch.zeros(1, 1, 2, 2), 0.1)),
        ("new", lambda: fade(torch.zeros(1, 1, 1, 1), torch.zeros(1, 1, 2, 1), 0.1)),
        ("new", lambda: fade(torch.zeros(1, 1, 1, 1), torch.zeros(1, 2, 2, 2), 0.1)),
    ],
)
def test_arguments_are_checked(name, call):
    with pytest.raises(ValueError, match=rf"^{name} must"):
        call()
