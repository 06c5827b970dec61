"""Gradient ascent on the input that excites a unit: the core of DeepDream (lecture 2, section 14, L02.dream).

D. Erhan, Y. Bengio, A. Courville, P. Vincent, "Visualizing higher-layer features of a deep network", University of
Montreal (2009); A. Mordvintsev, C. Olah, M. Tyka, "Inceptionism: going deeper into neural networks", Google Research
blog (2015), whose normalised gradient is used. The halving, which makes every step rise, is Armijo's backtracking
without its slope. No octaves, no jitter, no smoothing.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from reference.autodiff.inputs.features import chosen, outputs
from reference.autodiff.inputs.gradient import value_and_gradient
from reference.checks.numbers import positive, whole
from reference.checks.tensors import tensor

HALVINGS = 20  # in one step; a millionth of the rate that did not rise either is taken for a summit


def excitation(network: nn.Sequential, x: Tensor, layer: int, unit: int) -> Tensor:
    """How much x excites a unit: the mean of the unit's output over all its places.

    Parameters: ``network``, a sequence of modules; ``x``, one object without an axis for objects; ``layer``, a module's
    number, whose output is (units,) or (units, height, width); ``unit`` from 0.
    Returns: a scalar tensor, with its graph.
    Raises: ValueError naming ``x``, ``layer`` or ``unit``.
    Complexity: O(s) for s entries of the outputs, and one pass forward through the modules up to ``layer``.
    Source: lecture 2, section 14; Erhan et al. 2009.
    """
    (output,) = outputs(network, tensor("x", x), chosen("layer", network, [layer]))
    return output[whole("unit", unit, 0, len(output) - 1)].mean()


def dream(
    network: nn.Sequential, x: Tensor, layer: int, unit: int, *, rate: float = 0.1, steps: int = 20
) -> tuple[Tensor, Tensor]:
    """``x <- x + rate * g / sqrt(mean g^2)``, g the gradient of the excitation E by x; the last x, and all E.

    Where E does not rise, the rate is halved until it does, and stays so. It ends early where g is 0 and after 20
    halvings in one step.

    Parameters: ``network``, ``x``, ``layer`` and ``unit`` as in `excitation`; ``rate`` above 0, in the units of ``x``;
    ``steps`` of at least 1.
    Returns: a new tensor like ``x``, and E at every point, (steps made + 1,), strictly rising.
    Raises: ValueError naming ``x``, ``layer``, ``unit``, ``rate`` or ``steps``.
    Complexity: O(steps) passes forward and backward through the modules up to ``layer``, and at most 21 passes forward
    a step.
    Source: lecture 2, section 14; Erhan et al. 2009; Mordvintsev et al. 2015.
    """
    place, rate = tensor("x", x).detach(), positive("rate", rate)

    def excite(x: Tensor) -> Tensor:
        return excitation(network, x, layer, unit)

    value, gradient = value_and_gradient(excite, place)
    values = [value]
    for _ in range(whole("steps", steps)):
        size = gradient.square().mean().sqrt()
        if size == 0:
            break
        rate = rising(excite, place, gradient / size, value, rate)
        if rate == 0:
            break
        place = place + rate * gradient / size
        value, gradient = value_and_gradient(excite, place)
        values.append(value)
    return place.clone(), torch.stack(values)


def rising(excite: Callable[[Tensor], Tensor], place: Tensor, direction: Tensor, value: Tensor, rate: float) -> float:
    """The first of rate, rate / 2, rate / 4... by which E rises above ``value``; 0 when none does."""
    with torch.no_grad():
        for halvings in range(HALVINGS + 1):
            if excite(place + rate / 2**halvings * direction) > value:
                return rate / 2**halvings
    return 0.0
