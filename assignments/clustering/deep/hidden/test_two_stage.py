"""The hidden suite of two-stage clustering: frozen networks, k-means from far rows, accuracy."""

from itertools import permutations

import torch
from torch import nn

from grader.testing import (
    assert_array,
    assert_close,
    assert_equal,
    depends,
    hint,
    points,
    title,
)
from reference.clustering.neural.two_stage import clustering_accuracy, embed, kmeans, two_stage

from .shared import DOUBLE, check_labels, network, network_values, rand, randn, randperm, same_type

N, INPUTS, OUTPUTS = 21, 4, 3


@points(2)
@title(en="The embedding of a frozen network", ru="Представление замороженной сети")
@hint(
    en="Evaluation mode: no dropout, stored statistics of batches; no gradient hangs on the result.",
    ru="Режим eval(): без dropout, со статистиками из обучения; за результатом не тянется граф вычислений.",
)
def test_embed(submission, probe, torch_rng):
    values = network_values(torch_rng)
    X = randn(torch_rng, N, INPUTS)
    expected = embed(network(values), X)
    made = probe.network(values)
    for size in (5, N):
        found = submission.embed(made, X, size)
        assert_close(found, expected, rtol=1e-9, atol=1e-12, what="embedding")
    tells = probe.embedding_tells(submission.embed, probe.network(values), X)
    assert_close(tells, (expected, False), rtol=1e-9, atol=1e-12, what="(embedding, whether a gradient hangs on it)")


@points("1/2")
@depends("test_embed")
@title(en="The network is left as it was", ru="Сеть остаётся какой была")
@hint(
    en="Parameters, statistics, requires_grad, and the mode of every module: a part may have been in evaluation mode.",
    ru="Параметры, статистики, requires_grad и режим каждого модуля: часть сети могла уже быть в eval().",
)
def test_frozen(submission, probe, torch_rng):
    made = probe.network(network_values(torch_rng))
    before = probe.state(made)
    assert_array(submission.embed(made, randn(torch_rng, N, INPUTS), 4), shape=(N, OUTPUTS), kind="float")
    assert_equal(probe.state(made), before, what="state of the network")


@title(en="Batches, and objects that are images", ru="Пакеты; объекты-изображения")
@hint(
    en="At most batch_size objects a pass, each object once, in their order; objects may have several axes.",
    ru="За проход не больше batch_size объектов, каждый — один раз и по порядку; у объекта бывает несколько осей.",
)
def test_batches(submission, probe, torch_rng):
    weight, images = randn(torch_rng, 5, 1, 3, 3), randn(torch_rng, 11, 1, 6, 7)
    expected = nn.functional.conv2d(images, weight).mean(dim=(2, 3))
    made = probe.image_network(weight)
    for size, count in ((4, 3), (1, 11), (11, 1), (100, 1)):
        probe.passes()
        assert_close(submission.embed(made, images, size), expected, rtol=1e-9, atol=1e-12, what="embedding")
        seen = probe.passes()
        assert_equal(sum(seen), 11, what="objects that the network was given")
        assert max(seen) <= size, "a batch was larger than batch_size"
        assert len(seen) == count, "a batch was smaller than it could be"
    many = randn(torch_rng, 300, 1, 3, 3)
    expected = (many * weight[:, 0]).sum(dim=(2, 3))
    assert_close(submission.embed(made, many), expected, rtol=1e-9, atol=1e-12, what="embedding")
    assert_equal(probe.passes(), [256, 44], what="sizes of the batches by default")
    values = network_values(torch_rng)
    single = randn(torch_rng, 7, INPUTS).float()
    same_type(
        submission.embed(probe.network(values).float(), single), embed(network(values).float(), single), "embedding"
    )


@points(2)
@title(en="k-means from rows far from each other", ru="k-средних из далёких друг от друга строк")
@hint(
    en="Row 0, then each time the row farthest from the nearest of those taken; then Lloyd's steps to the end.",
    ru="Строка 0, затем каждый раз строка, самая далёкая от ближайшей из взятых; потом шаги Ллойда до конца.",
)
def test_kmeans(submission, torch_rng):
    for n, d, k in ((30, 2, 4), (80, 5, 7), (150, 2, 3)):
        z = randn(torch_rng, n, d)
        assert_close(submission.kmeans(z, k), kmeans(z, k), rtol=1e-9, atol=1e-12, what="(centers, labels)")


@points(2)
@title(en="k-means: ties, duplicates, small moves, float32", ru="k-средних: равенства, повторы, малые сдвиги, float32")
@hint(
    en="Ties: the lowest index; a centre without rows stays where it is; the type of numbers is that of z.",
    ru="При равенстве — наименьший номер; центр без строк остаётся на месте; тип чисел такой же, как у z.",
)
def test_kmeans_edges(submission, torch_rng):
    shift = float(torch.randint(-9, 10, (1,), generator=torch_rng))
    for line, k in (([0, 2, 1], 2), ([4, 0, 8, 2, 6], 3), ([1, 1, 1, 1], 3), ([3, 3, 5, 3, 5], 4), ([7], 1)):
        z = (torch.tensor(line, dtype=DOUBLE) + shift)[:, None]
        assert_close(submission.kmeans(z, k), kmeans(z, k), what="(centers, labels)")
    for z, k in ((randn(torch_rng, 12, 1), 1), (randn(torch_rng, 9, 2), 9), (procession(torch_rng, 180, 60), 2)):
        assert_close(submission.kmeans(z, k), kmeans(z, k), rtol=1e-9, atol=1e-12, what="(centers, labels)")
    z = randn(torch_rng, 20, 2).float()
    found = submission.kmeans(z, 3)
    assert isinstance(found, tuple), "kmeans must return a pair (centers, labels)"
    same_type(found[0], kmeans(z, 3)[0], "centers")
    assert_equal(found[1], kmeans(z, 3)[1], what="labels")


