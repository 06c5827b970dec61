"""Plain loops, one object at a time; networks are copied, and parts of them run by a pre-hook of their own."""

import copy

import torch
from torch import nn


def triplet_loss(a, p, n, margin):
    for name, other in (("p", p), ("n", n)):
        if other.shape != a.shape:
            raise ValueError(f"{name}: another shape than a")
    if margin < 0:
        raise ValueError("margin is negative")
    total = 0
    for i in range(len(a)):
        loss = torch.linalg.vector_norm(a[i] - p[i]) - torch.linalg.vector_norm(a[i] - n[i]) + margin
        total = total + (loss if loss > 0 else 0 * loss)
    return total / len(a)


def triplets(labels, count, rng):
    classes = labels.tolist()
    friends = {i: [j for j, c in enumerate(classes) if c == classes[i] and j != i] for i in range(len(classes))}
    others = {i: [j for j, c in enumerate(classes) if c != classes[i]] for i in range(len(classes))}
    anchors = [i for i in friends if friends[i] and others[i]]
    if not anchors:
        raise ValueError("labels: no triple fits")
    if count < 1:
        raise ValueError("count is below 1")

    def pick(items):
        return items[int(torch.randint(0, len(items), (), generator=rng))]

    rows = []
    for _ in range(count):
        anchor = pick(anchors)
        rows.append([anchor, pick(friends[anchor]), pick(others[anchor])])
    return torch.tensor(rows)


def descend(net, rate, steps, loss_of):
    if not rate > 0:
        raise ValueError("rate is not positive")
    optimizer, losses = torch.optim.Adam(net.parameters(), lr=rate), []
    net.train()
    for step in range(steps):
        net.zero_grad()
        loss = loss_of(step)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return torch.tensor(losses, dtype=loss.dtype)


def train_siamese(net, X, triples, loss, rate):
    if triples.dim() != 3 or triples.shape[2] != 3 or triples.min() < 0 or triples.max() >= len(X):
        raise ValueError("triples are not (steps, k, 3) indices")
    return descend(net, rate, len(triples), lambda step: loss(*net(X[triples[step].T.flatten()]).chunk(3)))


class OneShot:
    def __init__(self, net):
        self.net = copy.deepcopy(net).eval()
        self.centroids = {}

    def vectors(self, objects):
        with torch.no_grad():
            return [self.net(one[None])[0] for one in objects]

    def add(self, name, objects):
        if name in self.centroids:
            raise ValueError("name is taken")
        if len(objects) < 1:
            raise ValueError("objects are missing")
        vectors = self.vectors(objects)
        self.centroids[name] = sum(vectors) / len(vectors)

    def classify(self, X):
        if not self.centroids:
            raise ValueError("centroids: no class was added")
        answers = []
        for vector in self.vectors(X):
            best, answer = -2.0, None
            for name, center in self.centroids.items():
                lengths = float(vector.norm() * center.norm())
                similarity = float(vector @ center) / lengths if lengths else 0.0
                if similarity > best:
                    best, answer = similarity, name
            answers.append(answer)
        return answers


def features(network, X, layer):
    network = copy.deepcopy(network).eval()
    found = []

    def note(part, inputs, output):
        found.append(output.detach().tolist())

    known = dict(network.named_modules())
    if layer not in known:
        raise ValueError("layer: there is none of this name")
    known[layer].register_forward_hook(note)
    with torch.inference_mode():
        network(X)
    return torch.tensor(found[0], dtype=X.dtype).flatten(1)


def crops(images, size, rng):
    n, c, h, w = images.shape
    if size < 1 or size > h or size > w:
        raise ValueError("size does not fit")
    parts = torch.empty(n, c, size, size, dtype=images.dtype)
    for i in range(n):
        place = int(torch.randint((h - size + 1) * (w - size + 1), (1,), generator=rng))
        top, left = divmod(place, w - size + 1)
        parts[i] = images[i, :, top : top + size, left : left + size]
    return parts


def check(z1, z2, tau):
    if z1.shape != z2.shape:
        raise ValueError("z2 has another shape than z1")
    if not tau > 0:
        raise ValueError("tau is not positive")


def nt_xent(z1, z2, tau):
    check(z1, z2, tau)
    z = [*z1, *z2]
    z = [vector / vector.norm() for vector in z]
    total = 0
    for i in range(len(z)):
        partner = (i + len(z1)) % len(z)
        others = torch.stack([z[i] @ z[k] / tau for k in range(len(z)) if k != i])
        total = total + torch.logsumexp(others, dim=0) - z[i] @ z[partner] / tau
    return total / len(z)


def nt_xent_grad(z1, z2, tau):
    check(z1, z2, tau)
    z = torch.cat([z1, z2])
    count = len(z)
    lengths = [vector.norm() for vector in z]
    unit = torch.stack([vector / length for vector, length in zip(z, lengths)])
    gradient = torch.zeros_like(z)
    for i in range(count):
        others = [k for k in range(count) if k != i]
        weights = torch.softmax(unit[others] @ unit[i] / tau, dim=0)
        for k, weight in zip(others, weights):
            weight = weight - (1 if k == (i + len(z1)) % count else 0)
            gradient[i] += weight * unit[k] / tau / count
            gradient[k] += weight * unit[i] / tau / count
    for i in range(count):
        across = torch.eye(z.shape[1], dtype=z.dtype) - torch.outer(unit[i], unit[i])
        gradient[i] = across @ gradient[i] / lengths[i]
    return gradient[: len(z1)], gradient[len(z1) :]


def train_contrastive(net, images, size, loss, steps, rate, rng):
    if steps < 1:
        raise ValueError("steps: at least one")

    def loss_of(step):
        both = net(torch.cat([crops(images, size, rng), crops(images, size, rng)]))
        return loss(both[: len(images)], both[len(images) :])

    return descend(net, rate, steps, loss_of)
