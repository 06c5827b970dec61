"""Runs inside, beside the student's code: a network to be frozen, backward passes, first parameters.

It holds no secret, and what it returns is checked outside.
"""

import torch
from torch import nn

SEEN = []  # how many objects each forward pass of a network below was given


class Notes(nn.Module):
    """Lets everything through and notes how many objects it was."""

    def forward(self, x):
        SEEN.append(len(x))
        return x


def network(values):
    """A network whose dropout and statistics behave differently in training; its last part is in evaluation mode."""
    inputs, hidden, outputs = values["1.weight"].shape[1], len(values["1.bias"]), len(values["5.bias"])
    layers = nn.Sequential(
        Notes(),
        nn.Linear(inputs, hidden),
        nn.BatchNorm1d(hidden),
        nn.Tanh(),
        nn.Dropout(0.5),
        nn.Linear(hidden, outputs),
    ).double()
    layers.load_state_dict(values)
    layers[5].eval()
    layers[1].weight.requires_grad_(False)
    return layers


def doubling():
    """A network that doubles what it sees."""
    return Doubling()


class Doubling(nn.Module):
    """Twice its input."""

    def forward(self, x):
        return 2 * x


def in_place():
    """A network that writes into what it is given, as many do to save memory."""
    return nn.Sequential(nn.ReLU(inplace=True), Doubling())


def image_network(weight):
    """A convolution and the mean over each map, for images of one channel."""
    layers = nn.Sequential(
        Notes(), nn.Conv2d(1, len(weight), weight.shape[-1], bias=False), nn.AdaptiveAvgPool2d(1), nn.Flatten()
    ).double()
    layers[1].weight.data.copy_(weight)
    return layers


def state(layers):
    """All that embedding must leave as it was."""
    return {
        "values": {name: value.clone() for name, value in layers.state_dict().items()},
        "training": [module.training for module in layers.modules()],
        "requires_grad": [parameter.requires_grad for parameter in layers.parameters()],
        "gradients": [parameter.grad is not None for parameter in layers.parameters()],
        "gradients are recorded": torch.is_grad_enabled(),
    }


def embedding_tells(embed, layers, X):
    """What embed returns, and whether a gradient hangs on it."""
    found = embed(layers, X)
    return found, bool(found.requires_grad)


def passes():
    """The sizes of all batches since the last question."""
    seen = list(SEEN)
    SEEN.clear()
    return seen


def target_tells(target_distribution, q):
    """The target of a q that needs a gradient, and whether one goes through it."""
    found = target_distribution(q.clone().requires_grad_())
    return found, bool(found.requires_grad)


def loss_gradients(loss, p, q):
    """The gradient of a loss by its second argument."""
    q = q.clone().requires_grad_()
    loss(p, q).backward()
    return q.grad


def first_parameters(kind, sizes, seed):
    """The parameters that a new module draws from a generator with this seed."""
    module = kind(*sizes, rng=torch.Generator().manual_seed(seed))
    return {name: value.detach() for name, value in module.named_parameters()}


def first_parameters_in_a_row(kind, sizes, seed):
    """The parameters of two networks from one generator, and of two from PyTorch's own."""
    rng = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    made = [[kind(*sizes, rng=rng) for _ in range(2)], [kind(*sizes) for _ in range(2)]]
    return tuple([{name: value.detach() for name, value in one.named_parameters()} for one in row] for row in made)


def network_gradients(model, x, weights):
    """Gradients, by the parameters, of a weighted sum of everything that the network returns."""
    model.zero_grad()
    outputs = model(x)
    loss = sum((output * weight).sum() for output, weight in zip(outputs, weights, strict=True))
    if loss.requires_grad:
        loss.backward()
    return {name: value.grad for name, value in model.named_parameters()}
