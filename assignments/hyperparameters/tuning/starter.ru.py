"""Выбор алгоритма. Проверка: `grader check hyperparameters/tuning solution.py`."""

import numpy as np


def tune(loss, settings) -> tuple:
    """Первая настройка с наименьшими потерями и сами потери."""
    raise NotImplementedError("начните отсюда: один проход по настройкам")


def select(loss, algorithms: list) -> tuple:
    """Первый алгоритм с наименьшими потерями и сами потери."""
    raise NotImplementedError("алгоритм — тоже гиперпараметр")


def select_and_tune(loss, spaces: dict) -> tuple:
    """Алгоритм, его настройка и их потери loss(algorithm, setting)."""
    raise NotImplementedError("все пары")


def evaluations_to_reach(losses: list[float], required: float) -> int | None:
    """Сколько вычислений понадобилось до первых потерь, не больших требуемых."""
    raise NotImplementedError("какие потери первыми достаточно малы?")


def expected_draws(n: int, seen: int = 0) -> float:
    """Сколько в среднем нужно случайных выборов, чтобы увидеть все n значений."""
    raise NotImplementedError("сколько ждать одного нового значения?")


def pareto_front(losses: np.ndarray) -> np.ndarray:
    """Номера строк, над которыми не доминирует ни одна другая."""
    raise NotImplementedError("для каждой строки: есть ли такая, что нигде не больше и где-то меньше?")


def constrained_minimum(losses: np.ndarray, j: int, bounds: dict[int, float]) -> int | None:
    """Номер строки с наименьшими потерями j среди тех, где остальные потери не выходят за границы."""
    raise NotImplementedError("какие строки допустимы и какая из них лучшая?")


def kernel_knn(X, y, w, queries, h: float, kernel: str = "gaussian") -> np.ndarray:
    """Классы запросов: -1, 0 или 1."""
    raise NotImplementedError("расстояния формы (q, n), ядро от них, взвешенное голосование")


def svm_decision(X, y, lambdas, bias: float, kernel, queries) -> np.ndarray:
    """Суммы, знаки которых — классы."""
    raise NotImplementedError("у kernel(queries, X) форма (q, n)")


def svm_predict(X, y, lambdas, bias: float, kernel, queries) -> np.ndarray:
    """Классы запросов: -1, 0 или 1."""
    raise NotImplementedError("знаки, целыми числами")


def linear_weights(X, y, lambdas) -> np.ndarray:
    """Коэффициенты той же машины с линейным ядром."""
    raise NotImplementedError("вынесите координаты запроса за знак суммы")


def linear_predict(a, bias: float, queries) -> np.ndarray:
    """Классы запросов: -1, 0 или 1."""
    raise NotImplementedError("знаки, целыми числами")


def objective(trial, loss) -> float:
    """Потери классификатора, который предлагает trial."""
    raise NotImplementedError("сначала спросите у trial классификатор")
