"""Scalar computation graphs. Check it with `grader check autodiff/scalar-graph solution.py`."""


class Value:
    """A number in a dynamic graph, with `data` and `grad`."""

    def __init__(self, data: float) -> None:
        raise NotImplementedError("start here: keep the number, and remember the parents of what operators make")


class StaticGraph:
    """The graph of a function of n_inputs numbers: built once, run many times."""

    def __init__(self, function, n_inputs: int) -> None:
        raise NotImplementedError("call the function once with symbols that record what is done to them")

    def forward(self, inputs: list[float]) -> float:
        """The function's value at these inputs."""
        raise NotImplementedError("go through the recorded operations in their order")

    def backward(self) -> list[float]:
        """The derivative by each input, at the inputs of the last forward."""
        raise NotImplementedError("go through them backwards")


def forward_derivative(function, inputs: list[float], index: int) -> tuple[float, float]:
    """The function's value and its derivative by one input, in one call of the function."""
    raise NotImplementedError("call the function with dual numbers")
