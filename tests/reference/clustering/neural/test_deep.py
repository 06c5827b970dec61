"""Deep clustering against scipy's t distribution and entropy, torch's losses, the gradients of the paper, Adam by hand.

DEC sums the divergence over objects; here it is the mean, so the paper's gradients are divided by their number.
"""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy.spatial.distance import cdist
from scipy.stats import entropy, t
from torch.nn import functional as F

from reference.clustering.neural.deep import (
    DeepClustering,
    assign,
    clustering_loss,
    reconstruction_loss,
    soft_assignment,
    start_centers,
    target_distribution,
    train,
)
from reference.clustering.neural.two_stage import clustering_accuracy, kmeans


def normal(seed, *shape):
    return torch.from_numpy(np.random.default_rng(seed).normal(size=shape))


def model(seed, *sizes):
    made = DeepClustering(*sizes, rng=torch.Generator().manual_seed(seed)).double()
    made.centers.data = normal(seed, *made.centers.shape)
    return made


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("alpha", [0.5, 1.0, 3.0, 200.0])
def test_soft_assignment_is_student_s_density(seed, alpha):
    z, centers = normal(seed, 20, 3), normal(seed + 99, 4, 3)
    density = t(df=alpha).pdf(cdist(z, centers))
    expected = density / density.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(soft_assignment(z, centers, alpha).numpy(), expected, rtol=1e-9)


def test_soft_assignment_by_hand():
    """Squared distances 0 and 4: 1 to 1/5."""
    q = soft_assignment(torch.zeros(1, 1), torch.tensor([[0.0], [2.0]]))
    torch.testing.assert_close(q, torch.tensor([[5 / 6, 1 / 6]]))
    torch.testing.assert_close(soft_assignment(torch.zeros(2, 3), torch.ones(1, 3)), torch.ones(2, 1))


def test_far_from_all_centres():
    """(1 + 1e14)^(-50.5) is zero in floats; the shares are not."""
    z, centers = torch.tensor([[1e8]]).double(), torch.tensor([[0.0], [5e7]]).double()
    q = soft_assignment(z, centers, 100.0)
    assert q[0, 0].item() == pytest.approx(0.25**50.5, rel=1e-6)
    assert q.sum().item() == pytest.approx(1)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("k", [1, 2, 5])
def test_target_by_the_definition(seed, k):
    q = torch.softmax(normal(seed, 30, k), dim=1)
    expected = np.empty((30, k))
    for i in range(30):
        weights = [q[i, j] ** 2 / sum(q[:, j]) for j in range(k)]
        expected[i] = [w / sum(weights) for w in weights]
    np.testing.assert_allclose(target_distribution(q).numpy(), expected, rtol=1e-9)
    assert not target_distribution(q.requires_grad_()).requires_grad


def test_target_by_hand_and_of_an_empty_cluster():
    """Sizes 1.4 and 0.6: 0.64 / 1.4 to 0.04 / 0.6 is 48 to 7."""
    q = torch.tensor([[0.8, 0.2], [0.6, 0.4]]).double()
    torch.testing.assert_close(target_distribution(q)[0], torch.tensor([48 / 55, 7 / 55]).double())
    q = torch.tensor([[0.5, 0.5, 0.0], [0.5, 0.5, 0.0]])
    torch.testing.assert_close(target_distribution(q), q)


@pytest.mark.parametrize("seed", range(4))
def test_losses_against_scipy_and_torch(seed):
    p, q = torch.softmax(2 * normal(seed, 12, 4), dim=1), torch.softmax(normal(seed + 50, 12, 4), dim=1)
    expected = np.mean([entropy(one, other) for one, other in zip(p.numpy(), q.numpy(), strict=True)])
    assert clustering_loss(p, q).item() == pytest.approx(expected, rel=1e-9)
    torch.testing.assert_close(clustering_loss(p, q), F.kl_div(q.log(), p, reduction="batchmean"))
    x, restored = normal(seed, 12, 5), normal(seed + 1, 12, 5)
    torch.testing.assert_close(reconstruction_loss(x, restored), 5 * F.mse_loss(restored, x))


