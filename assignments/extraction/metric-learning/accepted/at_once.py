"""Everything at once: pairwise tables, gathered windows, log-probabilities; the network's parts are restored by hand."""

import torch
import torch.nn.functional as F


def need(right, name):
    if not right:
        raise ValueError(name + " is not what it should be")


def triplet_loss(a, p, n, margin):
    need(p.shape == a.shape, "p")
    need(n.shape == a.shape, "n")
    need(margin >= 0, "margin")
    near, far = torch.linalg.norm(torch.stack([a - p, a - n]), dim=-1)
    return (near - far + margin).clamp_min(0).mean()


def triplets(labels, count, rng):
    need(count > 0, "count")
    same = torch.eq(labels.unsqueeze(0), labels.unsqueeze(1))
    n = len(labels)
    weight = same.double().fill_diagonal_(0)
    other = (~same).double()
    eligible = ((weight.sum(1) > 0) & (other.sum(1) > 0)).double()
    need(eligible.any(), "labels")
    triples = torch.empty(count, 3, dtype=torch.int32)
    for row in triples:
        row[0] = torch.multinomial(eligible, 1, generator=rng).item()
        row[1] = torch.multinomial(weight[row[0]], 1, generator=rng).item()
        row[2] = torch.multinomial(other[row[0]], 1, generator=rng).item()
    return triples


def train_siamese(net, X, triples, loss, rate):
    need(triples.ndim == 3 and triples.size(-1) == 3, "triples")
    need(0 <= triples.min() and triples.max() < len(X), "triples")
    need(rate > 0, "rate")
    optimizer = torch.optim.Adam(net.parameters(), rate)
    losses = torch.zeros(len(triples), dtype=X.dtype)
    net.train(True)
    for step, batch in enumerate(triples):
        embedded = net(X)
        value = loss(*(embedded[batch[:, place]] for place in range(3)))
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
        losses[step] = value.detach()
    return losses


class Evaluating:
    def __init__(self, model):
        self.model = model

    def __enter__(self):
        self.training = [part for part in self.model.modules() if part.training]
        self.model.eval()

    def __exit__(self, *_):
        for part in self.training:
            part.training = True


class OneShot:
    def __init__(self, net):
        self.net, self.names, self.sums = net, [], []

    @property
    def centroids(self):
        return dict(zip(self.names, self.sums))

    @torch.no_grad()
    def add(self, name, objects):
        need(name not in self.names, "name")
        need(len(objects) > 0, "objects")
        with Evaluating(self.net):
            self.sums.append(torch.mean(self.net(objects), 0))
        self.names.append(name)

    @torch.no_grad()
    def classify(self, X):
        need(self.names, "centroids")
        with Evaluating(self.net):
            table = F.normalize(self.net(X)) @ F.normalize(torch.stack(self.sums)).mT
        return [self.names[i] for i in table.max(dim=1).indices]


def features(network, X, layer):
    try:
        part = network.get_submodule(layer)
    except AttributeError:
        raise ValueError("layer " + layer + " is unknown") from None
    kept = {}
    hook = part.register_forward_hook(lambda *args: kept.update(output=args[2].detach().clone()))
    try:
        with Evaluating(network):
            network(X)
    finally:
        hook.remove()
    return kept["output"].view(len(X), -1)


def crops(images, size, rng):
    need(0 < size <= min(images.shape[2:]), "size")
    windows = images.unfold(2, size, 1).unfold(3, size, 1)
    n, _, down, right = windows.shape[:4]
    rows = (torch.rand(n, generator=rng) * down).long()
    columns = (torch.rand(n, generator=rng) * right).long()
    return windows[torch.arange(n), :, rows, columns]


def nt_xent(z1, z2, tau):
    need(z2.shape == z1.shape, "z2")
    need(tau > 0, "tau")
    u = F.normalize(torch.cat([z1, z2]), dim=1)
    table = u @ u.T / tau
    table = table - 1e9 * torch.eye(len(u), dtype=u.dtype)
    log_p = table.log_softmax(dim=1)
    n = len(z1)
    return -(log_p.diagonal(n).sum() + log_p.diagonal(-n).sum()) / (2 * n)


def nt_xent_grad(z1, z2, tau):
    need(z2.shape == z1.shape, "z2")
    need(tau > 0, "tau")
    n = len(z1)
    z = torch.cat([z1, z2])
    r = (z * z).sum(1, keepdim=True).rsqrt()
    u = z * r
    p = (u @ u.T / tau).fill_diagonal_(float("-inf")).softmax(1)
    partner = torch.eye(2 * n, dtype=z.dtype).roll(n, 0)
    g = ((p + p.T - 2 * partner) @ u) / (2 * n * tau)
    g = r * (g - u * torch.einsum("ij,ij->i", u, g)[:, None])
    return g[:n], g[n:]


def train_contrastive(net, images, size, loss, steps, rate, rng):
    need(steps >= 1, "steps")
    need(rate > 0, "rate")
    optimizer = torch.optim.Adam(net.parameters(), lr=rate)
    net.train()
    history = []
    while len(history) < steps:
        first, second = crops(images, size, rng), crops(images, size, rng)
        optimizer.zero_grad()
        value = loss(net(first), net(second))
        value.backward()
        optimizer.step()
        history.append(value.detach())
    return torch.stack(history)
