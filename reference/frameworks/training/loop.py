"""The training loop, and the evaluation of a model on other data (lecture 5, section 25, L05.loop).

D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR (2015).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from reference.checks.numbers import positive, whole
from reference.checks.tensors import label_vector, objects
from reference.modes import evaluation


def evaluate(model: nn.Module, X: Tensor, y: Tensor, batch: int = 256) -> tuple[float, float]:
    """The mean cross-entropy over the objects, and the share of those whose class is predicted.

    The model works in evaluation mode and without gradients; afterwards each of its modules is in the mode in which it
    was. The objects go through it in batches, so that any number of them fits into memory.

    Parameters: ``model``, from ``X`` (n, ...) to logits (n, k); ``y`` (n,), classes from 0 to k - 1; ``batch`` of at
    least 1.
    Returns: ``(loss, accuracy)``, two floats.
    Raises: ValueError naming ``X``, ``y`` (another number of objects, no whole numbers) or ``batch``.
    Complexity: O(n k), and a pass of the model forward over all objects; memory of a pass over ``batch`` of them.
    Source: lecture 5, section 25; lecture only.

    >>> evaluate(nn.Identity(), torch.tensor([[9.0, 9.0], [0.0, 50.0]]), torch.tensor([1, 1]), batch=1)[0]
    0.3465735912322998
    """
    count = len(objects("X", X))
    label_vector("y", y, count)
    size = whole("batch", batch)
    loss, right = 0.0, 0
    with evaluation(model), torch.no_grad():
        for some, classes in zip(torch.split(X, size), torch.split(y, size), strict=True):
            logits = model(some)
            loss += cross_entropy(logits, classes, reduction="sum").item()
            right += int((logits.argmax(dim=1) == classes).sum())
    return loss / count, right / count


def fit(
    model: nn.Module,
    X: Tensor,
    y: Tensor,
    *,
    epochs: int,
    batch: int,
    rate: float,
    rng: torch.Generator,
    X_val: Tensor,
    y_val: Tensor,
) -> dict[str, list[float]]:
    """Train a model by Adam on shuffled batches, and evaluate it on other data after each epoch.

    Each epoch goes through all objects once, in a new random order; the last batch may be short. The loss of training
    is the mean over objects of what the steps were made with, so it is that of a model on the way.

    Parameters: as in `evaluate`; ``epochs`` and ``batch`` of at least 1, ``rate`` above 0, ``rng``, a generator of
    torch for the order; ``X_val``, ``y_val``, objects that are never trained on.
    Returns: lists of ``epochs`` floats named ``train_loss``, ``val_loss``, ``val_accuracy``. The model is changed.
    Raises: ValueError naming an argument.
    Complexity: O(epochs) passes of the model: forward and backward over ``X``, forward over ``X_val``; memory of a pass
    over ``batch`` objects.
    Source: lecture 5, section 25; Kingma, Ba 2015.
    """
    label_vector("y", y, len(objects("X", X)))
    label_vector("y_val", y_val, len(objects("X_val", X_val)))
    optimizer = torch.optim.Adam(model.parameters(), lr=positive("rate", rate))
    size = whole("batch", batch)
    history: dict[str, list[float]] = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    for _ in range(whole("epochs", epochs)):
        history["train_loss"].append(_epoch(model, optimizer, X, y, size, rng))
        loss, accuracy = evaluate(model, X_val, y_val, size)
        history["val_loss"].append(loss)
        history["val_accuracy"].append(accuracy)
    return history


def _epoch(
    model: nn.Module, optimizer: torch.optim.Optimizer, X: Tensor, y: Tensor, batch: int, rng: torch.Generator
) -> float:
    """A step for each batch; the mean loss over the objects."""
    model.train()
    total = 0.0
    for rows in torch.split(torch.randperm(len(y), generator=rng), batch):
        optimizer.zero_grad()
        loss = cross_entropy(model(X[rows]), y[rows])
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        total += loss.item() * len(rows)
    return total / len(y)
