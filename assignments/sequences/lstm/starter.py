"""LSTM, plain and with peepholes: fill in the classes below.

Check the file at home with `grader check sequences/lstm solution.py`.
"""

import torch
from torch import Tensor, nn


class LSTMCell(nn.Module):
    """One step of an LSTM.

    [f, i, g, o] = weight @ [h, x] + bias     rows in the order forget, input, candidate, output
    c' = sigmoid(f) * c + sigmoid(i) * tanh(g)
    h' = sigmoid(o) * tanh(c')

    Parameters: weight (4 * hidden_size, hidden_size + input_size), bias (4 * hidden_size,); both start uniform
    between -1 / sqrt(hidden_size) and 1 / sqrt(hidden_size), drawn from rng.
    """

    def __init__(self, input_size: int, hidden_size: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("start with super().__init__() and self.weight = nn.Parameter(...)")

    def forward(self, x: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
        """x (batch, input_size), h and c (batch, hidden_size) -> the next (h, c)."""
        raise NotImplementedError("put h and x side by side, multiply by weight.T, add bias, cut into four")


class LSTM(nn.Module):
    """A layer over a sequence; its LSTMCell is called cell."""

    def __init__(self, input_size: int, hidden_size: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("make self.cell")

    def forward(self, x: Tensor, state: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """x (time, batch, input_size), state (h, c) or None for zeros -> every h, and the last (h, c)."""
        raise NotImplementedError("call the cell for every step and keep every h")


class PeepholeLSTMCell(nn.Module):
    """One step of an LSTM with peepholes.

    f = sigmoid(weight_f @ [c, h, x] + bias_f)
    i = sigmoid(weight_i @ [c, h, x] + bias_i)
    c' = f * c + i * tanh(weight_c @ [h, x] + bias_c)
    o = sigmoid(weight_o @ [c', h, x] + bias_o)
    h' = o * tanh(c')

    Parameters: weight_f, weight_i, weight_o (hidden_size, 2 * hidden_size + input_size),
    weight_c (hidden_size, hidden_size + input_size), bias_f, bias_i, bias_c, bias_o (hidden_size,).
    """

    def __init__(self, input_size: int, hidden_size: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("eight parameters; they start as those of LSTMCell do")

    def forward(self, x: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
        """x (batch, input_size), h and c (batch, hidden_size) -> the next (h, c)."""
        raise NotImplementedError("the output gate comes after the new memory")


class PeepholeLSTM(nn.Module):
    """A layer over a sequence; its PeepholeLSTMCell is called cell."""

    def __init__(self, input_size: int, hidden_size: int, *, rng: torch.Generator | None = None) -> None:
        raise NotImplementedError("make self.cell")

    def forward(self, x: Tensor, state: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """x (time, batch, input_size), state (h, c) or None for zeros -> every h, and the last (h, c)."""
        raise NotImplementedError("the loop over time is the same as in LSTM")
