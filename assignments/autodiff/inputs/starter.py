"""Gradients on the input. Check it with `grader check autodiff/inputs solution.py`.

Networks and losses are functions of tensors; the gradient by x comes from torch.autograd.grad.
"""

from torch import Tensor, nn


def fgsm(model, loss, x: Tensor, y: Tensor, eps: float, *, low=None, high=None, targeted: bool = False) -> Tensor:
    """x + eps * sign of the gradient of loss(model(x), y) by x, cut off at low and high."""
    raise NotImplementedError("start here: a detached copy of x that wants a gradient, and torch.autograd.grad")


def features(network: nn.Sequential, x: Tensor, layers: list) -> list:
    """The outputs of the modules with these numbers, in this order."""
    raise NotImplementedError("walk through the modules one by one; some of them work in place")


def excitation(network: nn.Sequential, x: Tensor, layer: int, unit: int) -> Tensor:
    """The mean of what a unit of a layer puts out for x."""
    raise NotImplementedError("features has the layer's output; its first axis are the units")


def dream(
    network: nn.Sequential, x: Tensor, layer: int, unit: int, *, rate: float = 0.1, steps: int = 20
) -> tuple[Tensor, Tensor]:
    """The last x, and the excitations at all points from the first to the last."""
    raise NotImplementedError("x + rate * g / sqrt(mean of g^2); halve the rate until the excitation rises")


def gram(F: Tensor) -> Tensor:
    """F (c, h, w) -> (c, c): mean products of channels."""
    raise NotImplementedError("a matrix with a channel a row, times its own transpose")


def content_loss(F: Tensor, P: Tensor) -> Tensor:
    """1/2 of the sum of (F - P)^2."""
    raise NotImplementedError("one line, once the shapes are known to agree")


def content_gradient(F: Tensor, P: Tensor) -> Tensor:
    """The gradient of content_loss by F, in the shape of F."""
    raise NotImplementedError("one line")


def style_loss(F: Tensor, A: Tensor) -> Tensor:
    """1/(4 c^2) of the sum of (G - A)^2, G being the Gram matrix of F."""
    raise NotImplementedError("gram is there already")


def style_gradient(F: Tensor, A: Tensor) -> Tensor:
    """The gradient of style_loss by F, in the shape of F."""
    raise NotImplementedError("derive it on paper first, and compare it with autograd")


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
    """The whole loss of the picture x, and its gradient by x."""
    raise NotImplementedError("features of the three pictures, their losses, and torch.autograd.grad by x")
