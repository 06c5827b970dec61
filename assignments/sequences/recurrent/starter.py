"""Recurrent networks: fill in the classes and functions below.

Check the file at home with `grader check sequences/recurrent solution.py`.
"""

import torch
from torch import Tensor, nn


class RNN(nn.Module):
    """h_t = tanh(weight @ [h_{t-1}, x_t] + bias)

    Parameters: weight (k, k + m), bias (k,); both start uniform between -1 / sqrt(k) and 1 / sqrt(k), drawn from rng.
    """

    def __init__(self, m: int, k: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("start with super().__init__() and self.weight = nn.Parameter(...)")

    def forward(self, x: Tensor, h0: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """x (time, batch, m), h0 (batch, k) or None for zeros -> every h (time, batch, k), and the last (batch, k)."""
        raise NotImplementedError("walk along the first axis and keep every h")


def bptt(weight: Tensor, bias: Tensor, x: Tensor, h0: Tensor, dH: Tensor) -> dict[str, Tensor]:
    """Gradients by weight, bias, x and h0, by hand; dH (time, batch, k) is the gradient of the loss by each output."""
    raise NotImplementedError("compute and keep all states, then walk from the last step to the first")


class GRU(nn.Module):
    """z = sigmoid(weight_z @ [h, x]),  r = sigmoid(weight_r @ [h, x]),  new = tanh(weight_h @ [r * h, x])

    h' = (1 - z) * h + z * new

    Parameters: weight_z, weight_r, weight_h (k, k + m); they start as those of RNN do.
    """

    def __init__(self, m: int, k: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("three parameters, no biases")

    def forward(self, x: Tensor, h0: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """As in RNN."""
        raise NotImplementedError("the loop over time is the same as in RNN")


class Bidirectional(nn.Module):
    """One layer reads ahead, another reads back, each sequence within its own length."""

    def __init__(self, ahead: nn.Module, back: nn.Module) -> None:
        raise NotImplementedError("keep both as attributes")

    def forward(self, x: Tensor, lengths: Tensor | None = None) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """x (time, batch, m), lengths (batch,) -> outputs (time, batch, k1 + k2), and the last state of each layer."""
        raise NotImplementedError("where does element t of a sequence of this length stand when it is turned?")


class Stacked(nn.Module):
    """Layers one above the other."""

    def __init__(self, layers: list[nn.Module]) -> None:
        raise NotImplementedError("keep them as self.layers, an nn.ModuleList")

    def forward(self, x: Tensor, states: list[Tensor] | None = None) -> tuple[Tensor, list[Tensor]]:
        """x (time, batch, m), a first state for each layer -> the outputs of the last layer, and all last states."""
        raise NotImplementedError("each layer reads what the one before put out")


def mix(states: Tensor, scores: Tensor, gamma: float) -> Tensor:
    """gamma times the sum of states (L, time, batch, k) over the layers, with the weights softmax(scores)."""
    raise NotImplementedError("weights of shape (L, 1, 1, 1) will do")


def many_to_one(layer: nn.Module, head: nn.Module, x: Tensor, lengths: Tensor | None = None) -> Tensor:
    """The head over the output at the last element of each sequence: (batch, d)."""
    raise NotImplementedError("pick one step for each object")


def one_to_many(layer: nn.Module, head: nn.Module, first: Tensor, steps: int) -> Tensor:
    """Answers (steps, batch, m), each of which is the next input."""
    raise NotImplementedError("call the layer for one step at a time")


def many_to_many(layer: nn.Module, head: nn.Module, x: Tensor) -> Tensor:
    """An answer for each element: (time, batch, d)."""
    raise NotImplementedError("the head works on the last axis")
