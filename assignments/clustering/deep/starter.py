"""Clustering with neural networks: fill in what is below.

Check the file at home with `grader check clustering/deep solution.py`.
"""

import torch
from torch import Tensor, nn


def embed(network: nn.Module, X: Tensor, batch_size: int = 256) -> Tensor:
    """What a frozen network makes of the objects X (n, ...): (n, d), batch_size objects at a time."""
    raise NotImplementedError("evaluation mode, no gradients, and afterwards everything as it was")


def kmeans(z: Tensor, k: int) -> tuple[Tensor, Tensor]:
    """Centres (k, d) and labels (n,) of the rows of z (n, d), started from rows far from each other."""
    raise NotImplementedError("choose the first centres, then assign and move until the labels stay the same")


def two_stage(network: nn.Module, X: Tensor, k: int) -> Tensor:
    """Labels (n,) by k-means on the embedding."""
    raise NotImplementedError("put the two together")


def clustering_accuracy(labels: Tensor, classes: Tensor) -> float:
    """The share of objects whose class is that of their cluster, under the best one-to-one matching."""
    raise NotImplementedError("count how many objects of each class are in each cluster, then try all matchings")


def soft_assignment(z: Tensor, centers: Tensor, alpha: float = 1.0) -> Tensor:
    """q (n, k): (1 + ||z_i - c_j||^2 / alpha)^(-(alpha + 1) / 2), each row divided by its sum."""
    raise NotImplementedError("take logarithms first: softmax does the rest")


def target_distribution(q: Tensor) -> Tensor:
    """p (n, k): q_ij^2 / sum_i q_ij, each row divided by its sum; no gradient goes through it."""
    raise NotImplementedError("sums over columns first, then over rows")


def clustering_loss(p: Tensor, q: Tensor) -> Tensor:
    """1/n sum_i sum_j p_ij ln(p_ij / q_ij)."""
    raise NotImplementedError("a term with p_ij = 0 is 0")


def reconstruction_loss(x: Tensor, restored: Tensor) -> Tensor:
    """1/n sum_i ||x_i - restored_i||^2."""
    raise NotImplementedError("the mean is over objects only")


class DeepClustering(nn.Module):
    """An encoder with two heads.

    encoder, decoder: nn.Sequential of a linear map, ReLU, a linear map; centers (n_clusters, n_latent), zeros at first.
    The first weights and biases are uniform within 1 / sqrt(inputs of the map) of 0, drawn from rng.
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
        raise NotImplementedError("start with super().__init__(), then self.encoder, self.decoder, self.centers")

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """From objects (n, n_features) to codes (n, n_latent), restored objects, soft assignment (n, n_clusters)."""
        raise NotImplementedError("both heads see the same codes")


def train(
    model: DeepClustering, X: Tensor, steps: int, *, rate: float = 0.01, weight: float = 0.1, refresh: int = 10
) -> Tensor:
    """Steps of Adam on reconstruction_loss + weight * clustering_loss, the target renewed every refresh steps.

    Returns the loss before each step (steps,).
    """
    raise NotImplementedError("one optimiser for all steps; the whole of X in each step")


def start_centers(model: DeepClustering, X: Tensor) -> Tensor:
    """Put the centres of k-means on the codes into the model; returns the labels (n,) that k-means found."""
    raise NotImplementedError("copy into the parameter, do not replace it")


def assign(model: DeepClustering, X: Tensor) -> Tensor:
    """The most probable cluster of each object: labels (n,)."""
    raise NotImplementedError("the largest entry of each row of the soft assignment")
