"""Another way round: hooks for the features, backward into one leaf only, torch.func and einsum."""

import math

import torch


def must(good, name):
    if not good:
        raise ValueError(f"the argument {name} is not suitable")


def numbers(name, tensor, axes=None):
    must(torch.is_tensor(tensor) and torch.is_floating_point(tensor) and tensor.nelement() > 0, name)
    must(axes is None or tensor.ndim == axes, name)
    must(not (torch.isnan(tensor) | torch.isinf(tensor)).any(), name)


def at_least_zero(name, number):
    must(number >= 0 and math.isfinite(number), name)


def has(network, name, *layers):
    must(len(layers) > 0 and min(layers) >= 0 and max(layers) < len(network), name)


def fgsm(model, loss, x, y, eps, *, low=None, high=None, targeted=False):
    numbers("x", x)
    at_least_zero("eps", eps)
    if low is not None and high is not None:
        must(low <= high, "low")
    must(low is None or bool((x >= low).all()), "x")
    must(high is None or bool((x <= high).all()), "x")

    def scalar(place):
        value = loss(model(place), y)
        must(value.ndim == 0, "loss")
        return -value if targeted else value

    g = torch.func.grad(scalar)(x.detach())
    moved = x.detach() + eps * ((g > 0).to(x.dtype) - (g < 0).to(x.dtype))
    if low is not None:
        moved = torch.where(moved < low, torch.full_like(moved, low), moved)
    if high is not None:
        moved = torch.where(moved > high, torch.full_like(moved, high), moved)
    return moved


def features(network, x, layers):
    numbers("x", x)
    has(network, "layers", *layers)
    seen = {}

    def keep(number):
        def hook(module, given, output):
            seen[number] = output.clone()

        return hook

    handles = [network[number].register_forward_hook(keep(number)) for number in set(layers)]
    try:
        network[: max(layers) + 1](x.clone())
    finally:
        for handle in handles:
            handle.remove()
    return [seen[number] for number in layers]


def excitation(network, x, layer, unit):
    has(network, "layer", layer)
    output = features(network, x, [layer])[0]
    must(0 <= unit < output.size(0), "unit")
    return output.narrow(0, unit, 1).sum() * output.size(0) / output.nelement()


def climb(function, x):
    """The value and the gradient, which arrives in a leaf of our own."""
    leaf = x.detach().clone().requires_grad_(True)
    value = function(leaf)
    value.backward(inputs=[leaf])
    return value.detach(), leaf.grad


def dream(network, x, layer, unit, *, rate=0.1, steps=20):
    numbers("x", x)
    must(rate > 0, "rate")
    must(steps >= 1, "steps")
    here = x.detach().clone()
    value, g = climb(lambda place: excitation(network, place, layer, unit), here)
    history, left, failures = [value], steps, 0
    while left > 0 and failures <= 20 and bool(g.abs().max() > 0):
        candidate = here + rate * g * math.sqrt(g.nelement()) / g.norm()
        higher, slope = climb(lambda place: excitation(network, place, layer, unit), candidate)
        if higher > value:
            here, value, g, failures = candidate, higher, slope, 0
            history.append(value)
            left -= 1
        else:
            rate, failures = rate / 2, failures + 1
    return here, torch.tensor([float(entry) for entry in history], dtype=x.dtype)


def gram(F):
    numbers("F", F, 3)
    return torch.einsum("ihw,jhw->ijhw", F, F).mean(dim=(2, 3))


def content_loss(F, P):
    numbers("F", F, 3)
    numbers("P", P, 3)
    must(F.shape == P.shape, "P")
    return 0.5 * torch.dist(F, P) ** 2 if not F.requires_grad else ((F - P) * (F - P)).sum().div(2)


def content_gradient(F, P):
    content_loss(F, P)
    return torch.sub(F, P)


def style_loss(F, A):
    numbers("F", F, 3)
    numbers("A", A, 2)
    must(A.shape == (F.size(0), F.size(0)), "A")
    return (gram(F) - A).pow(2).mean() / 4


def style_gradient(F, A):
    return climb(lambda place: style_loss(place, A), F)[1]


def transfer(
    network, x, content, style, *, content_layer, style_layers, weights=None, alpha=1.0, beta=1.0
):
    numbers("x", x, 3)
    numbers("content", content, 3)
    numbers("style", style, 3)
    must(content.shape == x.shape, "content")
    must(style.size(0) == x.size(0), "style")
    has(network, "content_layer", content_layer)
    has(network, "style_layers", *style_layers)
    if weights is None:
        weights = [1.0 / len(style_layers) for _ in style_layers]
    must(len(weights) == len(style_layers), "weights")
    for weight in weights:
        at_least_zero("weights", weight)
    at_least_zero("alpha", alpha)
    at_least_zero("beta", beta)
    P = features(network, content, [content_layer])[0].detach()
    wanted = [gram(F.detach()) for F in features(network, style, style_layers)]

    def whole(place):
        value = alpha * content_loss(features(network, place, [content_layer])[0], P)
        for layer, A, weight in zip(style_layers, wanted, weights):
            value = value + beta * weight * style_loss(features(network, place, [layer])[0], A)
        return value

    return climb(whole, x)
