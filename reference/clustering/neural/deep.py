"""Deep clustering: an autoencoder with a second head that clusters (lecture 9, section 41.1, L09.deep).

The head and its loss are DEC's: J. Xie, R. Girshick, A. Farhadi, "Unsupervised deep embedding for clustering analysis",
ICML (2016). Keeping the decoder and adding both losses is IDEC: X. Guo, L. Gao, X. Liu, J. Yin, "Improved deep embedded
clustering with local structure preservation", IJCAI (2017). Sums over objects are means here, so that the weight
between the losses does not depend on how many there are. The whole sample is one batch.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from reference.checks.numbers import not_negative, positive, whole
from reference.checks.tensors import matrix, tensor
from reference.clustering.neural.two_stage import kmeans, squares


def soft_assignment(z: Tensor, centers: Tensor, alpha: float = 1.0) -> Tensor:
    """``q_ij`` in proportion to ``(1 + ||z_i - c_j||^2 / alpha)^(-(alpha + 1) / 2)``.

    Student's t with ``alpha`` degrees of freedom.

    Parameters: ``z`` (n, d), codes; ``centers`` (k, d); ``alpha`` above 0.
    Returns: (n, k), rows with the sum 1.
    Raises: ValueError naming ``z``, ``centers`` or ``alpha``.
    Complexity: O(n k d), also in memory, for the differences of all pairs; memory O(n k) is possible.
    Source: lecture 9, section 41.1; Xie et al. 2016.
    """
    freedom = positive("alpha", alpha)
    distances = squares(matrix("z", z), matrix("centers", centers, z.shape[1]))  # (n, k)
    return torch.softmax(-(freedom + 1) / 2 * torch.log1p(distances / freedom), dim=1)


def target_distribution(q: Tensor) -> Tensor:
    """``p_ij`` in proportion to ``q_ij^2 / sum_i q_ij``; no gradient goes through it.

    Large probabilities grow, and the division keeps large clusters from absorbing small ones. A cluster without objects
    (all ``q_ij`` zero) stays so.

    Parameters: ``q`` (n, k).
    Returns: (n, k), rows with the sum 1.
    Raises: ValueError naming ``q``.
    Complexity: O(n k).
    Source: lecture 9, section 41.1; Xie et al. 2016.
    """
    soft = matrix("q", q).detach()
    sizes = soft.sum(dim=0)  # (k,)
    sharp = soft**2 / torch.where(sizes > 0, sizes, 1)
    return sharp / sharp.sum(dim=1, keepdim=True)


def clustering_loss(p: Tensor, q: Tensor) -> Tensor:
    """``KL(P || Q) = 1/n sum_i sum_j p_ij ln(p_ij / q_ij)``, a term with ``p_ij = 0`` being 0.

    Parameters: ``p`` and ``q`` (n, k).
    Returns: a scalar tensor, with its graph, in nats.
    Raises: ValueError naming ``p`` or ``q``.
    Complexity: O(n k).
    Source: lecture 9, section 41.1; Xie et al. 2016.
    """
    target = matrix("p", p)
    q = tensor("q", q, tuple(target.shape))
    return (torch.xlogy(target, target) - torch.xlogy(target, q)).sum() / len(target)


def reconstruction_loss(x: Tensor, restored: Tensor) -> Tensor:
    """``1/n sum_i ||x_i - restored_i||^2``, features being added.

    Parameters: ``x`` and ``restored`` (n, m).
    Returns: a scalar tensor, with its graph.
    Raises: ValueError naming ``x`` or ``restored``.
    Complexity: O(n m).
    Source: lecture 9, section 41.1; Guo et al. 2017.
    """
    given = matrix("x", x)
    restored = tensor("restored", restored, tuple(given.shape))
    return ((given - restored) ** 2).sum() / len(given)


class DeepClustering(nn.Module):
    """An encoder with two heads: a decoder, and centres in the space of codes.

    ``encoder`` and ``decoder`` are a linear map, ReLU, a linear map: features -> hidden -> latent and back. Their
    weights and biases start uniform within ``1 / sqrt(inputs of the map)`` of 0, drawn from ``rng`` in the order of
    the maps, weight before bias; ``centers`` (n_clusters, n_latent) start as zeros.

    Parameters: ``n_features``, ``n_hidden``, ``n_latent`` and ``n_clusters``, sizes; ``rng``, a generator of torch, or
    None for the global one.
    Returns: a module from objects (n, n_features) to codes (n, n_latent), restored objects, and `soft_assignment` (n,
    n_clusters).
    Raises: ValueError naming a size below 1, or ``x``.
    Complexity: O(n (n_hidden (n_features + n_latent) + n_clusters n_latent)) a pass; memory
    O(n (n_features + n_hidden + n_clusters n_latent)), and the parameters.
    Source: lecture 9, section 41.1; Guo et al. 2017.
    """

    def __init__(
        self,
        n_features: int,
        n_hidden: int,
        n_latent: int,
        n_clusters: int,
        *,
        rng: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        features, hidden = whole("n_features", n_features), whole("n_hidden", n_hidden)
        latent, clusters = whole("n_latent", n_latent), whole("n_clusters", n_clusters)
        self.n_features = features
        self.encoder = perceptron(features, hidden, latent, rng)
        self.decoder = perceptron(latent, hidden, features, rng)
        self.centers = nn.Parameter(torch.zeros(clusters, latent))

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """From objects (n, n_features) to codes (n, n_latent), restored objects, and `soft_assignment` (n, k)."""
        z = self.encoder(matrix("x", x, self.n_features))
        return z, self.decoder(z), soft_assignment(z, self.centers)


def perceptron(inputs: int, hidden: int, outputs: int, rng: torch.Generator | None) -> nn.Sequential:
    """A linear map, ReLU, a linear map."""
    first, second = nn.Linear(inputs, hidden), nn.Linear(hidden, outputs)
    for linear in (first, second):
        for parameter in (linear.weight, linear.bias):
            bound = linear.in_features**-0.5
            nn.init.uniform_(parameter, -bound, bound, generator=rng)
    return nn.Sequential(first, nn.ReLU(), second)


def train(
    model: DeepClustering, X: Tensor, steps: int, *, rate: float = 0.01, weight: float = 0.1, refresh: int = 10
) -> Tensor:
    """Fit a model to objects, in place.

    Each step is one of a new ``torch.optim.Adam(model.parameters(), lr=rate)`` on ``reconstruction_loss + weight *
    clustering_loss``. The target is taken from the soft assignment of the present model before steps 0, ``refresh``,
    2 ``refresh``, ... and stays as it is in between. With the weight 0 this trains the autoencoder alone.

    Parameters: ``model``; objects ``X`` (n, m); ``steps`` of at least 1; ``rate`` above 0; ``weight`` from 0 up;
    ``refresh`` of at least 1, in steps.
    Returns: the loss before each step, (steps,).
    Raises: ValueError naming ``X``, ``steps``, ``rate``, ``weight`` or ``refresh``.
    Complexity: O(steps) passes of all objects forward and backward; memory of one.
    Source: lecture 9, section 41.1; Guo et al. 2017.
    """
    share, pause = not_negative("weight", weight), whole("refresh", refresh)
    optimizer = torch.optim.Adam(model.parameters(), lr=positive("rate", rate))
    history = matrix("X", X, model.n_features).new_empty(whole("steps", steps))
    for step in range(steps):
        _, restored, q = model(X)
        if step % pause == 0:
            target = target_distribution(q)
        loss = reconstruction_loss(X, restored) + share * clustering_loss(target, q)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        history[step] = loss.detach()
    return history


def start_centers(model: DeepClustering, X: Tensor) -> Tensor:
    """Put the centres of `kmeans` on the codes of the objects into the model.

    Parameters: ``model``; objects ``X`` (n, m), as many as centres at least.
    Returns: the labels (n,) that k-means found.
    Raises: ValueError naming ``X``.
    Complexity: O(n k d) a step of `kmeans` for k centres and codes of d numbers, and as there for its start; and one
    pass of the model.
    Source: lecture 9, section 41.1; Xie et al. 2016.
    """
    if len(matrix("X", X, model.n_features)) < len(model.centers):
        raise ValueError(f"X has {len(X)} objects, too few for {len(model.centers)} clusters")
    with torch.no_grad():
        centers, labels = kmeans(model(X)[0], len(model.centers))
        model.centers.copy_(centers)
    return labels


def assign(model: DeepClustering, X: Tensor) -> Tensor:
    """The cluster with the largest ``q_ij`` for each object, of equal ones the first.

    Parameters: ``model``; objects ``X`` (n, m).
    Returns: labels (n,).
    Raises: ValueError naming ``X``.
    Complexity: as in `DeepClustering`, one pass of all objects.
    Source: lecture 9, section 41.1; Xie et al. 2016.
    """
    with torch.no_grad():
        return model(matrix("X", X, model.n_features))[2].argmax(dim=1)