def procession(torch_rng, count, crowd):
    """Two crowds on a line with ``count`` rows between them: each move of the centres brings one over the border.

    Row 0 and the row farthest from it are so far out that the first border lies where half of them have gone.
    """
    left, right = -rand(torch_rng, crowd), 3 + rand(torch_rng, crowd)
    left[0], right[-1] = -1.0, 4.0
    line, gone = torch.linspace(1, 2, count, dtype=DOUBLE), torch.arange(count + 1)
    for _ in range(300):
        taken = torch.cat([torch.zeros(1, dtype=DOUBLE), line.cumsum(dim=0)])
        borders = (left.sum() + taken) / (crowd + gone) + (right.sum() + line.sum() - taken) / (crowd + count - gone)
        borders = borders / 2  # once so many of the rows have gone from right to left
        line = torch.cat([1.5 * borders[:1] - 0.5 * borders[1:2], (borders[:-2] + borders[1:-1]) / 2])
    return torch.cat([left, line, right])[:, None]


def hidden_groups(torch_rng, n=60):
    """Three groups in a subspace with loud noise beside it, and a network that looks at the subspace."""
    turn = torch.linalg.qr(randn(torch_rng, 12, 12))[0]
    classes = (torch.arange(n) % 3)[randperm(torch_rng, n)]
    places = 6 * torch.eye(3, dtype=DOUBLE)[classes] + 0.5 * randn(torch_rng, n, 3)
    X = torch.cat([places, 9 * randn(torch_rng, n, 9)], dim=1) @ turn
    values = network_values(torch_rng, 12, 3, 3)
    values |= {"1.weight": turn[:3].clone(), "1.bias": -3 * torch.ones(3, dtype=DOUBLE)}
    values |= {"2.weight": torch.ones(3, dtype=DOUBLE), "2.bias": torch.zeros(3, dtype=DOUBLE)}
    values |= {"2.running_mean": torch.zeros(3, dtype=DOUBLE), "5.weight": torch.eye(3, dtype=DOUBLE)}
    return X, classes, values


@points("1/2")
@depends("test_embed", "test_kmeans")
@title(en="The network is left as it was by two_stage", ru="Сеть остаётся какой была и после two_stage")
@hint(
    en="Parameters, statistics, requires_grad, and the mode of every module: a part may have been in evaluation mode.",
    ru="Параметры, статистики, requires_grad и режим каждого модуля: часть сети могла уже быть в eval().",
)
def test_frozen_by_two_stage(submission, probe, torch_rng):
    made = probe.network(network_values(torch_rng))
    before = probe.state(made)
    check_labels(submission.two_stage(made, randn(torch_rng, N, INPUTS), 2), N)
    assert_equal(probe.state(made), before, what="state of the network after two_stage")


@points(3)
@depends("test_embed", "test_kmeans")
@title(en="Groups that only the network sees", ru="Группы, которые видит только сеть")
@hint(
    en="k-means works on the embedding, not on the objects.",
    ru="k-средних работает на представлении, а не на самих объектах.",
)
def test_two_stage(submission, probe, torch_rng):
    X, classes, values = hidden_groups(torch_rng)
    labels = check_labels(submission.two_stage(probe.network(values), X, 3), len(X))
    share = clustering_accuracy(labels, classes)
    assert share > 0.95, f"{share:.0%} of the objects are in the cluster of their class, more than 95% expected"
    assert_equal(labels, two_stage(network(values), X, 3), what="labels")


@points(2)
@title(en="Accuracy under the best matching", ru="Точность при наилучшем сопоставлении")
@hint(
    en="Each cluster has one class and each class one cluster; the largest cell first is not always the best.",
    ru="У кластера один класс, у класса один кластер; жадный выбор самой большой ячейки не всегда лучший.",
)
def test_accuracy(submission, torch_rng):
    for n, k, m in ((40, 3, 3), (30, 4, 4), (50, 8, 8), (9, 2, 2)):
        labels, classes = (torch.randint(count, (n,), generator=torch_rng) for count in (k, m))
        check_accuracy(submission, labels, classes)
        check_accuracy(submission, 11 * labels - 20, randperm(torch_rng, m)[classes])
    greedy = torch.tensor([0] * 5 + [1] * 2), torch.tensor([0, 0, 0, 1, 1, 0, 0])
    mixed = randperm(torch_rng, 7)
    check_accuracy(submission, greedy[0][mixed], greedy[1][mixed])


def check_accuracy(submission, labels, classes):
    expected = clustering_accuracy(labels, classes)
    assert_close(submission.clustering_accuracy(labels, classes), expected, rtol=1e-12, what="accuracy")


@title(en="More clusters than classes, and fewer", ru="Кластеров больше, чем классов, и меньше")
@hint(
    en="A cluster that is left without a class counts as wrong; no class is given twice.",
    ru="Кластер, которому не досталось класса, считается ошибочным; один класс дважды не выдаётся.",
)
def test_accuracy_of_other_numbers(submission, torch_rng):
    for k, m in ((6, 2), (2, 6), (8, 3), (1, 4), (5, 1)):
        labels, classes = (torch.randint(count, (30,), generator=torch_rng) for count in (k, m))
        check_accuracy(submission, labels, classes)
    check_accuracy(submission, torch.tensor([-4]), torch.tensor([9]))
    alone = torch.arange(6)
    check_accuracy(submission, alone, torch.zeros(6, dtype=torch.long))
    check_accuracy(submission, torch.zeros(6, dtype=torch.long), alone)
    for names in list(permutations(range(3)))[:3]:
        check_accuracy(submission, torch.tensor(names), torch.arange(3))
