"""What the recurrent layers of this package share (lecture 6, section 27): the loop over time, and sequences of
different lengths in one tensor.

Time stands first: inputs are (time, batch, m). What stands beyond the last element of a sequence is padding.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import torch
from torch import Tensor

from reference.checks.tensors import label_vector, tensor


class Layer(Protocol):
    """Any layer from ``x`` (time, batch, m) and the first state to all outputs (time, batch, k) and the last state.

    The output of a step is the state after it.
    """

    def __call__(self, x: Tensor, h0: Tensor | None = None) -> tuple[Tensor, Tensor]: ...


def unroll(
    step: Callable[[Tensor, Tensor], Tensor], x: Tensor, h0: Tensor | None, input_size: int, hidden_size: int
) -> tuple[Tensor, Tensor]:
    """All states (time, batch, hidden_size), and the last. Raises ValueError naming ``x`` or ``h0``.

    ``step(inputs, h)`` is the next state; the first is ``h0``, zeros where it is None.
    """
    tensor("x", x, (None, None, input_size))
    h = x.new_zeros(x.shape[1], hidden_size) if h0 is None else tensor("h0", h0, (x.shape[1], hidden_size))
    states = []
    for inputs in x:  # (batch, input)
        h = step(inputs, h)
        states.append(h)
    return torch.stack(states), h  # (time, batch, hidden)


def own_lengths(x: Tensor, lengths: Tensor | None) -> Tensor:
    """How many steps each sequence has, (batch,): all of them where ``lengths`` is None.

    Raises ValueError naming ``x``, or ``lengths`` that are not whole numbers from 1 to the number of steps.
    """
    time, batch, _ = tensor("x", x, (None, None, None)).shape
    if lengths is None:
        return torch.full((batch,), time, device=x.device)
    label_vector("lengths", lengths, batch)
    if lengths.min() < 1 or lengths.max() > time:
        raise ValueError(f"lengths must be from 1 to {time}")
    return lengths.to(torch.int64)


def at_the_end(outputs: Tensor, lengths: Tensor) -> Tensor:
    """The output (batch, k) at the last element of each sequence."""
    return outputs[lengths - 1, torch.arange(len(lengths), device=outputs.device)]


def turned(x: Tensor, lengths: Tensor) -> Tensor:
    """Each sequence backwards, within its own length; padding stays where it is. Twice, it changes nothing."""
    times = torch.arange(len(x), device=x.device)[:, None]
    order = torch.where(times < lengths, lengths - 1 - times, times)  # (time, batch)
    return x.gather(0, order[:, :, None].expand_as(x))
