"""Metrics, one example, transfer, contrast: fill in the bodies below.

Check the file at home with `grader check extraction/metric-learning solution.py`.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn


def triplet_loss(a: Tensor, p: Tensor, n: Tensor, margin: float) -> Tensor:
    """The mean of max(|a - p| - |a - n| + margin, 0) over triples of embeddings (k, d)."""
    raise NotImplementedError("which norm has the gradient 0 at 0")


def triplets(labels: Tensor, count: int, rng: torch.Generator) -> Tensor:
    """Random indices (count, 3) of anchors, positives and negatives for labels (n,)."""
    raise NotImplementedError("which objects may be anchors")


def train_siamese(
    net: nn.Module, X: Tensor, triples: Tensor, loss: Callable[[Tensor, Tensor, Tensor], Tensor], rate: float
) -> Tensor:
    """A step of Adam for each batch of triples (steps, k, 3); the losses (steps,) before each step."""
    raise NotImplementedError("which mode does the network need")


class OneShot:
    """A classifier by centroids of embeddings and cosine similarity; classes are added by a few objects each."""

    def __init__(self, net: nn.Module) -> None:
        self.centroids: dict[str, Tensor] = {}
        raise NotImplementedError("what is kept of the network")

    def add(self, name: str, objects: Tensor) -> None:
        """Adds a class by its objects (k, ...)."""
        raise NotImplementedError("note the modes of all modules first")

    def classify(self, X: Tensor) -> list[str]:
        """The name of the most similar class for each object of X (n, ...)."""
        raise NotImplementedError("what is the cosine with a zero vector")


def features(network: nn.Module, X: Tensor, layer: str) -> Tensor:
    """What comes out of the layer of this name for objects X (n, ...): a copy (n, d)."""
    raise NotImplementedError("a hook sees the output of a layer")


def crops(images: Tensor, size: int, rng: torch.Generator) -> Tensor:
    """A random square (n, c, size, size) of each image (n, c, h, w)."""
    raise NotImplementedError("how many places are there")


def nt_xent(z1: Tensor, z2: Tensor, tau: float) -> Tensor:
    """The contrastive loss of two views (n, d) of n objects at the temperature tau."""
    raise NotImplementedError("begin with the cosines (2n, 2n)")


def nt_xent_grad(z1: Tensor, z2: Tensor, tau: float) -> tuple[Tensor, Tensor]:
    """The gradients of nt_xent by z1 and by z2, from a formula."""
    raise NotImplementedError("first by the cosines, then by the vectors")


def train_contrastive(
    net: nn.Module,
    images: Tensor,
    size: int,
    loss: Callable[[Tensor, Tensor], Tensor],
    steps: int,
    rate: float,
    rng: torch.Generator,
) -> Tensor:
    """Steps of Adam, each with two new crops of every image; the losses (steps,) before each step."""
    raise NotImplementedError("as in train_siamese")
