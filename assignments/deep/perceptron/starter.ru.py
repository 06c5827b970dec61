"""Многослойный перцептрон с нуля. Проверка: `grader check deep/perceptron solution.py`."""

import numpy as np


def activation(name: str, x: np.ndarray, *, a: float = 0.1, beta: float = 0.25) -> np.ndarray:
    """f(x) поэлементно; `name` — одно из девяти имён из условия."""
    raise NotImplementedError("начните отсюда: формула для каждого имени, сначала те, где нет степеней e")


def activation_grad(name: str, x: np.ndarray, *, a: float = 0.1, beta: float = 0.25) -> np.ndarray:
    """f'(x) поэлементно; чему она равна в нуле, сказано в условии."""
    raise NotImplementedError("выпишите производную каждой формулы")


def prelu_beta_grad(x: np.ndarray) -> np.ndarray:
    """Производная параметрического ReLU по beta."""
    raise NotImplementedError("где в формуле стоит beta?")


def noisy_relu(x: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """max(0, x + sqrt(sigmoid(x)) noise); формы массивов одинаковы."""
    raise NotImplementedError("сигмоида — это дисперсия, поэтому корень")


def noisy_relu_grad(x: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """Производная noisy_relu по x при этом шуме."""
    raise NotImplementedError("x стоит в двух местах")


class Perceptron:
    """Слои Y = f(X W + b), последний без f."""

    def __init__(self, weights: list[np.ndarray], biases: list[np.ndarray], activation: str = "tanh") -> None:
        """Сохраните копии массивов в списках `weights` и `biases`."""
        raise NotImplementedError("проверьте формы, затем сохраните копии")

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Из X (n, m) в Y (n, k); запомните то, что понадобится в backward."""
        raise NotImplementedError("цикл по слоям")

    def backward(self, dY: np.ndarray) -> np.ndarray:
        """Из dY (n, k) в dX (n, m); списки weight_gradients и bias_gradients создаются заново."""
        raise NotImplementedError("цикл по слоям от последнего к первому")


class Residual:
    """Y = X + inner(X)."""

    def __init__(self, inner) -> None:
        raise NotImplementedError("сохраните его")

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Из X (n, m) в Y (n, m)."""
        raise NotImplementedError("сравните формы, прежде чем складывать")

    def backward(self, dY: np.ndarray) -> np.ndarray:
        """Из dY (n, m) в dX (n, m)."""
        raise NotImplementedError("сколькими путями X попадает в Y?")


def clip_global(grads: list[np.ndarray], c: float) -> list[np.ndarray]:
    """То же направление, а норма по всем массивам вместе не больше c."""
    raise NotImplementedError("одна норма на все массивы")


def clip_local(grads: list[np.ndarray], c: float) -> list[np.ndarray]:
    """Каждый элемент переводится в [-c, c]."""
    raise NotImplementedError("поэлементно")


def train(net, X: np.ndarray, Y: np.ndarray, rate: float, steps: int, clip: float | None = None) -> np.ndarray:
    """Градиентный спуск по среднеквадратичной ошибке; ошибка перед каждым шагом, (steps,)."""
    raise NotImplementedError("прямой проход, ошибка, обратный проход, шаг")


def permute_hidden(
    weights: list[np.ndarray], biases: list[np.ndarray], layer: int, order: np.ndarray
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Параметры той же функции: нейрон i скрытого слоя `layer` — это прежний нейрон order[i]."""
    raise NotImplementedError("что принадлежит нейрону?")


def interpolate(x: np.ndarray, y: np.ndarray) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Веса и сдвиги сети из ReLU с одним скрытым слоем, график которой — ломаная через данные точки."""
    raise NotImplementedError("как один нейрон max(0, x - x_i) меняет наклон?")
