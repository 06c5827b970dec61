"""Проверьте решение: `grader check generative/variational-autoencoder solution.py`."""

import torch


def variational_autoencoder(X: torch.Tensor) -> torch.Tensor:
    """Столбцы со средним 0 и стандартным отклонением 1; форма (n, d)."""
    raise NotImplementedError("начните со среднего каждого столбца")
