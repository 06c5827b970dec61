"""The public tests: small cases with their answers written out."""

import torch

from grader.testing import assert_close, assert_equal, assert_refused, parameters, set_state, state, title

DOUBLE = torch.float64
X = torch.tensor([[3.0, 4.0], [-1.0, 0.0]], dtype=DOUBLE)


def by_hand(probe):
    """The model of the statement: the code is twice the first feature, and the second one is lost."""
    model = probe.coder([probe.nn.Linear(2, 1).double()], [probe.nn.Linear(1, 2).double()])
    values = {"encoder.0.weight": [[2.0, 0.0]], "encoder.0.bias": [0.0]}
    values |= {"decoder.0.weight": [[0.5], [0.0]], "decoder.0.bias": [0.0, 0.0]}
    set_state(model, {name: torch.tensor(value, dtype=DOUBLE) for name, value in values.items()})
    return model


@title(en="The network: parameters, codes, restored objects", ru="Сеть: параметры, коды, восстановленные объекты")
def test_network(submission):
    network = submission.Autoencoder(2, 3, 1).double()
    shapes = {name: tuple(value.shape) for name, value in parameters(network).items()}
    assert_equal(shapes["encoder.0.weight"], (3, 2), what="shape of encoder.0.weight")
    assert_equal(shapes["decoder.2.bias"], (2,), what="shape of decoder.2.bias")
    code, restored = network(X)
    assert_equal([tuple(code.shape), tuple(restored.shape)], [(2, 1), (2, 2)], what="shapes of code and restored")


@title(en="restoration: the example of the statement", ru="restoration: пример из условия")
def test_restoration(submission, probe):
    assert_close(submission.restoration(by_hand(probe), X), torch.tensor(2.0, dtype=DOUBLE), what="loss")


@title(en="sparse_loss: the example of the statement", ru="sparse_loss: пример из условия")
def test_sparse(submission, probe):
    assert_close(submission.sparse_loss(by_hand(probe), X, 0.25), torch.tensor(3.0, dtype=DOUBLE), what="loss")


@title(en="denoising_loss: the example of the statement", ru="denoising_loss: пример из условия")
def test_denoising(submission, probe):
    noise = torch.tensor([[3.0, 0.0], [0.0, 7.0]], dtype=DOUBLE)
    assert_close(submission.denoising_loss(by_hand(probe), X, noise), torch.tensor(2.5, dtype=DOUBLE), what="loss")


@title(en="contractive_loss: the example of the statement", ru="contractive_loss: пример из условия")
def test_contractive(submission, probe):
    assert_close(submission.contractive_loss(by_hand(probe), X, 0.5), torch.tensor(4.0, dtype=DOUBLE), what="loss")


@title(en="train: one step of Adam", ru="train: один шаг Adam")
def test_train(submission, probe):
    model = by_hand(probe)
    history = submission.train(model, X, probe.squares, 1, 0.1)
    assert_close(history, torch.tensor([4.0], dtype=DOUBLE), what="losses")
    # the first step of Adam has the length of the rate, against the sign of the gradient
    assert_close(
        state(model)["decoder.0.bias"], torch.tensor([0.0, 0.1], dtype=DOUBLE), atol=1e-6, what="decoder.0.bias"
    )


@title(en="Noise of another shape is refused", ru="Шум другой формы отвергается")
def test_bad_noise(submission, probe):
    assert_refused("noise", submission.denoising_loss, by_hand(probe), X, X[:1])
