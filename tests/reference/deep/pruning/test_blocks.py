"""Residual stacks by hand, against a chain of torch's modules, and pruned by brute force."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from reference.deep.pruning.blocks import ResidualStack, block_sizes, prune_blocks


class Times(nn.Module):
    """Multiplies by a number."""

    def __init__(self, factor):
        super().__init__()
        self.factor = nn.Parameter(torch.tensor(float(factor)))

    def forward(self, x):
        return self.factor * x


def stack_of(*factors):
    return ResidualStack([Times(factor) for factor in factors])


def test_by_hand():
    stack, X = stack_of(1.0, 0.0, -0.5), torch.tensor([[3.0, 4.0], [0.0, 0.0]])
    assert stack(X).tolist() == [[3.0, 4.0], [0.0, 0.0]]  # 2 * 1 * 0.5
    assert block_sizes(stack, X).tolist() == [2.5, 0.0, 2.5]
    pruned = prune_blocks(stack, X, 1)  # of the equal sizes the first goes
    assert [block.factor.item() for block in pruned.blocks] == [-0.5]


def test_against_hooks_of_torch():
    torch.manual_seed(2)
    stack = ResidualStack(nn.Sequential(nn.Conv2d(2, 2, 3, padding=1), nn.Tanh()) for _ in range(4)).double()
    added = []
    for block in stack.blocks:
        block.register_forward_hook(lambda _module, _inputs, output: added.append(output))
    X = torch.randn(5, 2, 6, 6, dtype=torch.float64)
    y = stack(X)
    torch.testing.assert_close(y, X + sum(added))
    expected = torch.stack([output.pow(2).sum(dim=(1, 2, 3)).sqrt().mean() for output in added]).detach()
    torch.testing.assert_close(block_sizes(stack, X), expected)


@pytest.mark.parametrize("keep", [1, 3, 5])
def test_pruning_by_brute_force(keep):
    torch.manual_seed(3)
    stack = ResidualStack(nn.Linear(4, 4) for _ in range(5))
    X = torch.randn(20, 4)
    sizes = block_sizes(stack, X).tolist()
    chosen = sorted(sorted(range(5), key=lambda number: (sizes[number], number))[5 - keep :])
    x = X
    for number in chosen:
        x = x + stack.blocks[number](x)
    torch.testing.assert_close(prune_blocks(stack, X, keep)(X), x)


def test_blocks_that_add_nothing_can_go_without_a_trace():
    torch.manual_seed(4)
    stack = ResidualStack(nn.Linear(3, 3) for _ in range(5))
    for number in (1, 4):
        for parameter in stack.blocks[number].parameters():
            nn.init.zeros_(parameter)
    X = torch.randn(8, 3)
    torch.testing.assert_close(prune_blocks(stack, X, 3)(X), stack(X))


def test_evaluation_mode_and_the_modes_of_before():
    torch.manual_seed(5)
    stack = ResidualStack(nn.Sequential(nn.Linear(3, 3), nn.BatchNorm1d(3), nn.Dropout()) for _ in range(2))
    stack.blocks[1].eval()
    modes = [module.training for module in stack.modules()]
    before, X = {name: value.clone() for name, value in stack.state_dict().items()}, torch.randn(6, 3)
    assert torch.equal(block_sizes(stack, X), block_sizes(stack, X))
    pruned = prune_blocks(stack, X, 2)
    for one in (stack, pruned):
        assert [module.training for module in one.modules()] == modes
        assert all(torch.equal(value, before[name]) for name, value in one.state_dict().items())


def test_the_modes_come_back_when_a_block_fails():
    stack = ResidualStack([nn.Linear(3, 3)])
    with pytest.raises(RuntimeError):
        block_sizes(stack, torch.ones(2, 4))
    assert stack.blocks[0].training


def test_the_copy_is_a_copy():
    stack, X = stack_of(1.0, 2.0), torch.ones(2, 2)
    pruned = prune_blocks(stack, X, 2)
    with torch.no_grad():
        pruned.blocks[0].factor.fill_(7.0)
    assert stack.blocks[0].factor == 1.0
    assert len(prune_blocks(stack, X, 1).blocks) == 1
    assert len(stack.blocks) == 2


def test_bad_arguments_are_named():
    stack, X = stack_of(1.0, 2.0), torch.ones(2, 2)
    for name, call in (
        ("blocks", lambda: ResidualStack([])),
        ("X", lambda: block_sizes(stack, torch.ones(0, 2))),
        ("X", lambda: prune_blocks(stack, torch.full((2, 2), torch.nan), 1)),
        ("keep", lambda: prune_blocks(stack, X, 0)),
        ("keep", lambda: prune_blocks(stack, X, 3)),
    ):
        with pytest.raises(ValueError, match=f"^{name} must"):
            call()
