"""Output sizes against torch and by counting; receptive fields against gradients, and by hand."""

from __future__ import annotations

import pytest
import torch

from reference.convolutions.layers.sizes import conv_size, pool_size, receptive_field


@pytest.mark.parametrize(("k", "s", "p"), [(1, 1, 0), (3, 1, 1), (3, 2, 0), (4, 3, 2), (2, 5, 1), (5, 4, 3)])
def test_as_torch(k, s, p):
    for i in range(max(k - 2 * p, 1), 14):
        image = torch.zeros(1, 1, i, i)
        assert conv_size(i, k, s, p) == torch.nn.functional.conv2d(image, torch.zeros(1, 1, k, k), None, s, p).shape[-1]
        if k <= i:
            assert pool_size(i, k, s) == torch.nn.functional.max_pool2d(image, k, s).shape[-1]


def test_it_counts_the_places_of_the_window():
    for i in range(1, 12):
        for k in range(1, i + 1):
            for s in range(1, 5):
                assert pool_size(i, k, s) == conv_size(i, k, s) == len(range(0, i - k + 1, s))


def test_by_hand():
    assert (conv_size(224, 7, 2, 3), conv_size(224, 3, 1, 1), conv_size(6, 3, 2)) == (112, 224, 2)
    assert (pool_size(55, 3, 2), pool_size(7, 2, 2), type(conv_size(5, 3))) == (27, 3, int)


@pytest.mark.parametrize(
    ("layers", "field"),
    [([], 1), ([(3, 1), (3, 1)], 5), ([(3, 1)] * 3, 7), ([(3, 2), (3, 1)], 7), ([(2, 2), (2, 2), (1, 5), (3, 1)], 44)],
)
def test_receptive_fields_by_hand(layers, field):
    assert receptive_field(layers) == field


@pytest.mark.parametrize(
    "layers", [[(3, 2), (2, 1), (5, 3), (3, 1)], [(1, 3), (4, 2), (3, 1)], [(7, 2), (3, 2), (3, 1)]]
)
def test_the_receptive_field_is_where_a_derivative_can_come_from(layers):
    image = torch.zeros(1, 1, 200, dtype=torch.double, requires_grad=True)
    maps = image
    for kernel, stride in layers:
        maps = torch.nn.functional.conv1d(maps, torch.ones(1, 1, kernel, dtype=torch.double), stride=stride)
    maps[0, 0, maps.shape[-1] // 2].backward()
    reached = image.grad[0, 0].nonzero()
    assert int(reached.max() - reached.min()) + 1 == receptive_field(layers)


@pytest.mark.parametrize(
    ("function", "arguments", "named"),
    [
        (conv_size, (0, 1), "i"),
        (conv_size, (4, 0), "k"),
        (conv_size, (4, 7, 1, 1), "k"),
        (conv_size, (4, 3, 0), "s"),
        (conv_size, (4, 3, 1, -1), "p"),
        (conv_size, (4.0, 3), "i"),
        (pool_size, (2, 3, 1), "k"),
        (pool_size, (3, 3, 0), "s"),
        (receptive_field, ([3, 1],), "layers"),
        (receptive_field, ([(3, 1, 1)],), "layers"),
        (receptive_field, ([(3, 0)],), "layers"),
        (receptive_field, ("31",), "layers"),
    ],
)
def test_errors(function, arguments, named):
    with pytest.raises(ValueError, match=f"^{named} must"):
        function(*arguments)