def test_a_term_without_probability_is_nothing():
    p, q = torch.tensor([[1.0, 0.0], [1.0, 0.0]]), torch.tensor([[0.5, 0.5], [1.0, 0.0]])
    assert clustering_loss(p, q).item() == pytest.approx(np.log(2) / 2)
    assert clustering_loss(q, q).item() == 0


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("alpha", [0.5, 1.0, 4.0])
def test_the_gradients_of_the_paper(seed, alpha):
    """DEC, equations 4 and 5: (alpha + 1) / alpha sum (1 + |z - c|^2 / alpha)^-1 (p - q) (z - c), and its opposite."""
    z, centers = normal(seed, 9, 2).requires_grad_(), normal(seed + 9, 3, 2).requires_grad_()
    q = soft_assignment(z, centers, alpha)
    p = target_distribution(q)
    clustering_loss(p, q).backward()
    between = (z[:, None] - centers).detach().numpy()
    pull = (p - q).detach().numpy() / (1 + (between**2).sum(axis=2) / alpha)
    each = (alpha + 1) / alpha * pull[:, :, None] * between / 9
    np.testing.assert_allclose(z.grad.numpy(), each.sum(axis=1), rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(centers.grad.numpy(), -each.sum(axis=0), rtol=1e-8, atol=1e-12)


def test_an_object_on_a_centre_has_a_gradient():
    z, centers = torch.zeros(2, 2).double().requires_grad_(), torch.eye(2).double().requires_grad_()
    with torch.no_grad():
        z[1] = centers[1]
    q = soft_assignment(z, centers)
    clustering_loss(target_distribution(q), q).backward()
    assert z.grad.isfinite().all()
    assert centers.grad.isfinite().all()


def test_the_network_layer_by_layer():
    made = model(0, 5, 7, 2, 3)
    x = normal(1, 6, 5)
    p = {name: value.detach() for name, value in made.named_parameters()}
    assert {name: tuple(value.shape) for name, value in p.items()} == {
        "encoder.0.weight": (7, 5),
        "encoder.0.bias": (7,),
        "encoder.2.weight": (2, 7),
        "encoder.2.bias": (2,),
        "decoder.0.weight": (7, 2),
        "decoder.0.bias": (7,),
        "decoder.2.weight": (5, 7),
        "decoder.2.bias": (5,),
        "centers": (3, 2),
    }
    code = F.linear(F.linear(x, p["encoder.0.weight"], p["encoder.0.bias"]).clamp(min=0), p["encoder.2.weight"])
    code = code + p["encoder.2.bias"]
    back = F.linear(F.linear(code, p["decoder.0.weight"], p["decoder.0.bias"]).clamp(min=0), p["decoder.2.weight"])
    q = 1 / (1 + torch.cdist(code, p["centers"]) ** 2)
    torch.testing.assert_close(made(x), (code, back + p["decoder.2.bias"], q / q.sum(dim=1, keepdim=True)))


def test_first_values():
    def drawn(seed):
        return DeepClustering(25, 100, 9, 4, rng=torch.Generator().manual_seed(seed)).state_dict()

    one, same, other = drawn(1), drawn(1), drawn(2)
    assert not one.pop("centers").any()
    for name, value in one.items():
        assert torch.equal(value, same[name])
        assert not torch.equal(value, other[name])
        bound = {"encoder.0": 0.2, "encoder.2": 0.1, "decoder.0": 1 / 3, "decoder.2": 0.1}[name.rpartition(".")[0]]
        assert value.abs().max() <= bound
        assert value.abs().max() > 0.8 * bound


def adam_by_hand(made, X, steps, rate, weight, refresh):
    """Kingma and Ba's update, on torch's own losses."""
    parameters = list(made.parameters())
    first, second = ([torch.zeros_like(p) for p in parameters] for _ in range(2))
    history = []
    for step in range(steps):
        z, restored = made.encoder(X), made.decoder(made.encoder(X))
        q = 1 / (1 + torch.cdist(z, made.centers) ** 2)
        q = q / q.sum(dim=1, keepdim=True)
        if step % refresh == 0:
            sharp = (q**2 / q.sum(dim=0)).detach()
            p = sharp / sharp.sum(dim=1, keepdim=True)
        loss = F.mse_loss(restored, X, reduction="sum") / len(X)
        loss = loss + weight * F.kl_div(q.log(), p, reduction="batchmean")
        history.append(loss.item())
        for index, gradient in enumerate(torch.autograd.grad(loss, parameters)):
            first[index] = 0.9 * first[index] + 0.1 * gradient
            second[index] = 0.999 * second[index] + 0.001 * gradient**2
            step_size = first[index] / (1 - 0.9 ** (step + 1))
            scale = (second[index] / (1 - 0.999 ** (step + 1))).sqrt() + 1e-8
            parameters[index].data -= rate * step_size / scale
    return history


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("steps", "rate", "weight", "refresh"), [(1, 0.1, 1.0, 1), (25, 0.02, 0.7, 4), (9, 0.01, 0, 3)]
)
def test_training_by_hand(seed, steps, rate, weight, refresh):
    X, ours, theirs = normal(seed, 20, 4), model(seed, 4, 6, 2, 3), model(seed, 4, 6, 2, 3)
    expected = adam_by_hand(theirs, X, steps, rate, weight, refresh)
    history = train(ours, X, steps, rate=rate, weight=weight, refresh=refresh)
    np.testing.assert_allclose(history.numpy(), expected, rtol=1e-8)
    for one, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("weight", [0.0, 0.5])
