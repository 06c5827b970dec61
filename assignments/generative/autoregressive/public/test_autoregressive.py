"""The public tests: small cases with their answers written out."""

import math

import torch

from grader.testing import assert_array, assert_close, assert_refused, parameters, set_parameters, title


def two_pixels(images):
    """The model of the statement: 3/4 for the first pixel; for the second 1/5 after a 1 and 1/2 after a 0."""
    first = torch.full_like(images[..., :1], math.log(3))
    return torch.cat([first, -math.log(4) * images[..., :1]], dim=3)


def zeros_but(module, **values):
    """All parameters of the module become 0, but for these by name."""
    zeros = {name: torch.zeros_like(value) for name, value in parameters(module).items()}
    set_parameters(module, {**zeros, **values})


@title(en="The example of the statement", ru="Пример из условия")
def test_two_pixels(submission):
    images = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]).view(4, 1, 1, 2)
    found = assert_array(submission.log_prob(two_pixels, images), shape=(4,), kind="float", what="log-likelihoods")
    assert_close(found.exp(), torch.tensor([0.125, 0.125, 0.6, 0.15]), rtol=1e-5, what="probabilities")


@title(en="Samples of a model that is sure", ru="Изображения от модели, которая уверена")
def test_stripes(submission):
    """The first pixel of a row is 1, each other one the opposite of its left neighbour."""

    def model(images):
        left = torch.nn.functional.pad(images, (1, 0))[..., :-1]
        return 100 * (1 - 2 * left)

    found = submission.sample(model, 2, 2, 4, rng=torch.Generator().manual_seed(1))
    expected = torch.tensor([1.0, 0.0, 1.0, 0.0]).expand(2, 1, 2, 4)
    assert_close(found, expected, atol=0, what="samples")


@title(en="How many pixels stand before each one", ru="Сколько пикселей стоит перед каждым")
def test_masks(submission):
    for kind, own in (("A", 0.0), ("B", 1.0)):
        layer = submission.MaskedConv(kind, 1, 1, 3)
        zeros_but(layer, weight=torch.ones(1, 1, 3, 3))
        expected = torch.tensor([[[[0.0, 1.0, 1.0], [2.0, 4.0, 3.0], [2.0, 4.0, 3.0]]]]) + own
        assert_close(layer(torch.ones(1, 1, 3, 3)), expected, atol=1e-6, what=f"ones before, kind {kind}")


@title(en="PixelCNN that knows nothing", ru="PixelCNN, которая ничего не знает")
def test_pixelcnn(submission):
    network = submission.PixelCNN(2, 1)
    zeros_but(network, **{"head.bias": torch.tensor([2.0])})
    assert_close(network(torch.ones(3, 1, 2, 4)), torch.full((3, 1, 2, 4), 2.0), atol=1e-6, what="logits")


@title(en="RowLSTM: two rows by hand", ru="RowLSTM: две строки вручную")
def test_rowlstm(submission):
    """All gates are 1/2. The candidate sees the pixel to the left: in the first row c = tanh(1) / 2 behind the 1."""
    network = submission.RowLSTM(1)
    weight = torch.zeros(4, 1, 3)
    weight[2, 0, 2] = 1.0
    zeros_but(network, **{"inputs.weight": weight, "head.weight": torch.ones(1, 1, 1, 1)})
    expected = torch.tensor([[[[0.0, 0.1816997, 0.0], [0.0, 0.0940653, 0.0]]]])
    image = torch.tensor([[[[1.0, 0.0, 0.0], [0.0, 0.0, 0.0]]]])
    assert_close(network(image), expected, atol=1e-6, what="logits")


@title(en="An even kernel is refused", ru="Чётное ядро отвергается")
def test_even_kernel(submission):
    assert_refused("k", submission.MaskedConv, "A", 1, 1, 4)
