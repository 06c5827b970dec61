"""The hidden suite of L11.triplet: the loss, triples of objects, training."""

from collections import Counter
from itertools import pairwise, product
from operator import itemgetter

import torch

from grader.testing import (
    assert_array,
    assert_close,
    assert_count,
    assert_equal,
    depends,
    hint,
    limit,
    points,
    state,
    title,
    vjp,
)
from grader.testing.inputs import randn
from grader.testing.twins import sequence_twins
from reference.extraction.metric.one_shot import OneShot
from reference.extraction.metric.triplet import train_siamese, triplet_loss, triplets

from .shared import DOUBLE, SMOOTH, Notes, a_generator, read_back, ready_to_train, three


@title(en="triplet_loss: values", ru="triplet_loss: значения")
@hint(
    en="Euclidean distances, not their squares; max with 0 for each triple, then the mean over the triples.",
    ru="Евклидовы расстояния, а не их квадраты; максимум с нулём — для каждой тройки, затем среднее по тройкам.",
)
def test_triplet_loss(submission, torch_rng):
    for k, d, margin in ((1, 3, 2.0), (20, 2, 0.3), (7, 6, 0.0)):
        a, p, n = three(torch_rng, k, d)
        found = submission.triplet_loss(a, p, n, margin)
        assert_close(found, triplet_loss(a, p, n, margin), rtol=1e-9, what="the loss")


@points("1/2")
@title(en="triplet_loss: gradients", ru="triplet_loss: градиенты")
@hint(
    en="Triples whose loss is 0 have no gradient; detach, item and no_grad cut the graph.",
    ru="У троек с нулевыми потерями градиента нет; detach, item и no_grad обрывают граф.",
)
def test_triplet_gradients(submission, torch_rng):
    places = [x.requires_grad_() for x in three(torch_rng, 12, 3)]
    wanted = torch.autograd.grad(triplet_loss(*places, 0.4), places)
    given = [x.detach() for x in places]
    found = vjp(submission.triplet_loss, (*given, 0.4), torch.ones((), dtype=DOUBLE)).gradients
    for name, gradient, expected in zip("apn", found[:3], wanted, strict=True):
        assert_close(gradient, expected, rtol=1e-7, atol=1e-10, what=f"the gradient by {name}")


@points("1/2")
@title(en="triplet_loss: equal points, near points", ru="triplet_loss: совпадающие и близкие точки")
@hint(
    en="The square root has no derivative at 0, and NaN times 0 is NaN. A small number added before the root changes "
    "small distances: look for a norm whose gradient at 0 is 0.",
    ru="У корня в нуле нет производной, а NaN, умноженное на 0, — это NaN. Малая добавка под корнем искажает малые "
    "расстояния: найдите норму, градиент которой в нуле равен нулю.",
)
def test_triplet_equal_points(submission, torch_rng):
    a, _, n = three(torch_rng, 4, 3)
    given = (a, a.clone(), n, 100.0)
    value = submission.triplet_loss(*given)
    assert_close(value, triplet_loss(*given), rtol=1e-9, what="the loss where anchor and positive are equal")
    found = vjp(submission.triplet_loss, given, torch.ones((), dtype=DOUBLE)).gradients
    away = (n - a) / (n - a).norm(dim=1, keepdim=True) / 4
    assert_close(found[0], away, rtol=1e-7, atol=1e-10, what="the gradient by a")
    assert_close(found[1], 0 * a, atol=1e-10, what="the gradient by p, where p and a are equal")
    near = (a, a + 1e-4 * n, a + 1e-5 * n, 0.0)
    assert_close(submission.triplet_loss(*near), triplet_loss(*near), rtol=1e-6, what="the loss of near points")


def check_triples(found, labels, count):
    rows = assert_array(found, shape=(count, 3), kind="int", what="the triples")
    assert int(rows.min()) >= 0, "a triple has a negative index"
    assert int(rows.max()) < len(labels), "a triple has an index beyond the objects"
    a, p, n = rows.long().T
    assert_equal(int((a == p).sum()), 0, what="anchors that are their own positive")
    assert_equal(int((labels[a] != labels[p]).sum()), 0, what="positives of another class than their anchor")
    assert_equal(int((labels[a] == labels[n]).sum()), 0, what="negatives of the class of their anchor")
    return rows


