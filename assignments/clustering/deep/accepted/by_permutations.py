"""The same in another style: a copy of the network, numpy's k-means, all permutations, torch's own losses."""

import copy
from itertools import permutations

import numpy as np
import torch
import torch.nn.functional as F
from torch.nn import Linear, Module, Parameter, ReLU, Sequential


def need(condition, name):
    if not condition:
        raise ValueError(f"{name} is wrong")


def is_matrix(value, columns=None):
    return value.ndim == 2 and value.numel() > 0 and bool(value.isfinite().all()) and columns in (None, value.size(1))


def embed(network, X, batch_size=256):
    need(len(X) > 0 and bool(X.isfinite().all()), "X")
    need(batch_size >= 1, "batch_size")
    twin = copy.deepcopy(network).eval().requires_grad_(False)
    parts = []
    for begin in range(0, len(X), batch_size):
        parts.append(twin(X[begin : begin + batch_size].clone()))
    return torch.vstack(parts)


def kmeans(z, k):
    need(is_matrix(z), "z")
    need(1 <= k <= len(z), "k")
    rows = z.detach().numpy()
    near = ((rows - rows[0]) ** 2).sum(axis=1)
    centers = [rows[0]]
    for _ in range(k - 1):
        centers.append(rows[np.argmax(near)])
        near = np.minimum(near, ((rows - centers[-1]) ** 2).sum(axis=1))
    labels = None
    while True:
        table = np.stack([((rows - center) ** 2).sum(axis=1) for center in centers])
        if labels is not None and (table.argmin(axis=0) == labels).all():
            return torch.tensor(np.array(centers)), torch.tensor(labels)
        labels = table.argmin(axis=0)
        centers = [rows[labels == j].mean(axis=0) if j in labels else centers[j] for j in range(k)]


def two_stage(network, X, k):
    z = embed(network, X)
    need(1 <= k <= len(z), "k")
    return kmeans(z, k)[1]


def clustering_accuracy(labels, classes):
    whole = (torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8)
    need(labels.ndim == 1 and len(labels) > 0 and labels.dtype in whole, "labels")
    need(classes.shape == labels.shape and classes.dtype in whole, "classes")
    mine, theirs = labels.tolist(), classes.tolist()
    rows, columns = sorted(set(mine)), sorted(set(theirs))
    counts = np.zeros((len(rows), len(columns)), dtype=int)
    for a, b in zip(mine, theirs):
        counts[rows.index(a), columns.index(b)] += 1
    if len(rows) > len(columns):
        counts = counts.T
    order = np.arange(len(counts))
    choices = np.array(list(permutations(range(counts.shape[1]), len(counts))))
    return float(counts[order, choices].sum(axis=1).max() / len(mine))


def soft_assignment(z, centers, alpha=1.0):
    need(is_matrix(z), "z")
    need(is_matrix(centers, z.size(1)), "centers")
    need(alpha > 0, "alpha")
    columns = [(z - center).pow(2).sum(dim=1) for center in centers]
    logarithms = torch.stack(columns, dim=1).div(alpha).log1p() * (-(alpha + 1) / 2)
    return (logarithms - logarithms.logsumexp(dim=1, keepdim=True)).exp()


def target_distribution(q):
    need(is_matrix(q), "q")
    with torch.no_grad():
        sharp = torch.nan_to_num(q * (q / q.sum(dim=0, keepdim=True)))
        return F.normalize(sharp, p=1, dim=1)


def clustering_loss(p, q):
    need(is_matrix(p), "p")
    need(is_matrix(q) and q.shape == p.shape, "q")
    present = p > 0
    return (p[present] * (p[present].log() - q[present].log())).sum() / p.size(0)


def reconstruction_loss(x, restored):
    need(is_matrix(x), "x")
    need(is_matrix(restored) and restored.shape == x.shape, "restored")
    return F.mse_loss(restored, x) * x.size(1)


class DeepClustering(Module):
    def __init__(self, n_features, n_hidden, n_latent, n_clusters, *, rng=None):
        super().__init__()
        for name, size in (
            ("n_features", n_features),
            ("n_hidden", n_hidden),
            ("n_latent", n_latent),
            ("n_clusters", n_clusters),
        ):
            need(isinstance(size, int) and size >= 1, name)
        self.encoder = Sequential(Linear(n_features, n_hidden), ReLU(), Linear(n_hidden, n_latent))
        self.decoder = Sequential(Linear(n_latent, n_hidden), ReLU(), Linear(n_hidden, n_features))
        self.centers = Parameter(torch.zeros(n_clusters, n_latent))
        for layer in [*self.encoder, *self.decoder]:
            if isinstance(layer, Linear):
                for value in layer.parameters():
                    value.data = (torch.rand(value.shape, generator=rng) - 0.5) * 2 / layer.in_features**0.5

    def forward(self, x):
        need(is_matrix(x, self.encoder[0].in_features), "x")
        codes = self.encoder(x)
        return codes, self.decoder(codes), soft_assignment(codes, self.centers)


def checked(model, X):
    need(is_matrix(X, model.encoder[0].in_features), "X")
    return X


def train(model, X, steps, *, rate=0.01, weight=0.1, refresh=10):
    checked(model, X)
    need(steps >= 1, "steps")
    need(rate > 0, "rate")
    need(weight >= 0, "weight")
    need(refresh >= 1, "refresh")
    optimizer, losses, until = torch.optim.Adam(model.parameters(), rate), [], 0
    while len(losses) < steps:
        if until == 0:
            p, until = target_distribution(model(X)[2]), refresh
        codes, restored, q = model(X)
        loss = reconstruction_loss(X, restored) + weight * clustering_loss(p, q)
        losses.append(float(loss))
        model.zero_grad()
        loss.backward()
        optimizer.step()
        until -= 1
    return torch.tensor(losses, dtype=X.dtype)


def start_centers(model, X):
    need(len(checked(model, X)) >= len(model.centers), "X")
    centers, labels = kmeans(model.encoder(X), len(model.centers))
    model.centers.data[:] = centers
    return labels


def assign(model, X):
    return torch.tensor([int(np.argmax(row)) for row in model(checked(model, X))[2].tolist()])
