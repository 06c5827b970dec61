"""Нейросеть в конвейере scikit-learn: допишите функции ниже.

Проверить файл дома: `grader check frameworks/sklearn-pipeline solution.py`.
"""

import numpy as np
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import Pipeline


def pipeline(hidden: tuple[int, ...] = (16,), alpha: float = 1e-4, seed: int = 0) -> Pipeline:
    """Шаги "scale", StandardScaler, и "net", MLPClassifier (lbfgs, 200 итераций); не обучен."""
    raise NotImplementedError("Pipeline принимает список пар (имя, шаг)")


def tuned(X: np.ndarray, y: np.ndarray, grid: dict, folds: int = 3, seed: int = 0) -> GridSearchCV:
    """Обученный поиск настройки сетки с лучшей долей верных ответов; блоки стратифицированы и перемешаны."""
    raise NotImplementedError("что должно обучаться заново на каждом шаге проверки?")


def summarise(search: GridSearchCV) -> dict:
    """{"best": настройка, "score": float, "table": [{"setting": …, "folds": […], "mean": …}, …]}."""
    raise NotImplementedError("сначала напечатайте ключи search.cv_results_")


def accuracy(search: GridSearchCV, X: np.ndarray, y: np.ndarray) -> float:
    """Доля новых объектов, класс которых угадывает лучший конвейер."""
    raise NotImplementedError("обученный поиск сам служит классификатором")
