"""Evaluation mode of a network, in which dropout and batch normalisation predict (lecture 3, section 18).

References of all lectures with networks share it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from torch import nn


@contextmanager
def evaluation(model: nn.Module) -> Iterator[None]:
    """Evaluation mode within the block; afterwards each module has its own mode again, since a part may be frozen."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        yield
    finally:
        for module, training in modes:
            module.training = training
