"""The minimax objective of a GAN and the losses of its two players (lecture 12, section 57, L12.gan_losses).

All of them take logits: the discriminator's probability is D = sigmoid(logit), so that log D = log sigmoid(logit) and
log(1 - D) = log sigmoid(-logit), which is finite where D rounds to 0 or 1.

I. Goodfellow et al., "Generative adversarial nets", Advances in Neural Information Processing Systems 27 (2014).
"""

from __future__ import annotations

from torch import Tensor
from torch.nn.functional import logsigmoid

from reference.checks.tensors import tensor


def objective(real: Tensor, fake: Tensor) -> Tensor:
    """E log D(x) + E log(1 - D(G(z))), which the discriminator makes large and the generator small.

    Parameters: ``real`` and ``fake``, logits of real and of generated objects, of any shapes.
    Returns: a tensor without axes, at most 0.
    Raises: ValueError naming ``real`` or ``fake``, where it is empty or not finite.
    Complexity: O(s) for s logits.
    Source: lecture 12, section 57; Goodfellow et al. 2014.

    >>> objective(Tensor([0, 0, 0]), Tensor([0, 0])).item()
    -1.3862943649291992
    """
    return logsigmoid(tensor("real", real)).mean() + logsigmoid(-tensor("fake", fake)).mean()


def discriminator_loss(real: Tensor, fake: Tensor) -> Tensor:
    """The loss that the discriminator minimises: minus the objective.

    Parameters: as in `objective`, ``real`` and ``fake``.
    Returns: a tensor without axes, at least 0.
    Raises: as in `objective`.
    Complexity: as in `objective`.
    Source: lecture 12, section 57; Goodfellow et al. 2014.
    """
    return -objective(real, fake)


def generator_loss(fake: Tensor, saturating: bool = False) -> Tensor:
    """The loss that the generator minimises: -E log D(G(z)); saturating: E log(1 - D(G(z))).

    Both fall as D(G(z)) grows. Near D = 0 the first has a slope of -1 by the logit, the second nearly none.

    Parameters: ``fake``, logits of generated objects, of any shape; ``saturating``, whether the form of the objective
    is wanted.
    Returns: a tensor without axes.
    Raises: ValueError naming ``fake``.
    Complexity: O(s) for s logits.
    Source: lecture 12, section 57; Goodfellow et al. 2014.

    >>> generator_loss(Tensor([-100])).item()
    100.0
    """
    logits = tensor("fake", fake)
    if saturating:
        return logsigmoid(-logits).mean()
    return -logsigmoid(logits).mean()
