"""Two-stage clustering: an embedding by a frozen network, then k-means (lecture 9, section 41.1, L09.two_stage).

The first stage is a network trained elsewhere, used as it is; the second is Lloyd's algorithm, started by the objects
themselves, so that nothing is random: T. Gonzalez, "Clustering to minimize the maximum intercluster distance",
Theoretical Computer Science 38 (1985).
The accuracy under the best matching is that of Y. Yang, D. Xu, F. Nie, S. Yan, Y. Zhuang, "Image clustering using local
discriminant models and global integration", IEEE Transactions on Image Processing 19 (2010).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from reference.checks.numbers import whole
from reference.checks.tensors import label_vector, matrix, objects
from reference.clustering.arguments import cluster_count
from reference.modes import evaluation

MOST_MOVES = 300  # of the centres; rounding could make two labellings follow each other for ever


def embed(network: nn.Module, X: Tensor, batch_size: int = 256) -> Tensor:
    """The network's outputs for the objects, without gradients, computed in batches.

    The network computes in evaluation mode and is left as it was: parameters, statistics, each module's mode.

    Parameters: ``network``, a module; ``X`` (n, ...), objects along the first axis; ``batch_size`` of at least 1.
    Returns: (n, d), without a graph.
    Raises: ValueError naming ``X`` (no objects, not finite) or ``batch_size``.
    Complexity: O(n) objects through the network, each once; memory of a pass of ``batch_size`` objects, and O(n d).
    Source: lecture 9, section 41.1; lecture only.
    """
    batches = torch.split(objects("X", X), whole("batch_size", batch_size))
    with evaluation(network), torch.no_grad():
        return torch.cat([network(batch.clone()) for batch in batches])  # it may work in place


def two_stage(network: nn.Module, X: Tensor, k: int) -> Tensor:
    """Labels by `kmeans` on what `embed` returns.

    Parameters: ``network``, a module; ``X`` (n, ...), objects along the first axis; ``k`` from 1 to n.
    Returns: labels (n,).
    Raises: ValueError naming ``X`` or ``k``.
    Complexity: O(n) objects through the network, each once, and as in `kmeans`.
    Source: lecture 9, section 41.1; lecture only.
    """
    return kmeans(embed(network, X), k)[1]


def kmeans(z: Tensor, k: int) -> tuple[Tensor, Tensor]:
    """Centres and labels by Lloyd's algorithm from rows that are far from each other.

    The first centre is row 0, each next one the row farthest from the nearest of those before; ties everywhere: the
    lowest index. A centre without rows stays.

    Parameters: ``z`` (n, d); ``k`` from 1 to n.
    Returns: centres (k, d), and labels (n,), which are those of the centres returned.
    Raises: ValueError naming ``z`` or ``k``.
    Complexity: O(n k d) a step, at most 300, and O(n k^2 d) for the start, which O(n k d) would do for; memory O(n k d)
    for the differences of all pairs.
    Source: lecture 9, section 41.1; Gonzalez 1985.
    """
    points = matrix("z", z).detach()
    centers = farthest_first(points, cluster_count(k, len(points)))
    labels = nearest(points, centers)
    for _ in range(MOST_MOVES):
        for cluster in set(labels.tolist()):  # a centre without rows stays
            centers[cluster] = points[labels == cluster].mean(dim=0)
        updated = nearest(points, centers)
        if torch.equal(updated, labels):
            break
        labels = updated
    return centers, updated


def clustering_accuracy(labels: Tensor, classes: Tensor) -> float:
    """The share of objects whose class is that of their cluster, when each cluster may have one class of its own.

    The matching is the best one; where there are more clusters than classes, some clusters have none.

    Parameters: ``labels`` and ``classes`` (n,), any whole numbers.
    Returns: a float from 0 to 1.
    Raises: ValueError naming ``labels`` or ``classes``.
    Complexity: O(n log n + a b 2^b), and memory O(n + a b + 2^b), for a clusters and b classes; the Hungarian method
    takes O((a + b)^3) instead of the second term.
    Source: lecture 9, section 41.1; Yang et al. 2010.

    >>> clustering_accuracy(torch.tensor([3, 3, 7, 7]), torch.tensor([0, 1, 1, 0]))
    0.5
    """
    clusters = torch.unique(label_vector("labels", labels), return_inverse=True)[1]
    truth = torch.unique(label_vector("classes", classes, len(labels)), return_inverse=True)[1]
    counts = torch.zeros(int(clusters.max()) + 1, int(truth.max()) + 1, dtype=torch.long)
    counts.index_put_((clusters, truth), torch.ones_like(clusters), accumulate=True)
    return best_matching(counts.tolist()) / len(labels)


def best_matching(counts: list[list[int]]) -> int:
    """The largest sum with at most one entry of each row and of each column.

    By dynamic programming over the sets of columns (bits of an int) that the rows so far have taken.
    """
    best = {0: 0}
    for row in counts:
        grown = dict(best)  # this row takes no column
        for taken, total in best.items():
            for column, count in enumerate(row):
                if not taken >> column & 1:
                    with_it = taken | 1 << column
                    grown[with_it] = max(grown.get(with_it, 0), total + count)
        best = grown
    return max(best.values())


def farthest_first(points: Tensor, k: int) -> Tensor:
    """Row 0, then again and again the row farthest from the nearest of those taken."""
    taken = [0]
    while len(taken) < k:
        taken.append(int(squares(points, points[taken]).min(dim=1).values.argmax()))
    return points[taken]


def nearest(points: Tensor, centers: Tensor) -> Tensor:
    """The index of the nearest centre for each row."""
    return squares(points, centers).argmin(dim=1)


def squares(points: Tensor, centers: Tensor) -> Tensor:
    """Squared distances (n, k), by differences: exactly zero for a row that is a centre."""
    return ((points[:, None, :] - centers) ** 2).sum(dim=2)
