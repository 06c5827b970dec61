"""What an environment imports and runs before its sandbox says it is ready.

Importing is not enough: the first operation of each kind loads code too, and no student should wait for
that.
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from importlib.metadata import version
from typing import Any


def _numpy() -> list[str]:
    import numpy as np

    rng = np.random.default_rng(0)
    square = rng.normal(size=(16, 16))
    np.linalg.svd(square @ square.T)
    np.linalg.solve(square, square)
    np.fft.fft(square)
    np.einsum("ij,jk->ik", square, square)
    np.argsort(square, axis=None)
    square[square > 0].mean()
    return ["numpy"]


def _sklearn() -> list[str]:
    import numpy as np
    from sklearn.cluster import KMeans
    from sklearn.linear_model import LogisticRegression
    from sklearn.tree import DecisionTreeClassifier

    X = np.random.default_rng(0).normal(size=(32, 3))
    labels = KMeans(2, n_init=1, random_state=0).fit(X).labels_
    LogisticRegression().fit(X, labels).predict(X)
    DecisionTreeClassifier(max_depth=2).fit(X, labels).predict(X)
    return [*_numpy(), "scipy", "scikit-learn"]


def _torch() -> list[str]:
    import torch

    torch.set_num_threads(1)
    model = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Tanh(), torch.nn.Linear(8, 2))
    optimizer = torch.optim.Adam(model.parameters())
    for _ in range(2):
        loss = torch.nn.functional.cross_entropy(model(torch.randn(6, 4)), torch.tensor([0, 1] * 3))
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        optimizer.step()
    hidden = torch.stack([torch.sigmoid(torch.randn(3, 4) @ torch.randn(4, 4)) for _ in range(3)])
    torch.cat([hidden, torch.softmax(hidden, -1)], dim=-1).chunk(2, dim=-1)
    return [*_numpy(), "torch"]


STEPS: dict[str, Callable[[], list[str]]] = {"numpy": _numpy, "sklearn": _sklearn, "torch": _torch}


def warm(environment: str) -> dict[str, Any]:
    """Import and exercise an environment's libraries; their versions and Python's."""
    return {"python": platform.python_version(), **{name: version(name) for name in STEPS[environment]()}}
