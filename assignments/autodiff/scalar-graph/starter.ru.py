"""Скалярные графы вычислений. Проверка: `grader check autodiff/scalar-graph solution.py`."""


class Value:
    """Число в динамическом графе с атрибутами `data` и `grad`."""

    def __init__(self, data: float) -> None:
        raise NotImplementedError("начните отсюда: сохраните число, а для результатов операций запоминайте родителей")


class StaticGraph:
    """Граф функции от n_inputs чисел: строится один раз, вычисляется много раз."""

    def __init__(self, function, n_inputs: int) -> None:
        raise NotImplementedError("вызовите функцию один раз от символов, которые записывают, что с ними делают")

    def forward(self, inputs: list[float]) -> float:
        """Значение функции в точке inputs."""
        raise NotImplementedError("пройдите записанные операции по порядку")

    def backward(self) -> list[float]:
        """Производная по каждому входу в точке последнего forward."""
        raise NotImplementedError("пройдите их в обратном порядке")


def forward_derivative(function, inputs: list[float], index: int) -> tuple[float, float]:
    """Значение функции и её производная по одному входу за один вызов функции."""
    raise NotImplementedError("вызовите функцию от дуальных чисел")
