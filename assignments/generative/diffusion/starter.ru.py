"""Проверьте решение: `grader check generative/diffusion solution.py`."""

import torch


def diffusion_forward(X: torch.Tensor) -> torch.Tensor:
    """Столбцы со средним 0 и стандартным отклонением 1; форма (n, d)."""
    raise NotImplementedError("начните со среднего каждого столбца")


def diffusion_train(X: torch.Tensor) -> torch.Tensor:
    """Столбцы со средним 0 и стандартным отклонением 1; форма (n, d)."""
    raise NotImplementedError("начните со среднего каждого столбца")


def diffusion_sample(X: torch.Tensor) -> torch.Tensor:
    """Столбцы со средним 0 и стандартным отклонением 1; форма (n, d)."""
    raise NotImplementedError("начните со среднего каждого столбца")
