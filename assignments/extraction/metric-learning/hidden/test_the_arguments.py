"""The hidden suite of all: bad arguments, and arguments that stay as they were."""

import torch

from grader.testing import assert_refused, call_unchanged, each, hint
from grader.testing.inputs import randn

from .shared import DOUBLE

ONES = torch.ones(3, 2, dtype=DOUBLE)
IMAGES = torch.ones(2, 1, 3, 4, dtype=DOUBLE)


def bad_triplet_loss(triplet_loss, probe):
    assert_refused("p", triplet_loss, ONES, ONES[:2], ONES, 1.0)
    assert_refused("n", triplet_loss, ONES, ONES, ONES[:, :1], 1.0)
    assert_refused("margin", triplet_loss, ONES, ONES, ONES, -0.5)


def bad_triplets(triplets, probe):
    for labels in ([5, 5, 5], [1, 2, 3]):
        assert_refused("labels", triplets, torch.tensor(labels), 2, torch.Generator().manual_seed(1))
    assert_refused("count", triplets, torch.tensor([0, 0, 1]), 0, torch.Generator().manual_seed(1))


def bad_siamese(train_siamese, probe):
    net, loss = probe.nn.Linear(2, 2).double(), probe.of_triples(1.0)
    for triples in ([0, 1, 2], [[[0, 1]]], [[[0, 1, 3]]], [[[-1, 1, 2]]]):
        assert_refused("triples", train_siamese, net, ONES, torch.tensor(triples), loss, 0.1)
    assert_refused("rate", train_siamese, net, ONES, torch.tensor([[[0, 1, 2]]]), loss, 0.0)


def bad_one_shot(one_shot, probe):
    made = one_shot(probe.nn.Identity())
    assert_refused("centroids", made.classify, ONES)
    made.add("known", ONES)
    assert_refused("name", made.add, "known", ONES)
    assert_refused("objects", made.add, "new", ONES[:0])


def bad_features(features, probe):
    for layer in ("2", "linear"):
        assert_refused("layer", features, probe.nn.Sequential(probe.nn.Tanh(), probe.nn.Tanh()), ONES, layer)


def bad_crops(crops, probe):
    for size in (0, 4):
        assert_refused("size", crops, IMAGES, size, torch.Generator().manual_seed(1))


def bad_nt_xent(nt_xent, probe):
    assert_refused("z2", nt_xent, ONES, ONES[:2], 1.0)
    assert_refused("tau", nt_xent, ONES, ONES, 0.0)


def bad_contrastive(train_contrastive, probe):
    net, loss, rng = probe.nn.Flatten(), probe.of_pairs(1.0), torch.Generator().manual_seed(1)
    net = probe.nn.Sequential(net, probe.nn.Linear(4, 2).double())
    assert_refused("steps", train_contrastive, net, IMAGES, 2, loss, 0, 0.1, rng)
    assert_refused("rate", train_contrastive, net, IMAGES, 2, loss, 1, 0.0, rng)


BAD = {
    "triplet_loss": bad_triplet_loss,
    "triplets": bad_triplets,
    "train_siamese": bad_siamese,
    "OneShot": bad_one_shot,
    "features": bad_features,
    "crops": bad_crops,
    "nt_xent": bad_nt_xent,
    "nt_xent_grad": bad_nt_xent,
    "train_contrastive": bad_contrastive,
}


@each(tuple(BAD), worth="1/6", en="Bad arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError with the argument's name; look at the list in the statement.",
    ru="ValueError с именем аргумента; список есть в условии.",
)
def test_bad_arguments(submission, probe, name):
    BAD[name](getattr(submission, name), probe)


@each(("nt_xent", "nt_xent_grad"), worth="1/4", en="Arguments unchanged: {name}", ru="Аргументы не меняются: {name}")
@hint(
    en="x /= length writes into the caller's tensor.",
    ru="x /= length пишет в чужой тензор.",
)
def test_unchanged(submission, torch_rng, name):
    z1, z2 = (randn(torch_rng, 4, 3) for _ in range(2))
    call_unchanged(getattr(submission, name), z1, z2, 0.5)
