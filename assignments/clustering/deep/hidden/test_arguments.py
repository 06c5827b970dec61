"""The hidden suite of neural clustering: arguments, function by function."""

import pytest
import torch

from grader.testing import assert_refused, call_unchanged, hint, points, title, together

from .shared import DOUBLE, SIZES, network_values, randn, twins

ONE, TWO, THREE = (torch.ones(2, n, dtype=DOUBLE) / n for n in (1, 2, 3))
WHOLE = torch.tensor([5, 5, -2])


def with_one(value):
    """A matrix with one such value."""
    matrix = TWO.clone()
    matrix[1, 0] = value
    return matrix


BAD_VALUES = tuple(with_one(value) for value in (torch.nan, torch.inf, -torch.inf))
BAD = (TWO[0], TWO[None], TWO[:0], TWO[:, :0], *BAD_VALUES)
OF_DATA = {
    "soft_assignment": (TWO, 2 * TWO),
    "target_distribution": (TWO,),
    "clustering_loss": (TWO, with_one(0.75)),
    "reconstruction_loss": (TWO, 2 * TWO),
    "kmeans": (THREE * torch.tensor([[1.0], [4.0]]), 1),
    "clustering_accuracy": (WHOLE, torch.tensor([1, 0, 0])),
}
OF_A_MODEL = {"DeepClustering": (), "train": (3,), "start_centers": (), "assign": ()}
OF_A_NETWORK = {"embed": (2,), "two_stage": (2,)}


def each(names):
    return [
        pytest.param(
            name, marks=title(en=f"{name}: the arguments stay as they were", ru=f"{name}: аргументы не меняются")
        )
        for name in names
    ]


@points("1/12")
@together(
    "DeepClustering", "train", "start_centers", "assign", because="the last three are given a network of the first"
)
@pytest.mark.parametrize("name", each([*OF_DATA, *OF_A_MODEL, *OF_A_NETWORK]))
@hint(
    en="Operations that end in an underscore, and /=, *= on tensors, write into the argument; so may a network.",
    ru="Операции с подчёркиванием на конце, а также /= и *= пишут прямо в аргумент; так может делать и сама сеть.",
)
def test_unchanged(submission, probe, torch_rng, name):
    if name in OF_DATA:
        call_unchanged(getattr(submission, name), *OF_DATA[name])
    elif name in OF_A_MODEL:
        made, X = twins(submission, SIZES, torch_rng)[0], 3 * randn(torch_rng, 9, 5)
        arguments = (X,) if name == "DeepClustering" else (made, X, *OF_A_MODEL[name])
        call_unchanged(made if name == "DeepClustering" else getattr(submission, name), *arguments)
    else:
        X = randn(torch_rng, 6, 4)
        for network in (probe.network(network_values(torch_rng)), probe.in_place()):
            call_unchanged(getattr(submission, name), network, X, *OF_A_NETWORK[name])


def refusals(name):
    """Pairs of the name of a wrong argument and the arguments, for the functions of data alone."""
    match name:
        case "soft_assignment":
            yield from (("z", (bad, TWO)) for bad in BAD)
            yield from (("centers", (TWO, bad)) for bad in (*BAD, THREE, ONE))
            yield from (("alpha", (TWO, TWO, alpha)) for alpha in (0.0, -1.0))
        case "target_distribution":
            yield from (("q", (bad,)) for bad in BAD)
        case "clustering_loss" | "reconstruction_loss":
            one, other = ("p", "q") if name == "clustering_loss" else ("x", "restored")
            yield from ((one, (bad, TWO)) for bad in BAD)
            yield from ((other, (TWO, bad)) for bad in (*BAD, THREE, ONE, TWO[:1]))
        case "kmeans":
            yield from (("z", (bad, 1)) for bad in BAD)
            yield from (("k", (TWO, k)) for k in (-1, 0, 3))
        case "clustering_accuracy":
            yield from (("labels", (bad, WHOLE)) for bad in (WHOLE[None], WHOLE.double()))
            yield "labels", (WHOLE[:0], WHOLE[:0])
            yield from (("classes", (WHOLE, bad)) for bad in (WHOLE[:2], WHOLE[:, None], WHOLE.double(), WHOLE[:0]))
        case "DeepClustering":
            names = ("n_features", "n_hidden", "n_latent", "n_clusters")
            yield from (
                (names[place], (2,) * place + (bad,) + (2,) * (3 - place)) for place in range(4) for bad in (0, -1)
            )


def refusals_of_networks(name, layers):
    """The same for the functions of a frozen network."""
    good = torch.ones(3, 4, dtype=DOUBLE)
    for value in (torch.nan, torch.inf, -torch.inf):
        bad = good.clone()
        bad[2, 1] = value
        yield "X", (layers, bad, 1)
    yield "X", (layers, good[:0], 1)
    yield from (("batch_size" if name == "embed" else "k", (layers, good, bad)) for bad in (0, -1))
    if name == "two_stage":
        yield "k", (layers, good, 4)


@points("1/6")
@together(
    "DeepClustering", "train", "start_centers", "assign", because="the last three are given a network of the first"
)
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=title(en=f"{name}: errors", ru=f"{name}: ошибки"))
        for name in [*OF_DATA, *OF_A_MODEL, *OF_A_NETWORK]
    ],
)
@hint(
    en="ValueError with the argument's name; shapes that would be broadcast silently count as wrong too.",
    ru="ValueError с именем аргумента; формы, которые молча растянулись бы (broadcasting), тоже неверны.",
)
def test_errors(submission, probe, torch_rng, name):
    function = getattr(submission, name)
    if name in OF_A_NETWORK:
        for wrong, arguments in refusals_of_networks(name, probe.network(network_values(torch_rng))):
            assert_refused(wrong, function, *arguments)
        return
    for wrong, arguments in refusals(name):
        assert_refused(wrong, function, *arguments)
    if name in OF_A_MODEL:
        made = twins(submission, (2, 3, 2, 2), torch_rng)[0]
        for bad in (*BAD, THREE, ONE):
            if name == "DeepClustering":
                assert_refused("x", made, bad)
            else:
                assert_refused("X", function, made, bad, *OF_A_MODEL[name])
        if name == "start_centers":
            assert_refused("X", function, made, TWO[:1])
        if name == "train":
            for bad in (0, -1):
                assert_refused("steps", function, made, TWO, bad)
                assert_refused("refresh", function, made, TWO, 1, refresh=bad)
                assert_refused("rate", function, made, TWO, 1, rate=float(bad))
            assert_refused("weight", function, made, TWO, 1, weight=-0.1)
