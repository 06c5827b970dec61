"""Inception, ResNet, U-Net: fill in what is below.

Check the file at home with `grader check convolutions/blocks solution.py`.
"""

from torch import Tensor, nn


class Inception(nn.Module):
    """Four branches, put together along the channels: 1 x 1, 3 x 3, 5 x 5, pooling."""

    def __init__(self, c: int, c1: int, r3: int, c3: int, r5: int, c5: int, cp: int) -> None:
        raise NotImplementedError("start with super().__init__() and self.one = nn.Conv2d(c, c1, 1)")

    def forward(self, x: Tensor) -> Tensor:
        """(n, c, h, w) -> (n, c1 + c3 + c5 + cp, h, w)."""
        raise NotImplementedError("ReLU after each convolution, then torch.cat along the channels")


class ResidualBlock(nn.Module):
    """ReLU(F(x) + S(x)); attributes conv1, bn1, conv2, bn2, shortcut."""

    def __init__(self, c_in: int, c_out: int, stride: int = 1) -> None:
        raise NotImplementedError("shortcut is nn.Identity() where the shape stays")

    def forward(self, x: Tensor) -> Tensor:
        """(n, c_in, h, w) -> (n, c_out, ...), sides divided by the stride."""
        raise NotImplementedError("the last ReLU comes after the sum")


class UNet(nn.Module):
    """Scores of pixels; attributes down, bottom, up, merge, head."""

    def __init__(self, c_in: int, c_out: int, width: int = 8, depth: int = 2) -> None:
        raise NotImplementedError("a function that makes a pair of convolutions is of use")

    def forward(self, x: Tensor) -> Tensor:
        """(n, c_in, h, w) -> (n, c_out, h, w)."""
        raise NotImplementedError("keep the result of each down[i] for the way up")


def predict_mask(model: nn.Module, X: Tensor) -> Tensor:
    """Which scores of the model are above 0, in evaluation mode."""
    raise NotImplementedError("note the modes, model.eval(), torch.no_grad(), and give the modes back")
