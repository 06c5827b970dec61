"""Networks by what comes in and what goes out: one or many (lecture 6, section 29, L06.shapes).

A head is a module that maps the last axis of a tensor, whatever stands before it.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from reference.checks.numbers import whole
from reference.checks.tensors import matrix, tensor
from reference.sequences.recurrent.layer import Layer, at_the_end, own_lengths

Head = Callable[[Tensor], Tensor]


def many_to_one(layer: Layer, head: Head, x: Tensor, lengths: Tensor | None = None) -> Tensor:
    """One answer for each sequence: the head over the output at its own last element.

    Parameters: ``layer`` (m -> k), such as `RNN`; ``head`` (k -> d); ``x`` (time, batch, m); ``lengths`` (batch,),
    whole numbers, or None where all sequences fill all steps.
    Returns: a tensor (batch, d).
    Raises: ValueError naming ``x`` or ``lengths``.
    Complexity: O(time batch) steps of the layer, and ``batch`` vectors through the head; memory O(time batch k), all
    outputs.
    Source: lecture 6, section 29; lecture only.
    """
    lengths = own_lengths(x, lengths)
    outputs, _ = layer(x)
    return head(at_the_end(outputs, lengths))


def one_to_many(layer: Layer, head: Head, first: Tensor, steps: int) -> Tensor:
    """Many answers to one input: each answer is the next input, and the state goes on from step to step.

    Parameters: ``layer`` (m -> k), such as `RNN`; ``head`` (k -> m); ``first`` (batch, m); ``steps`` of at least 1.
    Returns: a tensor (steps, batch, m), the answers alone.
    Raises: ValueError naming ``first`` or ``steps``.
    Complexity: O(steps batch) steps of the layer, and as many vectors through the head.
    Source: lecture 6, section 29; lecture only.
    """
    inputs, h = matrix("first", first), None
    answers = []
    for _ in range(whole("steps", steps)):
        _, h = layer(inputs[None], h)
        inputs = head(h)  # (batch, m)
        answers.append(inputs)
    return torch.stack(answers)


def many_to_many(layer: Layer, head: Head, x: Tensor) -> Tensor:
    """An answer for each element: the head over the output of each step. The lecture's case (b), "many to many".

    Parameters: ``layer`` (m -> k), such as `RNN`; ``head`` (k -> d); ``x`` (time, batch, m).
    Returns: a tensor (time, batch, d).
    Raises: ValueError naming ``x``.
    Complexity: O(time batch) steps of the layer, and as many vectors through the head.
    Source: lecture 6, section 29; lecture only.
    """
    outputs, _ = layer(tensor("x", x, (None, None, None)))
    return head(outputs)
