"""The public tests: small cases with their answers written out."""

import torch

from grader.testing import assert_array, assert_close, assert_equal, assert_refused, parameters, set_parameters, title

PICTURE = (3, 224, 224)


@title(en="The example of the statement", ru="Пример из условия")
def test_example(submission):
    config = [("conv", 8, 5, 2, 1), ("relu",), ("flatten",), ("linear", 10)]
    rows = [("conv", (8, 15, 15), 608), ("relu", (8, 15, 15), 0), ("flatten", (1800,), 0), ("linear", (10,), 18010)]
    assert_equal(submission.trace(config, (3, 32, 32)), rows, what="the rows of trace")
    assert_equal(submission.count(config, (3, 32, 32)), 18618, what="the number of parameters")


@title(en="A small network", ru="Маленькая сеть")
def test_build(submission):
    """The largest of 2 x 2, halved and moved by 1; what is below 0 becomes 0."""
    network = submission.build([("pool", 2, 2), ("conv", 1, 1, 1, 0), ("relu",)], (1, 2, 4))
    set_parameters(network, {"1.weight": torch.tensor([[[[0.5]]]]), "1.bias": torch.tensor([1.0])})
    x = torch.tensor([[[[1.0, 6.0, -9.0, -7.0], [2.0, 3.0, -8.0, -5.0]]]])
    assert_close(network(x), torch.tensor([[[[4.0, 0.0]]]]), atol=1e-6, what="what comes out")


@title(en="LeNet: parameters and the shape of the scores", ru="LeNet: параметры и форма оценок")
def test_lenet(submission):
    network = submission.LeNet5()
    found = parameters(network)
    assert_equal(sorted({name.split(".")[0] for name in found}), ["c1", "c3", "c5", "f6", "output"], what="layers")
    assert_equal(sum(value.numel() for value in found.values()), 61706, what="the number of parameters")
    assert_array(network(torch.zeros(2, 1, 32, 32)), shape=(2, 10), kind="float", what="scores")


@title(en="AlexNet: the first layers", ru="AlexNet: первые слои")
def test_alexnet(submission):
    config = submission.alexnet()
    assert_equal(config[:3], [("conv", 64, 11, 4, 2), ("relu",), ("pool", 3, 2)], what="the first three layers")


@title(en="AlexNet and VGG: the number of parameters", ru="AlexNet и VGG: число параметров")
def test_counts(submission):
    assert_equal(submission.count(submission.alexnet(), PICTURE), 61_100_840, what="parameters of AlexNet")
    assert_equal(submission.count(submission.vgg(16), PICTURE), 138_357_544, what="parameters of VGG-16")
    assert_equal(submission.count(submission.vgg(19), PICTURE), 143_667_240, what="parameters of VGG-19")


@title(en="A kernel that does not fit", ru="Ядро, которое не помещается")
def test_refused(submission):
    assert_refused("config", submission.trace, [("conv", 1, 5, 1, 0)], (1, 4, 9))
