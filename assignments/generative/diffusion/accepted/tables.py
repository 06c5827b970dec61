"""Tables of all coefficients, einsum, a DataLoader-like draw with random_, Adam written out, inference mode."""

import math

import torch


def complain(condition, name):
    if condition:
        raise ValueError(f"{name}: not like that")


def linear_schedule(T, low, high):
    complain(T < 1, "T")
    complain(not 0 < low < 1, "low")
    complain(not low <= high < 1, "high")
    return torch.tensor([low + (high - low) * t / max(T - 1, 1) for t in range(T)], dtype=torch.double)


def cosine_schedule(T, s=0.008):
    complain(T < 1, "T")
    complain(s < 0, "s")
    f = [math.cos(math.pi * (t / T + s) / (2 + 2 * s)) ** 2 for t in range(T + 1)]
    return torch.tensor([min(1 - late / early, 0.999) for early, late in zip(f, f[1:])], dtype=torch.double)


def alpha_bar(beta):
    complain(beta.dim() != 1 or len(beta) == 0, "beta")
    complain(not all(0 < value < 1 for value in beta.tolist()), "beta")
    return torch.exp(torch.cumsum(torch.log1p(-beta), 0))


def check(beta, t, **tensors):
    alpha_bar(beta)
    complain(not 0 <= t < len(beta), "t")
    shapes = {tuple(value.shape) for value in tensors.values()}
    complain(len(shapes) > 1, " ".join(tensors))


def q_step(x, t, noise, beta):
    check(beta, t, x=x, noise=noise)
    b = beta[t].item()
    return torch.add(x * math.sqrt(1 - b), noise, alpha=math.sqrt(b))


def q_sample(x0, t, noise, beta):
    complain(tuple(t.shape) != (x0.shape[0],), "t")
    complain(bool((t < 0).any()) or bool((t >= len(beta)).any()), "t")
    complain(x0.shape != noise.shape, "noise")
    a = alpha_bar(beta).to(x0.dtype)[t]
    return torch.einsum("n...,n->n...", x0, a.sqrt()) + torch.einsum("n...,n->n...", noise, (1 - a).sqrt())


def noise_loss(model, x0, t, noise, beta, condition=None):
    return torch.nn.functional.mse_loss(model(q_sample(x0, t, noise, beta), t, condition), noise)


def train(model, X, y, beta, *, steps, batch, rate, rng):
    complain(y is not None and len(y) != len(X), "y")
    complain(steps < 1, "steps")
    complain(batch < 1, "batch")
    complain(rate <= 0, "rate")
    weights = list(model.parameters())
    m, v = ([torch.zeros_like(w) for w in weights] for _ in range(2))
    losses = []
    for step in range(1, steps + 1):
        t = torch.empty(batch, dtype=torch.long).random_(len(beta), generator=rng)
        rows = (torch.rand(batch, generator=rng, dtype=torch.double) * len(X)).long()
        noise = torch.empty(batch, *X.shape[1:], dtype=X.dtype).normal_(generator=rng)
        loss = noise_loss(model, X[rows], t, noise, beta, y if y is None else y[rows])
        gradients = torch.autograd.grad(loss, weights, allow_unused=True)
        with torch.no_grad():
            for w, g, first, second in zip(weights, gradients, m, v):
                if g is not None:
                    first += 0.1 * (g - first)
                    second += 0.001 * (g * g - second)
                    w -= rate * (first / (1 - 0.9**step)) / ((second / (1 - 0.999**step)).sqrt() + 1e-8)
        losses.append(loss.item())
    return losses


def p_step(x, t, predicted, noise, beta):
    check(beta, t, x=x, predicted=predicted, noise=noise)
    b, a = beta[t].item(), alpha_bar(beta)[t].item()
    mean = (x - predicted * (b / math.sqrt(1 - a))) / math.sqrt(1 - b)
    return mean + math.sqrt(b) * noise * (t > 0)


@torch.inference_mode()
def sample(model, beta, start, noises, condition=None):
    complain(tuple(noises.shape) != (len(beta), *start.shape), "noises")
    x, t = start, len(beta) - 1
    while t >= 0:
        x = p_step(x, t, model(x, torch.tensor([t] * len(x)), condition), noises[t], beta)
        t -= 1
    return x.clone()
