"""Saliency as twice the rise of a quadratic, sizes by hooks, transfer by one optimiser over all parameters."""

import copy

import torch
from torch import nn


def saliency(a, H=None):
    if H is None:
        return torch.maximum(a, -a)
    if list(H.shape) != [len(a)] * 2 or torch.linalg.eigvalsh(H)[0] <= 0:
        raise ValueError("H: a positive definite matrix is needed, as large as a")
    rises = []
    for i in range(len(a)):
        others = [j for j in range(len(a)) if j != i]
        d = torch.zeros_like(a)
        d[i] = -a[i]
        d[others] = torch.linalg.solve(H[others][:, others], a[i] * H[others, i])
        rises.append(d @ H @ d)
    return torch.stack(rises)


def prune(a, scores, count):
    if len(scores) != len(a):
        raise ValueError("scores: one for each weight")
    if not 0 <= count <= len(a):
        raise ValueError("count is not from 0 to p")
    values = scores.tolist()
    gone = sorted(range(len(a)), key=lambda i: (values[i], i))[:count]
    kept = torch.tensor([i not in gone for i in range(len(a))], dtype=torch.bool)
    return a.clone().masked_fill(~kept, 0), kept


class ResidualStack(nn.Module):
    def __init__(self, blocks):
        super().__init__()
        if not blocks:
            raise ValueError("blocks are missing")
        self.blocks = nn.ModuleList()
        for block in blocks:
            self.blocks.append(block)

    def forward(self, x):
        total = x
        for block in self.blocks:
            total = torch.add(block(total), total)
        return total


def block_sizes(stack, X):
    sizes = {}

    def hook(number):
        def note(module, inputs, output):
            sizes[number] = sum(torch.linalg.vector_norm(one) for one in output) / len(output)

        return note

    model = copy.deepcopy(stack).train(False)
    for number, block in enumerate(model.blocks):
        block.register_forward_hook(hook(number))
    with torch.inference_mode():
        model(X)
    return torch.tensor([sizes[number].item() for number in range(len(sizes))], dtype=X.dtype)


def prune_blocks(stack, X, keep):
    if not 1 <= keep <= len(stack.blocks):
        raise ValueError("keep is not from 1 to k")
    sizes = block_sizes(stack, X).tolist()
    left = list(range(len(sizes)))
    while len(left) > keep:
        left.remove(min(left, key=lambda number: sizes[number]))
    pruned = ResidualStack([copy.deepcopy(stack.blocks[number]) for number in left])
    pruned.training = stack.training
    return pruned


def chosen(model, prefix):
    parts = prefix.split(".")
    found = [p for name, p in model.named_parameters() if name.split(".")[: len(parts)] == parts]
    if not found:
        raise ValueError(f"no parameter has the prefix {prefix}")
    return found


def freeze(model, prefix):
    total = 0
    for parameter in chosen(model, prefix):
        parameter.requires_grad, parameter.grad = False, None
        total += parameter.numel()
    return total


def unfreeze(model, prefix):
    return sum(parameter.requires_grad_().numel() for parameter in chosen(model, prefix))


def transfer(base, head, X, y, *, head_steps, all_steps, rate):
    for name, value in (("head_steps", head_steps), ("all_steps", all_steps)):
        if value < 0:
            raise ValueError(name + " is negative")
    if rate <= 0:
        raise ValueError("rate is not positive")
    if len(X) != len(y):
        raise ValueError("y has another length than X")
    model = nn.Sequential(base, head)
    model.requires_grad_(True)
    model.train()
    optimizer, losses = torch.optim.SGD(model.parameters(), lr=rate), []
    base.requires_grad_(False)
    base.eval()
    for number in range(head_steps + all_steps):
        if number == head_steps:
            model.train().requires_grad_(True)
        optimizer.zero_grad(set_to_none=True)
        loss = nn.CrossEntropyLoss()(model(X), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    model.train().requires_grad_(True)
    return torch.stack(losses) if losses else X.new_zeros(0)
