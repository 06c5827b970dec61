"""Loops and lists: distances centre by centre, a walk over the sizes, Adam written out."""

import math

import torch
import torch.nn as nn


class Radial(nn.Module):
    def __init__(self, n_in, n_out, *, rng=None):
        super().__init__()
        for name, value in (("n_in", n_in), ("n_out", n_out)):
            if value <= 0:
                raise ValueError(name + " must be positive")
        self.centers = nn.Parameter(torch.normal(0.0, 1.0, (n_out, n_in), generator=rng))
        self.log_gamma = nn.Parameter(torch.zeros(n_out))
        self.register_buffer("seen", torch.tensor(0, dtype=torch.int64))

    def forward(self, x):
        n_out, n_in = self.centers.shape
        if x.ndim != 2 or x.size(1) != n_in or x.size(0) == 0:
            raise ValueError("x must be (n, n_in)")
        if self.training:
            self.seen.add_(x.size(0))
        columns = []
        for j in range(n_out):
            squares = torch.zeros_like(x[:, 0])
            for i in range(n_in):
                squares = squares + (x[:, i] - self.centers[j, i]) ** 2
            columns.append(1 / torch.exp(torch.exp(self.log_gamma[j]) * squares))
        return torch.stack(columns, dim=1)


def image_net(classes=10):
    if classes <= 0:
        raise ValueError("classes must be positive")
    model = nn.Sequential()
    for layer in (
        nn.Conv2d(3, 16, 3, 1, 1),
        nn.ReLU(inplace=True),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, 1, 1),
        nn.ReLU(inplace=True),
        nn.MaxPool2d(2),
        nn.Flatten(1),
        nn.Linear(8 * 8 * 32, classes),
    ):
        model.append(layer)
    return model


class Parts:
    def __init__(self, read, sizes):
        self.n = count(sizes)
        self.read, self.sizes = read, list(sizes)
        self.k, self.X, self.y = -1, None, None

    def __len__(self):
        return self.n

    def __getitem__(self, index):
        if index < 0:
            index += self.n
        if index < 0 or index >= self.n:
            raise IndexError(index)
        k = 0
        while index >= self.sizes[k]:
            index -= self.sizes[k]
            k += 1
        if k != self.k:
            del self.X, self.y
            self.X, self.y = self.read(k)
            self.k = k
        return torch.clone(self.X[index]), torch.clone(self.y[index])


def count(sizes):
    n = 0
    for size in sizes:
        if size < 1:
            raise ValueError("sizes must be positive")
        n += size
    if n == 0:
        raise ValueError("sizes must not be empty")
    return n


def order(n, rng):
    """The shuffle of Fisher and Yates."""
    numbers = list(range(n))
    for i in range(n - 1, 0, -1):
        j = int(torch.randint(i + 1, (1,), generator=rng))
        numbers[i], numbers[j] = numbers[j], numbers[i]
    return numbers


def part_batches(read, sizes, batch, rng):
    count(sizes)
    if batch <= 0:
        raise ValueError("batch must be positive")
    for k in order(len(sizes), rng):
        X, y = read(k)
        rows = order(len(y), rng)
        while rows:
            some, rows = rows[:batch], rows[batch:]
            yield torch.stack([X[row] for row in some]), torch.stack([y[row] for row in some])
        X = y = None


def require(X, y, end=""):
    if X.numel() == 0 or bool(X.isnan().any()) or bool(X.isinf().any()):
        raise ValueError("X" + end + " must be finite and not empty")
    if y.dtype != torch.int64 or tuple(y.shape) != (X.size(0),):
        raise ValueError("y" + end + " must have a class for each object")


def evaluate(model, X, y, batch=256):
    require(X, y)
    if batch <= 0:
        raise ValueError("batch must be positive")
    modes = [module.training for module in model.modules()]
    model.eval()
    loss = right = 0
    with torch.no_grad():
        for start in range(0, len(X), batch):
            shares = torch.log_softmax(model(X[start : start + batch]), dim=1)
            for share, label in zip(shares, y[start : start + batch], strict=True):
                loss -= share[label].item()
                right += int(share.argmax().item() == label.item())
    for module, training in zip(model.modules(), modes, strict=True):
        module.training = training
    return loss / len(X), right / len(X)


def fit(model, X, y, *, epochs, batch, rate, rng, X_val, y_val):
    require(X, y)
    require(X_val, y_val, "_val")
    if epochs <= 0:
        raise ValueError("epochs must be positive")
    if batch <= 0:
        raise ValueError("batch must be positive")
    if rate <= 0:
        raise ValueError("rate must be positive")
    weights = list(model.parameters())
    first, second = [torch.zeros_like(w) for w in weights], [torch.zeros_like(w) for w in weights]
    history, step = {"train_loss": [], "val_loss": [], "val_accuracy": []}, 0
    for _ in range(epochs):
        rows, total = order(len(X), rng), 0.0
        model.train(True)
        for start in range(0, len(X), batch):
            some = rows[start : start + batch]
            for w in weights:
                w.grad = None
            shares = torch.log_softmax(model(X[some]), dim=1)
            loss = -shares[range(len(some)), y[some]].mean()
            loss.backward()
            total += loss.item() * len(some)
            step += 1
            with torch.no_grad():
                for w, m, v in zip(weights, first, second, strict=True):
                    m.mul_(0.9).add_(0.1 * w.grad)
                    v.mul_(0.999).add_(0.001 * w.grad**2)
                    root = (v / (1 - 0.999**step)).sqrt() + 1e-8
                    w -= rate * m / (1 - 0.9**step) / root
        loss, accuracy = evaluate(model, X_val, y_val, batch)
        history["train_loss"].append(total / len(X))
        history["val_loss"].append(loss)
        history["val_accuracy"].append(accuracy)
    assert all(math.isfinite(value) for value in history["train_loss"])
    return history
