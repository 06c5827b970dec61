"""Runs inside, beside the student's module: backward passes through their function, models for their table of layers.

It holds no secret, and what it returns is checked outside.
"""

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

__all__ = [
    "Broken",
    "Graphless",
    "Shifted",
    "Steps",
    "changed_meanwhile",
    "first",
    "hooked",
    "left",
    "needed",
    "nn",
    "second",
    "through",
    "tie",
    "trained",
    "two_calls",
]


class Steps(nn.Module):
    """Modules by name, registered in the order of the dict; they run in that of the list, which may repeat names."""

    def __init__(self, modules, order):
        super().__init__()
        for name, module in modules.items():
            self.add_module(name, module)
        self.order = order

    def forward(self, x):
        for name in self.order:
            x = self.get_submodule(name)(x)
        return x


class Shifted(nn.Module):
    """A module within, and beside it a parameter of its own that is added to what comes out."""

    def __init__(self, inner, size):
        super().__init__()
        self.inner = inner
        self.shift = nn.Parameter(torch.zeros(size))

    def forward(self, x):
        return self.inner(x) + self.shift


class Broken(nn.Module):
    """A module that cannot be run."""

    def forward(self, x):
        raise ZeroDivisionError("this module cannot be run")


class Graphless(nn.Module):
    """A module that lets through all columns but the last one where a graph is built, else all."""

    def forward(self, x):
        return x[:, :-1] if torch.is_grad_enabled() else x


class Counter(TorchFunctionMode):
    """Counts the calls of torch's functions."""

    calls = 0

    def __torch_function__(self, function, types, args=(), kwargs=None):
        self.calls += 1
        return function(*args, **(kwargs or {}))


def first(kind, tensors, scale, cotangent):
    """The result, the gradients of its weighted sum, and whether the student's function computed it."""
    leaves = [tensor.clone().requires_grad_() for tensor in tensors]
    y = kind.apply(*leaves, scale)
    return y.detach(), slopes((y * cotangent).sum(), leaves), is_made_by(kind, y)


def through(kind, function, tensors, scale, cotangent):
    """As `first`, of the function that is called instead of the class."""
    leaves = [tensor.clone().requires_grad_() for tensor in tensors]
    y = function(*leaves, scale)
    return slopes((y * cotangent).sum(), leaves), is_made_by(kind, y)


def second(kind, tensors, scale, cotangent, weights):
    """The gradients of a weighted sum of all gradients, by the arguments and by the gradient from above."""
    leaves = [tensor.clone().requires_grad_() for tensor in (*tensors, cotangent)]
    y = kind.apply(*leaves[:3], scale)
    grads = torch.autograd.grad(y, leaves[:3], leaves[3], create_graph=True)
    total = sum((grad * weight).sum() for grad, weight in zip(grads, weights, strict=True))
    return slopes(total, leaves), is_made_by(kind, y)


def two_calls(kind, calls, cotangents):
    """The gradients of two calls, the second made before the first has gone back."""
    leaves = [[tensor.clone().requires_grad_() for tensor in tensors] for tensors, _ in calls]
    results = [kind.apply(*own, scale) for own, (_, scale) in zip(leaves, calls, strict=True)]
    totals = [(y * cotangent).sum() for y, cotangent in zip(results, cotangents, strict=True)]
    return [slopes(total, own) for total, own in zip(totals, leaves, strict=True)], is_made_by(kind, results[0])


def needed(kind, tensors, wanted, scale):
    """Where some arguments need no gradient: whether each value of backward is one, and how many calls it has made."""
    seen, counter = [], Counter()

    class Seen(kind):
        @staticmethod
        def backward(ctx, *grads):
            with counter:
                result = kind.backward(ctx, *grads)
            seen.append([part is not None for part in result])
            return result

    leaves = [tensor.clone().requires_grad_(wants) for tensor, wants in zip(tensors, wanted, strict=True)]
    Seen.apply(*leaves, scale).sum().backward()
    return seen, counter.calls


def changed_meanwhile(kind, tensors, scale):
    """Whether the backward pass is refused when x was changed after the call."""
    leaves = [tensor.clone().requires_grad_() for tensor in tensors]
    y = kind.apply(*leaves, scale)
    with torch.no_grad():
        leaves[0].add_(1.0)
    try:
        y.sum().backward()
    except RuntimeError:
        return True
    return False


def slopes(total, leaves):
    """The gradients by the leaves; None where none flows."""
    return list(torch.autograd.grad(total, leaves, allow_unused=True)) if total.requires_grad else [None] * len(leaves)


def is_made_by(kind, y):
    """Whether the graph of a result goes through the student's function."""
    waiting, seen = [y.grad_fn], set()
    while waiting:
        node = waiting.pop()
        if node is None or node in seen:
            continue
        if getattr(type(node), "_forward_cls", None) is kind:
            return True
        seen.add(node)
        waiting.extend(previous for previous, _ in node.next_functions)
    return False


def tie(model, name, other):
    """The weight of one module becomes that of another one too."""
    model.get_submodule(other).weight = model.get_submodule(name).weight


def trained(model, x, cotangent):
    """The gradients of the parameters by name, computed as a training loop does; none where no graph is built."""
    total = (model(x) * cotangent).sum()
    if not total.requires_grad:
        return {}
    total.backward()
    return {name: parameter.grad for name, parameter in model.named_parameters()}


def hooked(model, name):
    """A module gets a forward hook of its own."""
    model.get_submodule(name).register_forward_hook(lambda *call: None)


def left(model):
    """The number of hooks of each module, and of those for all modules of torch."""
    kinds = ("_forward_hooks", "_forward_pre_hooks", "_backward_hooks", "_backward_pre_hooks")
    hooks = {name: sum(len(getattr(module, kind)) for kind in kinds) for name, module in model.named_modules()}
    return hooks, len(nn.modules.module._global_forward_hooks)
