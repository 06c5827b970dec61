"""The Inception block: by hand, against loops over pixels, and by finite differences."""

import pytest
import torch

from reference.convolutions.blocks.inception import Inception

from .modules import double, gradients_agree, randn

SIZES = (3, 2, 2, 3, 1, 4, 2)


def convolved(x, layer):
    """A convolution pixel by pixel, on pictures with zeros around."""
    size = layer.weight.shape[-1]
    n, _, height, width = x.shape
    wide = torch.zeros(n, x.shape[1], height + size - 1, width + size - 1, dtype=x.dtype)
    wide[:, :, size // 2 : size // 2 + height, size // 2 : size // 2 + width] = x
    found = torch.zeros(n, len(layer.weight), height, width, dtype=x.dtype)
    for i in range(height):
        for j in range(width):
            window = wide[:, None, :, i : i + size, j : j + size]
            found[:, :, i, j] = (window * layer.weight).sum(dim=(2, 3, 4)) + layer.bias
    return found.clamp(min=0)


def largest(x):
    """The largest of each pixel and its neighbours, as far as there are any."""
    rows = [
        [x[:, :, max(i - 1, 0) : i + 2, max(j - 1, 0) : j + 2].amax(dim=(2, 3)) for j in range(x.shape[3])]
        for i in range(x.shape[2])
    ]
    return torch.stack([torch.stack(row, dim=-1) for row in rows], dim=-2)


@pytest.mark.parametrize("shape", [(2, 3, 5, 7), (1, 3, 1, 1), (1, 3, 2, 9)])
def test_against_loops(shape):
    block, x = double(Inception(*SIZES), seed=1), randn(2, *shape)
    branches = [
        convolved(x, block.one),
        convolved(convolved(x, block.reduce3), block.three),
        convolved(convolved(x, block.reduce5), block.five),
        convolved(largest(x), block.project),
    ]
    torch.testing.assert_close(block(x), torch.cat(branches, dim=1))


def test_by_hand():
    """One pixel is 1, all weights are 1, all biases 0: each branch shows how far it sees."""
    block = Inception(1, 1, 1, 1, 1, 1, 1)
    with torch.no_grad():
        for name, value in block.named_parameters():
            value.fill_(0.0 if name.endswith("bias") else 1.0)
    x = torch.zeros(1, 1, 7, 7)
    x[0, 0, 3, 3] = 1.0
    assert block(x).sum(dim=(2, 3)).tolist() == [[1.0, 9.0, 25.0, 9.0]]
    assert block(-x).sum(dim=(2, 3)).tolist() == [[0.0, 0.0, 0.0, 0.0]]


def test_pooling_is_cut_at_the_border():
    """Zeros around the picture would win against what is below 0."""
    block = Inception(1, 1, 1, 1, 1, 1, 1)
    with torch.no_grad():
        block.project.weight.fill_(-1.0)
        block.project.bias.zero_()
        assert block(torch.full((1, 1, 2, 2), -3.0))[0, 3].tolist() == [[3.0, 3.0], [3.0, 3.0]]


def test_parameters():
    shapes = {name: tuple(value.shape) for name, value in Inception(5, 1, 2, 3, 4, 6, 7).named_parameters()}
    assert {name.split(".")[0]: shape for name, shape in shapes.items() if "weight" in name} == {
        "one": (1, 5, 1, 1), "reduce3": (2, 5, 1, 1), "three": (3, 2, 3, 3),
        "reduce5": (4, 5, 1, 1), "five": (6, 4, 5, 5), "project": (7, 5, 1, 1),
    }  # fmt: skip
    assert len(shapes) == 12


def test_finite_differences():
    assert gradients_agree(double(Inception(2, 1, 2, 1, 1, 2, 1), seed=3), randn(4, 2, 2, 4, 3))


@pytest.mark.parametrize("place", range(7))
def test_sizes_are_checked(place):
    sizes = [2] * 7
    sizes[place] = 0
    with pytest.raises(ValueError, match="^" + ("c", "c1", "r3", "c3", "r5", "c5", "cp")[place] + " must"):
        Inception(*sizes)


@pytest.mark.parametrize("shape", [(3, 5, 5), (2, 4, 5, 5), (0, 3, 5, 5), (2, 3, 0, 5)])
def test_shapes_are_checked(shape):
    with pytest.raises(ValueError, match=r"^x must"):
        Inception(*SIZES)(torch.zeros(shape))
