"""Functional style: an explicit inverse, features of the frozen base computed once, steps without an optimiser."""

from copy import deepcopy
from functools import reduce

import torch
from torch import nn
from torch.nn.functional import log_softmax


def saliency(a, H=None):
    if H is None:
        return a.abs()
    if H.shape != (a.numel(), a.numel()):
        raise ValueError("H has a wrong shape")
    if bool((torch.linalg.eigvalsh(H) <= 0).any()):
        raise ValueError("H is not positive definite")
    return a.square().div(torch.inverse(H).diag())


def prune(a, scores, count):
    if scores.shape != a.shape:
        raise ValueError("scores have a wrong shape")
    if count < 0 or count > a.numel():
        raise ValueError("count is out of range")
    ranks = torch.argsort(torch.argsort(scores, stable=True))
    return a * (ranks >= count), ranks >= count


class ResidualStack(nn.Module):
    def __init__(self, blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)
        if not len(self.blocks):
            raise ValueError("blocks: at least one")

    def forward(self, x):
        return reduce(lambda state, block: state + block(state), self.blocks, x)


@torch.no_grad()
def block_sizes(stack, X):
    modes = {part: part.training for part in stack.modules()}
    stack.eval()
    sizes, state = torch.zeros(len(stack.blocks), dtype=X.dtype), X
    for i, block in enumerate(stack.blocks):
        after = state + block(state)
        change = block(state).reshape(len(X), -1)
        sizes[i] = change.pow(2).sum(1).sqrt().sum() / len(X)
        state = after
    for part, mode in modes.items():
        part.training = mode
    return sizes


def prune_blocks(stack, X, keep):
    if keep < 1 or keep > len(stack.blocks):
        raise ValueError("keep is out of range")
    ranks = torch.argsort(torch.argsort(block_sizes(stack, X), stable=True))
    result = deepcopy(stack)
    for i in reversed(range(len(ranks))):
        if ranks[i] < len(ranks) - keep:
            del result.blocks[i]
    return result


def _walk(model, prefix, wanted):
    total, known = 0, False
    for name, parameter in model.named_parameters():
        if name == prefix or name.startswith(prefix + "."):
            known = True
            total += parameter.numel()
            parameter.requires_grad_(wanted)
            if not wanted:
                parameter.grad = None
    if not known:
        raise ValueError("prefix: nothing is called " + prefix)
    return total


def freeze(model, prefix):
    return _walk(model, prefix, False)


def unfreeze(model, prefix):
    return _walk(model, prefix, True)


def transfer(base, head, X, y, *, head_steps, all_steps, rate):
    if head_steps < 0:
        raise ValueError("head_steps")
    if all_steps < 0:
        raise ValueError("all_steps")
    if not rate > 0:
        raise ValueError("rate")
    if y.shape != X.shape[:1]:
        raise ValueError("y")
    losses = []

    def step(outputs, trained):
        loss = -log_softmax(outputs, dim=1)[torch.arange(len(y)), y].mean()
        moves = torch.autograd.grad(loss, trained)
        with torch.no_grad():
            for parameter, move in zip(trained, moves):
                parameter.sub_(rate * move)
        losses.append(loss.item())

    for module in (base, head):
        module.requires_grad_(True).train()
    with torch.no_grad():
        features = base.eval()(X)
    for _ in range(head_steps):
        step(head(features), list(head.parameters()))
    base.train()
    for _ in range(all_steps):
        step(head(base(X)), [*base.parameters(), *head.parameters()])
    return torch.tensor(losses, dtype=X.dtype)
