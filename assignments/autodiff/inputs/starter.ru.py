"""Градиент по входу. Проверка: `grader check autodiff/inputs solution.py`.

Сети и потери — функции от тензоров; градиент по x вычисляет torch.autograd.grad.
"""

from torch import Tensor, nn


def fgsm(model, loss, x: Tensor, y: Tensor, eps: float, *, low=None, high=None, targeted: bool = False) -> Tensor:
    """x + eps * знак градиента loss(model(x), y) по x, с обрезкой по low и high."""
    raise NotImplementedError("начните отсюда: отделённая от графа копия x с requires_grad и torch.autograd.grad")


def features(network: nn.Sequential, x: Tensor, layers: list) -> list:
    """Выходы модулей с этими номерами в этом порядке."""
    raise NotImplementedError("пройдите модули один за другим; некоторые из них работают на месте")


def excitation(network: nn.Sequential, x: Tensor, layer: int, unit: int) -> Tensor:
    """Среднее того, что нейрон слоя выдаёт на x."""
    raise NotImplementedError("выход слоя даёт features; первая его ось — нейроны")


def dream(
    network: nn.Sequential, x: Tensor, layer: int, unit: int, *, rate: float = 0.1, steps: int = 20
) -> tuple[Tensor, Tensor]:
    """Последний x и возбуждения во всех точках от первой до последней."""
    raise NotImplementedError("x + rate * g / sqrt(среднее g^2); делите rate пополам, пока возбуждение не вырастет")


def gram(F: Tensor) -> Tensor:
    """F (c, h, w) -> (c, c): средние произведения каналов."""
    raise NotImplementedError("матрица, где каждая строка — канал, умножается на себя же транспонированную")


def content_loss(F: Tensor, P: Tensor) -> Tensor:
    """1/2 суммы (F - P)^2."""
    raise NotImplementedError("одна строка, когда проверено, что формы совпадают")


def content_gradient(F: Tensor, P: Tensor) -> Tensor:
    """Градиент content_loss по F, той же формы, что F."""
    raise NotImplementedError("одна строка")


def style_loss(F: Tensor, A: Tensor) -> Tensor:
    """1/(4 c^2) суммы (G - A)^2, где G — матрица Грама признаков F."""
    raise NotImplementedError("gram уже есть")


def style_gradient(F: Tensor, A: Tensor) -> Tensor:
    """Градиент style_loss по F, той же формы, что F."""
    raise NotImplementedError("сначала выведите его на бумаге, потом сравните с autograd")


def transfer(
    network: nn.Sequential,
    x: Tensor,
    content: Tensor,
    style: Tensor,
    *,
    content_layer: int,
    style_layers: list,
    weights: list | None = None,
    alpha: float = 1.0,
    beta: float = 1.0,
) -> tuple[Tensor, Tensor]:
    """Потери картинки x в целом и их градиент по x."""
    raise NotImplementedError("признаки трёх картинок, потери от них и torch.autograd.grad по x")
