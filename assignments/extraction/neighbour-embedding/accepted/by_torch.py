"""Nearly everything by torch: gradients by autograd, sigmas by halving their logarithms."""

import math

import numpy as np
import torch


def table(name, values, least=1):
    given = np.array(values, dtype=float)
    if given.ndim != 2 or given.shape[0] < least or given.shape[1] < 1 or not np.isfinite(given).all():
        raise ValueError(f"{name} is not a finite matrix of at least {least} rows")
    return torch.from_numpy(given)


def probabilities(P, n=None):
    given = table("P", P)
    if given.shape[0] != given.shape[1] or (n is not None and len(given) != n) or given.min() < 0:
        raise ValueError("P is not a square matrix of numbers from 0 on")
    return given


def distribution(name, values):
    given = np.array(values, dtype=float)
    if given.size == 0 or not np.isfinite(given).all() or given.min() < 0 or abs(given.sum() - 1) > 1e-6:
        raise ValueError(f"{name} is no distribution")
    return given


def kl(p, q):
    p, q = distribution("p", p), distribution("q", q)
    if p.shape != q.shape:
        raise ValueError("q has another shape")
    total = 0.0
    for a, b in zip(p.ravel().tolist(), q.ravel().tolist()):
        if a > 0:
            total += a * math.log(a / b) if b > 0 else math.inf
    return total


def covariance(name, S, k):
    given = np.array(S, dtype=float)
    if given.shape != (k, k) or not np.allclose(given, given.T) or np.linalg.eigvalsh(given).min() <= 0:
        raise ValueError(f"{name} is no covariance")
    return given


def kl_gaussian(m1, S1, m2, S2):
    m1, m2 = np.array(m1, dtype=float), np.array(m2, dtype=float)
    if m1.ndim != 1 or m1.size == 0 or not np.isfinite(m1).all():
        raise ValueError("m1 is no vector")
    if m2.shape != m1.shape or not np.isfinite(m2).all():
        raise ValueError("m2 is no vector like m1")
    S1, S2 = covariance("S1", S1, len(m1)), covariance("S2", S2, len(m1))
    inverse = np.linalg.inv(S2)
    d = m2 - m1
    ratio = np.linalg.slogdet(S2)[1] - np.linalg.slogdet(S1)[1]
    return 0.5 * (np.trace(inverse @ S1) + d @ inverse @ d - len(m1) + ratio)


def distances(Y):
    return sum((column[:, None] - column[None, :]) ** 2 for column in Y.T)


def without_diagonal(values):
    return values.masked_fill(torch.eye(len(values), dtype=torch.bool), -math.inf)


def row(d, i, sigma):
    exponents = [-x / (2 * sigma**2) for x in d]
    top = max(e for j, e in enumerate(exponents) if j != i)
    shares = [0.0 if j == i else math.exp(e - top) for j, e in enumerate(exponents)]
    return [share / sum(shares) for share in shares]


def conditional(X, perplexity):
    X = table("X", X, 3)
    if not 1 < perplexity < len(X) - 1:
        raise ValueError("perplexity is out of its range")
    P, sigmas = [], []
    for i, d in enumerate(distances(X).tolist()):
        scale = math.log(max(d) or 1.0) / 2
        low, high = scale - 30, scale + 30
        for _ in range(70):
            middle = (low + high) / 2
            p = row(d, i, math.exp(middle))
            if -sum(x * math.log(x) for x in p if x > 0) > math.log(perplexity):
                high = middle
            else:
                low = middle
        P.append(p)
        sigmas.append(math.exp(middle))
    return np.array(P), np.array(sigmas)


def log_q(Y, kind):
    if kind == "tsne":
        logs = without_diagonal(-torch.log(1 + distances(Y)))
    else:
        logs = without_diagonal(-distances(Y))
    if kind == "sne":
        return torch.log_softmax(logs, dim=1)
    return torch.log_softmax(logs.reshape(-1), dim=0).reshape(logs.shape)


def sne_q(Y):
    return log_q(table("Y", Y, 2), "sne").exp().numpy()


def symmetric_q(Y):
    return log_q(table("Y", Y, 2), "symmetric").exp().numpy()


def tsne_q(Y):
    return log_q(table("Y", Y, 2), "tsne").exp().numpy()


def gradient(P, Y, kind):
    Y = table("Y", Y, 2).requires_grad_()
    P = probabilities(P, len(Y))
    return torch.autograd.grad(loss(P, Y, kind), Y)[0].numpy()


def loss(P, Y, kind):
    rows, columns = torch.nonzero(P, as_tuple=True)
    p = P[rows, columns]
    return (p * (p.log() - log_q(Y, kind)[rows, columns])).sum()


def sne_gradient(P, Y):
    return gradient(P, Y, "sne")


def symmetric_gradient(P, Y):
    return gradient(P, Y, "symmetric")


def tsne_gradient(P, Y):
    return gradient(P, Y, "tsne")


def joint(P):
    P = probabilities(P)
    return ((P + P.T) / (2 * len(P))).numpy()


def tsne(X, perplexity, start, steps, rate, exaggeration=12.0):
    P = joint(conditional(X, perplexity)[0])
    Y = table("start", start, 2).numpy()
    if len(Y) != len(P):
        raise ValueError("start has not as many rows as X")
    if steps < 1:
        raise ValueError("steps is below 1")
    if rate <= 0:
        raise ValueError("rate is not positive")
    if exaggeration <= 0:
        raise ValueError("exaggeration is not positive")
    V, history = 0, []
    for factor, momentum, count in ((exaggeration, 0.5, steps // 4), (1, 0.8, steps - steps // 4)):
        for _ in range(count):
            Q = tsne_q(Y)
            pulls = 4 * (factor * P - Q) / (1 + distances(torch.from_numpy(Y)).numpy())
            V = momentum * V - rate * (np.diag(pulls.sum(axis=1)) - pulls) @ Y
            Y = Y + V
            history.append(kl(P, tsne_q(Y)))
    return Y, np.array(history)


def tsne_loss(P, Y):
    if Y.dim() != 2 or len(Y) < 2 or not Y.isfinite().all():
        raise ValueError("Y is wrong")
    if P.shape != (len(Y), len(Y)) or (P < 0).any() or not P.isfinite().all():
        raise ValueError("P is wrong")
    return loss(P, Y, "tsne")


def parametric_tsne(net, X, perplexity, steps, rate):
    P = torch.tensor(joint(conditional(X.numpy(), perplexity)[0]), dtype=X.dtype)
    if steps < 1:
        raise ValueError("steps is below 1")
    if rate <= 0:
        raise ValueError("rate is not positive")
    optimizer = torch.optim.Adam(net.parameters(), rate)
    for _ in range(steps):
        net.train()
        value = tsne_loss(P, net(X))
        net.zero_grad()
        value.backward()
        optimizer.step()
    return net.eval()
