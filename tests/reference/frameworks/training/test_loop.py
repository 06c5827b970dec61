"""The training loop: by hand, against scikit-learn and a loop over torch's DataLoader, and on handwritten digits."""

import math
from itertools import chain

import pytest
import torch
from sklearn.datasets import load_digits
from sklearn.metrics import accuracy_score, log_loss
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from reference.frameworks.training.loop import evaluate, fit


def data(seed, n, classes=3):
    generator = torch.Generator().manual_seed(seed)
    X = torch.randn((n, 4), generator=generator, dtype=torch.float64)
    return X, torch.randint(classes, (n,), generator=generator)


def network(seed=0, dropout=0.0):
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(4, 6), nn.BatchNorm1d(6), nn.Tanh(), nn.Dropout(dropout), nn.Linear(6, 3)).double()


def rng(seed=0):
    return torch.Generator().manual_seed(seed)


def test_evaluate_by_hand():
    """Logits 0, 0 and log 3, 0: losses log 2 and -log(1/4), one of two right; then three objects in batches of two."""
    X = torch.tensor([[0.0, -9.0], [math.log(3), 0.0]])
    X[0, 1] = 0.0
    loss, accuracy = evaluate(nn.Identity(), X[1:], torch.tensor([1]))
    assert (loss, accuracy) == (pytest.approx(math.log(4)), 0.0)
    X = torch.tensor([[math.log(3), 0.0], [math.log(3), 0.0], [0.0, math.log(3)]])
    loss, accuracy = evaluate(nn.Identity(), X, torch.tensor([0, 1, 1]), batch=2)
    assert loss == pytest.approx((2 * math.log(4 / 3) + math.log(4)) / 3)
    assert accuracy == pytest.approx(2 / 3)


@pytest.mark.parametrize("batch", [1, 4, 10, 256])
def test_evaluate_as_scikit_learn(batch):
    model, (X, y) = network(), data(1, 10)
    model(X)
    model.train()
    loss, accuracy = evaluate(model, X, y, batch)
    assert all(module.training for module in model.modules())
    shares = model.eval()(X).softmax(dim=1).detach().numpy()
    assert loss == pytest.approx(log_loss(y.numpy(), shares, labels=[0, 1, 2]))
    assert accuracy == accuracy_score(y.numpy(), shares.argmax(axis=1))


def test_evaluate_leaves_the_model_as_it_was():
    model, (X, y) = network(dropout=0.5), data(1, 10)
    model[1].eval()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    modes = [module.training for module in model.modules()]
    evaluate(model, X, y)
    assert modes == [module.training for module in model.modules()]
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    assert all(parameter.grad is None for parameter in model.parameters())
    with pytest.raises(RuntimeError):
        evaluate(model, X[:, :2], y)
    assert modes == [module.training for module in model.modules()]


def test_a_step_by_hand():
    """A bias alone, at 0: the gradient of the loss is (1/2, -1/2), and Adam's first step goes its rate."""
    model = nn.Linear(1, 2)
    with torch.no_grad():
        model.weight.zero_()
        model.bias.zero_()
    X, y = torch.zeros(2, 1), torch.tensor([1, 1])
    history = fit(model, X, y, epochs=1, batch=2, rate=0.1, rng=rng(), X_val=X, y_val=y)
    assert model.bias.tolist() == pytest.approx([-0.1, 0.1])
    assert history["train_loss"] == pytest.approx([math.log(2)])
    assert history["val_loss"] == pytest.approx([math.log(1 + math.exp(-0.2))])
    assert history["val_accuracy"] == [1.0]


@pytest.mark.parametrize("batch", [3, 5, 12])
def test_fit_as_a_loop_over_the_loader_of_torch(batch):
    """The other loop goes through the batches that fit has gone through, noted by a hook."""
    (X, y), (X_val, y_val) = data(1, 12), data(2, 7)
    model, other = network(), network()
    seen = []
    hook = model[0].register_forward_pre_hook(lambda module, inputs: seen.append((module.training, inputs[0])))
    history = fit(model, X, y, epochs=4, batch=batch, rate=0.02, rng=rng(), X_val=X_val, y_val=y_val)
    hook.remove()
    rows = [[int((x == X).all(dim=1).nonzero()) for x in inputs] for training, inputs in seen if training]
    optimizer, expected = torch.optim.Adam(other.parameters(), lr=0.02), []
    per_epoch = -(-12 // batch)
    for epoch in range(4):
        of_epoch = rows[epoch * per_epoch : (epoch + 1) * per_epoch]
        assert sorted(chain.from_iterable(of_epoch)) == list(range(12))
        losses = []
        other.train()
        for inputs, classes in DataLoader(TensorDataset(X, y), batch_sampler=of_epoch):
            loss = nn.functional.cross_entropy(other(inputs), classes, reduction="none")
            losses += loss.tolist()
            optimizer.zero_grad()
            loss.mean().backward()
            optimizer.step()
        expected.append(sum(losses) / 12)
        other.eval()
        assert history["val_loss"][epoch] == pytest.approx(nn.functional.cross_entropy(other(X_val), y_val).item())
        assert history["val_accuracy"][epoch] == ((other(X_val).argmax(dim=1) == y_val).double().mean().item())
    assert history["train_loss"] == pytest.approx(expected)
    torch.testing.assert_close(model.state_dict(), other.state_dict(), rtol=1e-6, atol=1e-6)


def test_the_order_comes_from_the_generator_alone():
    def run(seed, own):
        torch.manual_seed(own)
        model, (X, y) = network(), data(1, 12)
        return fit(model, X, y, epochs=2, batch=3, rate=0.01, rng=rng(seed), X_val=X, y_val=y)

    assert run(1, 1) == run(1, 2)
    assert run(1, 1) != run(2, 1)
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    fit(
        nn.Linear(4, 3).double(),
        *data(1, 12),
        epochs=1,
        batch=3,
        rate=0.01,
        rng=rng(),
        X_val=data(2, 5)[0],
        y_val=data(2, 5)[1],
    )
    torch.manual_seed(5)
    assert torch.equal(torch.rand(3), expected)


def test_digits():
    pixels, labels = load_digits(return_X_y=True)
    order = torch.randperm(len(labels), generator=rng(0))
    X, y = torch.tensor(pixels / 16).float()[order], torch.tensor(labels)[order]
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(64, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Dropout(0.2), nn.Linear(32, 10))
    history = fit(
        model, X[:600], y[:600], epochs=15, batch=32, rate=0.01, rng=rng(1), X_val=X[600:800], y_val=y[600:800]
    )
    assert history["train_loss"][0] > 3 * history["train_loss"][-1]
    assert evaluate(model, X[800:], y[800:])[1] > 0.93


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("X", torch.zeros(0, 4)),
        ("X", torch.full((6, 4), math.nan)),
        ("y", torch.zeros(5, dtype=torch.int64)),
        ("y", torch.zeros(6)),
        ("X_val", torch.zeros(0, 4)),
        ("y_val", torch.zeros(1, dtype=torch.int64)),
        ("epochs", 0),
        ("batch", 0),
        ("rate", 0.0),
    ],
)
def test_arguments_are_checked(name, wrong):
    X, y = data(1, 6)
    given = {"X": X, "y": y, "epochs": 1, "batch": 2, "rate": 0.1, "rng": rng(), "X_val": X, "y_val": y, name: wrong}
    with pytest.raises(ValueError, match=rf"^{name} must"):
        fit(network(), **given)
    if name in ("X", "y", "batch"):
        with pytest.raises(ValueError, match=rf"^{name} must"):
            evaluate(network(), **{key: given[key] for key in ("X", "y", "batch")})
