"""The network for images: its size by hand, its values against functions of torch and of scipy, and what it ignores."""

import numpy as np
import pytest
import torch
from scipy.signal import correlate2d
from torch.nn import functional

from reference.frameworks.training.image_net import image_net


def images(seed, n):
    return torch.randn((n, 3, 32, 32), generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


@pytest.mark.parametrize("classes", [1, 10])
def test_its_size_by_hand(classes):
    shapes = {name: tuple(value.shape) for name, value in image_net(classes).state_dict().items()}
    assert shapes == {
        "0.weight": (16, 3, 3, 3),
        "0.bias": (16,),
        "3.weight": (32, 16, 3, 3),
        "3.bias": (32,),
        "7.weight": (classes, 2048),
        "7.bias": (classes,),
    }


def test_as_by_functions():
    model, X = image_net(4).double(), images(0, 3)
    values = model.state_dict()
    maps = functional.max_pool2d(functional.conv2d(X, values["0.weight"], values["0.bias"], padding=1), 2).clamp(min=0)
    maps = functional.conv2d(maps, values["3.weight"], values["3.bias"], padding=1).clamp(min=0)
    maps = functional.max_pool2d(maps, 2).reshape(3, -1)
    torch.testing.assert_close(model(X), maps @ values["7.weight"].T + values["7.bias"])


def test_the_first_maps_are_those_of_scipy():
    model, X = image_net().double(), images(1, 1)
    weight, bias = (values.detach().numpy() for values in model[0].parameters())
    found = model[:3](X).detach().numpy()[0]
    for number in range(16):
        planes = [correlate2d(X[0, c].numpy(), weight[number, c], mode="same") for c in range(3)]
        full = np.maximum(np.sum(planes, axis=0) + bias[number], 0)
        np.testing.assert_allclose(found[number], full.reshape(16, 2, 16, 2).max(axis=(1, 3)), rtol=1e-9, atol=1e-12)


def test_images_do_not_see_each_other():
    model, X = image_net().double(), images(2, 4)
    torch.testing.assert_close(model(X)[2:3], model(X[2:3]))


def test_zero_weights_leave_the_last_bias():
    model = image_net(3)
    with torch.no_grad():
        for values in model.parameters():
            values.zero_()
        model[7].bias.copy_(torch.tensor([1.0, -2.0, 3.0]))
    assert model(torch.ones(2, 3, 32, 32)).tolist() == [[1.0, -2.0, 3.0]] * 2


@pytest.mark.parametrize("classes", [0, -1, 2.5])
def test_classes_are_checked(classes):
    with pytest.raises(ValueError, match="classes"):
        image_net(classes)
