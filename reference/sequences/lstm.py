"""Long short-term memory: the cell and the layer (lecture 6, section 28, L06.lstm).

S. Hochreiter, J. Schmidhuber, "Long short-term memory", Neural Computation 9 (1997); the forget gate is of
F. Gers, J. Schmidhuber, F. Cummins, "Learning to forget", Neural Computation 12 (2000). One direction, one
layer, no dropout, no packed sequences.
"""

from __future__ import annotations

from typing import Protocol

import torch
from torch import Tensor, nn

from reference.checks.numbers import whole
from reference.checks.tensors import tensor
from reference.parameters import uniform

State = tuple[Tensor, Tensor]


class Cell(Protocol):
    """What `unroll` needs: one step from ``(x, h, c)`` to ``(h, c)``, and the sizes."""

    input_size: int
    hidden_size: int

    def __call__(self, x: Tensor, h: Tensor, c: Tensor) -> State: ...


class LSTMCell(nn.Module):
    """One step of an LSTM.

    ``[f, i, g, o] = W [h, x] + b``, then ``c' = sigmoid(f) * c + sigmoid(i) * tanh(g)`` and
    ``h' = sigmoid(o) * tanh(c')``. The rows of W stand in the order forget, input, candidate, output.

    Parameters: ``input_size`` and ``hidden_size``; ``rng``, a generator of torch, or None for the global one.
    Returns: a module from ``x`` (batch, input_size), ``h`` and ``c`` (batch, hidden_size) to the next ``(h, c)``, with
    ``weight`` (4 * hidden_size, hidden_size + input_size), columns of h first, and ``bias`` (4 * hidden_size,), both
    uniform within ``1 / sqrt(hidden_size)`` of 0 at first.
    Raises: ValueError naming a size below 1, or a tensor of another shape, without objects, or not finite.
    Complexity: O(batch hidden_size (hidden_size + input_size)) a step.
    Source: lecture 6, section 28; Hochreiter, Schmidhuber 1997; Gers et al. 2000.
    """

    def __init__(self, input_size: int, hidden_size: int, *, rng: torch.Generator | None = None) -> None:
        super().__init__()
        self.input_size = whole("input_size", input_size)
        self.hidden_size = whole("hidden_size", hidden_size)
        self.weight = uniform(4 * hidden_size, hidden_size + input_size, within=hidden_size**-0.5, rng=rng)
        self.bias = uniform(4 * hidden_size, within=hidden_size**-0.5, rng=rng)

    def forward(self, x: Tensor, h: Tensor, c: Tensor) -> State:
        """From ``x`` (batch, input_size), ``h`` and ``c`` (batch, hidden_size) to the next ``(h, c)``."""
        check_step(self, x, h, c)
        gates = torch.cat([h, x], dim=1) @ self.weight.T + self.bias  # (batch, 4 * hidden)
        forget, write, candidate, output = gates.chunk(4, dim=1)  # (batch, hidden) each
        memory = torch.sigmoid(forget) * c + torch.sigmoid(write) * torch.tanh(candidate)
        return torch.sigmoid(output) * torch.tanh(memory), memory


class LSTM(nn.Module):
    """A layer: one `LSTMCell`, ``cell``, over all steps of a sequence.

    Parameters: ``input_size`` and ``hidden_size``; ``rng``, a generator of torch, or None for the global one.
    Returns: a module from ``x`` (time, batch, input_size) and the first ``(h, c)``, zeros where it is None, to every h
    (time, batch, hidden_size) and the last ``(h, c)``.
    Raises: ValueError naming a size below 1, ``x`` or ``state``.
    Complexity: O(time batch hidden_size (hidden_size + input_size)) a pass; memory O(time batch hidden_size), and that
    of ``cell``.
    Source: lecture 6, section 28; Hochreiter, Schmidhuber 1997; Gers et al. 2000.

    >>> outputs, (h, c) = LSTM(2, 3)(torch.zeros(5, 4, 2))
    >>> tuple(outputs.shape), tuple(h.shape)
    ((5, 4, 3), (4, 3))
    """

    def __init__(self, input_size: int, hidden_size: int, *, rng: torch.Generator | None = None) -> None:
        super().__init__()
        self.cell = LSTMCell(input_size, hidden_size, rng=rng)

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """From ``x`` (time, batch, input_size) to every h (time, batch, hidden_size) and the last ``(h, c)``.

        ``state`` is the first ``(h, c)``, zeros where it is None.
        """
        return unroll(self.cell, x, state)


def unroll(cell: Cell, x: Tensor, state: State | None) -> tuple[Tensor, State]:
    """A cell over a whole sequence. Raises ValueError naming ``x`` or ``state``."""
    tensor("x", x, (None, None, cell.input_size))
    h, c = first_state(cell, x) if state is None else state
    tensor("state: h", h, (x.shape[1], cell.hidden_size))
    tensor("state: c", c, (x.shape[1], cell.hidden_size))
    outputs = []
    for step in x:  # (batch, input)
        h, c = cell(step, h, c)
        outputs.append(h)
    return torch.stack(outputs), (h, c)  # (time, batch, hidden)


def first_state(cell: Cell, x: Tensor) -> State:
    """Zeros of the input's type."""
    zeros = x.new_zeros(x.shape[1], cell.hidden_size)
    return zeros, zeros.clone()


def check_step(cell: Cell, x: Tensor, h: Tensor, c: Tensor) -> None:
    """Raise ValueError naming the argument of a step that has the wrong shape."""
    tensor("x", x, (None, cell.input_size))
    tensor("h", h, (len(x), cell.hidden_size))
    tensor("c", c, (len(x), cell.hidden_size))