@title(en="triplets: which triples there may be", ru="triplets: какие тройки бывают")
@hint(
    en="Anchor and positive are two different objects of one class, the negative is of another one. The result holds "
    "indices of objects, not labels.",
    ru="Якорь и положительный объект — два разных объекта одного класса, отрицательный — из другого. В результате "
    "номера объектов, а не метки.",
)
def test_triplets(submission, torch_rng):
    for n, k, count in ((30, 3, 200), (12, 5, 90)):
        labels = 7 * (torch.randperm(n, generator=torch_rng) % k) - 9
        check_triples(submission.triplets(labels, count, a_generator(torch_rng)), labels, count)


TRIES = 5000
first, first_two, ends = itemgetter(0), itemgetter(0, 1), itemgetter(0, 2)


@title(en="triplets: how likely each triple is", ru="triplets: насколько вероятна каждая тройка")
@hint(
    en="Draw the anchor among objects, not classes; then the positive among all others of the class, the negative "
    "among all objects of other classes. Each triple is drawn anew.",
    ru="Якорь выбирают среди объектов, а не среди классов; затем положительный — среди всех остальных объектов класса, "
    "отрицательный — среди всех объектов других классов. Каждая тройка разыгрывается заново.",
)
def test_triplets_law(submission, torch_rng):
    labels = torch.tensor([0, 0, 0, 0, 1, 1, 2])[torch.randperm(7, generator=torch_rng)]
    rows = submission.triplets(labels, TRIES, a_generator(torch_rng))
    rows = [tuple(row) for row in assert_array(rows, shape=(TRIES, 3), kind="int", what="the triples").tolist()]
    anchors, pairs, far, counts = (Counter(key(row) for row in rows) for key in (first, first_two, ends, tuple))
    squares = 0.0
    for a in range(7):
        friends = [p for p in range(7) if p != a and labels[p] == labels[a]]
        others = [n for n in range(7) if labels[n] != labels[a]]
        if not friends:
            continue
        assert_count(anchors[a], TRIES, 1 / 6, f"triples with the anchor {a}, labels {labels.tolist()}")
        for p in friends:
            assert_count(pairs[a, p], TRIES, 1 / 6 / len(friends), f"anchor {a} and positive {p}, {labels.tolist()}")
        for n in others:
            assert_count(far[a, n], TRIES, 1 / 6 / len(others), f"anchor {a} and negative {n}, {labels.tolist()}")
        for p, n in product(friends, others):
            share = 1 / 6 / len(friends) / len(others)
            assert_count(counts[a, p, n], TRIES, share, f"the triple {a, p, n}, labels {labels.tolist()}")
            squares += share**2
    alike = sum(one == other for one, other in pairwise(rows))
    assert_count(alike, TRIES - 1, squares, "triples that are equal to the one before")


@points("1/2")
@title(en="triplets: classes of one object, one triple", ru="triplets: классы из одного объекта, одна тройка")
@hint(
    en="A class of one object gives negatives only. Neither a loop that waits for a fitting draw nor an empty choice "
    "may stop you.",
    ru="Класс из одного объекта даёт только отрицательные объекты. Опасны цикл до удачного броска и пустой выбор.",
)
def test_triplets_lonely_classes(submission, torch_rng):
    labels = torch.tensor([4, 1, 2, 3, 4])
    rows = check_triples(submission.triplets(labels, 60, a_generator(torch_rng)), labels, 60)
    assert_equal(sorted(set(rows[:, 2].tolist())), [1, 2, 3], what="the negatives of 60 triples")
    check_triples(submission.triplets(labels[[0, 4, 1]], 1, a_generator(torch_rng)), labels[[0, 4, 1]], 1)


def some_triples(torch_rng, n, steps, k):
    return torch.randint(n, (steps, k, 3), generator=torch_rng)


