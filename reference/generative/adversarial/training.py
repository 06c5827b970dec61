"""Training of a GAN, the players in turn (lecture 12, section 57, L12.gan), and with labels (lecture 12, section 58,
L12.cgan).

I. Goodfellow et al., "Generative adversarial nets", Advances in Neural Information Processing Systems 27 (2014).
M. Mirza, S. Osindero, "Conditional generative adversarial nets", arXiv:1411.1784 (2014).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import one_hot

from reference.checks.numbers import positive, whole
from reference.checks.tensors import matrix, whole_numbers
from reference.generative.adversarial.losses import discriminator_loss, generator_loss

BETAS = (0.5, 0.9)  # of Adam: a short memory, since each player's loss changes with the other player


def train_gan(
    G: nn.Module, D: nn.Module, X: Tensor, steps: int, *, batch: int, rate: float, latent: int, rng: torch.Generator
) -> Tensor:
    """Steps of two halves: the discriminator's descent on a batch of both kinds, then the generator's on new noise.

    Real objects are drawn with replacement, noise is standard normal. Each half moves one network only.

    Parameters: ``G``, from noise (n, latent) to objects (n, m); ``D``, from objects to logits (n, 1); ``X`` (n, m);
    ``steps``, ``batch``, ``latent`` of at least 1; ``rate`` of Adam, above 0; ``rng``, a generator of torch.
    Returns: a tensor (steps, 2): the discriminator's loss and the generator's, each before its own half. Both networks
    are changed.
    Raises: ValueError naming ``X``, ``steps``, ``batch``, ``rate`` or ``latent``.
    Complexity: O(steps batch) objects: two passes of G forward and one backward in a step, three of D forward and
    backward; memory of passes over ``batch`` objects.
    Source: lecture 12, section 57; Goodfellow et al. 2014.
    """
    nothing = matrix("X", X).new_empty(len(X), 0)
    return _alternate(G, D, X, nothing, steps, batch, rate, latent, rng)


def train_cgan(
    G: nn.Module,
    D: nn.Module,
    X: Tensor,
    y: Tensor,
    steps: int,
    *,
    classes: int,
    batch: int,
    rate: float,
    latent: int,
    rng: torch.Generator,
) -> Tensor:
    """As `train_gan`, but both networks get the class too, as a one-hot vector behind their own input.

    The fakes of a step, in both halves, are of the classes of its real objects.

    Parameters: as in `train_gan`, ``steps``, ``batch``, ``rate``, ``latent``, ``rng``; ``G``, from noise and label
    (n, latent + classes) to objects (n, m); ``D``, from object and label (n, m + classes) to logits (n, 1); ``X``
    (n, m); ``y`` (n,), whole numbers from 0 to classes - 1; ``classes`` of at least 1.
    Returns: a tensor (steps, 2) as in `train_gan`.
    Raises: ValueError naming ``X``, ``y``, ``steps``, ``classes``, ``batch``, ``rate`` or ``latent``.
    Complexity: as in `train_gan`, and O(n classes), also in memory, for the labels.
    Source: lecture 12, section 58; Mirza, Osindero 2014.
    """
    count = whole("classes", classes)
    labels = one_hot(whole_numbers("y", y, (len(matrix("X", X)),), 0, count - 1), count).to(X.dtype)
    return _alternate(G, D, X, labels, steps, batch, rate, latent, rng)


def _alternate(
    G: nn.Module,
    D: nn.Module,
    X: Tensor,
    labels: Tensor,
    steps: int,
    batch: int,
    rate: float,
    latent: int,
    rng: torch.Generator,
) -> Tensor:
    """The steps of both; ``labels`` (n, k) stand behind noise and objects, with k = 0 where there are none."""
    size, width = whole("batch", batch), whole("latent", latent)
    adam_of_D = torch.optim.Adam(D.parameters(), lr=positive("rate", rate), betas=BETAS)
    adam_of_G = torch.optim.Adam(G.parameters(), lr=rate, betas=BETAS)
    history = []
    for _ in range(whole("steps", steps)):
        rows = torch.randint(len(X), (size,), generator=rng)
        real, given = X[rows], labels[rows]  # (batch, m), (batch, k)

        z = torch.randn(size, width, generator=rng, dtype=X.dtype)
        fake = G(torch.cat([z, given], dim=1)).detach()
        logits = D(torch.cat([real, given], dim=1)), D(torch.cat([fake, given], dim=1))
        loss_of_D = discriminator_loss(*logits)
        adam_of_D.zero_grad()
        loss_of_D.backward()  # type: ignore[no-untyped-call]
        adam_of_D.step()

        z = torch.randn(size, width, generator=rng, dtype=X.dtype)
        fake = G(torch.cat([z, given], dim=1))
        loss_of_G = generator_loss(D(torch.cat([fake, given], dim=1)))
        adam_of_G.zero_grad()
        loss_of_G.backward()  # type: ignore[no-untyped-call]
        adam_of_G.step()

        history.append([loss_of_D.item(), loss_of_G.item()])
    return torch.tensor(history, dtype=X.dtype)
