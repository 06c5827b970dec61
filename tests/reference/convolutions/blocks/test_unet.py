"""U-Net: against its levels written out one by one, by hand, by finite differences, and by what it learns."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from reference.convolutions.blocks.unet import UNet, predict_mask

from .modules import double, gradients_agree, randn


def two_levels(net, x):
    """Depth 2 written out; transposed convolutions place by place."""

    def raised(x, layer):
        n, _, height, width = x.shape
        found = torch.zeros(n, layer.weight.shape[1], 2 * height, 2 * width, dtype=x.dtype)
        for i in range(2):
            for j in range(2):
                found[:, :, i::2, j::2] = torch.einsum("nchw,cd->ndhw", x, layer.weight[:, :, i, j])
        return found + layer.bias[:, None, None]

    def halved(x):
        return x.unfold(2, 2, 2).unfold(3, 2, 2).amax(dim=(4, 5))

    first = net.down[0](x)
    second = net.down[1](halved(first))
    x = net.bottom(halved(second))
    x = net.merge[1](torch.cat([second, raised(x, net.up[1])], dim=1))
    x = net.merge[0](torch.cat([first, raised(x, net.up[0])], dim=1))
    return functional.conv2d(x, net.head.weight, net.head.bias)


@pytest.mark.parametrize("sizes", [(1, 1, 4), (3, 2, 3)])
@pytest.mark.parametrize("training", [True, False])
def test_level_by_level(sizes, training):
    net, x = double(UNet(*sizes), seed=1).train(training), randn(2, 3, sizes[0], 8, 12)
    torch.testing.assert_close(net(x), two_levels(net, x))


def test_channels_by_hand():
    shapes = {name: tuple(value.shape) for name, value in UNet(3, 2, width=4, depth=3).named_parameters()}
    firsts = {name: shapes[name] for name in shapes if name.endswith("0.weight") and len(shapes[name]) == 4}
    assert firsts == {
        "down.0.0.weight": (4, 3, 3, 3), "down.1.0.weight": (8, 4, 3, 3), "down.2.0.weight": (16, 8, 3, 3),
        "bottom.0.weight": (32, 16, 3, 3), "up.0.weight": (8, 4, 2, 2),
        "merge.0.0.weight": (4, 8, 3, 3), "merge.1.0.weight": (8, 16, 3, 3), "merge.2.0.weight": (16, 32, 3, 3),
    }  # fmt: skip
    assert shapes["up.2.weight"] == (32, 16, 2, 2)
    assert shapes["head.weight"] == (2, 4, 1, 1)


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_sides_stay(depth):
    net = UNet(2, 5, width=2, depth=depth).eval()
    for sides in ((2**depth, 2**depth), (3 * 2**depth, 2**depth)):
        assert net(torch.zeros(1, 2, *sides)).shape == (1, 5, *sides)
        with pytest.raises(ValueError, match=r"^x must have sides"):
            net(torch.zeros(1, 2, sides[0], sides[1] + 1))
        with pytest.raises(ValueError, match=r"^x must have sides"):
            net(torch.zeros(1, 2, sides[0] + 2 ** (depth - 1), sides[1]))


def test_objects_do_not_see_each_other_in_evaluation_mode():
    net, x = double(UNet(1, 2, 3), seed=3).eval(), randn(4, 3, 1, 8, 8)
    torch.testing.assert_close(net(x), torch.cat([net(x[i : i + 1]) for i in range(3)]))


def test_finite_differences():
    assert gradients_agree(double(UNet(1, 1, 2, 1), seed=5), randn(6, 2, 1, 4, 4))


@pytest.mark.parametrize(
    ("sizes", "name"), [((0, 1), "c_in"), ((1, 0), "c_out"), ((1, 1, 0), "width"), ((1, 1, 1, 0), "depth")]
)
def test_sizes_are_checked(sizes, name):
    with pytest.raises(ValueError, match=f"^{name} must"):
        UNet(*sizes)


@pytest.mark.parametrize("shape", [(1, 8, 8), (2, 3, 8, 8), (0, 1, 8, 8)])
def test_shapes_are_checked(shape):
    with pytest.raises(ValueError, match=r"^x must"):
        UNet(1, 1)(torch.zeros(shape))


def test_masks_are_scores_above_0_in_evaluation_mode():
    net, x = double(UNet(2, 3, 2), seed=7), randn(8, 4, 2, 8, 8)
    expected = double(UNet(2, 3, 2), seed=7).eval()(x) > 0
    before = {name: value.clone() for name, value in net.state_dict().items()}
    assert torch.equal(predict_mask(net, x), expected)
    torch.testing.assert_close(dict(net.state_dict()), before)
    assert expected.any()
    assert not expected.all()


def test_masks_by_hand():
    model = nn.Sequential(nn.Identity(), nn.Dropout(0.5))
    assert predict_mask(model, torch.tensor([[[[-1.0, 0.0, 1e-30]]]])).tolist() == [[[[False, False, True]]]]


def test_each_part_is_in_the_mode_it_was_in_also_after_an_error():
    class Broken(nn.Module):
        def forward(self, x):
            raise RuntimeError("no")

    for broken in (False, True):
        model = nn.Sequential(nn.BatchNorm2d(1).eval(), nn.Dropout(), *([Broken()] if broken else []))
        modes = [module.training for module in model.modules()]
        try:
            predict_mask(model, torch.zeros(1, 1, 2, 2))
        except RuntimeError:
            assert broken
        assert [module.training for module in model.modules()] == modes
        assert modes[:3] == [True, False, True]


@pytest.mark.parametrize("shape", [(8, 8), (0, 1, 8, 8)])
def test_pictures_are_checked(shape):
    with pytest.raises(ValueError, match=r"^X must"):
        predict_mask(nn.Identity(), torch.zeros(shape))


def test_it_learns_whether_the_pixels_around_are_bright():
    """A pixel alone does not tell."""
    torch.manual_seed(0)
    net, generator = UNet(1, 1, 4, 1), torch.Generator().manual_seed(0)
    optimizer = torch.optim.Adam(net.parameters(), 0.02)
    losses = []
    for _ in range(25):
        x = torch.randn(8, 1, 12, 12, generator=generator)
        mask = (functional.avg_pool2d(x, 5, 1, 2) > 0).float()
        loss = functional.binary_cross_entropy_with_logits(net(x), mask)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert sum(losses[-5:]) < 0.75 * sum(losses[:5])
