"""Classes that are known by one object or few, and added without training (lecture 11, section 50, L11.one_shot).

J. Snell, K. Swersky, R. Zemel, "Prototypical networks for few-shot learning", Advances in Neural Information Processing
Systems 30 (2017).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from reference.checks.tensors import objects as checked_objects
from reference.checks.text import text
from reference.modes import evaluation


class OneShot:
    """Classification by the nearest centroid among embeddings, by cosine similarity.

    The attribute ``centroids`` is a dict: the mean embedding (d,) of the objects of each class, by its name, in the
    order in which the classes were added. The network works in evaluation mode and without gradients; afterwards each
    of its modules is in the mode in which it was.

    Parameters: ``net``, a trained network from objects (n, ...) to embeddings (n, d).
    Returns: a classifier without classes.
    Raises: nothing; see the methods.
    Complexity: O(c d) an object to classify among c classes, O(d) an object to add, and a pass of the network forward.
    Source: lecture 11, section 50; Snell, Swersky, Zemel 2017.

    >>> badge = OneShot(nn.Identity())
    >>> badge.add("right", torch.tensor([[2.0, 0.0]]))
    >>> badge.add("up", torch.tensor([[0.0, 1.0], [0.0, 3.0]]))
    >>> badge.classify(torch.tensor([[5.0, 1.0], [1.0, 5.0]]))
    ['right', 'up']
    """

    def __init__(self, net: nn.Module) -> None:
        self.net = net
        self.centroids: dict[str, Tensor] = {}

    def add(self, name: str, objects: Tensor) -> None:
        """Add a class by its ``objects`` (k, ...), at least one; no other centroid changes.

        ValueError names ``name`` (known already) or ``objects``.
        """
        if text("name", name) in self.centroids:
            raise ValueError(f"name must be new, but there is a class {name} already")
        self.centroids[name] = self._embeddings(checked_objects("objects", objects)).mean(dim=0)

    def classify(self, X: Tensor) -> list[str]:
        """For each object of ``X`` (n, ...) the class whose centroid is most similar; of equal ones the first added.

        The similarity is the cosine, 0 where one of the two is zero. ValueError names ``X``, or ``centroids`` if there
        is no class.
        """
        if not self.centroids:
            raise ValueError("centroids must hold one class at least")
        names = list(self.centroids)
        similarity = _directions(self._embeddings(checked_objects("X", X))) @ _directions(self._centers()).T
        return [names[number] for number in similarity.argmax(dim=1).tolist()]

    def _centers(self) -> Tensor:
        return torch.stack(list(self.centroids.values()))

    def _embeddings(self, objects: Tensor) -> Tensor:
        with torch.no_grad(), evaluation(self.net):
            embeddings: Tensor = self.net(objects)
        return embeddings


def _directions(vectors: Tensor) -> Tensor:
    """The rows with length 1; zero stays zero."""
    lengths = vectors.norm(dim=1, keepdim=True)
    return vectors / torch.where(lengths > 0, lengths, 1.0)
