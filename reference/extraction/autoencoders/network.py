"""An autoencoder with a code of few numbers, and its training (lecture 11, section 48, L11.autoencoder).

G. Hinton, R. Salakhutdinov, "Reducing the dimensionality of data with neural networks", Science 313 (2006). The whole
sample is one batch, and a step is one of Adam: D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR
(2015). What is minimised comes from outside, as in `reference.extraction.autoencoders.losses`.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from reference.checks.numbers import positive, whole
from reference.checks.tensors import matrix
from reference.checks.text import one_of
from reference.parameters import linear

ACTIVATIONS: dict[str, type[nn.Module]] = {"tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "relu": nn.ReLU}


class Autoencoder(nn.Module):
    """Codes of ``m`` numbers, and the objects restored from them.

    ``encoder`` and ``decoder`` are a linear map, the activation, a linear map: features -> hidden -> code and back.
    With ``hidden`` = 0 each is one linear map. Codes and restored objects are outputs of a linear map, without an
    activation. Weights and biases start uniform within ``1 / sqrt(inputs of the map)`` of 0, drawn from ``rng``.

    Parameters: ``n`` features; ``hidden`` units of at least 0; ``m``, the length of a code, which may exceed ``n``;
    ``activation``, "tanh", "sigmoid" or "relu"; ``rng``, a generator of torch, or None for the global one.
    Returns: a module from objects (l, n) to codes (l, m) and restored objects (l, n).
    Raises: ValueError naming ``n``, ``hidden``, ``m``, ``activation``, or ``x`` (other features).
    Complexity: O(l hidden (n + m)) a pass, O(l n m) without hidden units; memory O(l (n + hidden + m)), and the
    parameters.
    Source: lecture 11, section 48; Hinton, Salakhutdinov 2006.

    >>> code, restored = Autoencoder(5, 4, 2)(torch.ones(3, 5))
    >>> tuple(code.shape), tuple(restored.shape)
    ((3, 2), (3, 5))
    """

    def __init__(
        self, n: int, hidden: int, m: int, activation: str = "tanh", *, rng: torch.Generator | None = None
    ) -> None:
        super().__init__()
        self.features, units, size = whole("n", n), whole("hidden", hidden, 0), whole("m", m)
        between = ACTIVATIONS[one_of("activation", activation, ACTIVATIONS)]
        self.encoder = _maps(self.features, units, size, between, rng)
        self.decoder = _maps(size, units, self.features, between, rng)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """From objects (l, n) to codes (l, m) and restored objects (l, n)."""
        code = self.encoder(matrix("x", x, self.features))  # (l, m)
        return code, self.decoder(code)


def train(model: nn.Module, X: Tensor, loss: Callable[[nn.Module, Tensor], Tensor], steps: int, rate: float) -> Tensor:
    """Make ``loss(model, X)`` small by steps of a new ``torch.optim.Adam``, in place.

    The loss is called once for each step, so that it may draw new noise each time. Neither gradients from before nor
    those that the loss itself may leave have an effect; frozen parameters stay.

    Parameters: ``model``; objects ``X`` (l, n); ``loss``, a function of a model and objects that gives a scalar with
    its graph; ``steps`` of at least 1; ``rate`` above 0.
    Returns: the loss before each step, (steps,).
    Raises: ValueError naming ``X``, ``steps`` or ``rate``.
    Complexity: O(w) a step for w parameters, and one call of ``loss`` with its backward pass; memory O(steps + w), and
    that of the passes.
    Source: lecture 11, section 48; Kingma, Ba 2015.

    >>> model = Autoencoder(3, 0, 1)
    >>> history = train(model, torch.ones(2, 3), lambda model, x: (model(x)[1] - x).square().sum(), 50, 0.05)
    >>> bool(history[-1] < history[0])
    True
    """
    objects = matrix("X", X)
    optimizer = torch.optim.Adam(model.parameters(), lr=positive("rate", rate))
    history = objects.new_empty(whole("steps", steps))
    for step in range(steps):
        value = loss(model, objects)
        optimizer.zero_grad()
        value.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        history[step] = value.detach()
    return history


def _maps(
    inputs: int, hidden: int, outputs: int, between: type[nn.Module], rng: torch.Generator | None
) -> nn.Sequential:
    """A linear map, an activation, a linear map; one linear map without hidden units."""
    if hidden == 0:
        return nn.Sequential(linear(inputs, outputs, rng))
    return nn.Sequential(linear(inputs, hidden, rng), between(), linear(hidden, outputs, rng))
