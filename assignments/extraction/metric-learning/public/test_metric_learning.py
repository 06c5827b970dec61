"""The public tests: small cases with their answers written out."""

import torch

from grader.testing import assert_array, assert_close, assert_equal, assert_refused, set_state, title

DOUBLE = torch.float64
EYE = torch.eye(2, dtype=DOUBLE)


def doubles(*rows):
    return torch.tensor(rows, dtype=DOUBLE)


@title(en="Triplet loss: the example of the statement", ru="Потери по тройкам: пример из условия")
def test_loss(submission):
    a, p, n = doubles([0, 0], [0, 0]), doubles([3, 4], [0, 1]), doubles([0, 2], [0, 9])
    assert_close(submission.triplet_loss(a, p, n, 1.0), torch.tensor(2.0, dtype=DOUBLE))


@title(en="Triples of three objects", ru="Тройки из трёх объектов")
def test_two_triples(submission):
    found = submission.triplets(torch.tensor([7, 8, 7]), 20, torch.Generator().manual_seed(1))
    rows = assert_array(found, shape=(20, 3), kind="int", what="the triples").tolist()
    assert all(row in ([0, 2, 1], [2, 0, 1]) for row in rows), f"other triples than (0, 2, 1) and (2, 0, 1): {rows}"


@title(en="One step of a siamese network", ru="Один шаг сиамской сети")
def test_siamese(submission, probe):
    net = probe.nn.Linear(1, 1, bias=False).double()
    set_state(net, {"weight": doubles([2])})
    X, triples = doubles([0], [1], [3]), torch.tensor([[[0, 2, 1]]])
    losses = submission.train_siamese(net, X, triples, probe.of_triples(1.0), 0.1)
    assert_close(losses, torch.tensor([5.0], dtype=DOUBLE), what="losses: 6 - 2 + 1")
    assert_close(net.weight.detach(), doubles([1.9]), rtol=1e-6, what="the weight after a step of Adam")


@title(en="One example: the example of the statement", ru="Один пример: пример из условия")
def test_one_shot(submission, probe):
    one = submission.OneShot(probe.nn.Identity())
    one.add("right", doubles([2, 0]))
    one.add("up", doubles([0, 1], [0, 3]))
    assert_close(one.centroids, {"right": doubles(2, 0), "up": doubles(0, 2)}, what="centroids")
    assert_equal(one.classify(doubles([9, 1], [0.1, 0.2], [-1, 0])), ["right", "up", "up"], what="classes")


@title(en="Features: the example of the statement", ru="Признаки: пример из условия")
def test_layer(submission, probe):
    net = probe.nn.Sequential(probe.nn.Linear(2, 2, bias=False), probe.nn.ReLU()).double()
    set_state(net, {"0.weight": doubles([1, 1], [1, -1])})
    for layer, expected in (("0", doubles([3, -1])), ("1", doubles([3, 0]))):
        assert_close(submission.features(net, doubles([1, 2]), layer), expected, what=f"what comes out of {layer}")
    assert_refused("layer", submission.features, net, doubles([1, 2]), "2")


@title(en="Crops: one place, four places", ru="Кропы: одно место, четыре места")
def test_places(submission):
    image = torch.arange(9.0).reshape(1, 1, 3, 3)
    assert_close(submission.crops(image, 3, torch.Generator().manual_seed(1)), image, what="the whole image")
    found = submission.crops(image.repeat(60, 1, 1, 1), 2, torch.Generator().manual_seed(1))
    corners = assert_array(found, shape=(60, 1, 2, 2), what="the crops")[:, 0, 0, 0]
    assert_equal(sorted(set(corners.int().tolist())), [0, 1, 3, 4], what="first values of 60 crops")


@title(en="NT-Xent: the example of the statement", ru="NT-Xent: пример из условия")
def test_contrast(submission):
    assert_close(submission.nt_xent(EYE, EYE, 1.0), torch.tensor(0.551445, dtype=DOUBLE), atol=1e-6)


@title(en="Its gradient: the example of the statement", ru="Градиент: пример из условия")
def test_contrast_gradient(submission, probe):
    expected = 0.211942 * doubles([0, 1], [1, 0])
    assert_close(probe.by_hand(submission.nt_xent_grad, EYE, EYE, 1.0), (expected, expected), atol=1e-6)


@title(en="Contrastive training: one step", ru="Сравнительное обучение: один шаг")
def test_contrastive(submission, probe):
    net = probe.nn.Sequential(probe.nn.Flatten(), probe.nn.Linear(1, 2)).double()
    set_state(net, {"1.weight": doubles([1], [0]), "1.bias": doubles(0, 1)})
    given = {"steps": 1, "rate": 0.01, "rng": torch.Generator().manual_seed(1)}
    losses = submission.train_contrastive(net, doubles([[[0]]], [[[1]]]), 1, probe.of_pairs(1.0), **given)
    # (0, 1) and (1, 1): the cosines are 1 and 0.707107
    assert_close(losses, torch.tensor([0.557386], dtype=DOUBLE), atol=1e-6, what="log(1 + e^(0.707107 - 1))")