def test_the_loss_falls(seed, weight):
    """With one target all the way it falls nearly step by step, and by much."""
    X = normal(seed, 60, 2) @ normal(seed + 7, 2, 6)
    made = model(seed, 6, 16, 2, 3)
    history = train(made, X, 200, rate=0.01, weight=weight, refresh=200)
    assert history[-1] < 0.3 * history[0]
    smooth = history.reshape(20, 10).mean(dim=1)
    assert (smooth.diff() < 0).all()


def test_the_weight_0_leaves_the_centres_alone():
    made = model(0, 4, 6, 2, 3)
    before = made.centers.detach().clone()
    train(made, normal(0, 20, 4), 10, weight=0.0)
    assert torch.equal(made.centers, before)


@pytest.mark.parametrize("seed", range(3))
def test_centres_start_where_kmeans_finds_them(seed):
    made, X = model(seed, 4, 6, 2, 3), normal(seed, 30, 4)
    kept = made.centers
    labels = start_centers(made, X)
    centers, expected = kmeans(made.encoder(X).detach(), 3)
    assert made.centers is kept
    torch.testing.assert_close(made.centers.detach(), centers)
    assert torch.equal(labels, expected)
    assert torch.equal(assign(made, X), expected)  # the nearest centre is the likeliest
    assert made.centers.requires_grad


def folded(seed, n=90, k=3):
    """Planted groups in a plane, bent into twelve features, with noise."""
    rng = np.random.default_rng(seed)
    truth = rng.permutation(np.repeat(np.arange(k), n // k))
    angles = 2 * np.pi * truth / k
    plane = 2.5 * np.column_stack([np.cos(angles), np.sin(angles)]) + 0.5 * rng.normal(size=(n, 2))
    X = np.tanh(plane @ rng.normal(size=(2, 12))) + 0.3 * rng.normal(size=(n, 12))
    return torch.from_numpy(X), torch.from_numpy(truth)


@pytest.mark.parametrize("seed", range(5))
def test_from_end_to_end(seed):
    X, truth = folded(seed)
    made = DeepClustering(12, 24, 2, 3, rng=torch.Generator().manual_seed(seed)).double()
    train(made, X, 200, weight=0.0)
    start_centers(made, X)
    train(made, X, 100, weight=1.0)
    assert clustering_accuracy(assign(made, X), truth) > 0.95


def test_one_object_one_cluster_and_float32():
    made = DeepClustering(3, 4, 1, 1, rng=torch.Generator().manual_seed(0))
    x = torch.ones(1, 3)
    start_centers(made, x)
    history = train(made, x, 5)
    assert history.dtype == made(x)[2].dtype == torch.float32
    assert history.isfinite().all()
    assert assign(made, x).tolist() == [0]


GOOD, MADE = torch.ones(2, 2), DeepClustering(2, 2, 2, 2)


@pytest.mark.parametrize(
    ("function", "arguments", "named"),
    [
        (soft_assignment, (torch.ones(2), GOOD), "z"),
        (soft_assignment, (GOOD, torch.ones(2, 3)), "centers"),
        (soft_assignment, (GOOD, GOOD, 0.0), "alpha"),
        (target_distribution, (torch.ones(2),), "q"),
        (target_distribution, (torch.full((2, 2), torch.nan),), "q"),
        (clustering_loss, (torch.ones(2), GOOD), "p"),
        (clustering_loss, (GOOD, torch.ones(1, 2)), "q"),
        (clustering_loss, (GOOD, torch.ones(2, 1)), "q"),
        (reconstruction_loss, (torch.ones(2), GOOD), "x"),
        (reconstruction_loss, (GOOD, torch.ones(1, 2)), "restored"),
        (DeepClustering, (0, 1, 1, 1), "n_features"),
        (DeepClustering, (1, 0, 1, 1), "n_hidden"),
        (DeepClustering, (1, 1, 0, 1), "n_latent"),
        (DeepClustering, (1, 1, 1, 0), "n_clusters"),
        (MADE, (torch.ones(2, 3),), "x"),
        (train, (MADE, torch.ones(2), 1), "X"),
        (train, (MADE, GOOD, 0), "steps"),
        (start_centers, (MADE, torch.ones(1, 2)), "X"),
        (start_centers, (MADE, torch.ones(2, 3)), "X"),
        (assign, (MADE, torch.ones(2, 3)), "X"),
    ],
)
def test_bad_arguments_are_named(function, arguments, named):
    with pytest.raises(ValueError, match=rf"^{named}"):
        function(*arguments)


@pytest.mark.parametrize("setting", [{"rate": 0.0}, {"weight": -1.0}, {"refresh": 0}])
def test_bad_settings_are_named(setting):
    with pytest.raises(ValueError, match=rf"^{next(iter(setting))}"):
        train(MADE, GOOD, 1, **setting)
