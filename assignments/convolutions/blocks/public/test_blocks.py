"""The public tests: small cases with their answers written out."""

import torch

from grader.testing import (
    assert_array,
    assert_close,
    assert_equal,
    assert_refused,
    parameters,
    set_parameters,
    title,
)

ONES = (1, 1, 1, 1, 1, 1, 1)


@title(
    en="The example of the statement: how far each branch sees",
    ru="Пример из условия: насколько далеко видит каждая ветвь",
)
def test_inception(submission):
    block = submission.Inception(*ONES)
    values = {
        name: torch.zeros_like(value) if name.endswith("bias") else torch.ones_like(value)
        for name, value in parameters(block).items()
    }
    set_parameters(block, values)
    x = torch.zeros(1, 1, 7, 7)
    x[0, 0, 3, 3] = 1.0
    found = assert_array(block(x), shape=(1, 4, 7, 7), kind="float", what="what comes out")
    assert_close(found.sum(dim=(2, 3)), torch.tensor([[1.0, 9.0, 25.0, 9.0]]), atol=1e-5, what="ones in each channel")


@title(en="A residual block that changes nothing", ru="Остаточный блок, который ничего не меняет")
def test_residual(submission):
    block = submission.ResidualBlock(1, 1)
    set_parameters(block, {"bn2.weight": torch.zeros(1), "bn2.bias": torch.zeros(1)})
    x = torch.tensor([[[[-2.0, 0.0, 3.0]]]])
    assert_close(block(x), torch.tensor([[[[0.0, 0.0, 3.0]]]]), atol=1e-6, what="what comes out")


@title(en="A residual block with another shape", ru="Остаточный блок с другой формой")
def test_projection(submission):
    block = submission.ResidualBlock(3, 8, stride=2)
    assert_array(block(torch.ones(2, 3, 7, 10)), shape=(2, 8, 4, 5), kind="float", what="what comes out")
    assert_equal(
        sorted({name.split(".")[0] for name in parameters(block)}),
        ["bn1", "bn2", "conv1", "conv2", "shortcut"],
        what="attributes with parameters",
    )


@title(en="U-Net: parameters and scores", ru="U-Net: параметры и оценки")
def test_unet(submission):
    network = submission.UNet(1, 2, width=4, depth=2)
    found = {name: tuple(value.shape) for name, value in parameters(network).items()}
    expected = {
        "down.1.0.weight": (8, 4, 3, 3),
        "bottom.3.weight": (16, 16, 3, 3),
        "up.0.weight": (8, 4, 2, 2),
        "merge.0.0.weight": (4, 8, 3, 3),
        "head.bias": (2,),
    }
    assert_equal({name: found.get(name) for name in expected}, expected, what="shapes of some parameters")
    assert_array(network(torch.ones(3, 1, 8, 12)), shape=(3, 2, 8, 12), kind="float", what="scores")


@title(en="Scores above 0", ru="Оценки больше 0")
def test_mask(submission, probe):
    model = probe.nn.Sequential(probe.nn.Dropout(0.5)).train()
    X = torch.tensor([[[[-1.0, 0.0, 0.5]]]])
    assert_equal(submission.predict_mask(model, X), torch.tensor([[[[False, False, True]]]]), what="the mask")


@title(en="A side that does not fit", ru="Неподходящая сторона")
def test_refused(submission):
    assert_refused("x", submission.UNet(1, 1, 2, 2), torch.zeros(2, 1, 8, 6))
