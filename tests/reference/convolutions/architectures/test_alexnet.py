"""AlexNet: the counts of the paper's network in one tower, by hand, by torch's layers, and by the picture's size."""

import pytest
import torch

from reference.convolutions.architectures.alexnet import alexnet
from reference.convolutions.architectures.configuration import count, trace
from reference.convolutions.architectures.networks import build

PICTURE = (3, 224, 224)


def test_counts_by_hand():
    convolutions = (
        64 * (3 * 121 + 1) + 192 * (64 * 25 + 1) + 384 * (192 * 9 + 1) + 256 * (384 * 9 + 1) + 256 * (256 * 9 + 1)
    )
    linear = 4096 * (256 * 36 + 1) + 4096 * 4097 + 1000 * 4097
    assert count(alexnet(), PICTURE) == convolutions + linear == 61_100_840


def test_shapes_by_hand():
    """(224 + 4 - 11) // 4 + 1 = 55; then 27, 13 and 6 by pooling."""
    sides = [row[1][1] for row in trace(alexnet(), PICTURE) if row[0] in ("conv", "pool", "adaptive")]
    assert sides == [55, 27, 27, 13, 13, 13, 13, 6, 6]


def test_as_torch_without_numbers():
    with torch.device("meta"):
        net = build(alexnet(), PICTURE)
        assert net(torch.zeros(2, *PICTURE)).shape == (2, 1000)
    assert sum(parameter.numel() for parameter in net.parameters()) == 61_100_840


@pytest.mark.parametrize("side", [63, 100, 500])
def test_other_pictures_have_the_same_parameters(side):
    assert count(alexnet(), (3, side, side)) == 61_100_840


def test_each_call_gives_a_new_list():
    alexnet().clear()
    assert len(alexnet()) == 20
