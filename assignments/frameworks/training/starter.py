"""Modules, data, training loop: fill in what raises NotImplementedError.

Check the file at home with `grader check frameworks/training solution.py`.
"""

from collections.abc import Callable, Iterator

import torch
from torch import Tensor, nn
from torch.utils.data import Dataset


class Radial(nn.Module):
    """exp(-e^log_gamma[j] |x - centers[j]|^2) for each centre j.

    Parameters centers (n_out, n_in), standard normal from rng, and log_gamma (n_out,), zeros; buffer seen, int64,
    the number of objects that came in training mode.
    """

    def __init__(self, n_in: int, n_out: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("start with super().__init__(); nn.Parameter and register_buffer make the rest")

    def forward(self, x: Tensor) -> Tensor:
        """x (n, n_in) -> (n, n_out)."""
        raise NotImplementedError("self.training tells the mode; x[:, None, :] - self.centers is (n, n_out, n_in)")


def image_net(classes: int = 10) -> nn.Sequential:
    """Eight layers from images (n, 3, 32, 32) to logits (n, classes)."""
    raise NotImplementedError("how large are the maps after each pooling?")


class Parts(Dataset):
    """The objects of all parts, one after the other; read(k) -> (X_k, y_k), one part in memory at a time."""

    def __init__(self, read: Callable[[int], tuple[Tensor, Tensor]], sizes: list[int]) -> None:
        raise NotImplementedError("nothing is read here")

    def __len__(self) -> int:
        raise NotImplementedError("objects in all parts")

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        """A copy of one object: (x, y). IndexError beyond the objects."""
        raise NotImplementedError("which part holds the object, and is it in memory?")


def part_batches(
    read: Callable[[int], tuple[Tensor, Tensor]], sizes: list[int], batch: int, rng: torch.Generator
) -> Iterator[tuple[Tensor, Tensor]]:
    """Batches (X, y) of up to batch objects of one part: parts in a random order, and the objects of each."""
    raise NotImplementedError("a loop over torch.randperm(len(sizes), generator=rng), and yield")


def evaluate(model: nn.Module, X: Tensor, y: Tensor, batch: int = 256) -> tuple[float, float]:
    """(mean cross-entropy, share of right answers) in evaluation mode; the model stays as it was."""
    raise NotImplementedError("note the mode of each of model.modules() first")


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
    """Train by Adam; lists train_loss, val_loss, val_accuracy with a number for each epoch."""
    raise NotImplementedError("for each epoch: model.train(), a step for each batch, evaluate")
