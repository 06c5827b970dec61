"""LSTM with peepholes: the gates depend on the memory (lecture 6, section 28, L06.peephole).

F. Gers, J. Schmidhuber, "Recurrent nets that time and count", IJCNN 2000. There the peepholes are diagonal;
here, as in the lecture, each gate has one full matrix over all its inputs.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from reference.checks.numbers import whole
from reference.parameters import uniform
from reference.sequences.lstm import State, check_step, unroll


class PeepholeLSTMCell(nn.Module):
    """One step of an LSTM whose gates depend on the memory too.

    ``f = sigmoid(W_f [c, h, x] + b_f)``, ``i = sigmoid(W_i [c, h, x] + b_i)``,
    ``c' = f * c + i * tanh(W_c [h, x] + b_c)``, ``o = sigmoid(W_o [c', h, x] + b_o)``, ``h' = o * tanh(c')``:
    the memory before the step feeds the forget and input gates, the one after it the output gate.

    Parameters: ``input_size`` and ``hidden_size``; ``rng``, a generator of torch, or None for the global one.
    Returns: a module from ``x`` (batch, input_size), ``h`` and ``c`` (batch, hidden_size) to the next ``(h, c)``, with
    ``weight_f``, ``weight_i``, ``weight_o`` (hidden_size, 2 * hidden_size + input_size), ``weight_c`` (hidden_size,
    hidden_size + input_size), and ``bias_f``, ``bias_i``, ``bias_c``, ``bias_o`` (hidden_size,), all uniform within ``1
    / sqrt(hidden_size)`` of 0 at first.
    Raises: ValueError naming a size below 1, or a tensor of another shape, without objects, or not finite.
    Complexity: O(batch hidden_size (hidden_size + input_size)) a step; diagonal peepholes would save three products of
    O(batch hidden_size^2).
    Source: lecture 6, section 28; Gers, Schmidhuber 2000.
    """

    def __init__(self, input_size: int, hidden_size: int, *, rng: torch.Generator | None = None) -> None:
        super().__init__()
        self.input_size = whole("input_size", input_size)
        self.hidden_size = whole("hidden_size", hidden_size)
        within, seen = hidden_size**-0.5, hidden_size + input_size
        self.weight_f = uniform(hidden_size, hidden_size + seen, within=within, rng=rng)
        self.weight_i = uniform(hidden_size, hidden_size + seen, within=within, rng=rng)
        self.weight_c = uniform(hidden_size, seen, within=within, rng=rng)
        self.weight_o = uniform(hidden_size, hidden_size + seen, within=within, rng=rng)
        self.bias_f = uniform(hidden_size, within=within, rng=rng)
        self.bias_i = uniform(hidden_size, within=within, rng=rng)
        self.bias_c = uniform(hidden_size, within=within, rng=rng)
        self.bias_o = uniform(hidden_size, within=within, rng=rng)

    def forward(self, x: Tensor, h: Tensor, c: Tensor) -> State:
        """From ``x`` (batch, input_size), ``h`` and ``c`` (batch, hidden_size) to the next ``(h, c)``."""
        check_step(self, x, h, c)
        before = torch.cat([c, h, x], dim=1)  # (batch, 2 * hidden + input)
        forget = torch.sigmoid(before @ self.weight_f.T + self.bias_f)  # (batch, hidden)
        write = torch.sigmoid(before @ self.weight_i.T + self.bias_i)
        candidate = torch.tanh(torch.cat([h, x], dim=1) @ self.weight_c.T + self.bias_c)
        memory = forget * c + write * candidate
        after = torch.cat([memory, h, x], dim=1)
        output = torch.sigmoid(after @ self.weight_o.T + self.bias_o)
        return output * torch.tanh(memory), memory


class PeepholeLSTM(nn.Module):
    """A layer: one `PeepholeLSTMCell`, ``cell``, over all steps of a sequence.

    Parameters: ``input_size`` and ``hidden_size``; ``rng``, a generator of torch, or None for the global one.
    Returns: a module, as `LSTM` is one.
    Raises: ValueError naming a size below 1, ``x`` or ``state``.
    Complexity: O(time batch hidden_size (hidden_size + input_size)) a pass over ``x`` (time, batch, input_size); memory
    O(time batch hidden_size), and that of ``cell``.
    Source: lecture 6, section 28; Gers, Schmidhuber 2000.
    """

    def __init__(self, input_size: int, hidden_size: int, *, rng: torch.Generator | None = None) -> None:
        super().__init__()
        self.cell = PeepholeLSTMCell(input_size, hidden_size, rng=rng)

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """From ``x`` (time, batch, input_size) to every h (time, batch, hidden_size) and the last ``(h, c)``.

        ``state`` is the first ``(h, c)``, zeros where it is None.
        """
        return unroll(self.cell, x, state)
