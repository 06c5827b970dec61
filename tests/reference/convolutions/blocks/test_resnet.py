"""The residual block: by hand, against its formula by torch's functions, and by finite differences."""

import pytest
import torch
from torch.nn import functional

from reference.convolutions.blocks.resnet import ResidualBlock

from .modules import double, gradients_agree, randn

SIZES = [(3, 3, 1), (3, 5, 1), (4, 4, 2), (2, 6, 3)]


def normalised(x, layer):
    """By the batch's own mean and variance."""
    mean, variance = x.mean(dim=(0, 2, 3), keepdim=True), x.var(dim=(0, 2, 3), keepdim=True, correction=0)
    weight, bias = layer.weight[:, None, None], layer.bias[:, None, None]
    return (x - mean) / (variance + 1e-5).sqrt() * weight + bias


def by_formula(block, x, stride):
    inner = functional.conv2d(x, block.conv1.weight, stride=stride, padding=1)
    inner = normalised(inner, block.bn1).clamp(min=0)
    change = normalised(functional.conv2d(inner, block.conv2.weight, padding=1), block.bn2)
    if len(list(block.shortcut.parameters())) == 0:
        return (change + x).clamp(min=0)
    conv, bn = block.shortcut
    return (change + normalised(functional.conv2d(x, conv.weight, stride=stride), bn)).clamp(min=0)


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("sides", [(6, 6), (7, 4), (1, 1)])
def test_against_the_formula(sizes, sides):
    block, x = double(ResidualBlock(*sizes), seed=1), randn(2, 3, sizes[0], *sides)
    torch.testing.assert_close(block(x), by_formula(block, x, sizes[2]))
    assert block(x).shape[2:] == tuple(-(-side // sizes[2]) for side in sides)


@pytest.mark.parametrize("sizes", SIZES)
def test_in_evaluation_mode_objects_do_not_see_each_other(sizes):
    block, x = double(ResidualBlock(*sizes), seed=3).eval(), randn(4, 3, sizes[0], 6, 5)
    before = {name: value.clone() for name, value in block.state_dict().items()}
    torch.testing.assert_close(block(x), torch.cat([block(x[i : i + 1]) for i in range(3)]))
    torch.testing.assert_close(dict(block.state_dict()), before)


def test_statistics_by_hand():
    """conv1 passes on a picture with mean 3 and unbiased variance 8/3: a tenth of the way from 0 and 1."""
    block = ResidualBlock(1, 1).double()
    with torch.no_grad():
        block.conv1.weight.zero_()[0, 0, 1, 1] = 1.0
    block(torch.tensor([[[[1.0, 3.0], [3.0, 5.0]]]], dtype=torch.float64))
    assert block.bn1.running_mean.item() == pytest.approx(0.3)
    assert block.bn1.running_var.item() == pytest.approx(0.9 + 0.8 / 3)


def test_nothing_to_change_leaves_what_came():
    """With bn2 at 0 the block is ReLU: by hand."""
    block = ResidualBlock(1, 1)
    with torch.no_grad():
        block.bn2.weight.zero_()
    assert block(torch.tensor([[[[-2.0, 0.0, 3.0]]]])).tolist() == [[[[0.0, 0.0, 3.0]]]]


@pytest.mark.parametrize("sizes", SIZES)
def test_projection_only_where_the_shape_changes(sizes):
    names = {name.split(".")[0] for name, _ in ResidualBlock(*sizes).named_parameters()}
    assert ("shortcut" in names) == (sizes != (3, 3, 1))
    assert names - {"shortcut"} == {"conv1", "bn1", "conv2", "bn2"}


@pytest.mark.parametrize("sizes", [(2, 2, 1), (2, 3, 2)])
def test_finite_differences(sizes):
    assert gradients_agree(double(ResidualBlock(*sizes), seed=5), randn(6, 2, 2, 4, 3))


@pytest.mark.parametrize(
    ("sizes", "name"), [((0, 1), "c_in"), ((1, -1), "c_out"), ((1, 1, 0), "stride"), ((1, 1, 1.5), "stride")]
)
def test_sizes_are_checked(sizes, name):
    with pytest.raises(ValueError, match=f"^{name} must"):
        ResidualBlock(*sizes)


@pytest.mark.parametrize("shape", [(3, 5, 5), (2, 4, 5, 5), (0, 3, 5, 5), (2, 3, 5, 0)])
def test_shapes_are_checked(shape):
    with pytest.raises(ValueError, match=r"^x must"):
        ResidualBlock(3, 3)(torch.zeros(shape))
