"""LeNet, AlexNet, VGG: fill in what is below.

Check the file at home with `grader check convolutions/architectures solution.py`.
"""

from torch import Tensor, nn


class LeNet5(nn.Module):
    """Scores (n, 10) of grey pictures (n, 1, 32, 32); layers c1, c3, c5, f6, output."""

    def __init__(self) -> None:
        raise NotImplementedError("start with super().__init__() and self.c1 = nn.Conv2d(...)")

    def forward(self, x: Tensor) -> Tensor:
        """Convolution, tanh, mean of 2 x 2, twice; then the linear maps."""
        raise NotImplementedError("check the shape of x, then go through the table of the statement")


def trace(config: list, shape: tuple) -> list:
    """(kind, shape behind the layer, number of its parameters) for each layer."""
    raise NotImplementedError("carry the shape along, layer by layer")


def count(config: list, shape: tuple) -> int:
    """The number of parameters, without building anything."""
    raise NotImplementedError("trace has the parameters of each layer")


def build(config: list, shape: tuple) -> nn.Sequential:
    """The network itself, a module for each layer."""
    raise NotImplementedError("the shape before a layer tells its input channels")


def alexnet() -> list:
    """AlexNet in one tower."""
    raise NotImplementedError("a list of tuples, ReLU after each layer with parameters but the last")


def vgg(depth: int) -> list:
    """VGG-16 or VGG-19."""
    raise NotImplementedError("how many convolutions has each of the five blocks?")
