"""Runs inside, beside the student's code: networks that note what they see, parts whose memory is watched.

It holds no secret, and what it returns is checked outside.
"""

import gc
import weakref

import torch
from torch import nn
from torch.utils.data import DataLoader


class Watched(nn.Module):
    """Tells what it is given, in which mode and whether gradients are recorded, before the network inside sees it."""

    def __init__(self, inside, note):
        super().__init__()
        self.inside, self.note = inside, note

    def forward(self, x):
        self.note(x.detach(), self.training, torch.is_grad_enabled())
        return self.inside(x)


def watched(inside, note, training):
    """A network that is watched, in training or in evaluation mode."""
    return Watched(inside, note).train(training)


def linear(weight, bias):
    """A linear layer with these values."""
    layer = nn.Linear(*reversed(weight.shape)).to(weight.dtype)
    layer.load_state_dict({"weight": weight, "bias": bias})
    return layer


def with_gradients(model, size):
    """The model, and gradients of this size that an earlier loop has left."""
    for parameter in model.parameters():
        parameter.grad = torch.full_like(parameter, size)
    return model


def network(values, dropout=0.0, training=True, frozen=False):
    """Linear, normalisation, tanh, dropout, linear; frozen: the normalisation alone is in evaluation mode."""
    hidden, inputs = values["0.weight"].shape
    layers = nn.Sequential(
        nn.Linear(inputs, hidden),
        nn.BatchNorm1d(hidden),
        nn.Tanh(),
        nn.Dropout(dropout),
        nn.Linear(hidden, len(values["4.bias"])),
    ).to(values["0.weight"].dtype)
    layers.load_state_dict(values)
    layers.train(training)
    if frozen:
        layers[1].eval()
    return layers


def wrapped(model):
    """The model as a part of another one: its layers are parts of a part."""
    return nn.Sequential(model)


def first_values(kind, sizes, seed, own):
    """The parameters of two modules made one after the other, and what PyTorch's own generator gives afterwards.

    They are given a generator with this seed, none where it is None; PyTorch's own is seeded with ``own``.
    """
    torch.manual_seed(own)
    named = {"rng": torch.Generator().manual_seed(seed)} if seed is not None else {}
    modules = [kind(*sizes, **named) for _ in range(2)]
    return *[{name: value.detach() for name, value in one.named_parameters()} for one in modules], torch.rand(3)


def loaded(parts, size):
    """The batches that PyTorch's loader makes of a data set."""
    return [(X, y) for X, y in DataLoader(parts, batch_size=size)]


def written_over(parts, index):
    """The object with this index once more, after a first copy of it was written over."""
    x, y = parts[index]
    x += 1000
    y += 1000
    return parts[index]


class Disk:
    """Parts of so many objects, the X of each in memory of its own.

    At each read it is noted how many of the parts that were given before are still in memory.
    """

    def __init__(self, sizes, width=8):
        self.ends, self.width = torch.tensor(sizes).cumsum(0).tolist(), width
        self.sizes, self.given, self.alive = sizes, [], []

    def __call__(self, number):
        gc.collect()
        self.alive.append(sum(part() is not None for part in self.given))
        first = self.ends[number] - self.sizes[number]
        ids = torch.arange(first, self.ends[number])
        X = ids.double()[:, None].repeat(1, self.width).numpy()
        self.given.append(weakref.ref(X))
        return torch.from_numpy(X), ids


def kept_from_parts(kind, sizes):
    """How many earlier parts were in memory at each read, while all objects of a data set were kept."""
    disk = Disk(sizes)
    parts = kind(disk, list(sizes))
    kept = [parts[index] for index in range(sum(sizes))]
    return len(kept), disk.alive


def kept_from_batches(batches, sizes, batch, seed):
    """The same while all batches were kept, and how many of them hold more memory than they show."""
    disk = Disk(sizes)
    kept = list(batches(disk, list(sizes), batch, torch.Generator().manual_seed(seed)))
    larger = sum(any(one.untyped_storage().nbytes() > one.nbytes for one in pair) for pair in kept)
    return sum(len(y) for _, y in kept), disk.alive, larger


def orders(batches, sizes, batch, seed, own, epochs):
    """The order of objects in so many epochs from one generator, and what PyTorch's own gives afterwards."""
    torch.manual_seed(own)
    rng, pairs = torch.Generator().manual_seed(seed), torch.arange(sum(sizes)).split(list(sizes))
    rows = [
        torch.cat([y for _, y in batches(lambda k: (pairs[k].double(), pairs[k]), list(sizes), batch, rng)])
        for _ in range(epochs)
    ]
    return torch.stack(rows), torch.rand(3)


def fitted(fit, model, seed, own, **given):
    """The history of a training whose generator has this seed, and what PyTorch's own gives afterwards."""
    torch.manual_seed(own)
    history = fit(model, rng=torch.Generator().manual_seed(seed), **given)
    return history, torch.rand(3)


def classifier(values):
    """A network with normalisation and dropout for images of 64 pixels."""
    layers = nn.Sequential(nn.Linear(64, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Dropout(0.2), nn.Linear(32, 10))
    layers.load_state_dict(values)
    return layers