@title(en="train_siamese: step by step", ru="train_siamese: шаг за шагом")
@hint(
    en="A step of Adam for each batch, one optimizer for all; gradients of before are forgotten; columns are anchor, "
    "positive, negative; losses are those before each step.",
    ru="На каждый пакет — шаг Adam, оптимизатор один на всё обучение; старые градиенты забываются; столбцы — якорь, "
    "положительный, отрицательный; потери — до каждого шага.",
)
def test_siamese_steps(submission, probe, torch_rng):
    made, expected, _ = sequence_twins(probe.nn, SMOOTH, torch_rng)
    X, triples = randn(torch_rng, 9, 5), some_triples(torch_rng, 9, 4, 6)
    losses = submission.train_siamese(probe.with_gradients(made, 50.0), X, triples, probe.of_triples(20.0), 0.02)
    wanted = train_siamese(expected, X, triples, lambda a, p, n: triplet_loss(a, p, n, 20.0), 0.02)
    assert_close(losses, wanted, rtol=1e-6, what="the losses")
    assert_close(state(made), expected.state_dict(), rtol=1e-4, atol=1e-6, what="the network after training")


@points("1/2")
@title(en="train_siamese: training mode", ru="train_siamese: режим обучения")
@hint(
    en="The network may come in evaluation mode; it is to be trained in training mode.",
    ru="Сеть могут передать в режиме предсказания, а обучать её надо в режиме обучения.",
)
def test_siamese_mode(submission, probe, torch_rng):
    notes, inside = Notes(), sequence_twins(probe.nn, SMOOTH, torch_rng).made
    triples = some_triples(torch_rng, 9, 2, 3)
    submission.train_siamese(
        probe.watched(inside, notes, False), randn(torch_rng, 9, 5), triples, probe.of_triples(1.0), 0.01
    )
    assert notes.modes, "the network was not called"
    assert all(notes.modes), "the network was called in evaluation mode"


LAYERS = (("Linear", 12, 32), ("Tanh",), ("Linear", 32, 8))
STEPS, BATCH, RATE, MARGIN, LEAST = 200, 64, 0.01, 1.0, 0.5


def a_world(torch_rng):
    """A function that makes objects of new classes: four numbers tell the class, eight others are louder noise."""
    mix = torch.linalg.qr(randn(torch_rng, 12, 12)).Q

    def objects(classes, each):
        codes = randn(torch_rng, classes, 4).repeat_interleave(each, 0)
        hidden = torch.cat([codes + 0.15 * randn(torch_rng, *codes.shape), 2 * randn(torch_rng, len(codes), 8)], dim=1)
        return (hidden @ mix).float(), torch.arange(classes).repeat_interleave(each)

    return objects


def told_by_one(net, X, y):
    """The share of objects told by a classifier that was given the first object of each class."""
    one, first = OneShot(net), torch.cat([torch.ones(1, dtype=torch.bool), y[1:] != y[:-1]])
    for x, label in zip(X[first], y[first].tolist(), strict=True):
        one.add(str(label), x[None])
    found = one.classify(X[~first])
    return sum(name == str(label) for name, label in zip(found, y[~first].tolist(), strict=True)) / len(found)


@limit(seconds=30)
@depends("test_siamese_steps")
@title(en="train_siamese: classes that it never saw", ru="train_siamese: классы, которых сеть не видела")
@hint(
    en="One object of a new class is enough once the metric is learned. See whether the losses fall, and whether all "
    "parameters move.",
    ru="Когда метрика выучена, хватает одного объекта нового класса. Проверьте, убывают ли потери и все ли параметры "
    "меняются.",
)
def test_siamese_learns(submission, probe, torch_rng):
    """The network is trained inside; what it has learned is measured here, on classes that the sandbox never saw."""
    objects = a_world(torch_rng)
    X, y = objects(30, 8)
    triples = triplets(y, STEPS * BATCH, torch_rng).reshape(STEPS, BATCH, 3)
    made, expected = ready_to_train(probe, torch_rng, LAYERS)
    submission.train_siamese(made, X, triples, probe.of_triples(MARGIN), RATE)
    share = told_by_one(read_back(made, expected), *objects(10, 21))
    assert share > LEAST, f"{share:.0%} of objects of new classes are told, more than {LEAST:.0%} expected"
