"""Pruning and freezing: fill in the bodies below.

Check the file at home with `grader check deep/pruning solution.py`.
"""

from torch import Tensor, nn


def saliency(a: Tensor, H: Tensor | None = None) -> Tensor:
    """a_i^2 / [H^-1]_ii for weights a (p,) and a Hessian H (p, p); |a_i| without H."""
    raise NotImplementedError("the diagonal of the inverse matrix")


def prune(a: Tensor, scores: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """a (p,) with zeros for the count smallest scores (p,), and bools (p,): which weights stay."""
    raise NotImplementedError("which sort leaves equal scores in the order of their indices")


class ResidualStack(nn.Module):
    """x <- x + block(x) for all blocks, which lie in the attribute blocks, an nn.ModuleList."""

    def __init__(self, blocks: list[nn.Module]) -> None:
        raise NotImplementedError("start with super().__init__()")

    def forward(self, x: Tensor) -> Tensor:
        """The state after the last block, of the shape of x."""
        raise NotImplementedError("one block after another")


def block_sizes(stack: nn.Module, X: Tensor) -> Tensor:
    """The mean norm (k,) of what each block adds for the objects X (n, ...), in evaluation mode."""
    raise NotImplementedError("note the modes of all modules first")


def prune_blocks(stack: nn.Module, X: Tensor, keep: int) -> ResidualStack:
    """A copy of the stack with the blocks that have the keep largest sizes, in their order."""
    raise NotImplementedError("sort the sizes as in prune")


def freeze(model: nn.Module, prefix: str) -> int:
    """Parameters below prefix want no gradients; returns how many numbers they hold."""
    raise NotImplementedError("go through model.named_parameters()")


def unfreeze(model: nn.Module, prefix: str) -> int:
    """Parameters below prefix want gradients again; returns how many numbers they hold."""
    raise NotImplementedError("the same parameters as in freeze")


def transfer(
    base: nn.Module, head: nn.Module, X: Tensor, y: Tensor, *, head_steps: int, all_steps: int, rate: float
) -> Tensor:
    """Trains head(base(X)) for the classes y: first the head alone, then all; returns the losses before each step."""
    raise NotImplementedError("which mode has the base in the first phase, which gradients are there before it")
