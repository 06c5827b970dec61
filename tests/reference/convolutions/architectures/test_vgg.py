"""VGG: the counts of the paper, by hand, by torch's layers, and by the picture's size."""

import pytest
import torch

from reference.convolutions.architectures.configuration import count, trace
from reference.convolutions.architectures.networks import build
from reference.convolutions.architectures.vgg import vgg

PICTURE = (3, 224, 224)
COUNTS = {16: 138_357_544, 19: 143_667_240}


@pytest.mark.parametrize("depth", COUNTS)
def test_counts_and_depth(depth):
    config = vgg(depth)
    assert count(config, PICTURE) == COUNTS[depth]
    assert sum(layer[0] in ("conv", "linear") for layer in config) == depth
    assert count(config, (3, 40, 50)) == COUNTS[depth]


def test_19_is_16_and_a_convolution_in_each_of_the_last_three_blocks():
    more = 256 * (256 * 9 + 1) + 2 * 512 * (512 * 9 + 1)
    assert COUNTS[19] - COUNTS[16] == more


@pytest.mark.parametrize("depth", COUNTS)
def test_sides_by_hand(depth):
    rows = trace(vgg(depth), PICTURE)
    assert [row[1] for row in rows if row[0] == "pool"] == [
        (64, 112, 112), (128, 56, 56), (256, 28, 28), (512, 14, 14), (512, 7, 7),
    ]  # fmt: skip
    assert rows[-6][:2] == ("flatten", (25088,))


@pytest.mark.parametrize("depth", COUNTS)
def test_as_torch_without_numbers(depth):
    with torch.device("meta"):
        net = build(vgg(depth), PICTURE)
        assert net(torch.zeros(1, *PICTURE)).shape == (1, 1000)
    assert sum(parameter.numel() for parameter in net.parameters()) == COUNTS[depth]


@pytest.mark.parametrize("depth", [11, 17, 0, "16", 16.0, True, None, [16]])
def test_other_depths_are_errors(depth):
    with pytest.raises(ValueError, match=r"^depth must"):
        vgg(depth)
