"""The hidden suite of deep clustering: the head, the losses, the network, training."""

import pytest
import torch

from grader.testing import (
    assert_array,
    assert_close,
    assert_equal,
    call_unchanged,
    depends,
    hint,
    parameters,
    points,
    set_parameters,
    title,
)
from reference.clustering.deep import (
    DeepClustering,
    assign,
    clustering_loss,
    reconstruction_loss,
    soft_assignment,
    start_centers,
    target_distribution,
    train,
)
from reference.clustering.two_stage import clustering_accuracy

from .shared import DOUBLE, check_labels, rand, randn, randperm, twins

SIZES = (5, 7, 2, 3)  # features, hidden, latent, clusters


def shares(torch_rng, n, k):
    return torch.softmax(1.5 * randn(torch_rng, n, k), dim=1)


# -- the head --------------------------------------------------------------------------------------------


@points(2)
@title(en="Soft assignment", ru="Мягкие метки")
@hint(
    en="The squared distance over alpha, the power -(alpha + 1) / 2, and each row divided by its own sum.",
    ru="Квадрат расстояния делится на alpha, степень равна -(alpha + 1) / 2, каждая строка делится на свою сумму.",
)
def test_soft_assignment(submission, torch_rng):
    for n, d, k, alpha in ((20, 3, 4, 1.0), (9, 2, 5, 0.5), (9, 4, 2, 7.0), (1, 1, 1, 2.0)):
        z, centers = 2 * randn(torch_rng, n, d), randn(torch_rng, k, d)
        expected = soft_assignment(z, centers, alpha)
        assert_close(submission.soft_assignment(z, centers, alpha), expected, rtol=1e-9, what="q")
    assert_close(submission.soft_assignment(z, centers), soft_assignment(z, centers, 1.0), rtol=1e-9, what="q")


@title(en="Far from all centres", ru="Вдали от всех центров")
@hint(
    en="A large power of a large number is infinite, its inverse 0, and 0 / 0 is NaN: work with logarithms.",
    ru="Большая степень большого числа — бесконечность, обратная величина — 0, а 0 / 0 — NaN: считайте в логарифмах.",
)
def test_far(submission, torch_rng):
    z, centers = 1e8 * (1 + rand(torch_rng, 6, 2)), 1e7 * randn(torch_rng, 3, 2)
    for alpha in (1.0, 100.0, 1000.0):
        expected = soft_assignment(z, centers, alpha)
        assert_close(submission.soft_assignment(z, centers, alpha), expected, rtol=1e-6, atol=1e-200, what="q")


@points(2)
@title(en="The target distribution", ru="Целевое распределение")
@hint(
    en="Squares over the sums of columns, then rows divided by their sums; an empty cluster stays empty, without NaN.",
    ru="Квадраты делятся на суммы столбцов, затем строки — на свои суммы; пустой кластер остаётся пустым, без NaN.",
)
def test_target(submission, torch_rng):
    for n, k in ((30, 4), (5, 2), (7, 1), (1, 3)):
        q = shares(torch_rng, n, k)
        assert_close(submission.target_distribution(q), target_distribution(q), rtol=1e-9, what="p")
    q = shares(torch_rng, 6, 4)
    q[:, 2] = 0
    q /= q.sum(dim=1, keepdim=True)
    assert_close(submission.target_distribution(q), target_distribution(q), rtol=1e-9, what="p")


@points(2)
@title(en="The two losses", ru="Две функции потерь")
@hint(
    en="Means over objects, sums over clusters and features; KL from P to Q; a term with p = 0 is 0.",
    ru="Среднее по объектам, сумма по кластерам и признакам; KL от P к Q; слагаемое с p = 0 равно 0.",
)
def test_losses(submission, torch_rng):
    for n, k in ((12, 4), (3, 2), (1, 1)):
        p, q = shares(torch_rng, n, k), shares(torch_rng, n, k)
        assert_close(submission.clustering_loss(p, q), clustering_loss(p, q), rtol=1e-8, atol=1e-12, what="loss")
        x, restored = randn(torch_rng, n, k), randn(torch_rng, n, k)
        expected = reconstruction_loss(x, restored)
        assert_close(submission.reconstruction_loss(x, restored), expected, rtol=1e-9, what="loss")
    hard = torch.eye(3, dtype=DOUBLE)[torch.randint(3, (9,), generator=torch_rng)]
    q = shares(torch_rng, 9, 3)
    assert_close(submission.clustering_loss(hard, q), clustering_loss(hard, q), rtol=1e-8, what="loss with p of 0")
    assert_close(submission.clustering_loss(hard, hard), torch.zeros((), dtype=DOUBLE), atol=1e-12, what="KL(P || P)")


@points(2)
@depends("test_soft_assignment", "test_target", "test_losses")
@title(en="Gradients of the head", ru="Градиенты головы кластеризации")
@hint(
    en="The target is a constant; codes and centres have gradients, finite even where a code is a centre.",
    ru="Целевое распределение — константа; градиенты есть у кодов и у центров, конечные даже при совпадении.",
)
def test_head_gradients(submission, probe, torch_rng):
    functions = submission.soft_assignment, submission.target_distribution, submission.clustering_loss
    z, centers = randn(torch_rng, 9, 2), randn(torch_rng, 3, 2)
    z[4] = centers[1]
    found = probe.head_gradients(*functions, z, centers)
    leaves = z.clone().requires_grad_(), centers.clone().requires_grad_()
    q = soft_assignment(*leaves)
    clustering_loss(target_distribution(q), q).backward()
    expected = {"z": leaves[0].grad, "centers": leaves[1].grad}
    assert_close(found, (expected, False), rtol=1e-7, atol=1e-10, what="(gradients, whether the target has one)")
    x, restored = randn(torch_rng, 4, 3), randn(torch_rng, 4, 3)
    gradient = probe.loss_gradients(submission.reconstruction_loss, x, restored)
    assert_close(gradient, (restored - x) / 2, rtol=1e-9, what="gradient by the restored objects")


# -- the network -----------------------------------------------------------------------------------------


@title(en="The parameters of the network", ru="Параметры сети")
@hint(
    en="Names and shapes are in the statement; centers is an nn.Parameter of zeros.",
    ru="Имена и формы даны в условии; centers — nn.Parameter из нулей.",
)
def test_parameters(submission):
    found = parameters(submission.DeepClustering(*SIZES))
    shapes = {name: tuple(value.shape) for name, value in DeepClustering(*SIZES).named_parameters()}
    assert_equal(sorted(found), sorted(shapes), what="names of the parameters")
    for name, shape in shapes.items():
        assert_array(found[name], shape=shape, kind="float", what=name)
    assert_equal(found["centers"], torch.zeros(3, 2), what="centers")


@depends("test_parameters")
@title(
    en="First values: uniform, from the generator given", ru="Начальные значения: равномерные, из данного генератора"
)
@hint(
    en="Within 1/sqrt(inputs of the map), which is another number for each map; the same for the same generator.",
    ru="В пределах 1/sqrt(число входов слоя), у каждого слоя своих; одинаковые при одинаковом генераторе.",
)
def test_first_values(submission, probe, torch_rng):
    seed = int(torch.randint(2**31, (1,), generator=torch_rng))
    sizes = (16, 100, 4, 2)
    one, same, other = (probe.first_parameters(submission.DeepClustering, sizes, s) for s in (seed, seed, seed + 1))
    shapes = {name: tuple(value.shape) for name, value in DeepClustering(*sizes).named_parameters()}
    for found in (one, same, other):
        assert type(found) is dict, "the parameters must be named"
        assert_equal(sorted(found), sorted(shapes), what="names of the parameters")
        for name, shape in shapes.items():
            assert_array(found[name], shape=shape, kind="float", what=name)
    assert_equal(same, one, what="parameters drawn from the same generator again")
    for name in set(shapes) - {"centers"}:
        bound = {"encoder.0": 0.25, "encoder.2": 0.1, "decoder.0": 0.5, "decoder.2": 0.1}[name.rpartition(".")[0]]
        value = one[name]
        assert bool((value != other[name]).any()), f"{name} does not depend on the generator"
        assert float(value.abs().max()) <= bound + 1e-6, f"{name} leaves the interval"
        # n draws stay below a share r of the bound with the chance ((1 + r) / 2)^n, here less than once in 10^8
        reach = 0.9 * bound if value.numel() >= 400 else 0.6 * bound if value.numel() >= 100 else -bound
        assert float(value.max()) > reach, f"{name} does not reach the upper part of the interval"
        assert float(value.min()) < -reach, f"{name} does not reach the lower part of the interval"


@points(2)
@depends("test_parameters", "test_soft_assignment")
@title(en="Both heads", ru="Обе головы")
@hint(
    en="ReLU stands between the two maps only, not after the second one; the order is codes, restored, q.",
    ru="ReLU стоит только между двумя слоями, а не после второго; порядок: коды, восстановленное, q.",
)
def test_forward(submission, torch_rng):
    for sizes in (SIZES, (1, 1, 1, 1), (3, 2, 4, 6)):
        made, expected = twins(submission, sizes, torch_rng)
        x = randn(torch_rng, 8, sizes[0])
        wanted = tuple(value.detach() for value in expected(x))
        assert_close(made(x), wanted, rtol=1e-9, atol=1e-12, what="(codes, restored, q)")


@depends("test_forward")
@title(en="Gradients of the network", ru="Градиенты сети")
@hint(
    en="Gradients flow from all three outputs to all parameters; nothing in forward is detached.",
    ru="Градиенты идут от всех трёх выходов ко всем параметрам; внутри forward ничего не отсоединяется.",
)
def test_network_gradients(submission, probe, torch_rng):
    made, expected = twins(submission, SIZES, torch_rng)
    x = randn(torch_rng, 8, 5)
    weights = [randn(torch_rng, 8, 2), randn(torch_rng, 8, 5), randn(torch_rng, 8, 3)]
    found = probe.network_gradients(made, x, weights)
    sum((output * weight).sum() for output, weight in zip(expected(x), weights, strict=True)).backward()
    wanted = {name: value.grad for name, value in expected.named_parameters()}
    assert_close(found, wanted, rtol=1e-7, atol=1e-10, what="gradients")


# -- training --------------------------------------------------------------------------------------------


def same_training(made, expected, history, wanted):
    assert_close(history, wanted, rtol=1e-6, what="history")
    values = {name: value.detach() for name, value in expected.named_parameters()}
    assert_close(parameters(made), values, rtol=1e-5, atol=1e-7, what="parameters after training")


@points(2)
@depends("test_forward", "test_target", "test_losses")
@title(en="Training with a target that is renewed", ru="Обучение с обновлением целевого распределения")
@hint(
    en="A new target before steps 0, refresh, 2 refresh, ..., the same in between; the loss is that before the step.",
    ru="Цель обновляется перед шагами 0, refresh, 2 refresh, ..., а между ними постоянна; потери — до шага.",
)
def test_train(submission, torch_rng):
    for steps, rate, weight, refresh in ((1, 0.1, 1.0, 1), (12, 0.02, 2.0, 1), (17, 0.02, 3.0, 5), (8, 0.03, 5.0, 50)):
        made, expected = twins(submission, SIZES, torch_rng)
        X = randn(torch_rng, 20, 5)
        history = submission.train(made, X, steps, rate=rate, weight=weight, refresh=refresh)
        same_training(made, expected, history, train(expected, X, steps, rate=rate, weight=weight, refresh=refresh))


@depends("test_train")
@title(
    en="The autoencoder alone, defaults, training goes on", ru="Только автокодировщик; умолчания; продолжение обучения"
)
@hint(
    en="With the weight 0 the centres do not move; each call of train has an optimiser of its own.",
    ru="При весе 0 центры не двигаются; у каждого вызова train свой оптимизатор.",
)
def test_train_again(submission, torch_rng):
    made, expected = twins(submission, SIZES, torch_rng)
    X = randn(torch_rng, 20, 5)
    before = expected.centers.detach().clone()
    same_training(made, expected, submission.train(made, X, 6, weight=0.0), train(expected, X, 6, weight=0.0))
    assert_equal(parameters(made)["centers"], before, what="centers")
    same_training(made, expected, submission.train(made, X, 23), train(expected, X, 23))


@depends("test_forward")
@title(en="Where the centres start", ru="Откуда стартуют центры")
@hint(
    en="k-means on the codes, as many clusters as the model has centres; the parameter keeps its gradient.",
    ru="k-средних на кодах, кластеров столько, сколько центров у модели; параметр остаётся обучаемым.",
)
def test_start_centers(submission, probe, torch_rng):
    made, expected = twins(submission, SIZES, torch_rng)
    X = randn(torch_rng, 30, 5)
    labels, wanted = submission.start_centers(made, X), start_centers(expected, X)
    assert_equal(check_labels(labels, 30), wanted, what="labels")
    values = {name: value.detach() for name, value in expected.named_parameters()}
    assert_close(parameters(made), values, rtol=1e-9, atol=1e-11, what="parameters")
    weights = [torch.zeros(30, 2, dtype=DOUBLE), torch.zeros(30, 5, dtype=DOUBLE), randn(torch_rng, 30, 3)]
    found = probe.network_gradients(made, X, weights)
    (expected(X)[2] * weights[2]).sum().backward()
    assert_close(found["centers"], expected.centers.grad, rtol=1e-7, atol=1e-10, what="gradient by the centres")
    assert_equal(submission.start_centers(made, X[:3]), start_centers(expected, X[:3]), what="labels of three objects")


@depends("test_forward")
@title(en="The most probable cluster", ru="Самый вероятный кластер")
@hint(
    en="The largest entry of each row of q; of equal ones the first.",
    ru="Наибольший элемент каждой строки q; из равных — первый.",
)
def test_assign(submission, torch_rng):
    made, expected = twins(submission, SIZES, torch_rng)
    X = 2 * randn(torch_rng, 40, 5)
    assert_equal(check_labels(submission.assign(made, X), 40), assign(expected, X), what="labels")
    fresh = submission.DeepClustering(*SIZES).double()  # all centres are zero, so all clusters are equally likely
    assert_equal(submission.assign(fresh, X), torch.zeros(40, dtype=torch.long), what="labels of equal clusters")


def folded(torch_rng, n=90):
    """Three groups in a plane, bent into twelve features, with noise; the group of each object."""
    groups = (torch.arange(n) % 3)[randperm(torch_rng, n)]
    angles = 2 * torch.pi * groups / 3
    plane = 2.5 * torch.stack([angles.cos(), angles.sin()], dim=1).double() + 0.5 * randn(torch_rng, n, 2)
    return torch.tanh(plane @ randn(torch_rng, 2, 12)) + 0.3 * randn(torch_rng, n, 12), groups


@points(2)
@depends("test_forward")
@title(en="From end to end: the loss falls, the groups are found", ru="Всё вместе: потери падают, группы находятся")
@hint(
    en="First the autoencoder alone, then centres by k-means, then both losses; is each piece right by itself?",
    ru="Сначала только автокодировщик, затем центры по k-средним, затем обе функции потерь; верна ли каждая часть?",
)
def test_from_end_to_end(submission, torch_rng):
    """Whatever the groups look like, the labels must be as good as those of the reference from the same start."""
    X, groups = folded(torch_rng)
    expected = DeepClustering(12, 24, 2, 3, rng=torch_rng).double()
    made = submission.DeepClustering(12, 24, 2, 3).double()
    set_parameters(made, dict(expected.state_dict()))
    alone = assert_array(submission.train(made, X, 120, weight=0.0), shape=(120,), kind="float", what="history")
    assert float(alone[-1]) < 0.5 * float(alone[0]), "the autoencoder has not learned to restore the objects"
    submission.start_centers(made, X)
    both = assert_array(
        submission.train(made, X, 60, weight=1.0, refresh=60), shape=(60,), kind="float", what="history"
    )
    assert float(both[-1]) < float(both[0]), "the loss has not fallen, though its target was fixed"
    share = clustering_accuracy(check_labels(submission.assign(made, X), len(X)), groups)
    train(expected, X, 120, weight=0.0)
    start_centers(expected, X)
    train(expected, X, 60, weight=1.0, refresh=60)
    needed = clustering_accuracy(assign(expected, X), groups) - 0.05
    assert share > needed, f"{share:.0%} of the objects are in the cluster of their group, over {needed:.0%} expected"


# -- arguments -------------------------------------------------------------------------------------------


@points("1/2")
@title(en="The arguments of deep clustering stay as they were", ru="Аргументы глубокой кластеризации не меняются")
@hint(
    en="Operations that end in an underscore, and /=, *= on tensors, write into the argument.",
    ru="Операции с подчёркиванием на конце, а также /= и *= пишут прямо в аргумент.",
)
def test_unchanged_by_deep_clustering(submission, torch_rng):
    z, centers = randn(torch_rng, 6, 2), randn(torch_rng, 3, 2)
    q = soft_assignment(z, centers)
    p = target_distribution(q)
    assert_close(call_unchanged(submission.soft_assignment, z, centers), q, rtol=1e-9, what="q")
    assert_close(call_unchanged(submission.target_distribution, q), p, rtol=1e-9, what="p")
    assert_close(call_unchanged(submission.clustering_loss, p, q), clustering_loss(p, q), rtol=1e-8, what="loss")
    loss = call_unchanged(submission.reconstruction_loss, z, 2 * z)
    assert_close(loss, reconstruction_loss(z, 2 * z), rtol=1e-9, what="loss")
    made, expected = twins(submission, SIZES, torch_rng)
    X = randn(torch_rng, 9, 5)
    wanted = tuple(value.detach() for value in expected(X))
    assert_close(call_unchanged(made, X), wanted, rtol=1e-9, atol=1e-12, what="(codes, restored, q)")
    assert_equal(call_unchanged(submission.assign, made, X), assign(expected, X), what="labels")
    assert_equal(call_unchanged(submission.start_centers, made, X), start_centers(expected, X), what="labels")
    assert_close(call_unchanged(submission.train, made, X, 3), train(expected, X, 3), rtol=1e-6, what="history")


ONE, TWO, THREE = (torch.ones(2, n, dtype=DOUBLE) / n for n in (1, 2, 3))
BAD = (TWO[0], TWO[:0], TWO[:, :0], torch.full((2, 2), torch.nan, dtype=DOUBLE))


@title(en="Errors of the head and the losses", ru="Ошибки головы и функций потерь")
@hint(
    en="ValueError with the argument's name; shapes that would be broadcast silently count as wrong too.",
    ru="ValueError с именем аргумента; формы, которые молча растянулись бы (broadcasting), тоже неверны.",
)
def test_errors_of_the_head(submission):
    for bad in BAD:
        for name, arguments, function in (
            ("z", (bad, TWO), submission.soft_assignment),
            ("centers", (TWO, bad), submission.soft_assignment),
            ("q", (bad,), submission.target_distribution),
            ("p", (bad, TWO), submission.clustering_loss),
            ("q", (TWO, bad), submission.clustering_loss),
            ("x", (bad, TWO), submission.reconstruction_loss),
            ("restored", (TWO, bad), submission.reconstruction_loss),
        ):
            with pytest.raises(ValueError, match=rf"\b{name}\b"):
                function(*arguments)
    for other in (THREE, ONE, TWO[:1]):
        with pytest.raises(ValueError, match=r"\bq\b"):
            submission.clustering_loss(TWO, other)
        with pytest.raises(ValueError, match="restored"):
            submission.reconstruction_loss(TWO, other)
    for other in (THREE, ONE):
        with pytest.raises(ValueError, match="centers"):
            submission.soft_assignment(TWO, other)
    for alpha in (0.0, -1.0):
        with pytest.raises(ValueError, match="alpha"):
            submission.soft_assignment(TWO, TWO, alpha)


@title(en="Errors of the network and its training", ru="Ошибки сети и обучения")
@hint(
    en="ValueError with the argument's name: the sizes, x, X, steps, rate, weight, refresh.",
    ru="ValueError с именем аргумента: размеры сети, x, X, steps, rate, weight, refresh.",
)
def test_errors_of_training(submission, torch_rng):
    for position, name in enumerate(("n_features", "n_hidden", "n_latent", "n_clusters")):
        sizes = [2, 2, 2, 2]
        sizes[position] = 0
        with pytest.raises(ValueError, match=name):
            submission.DeepClustering(*sizes)
    made = twins(submission, (2, 3, 2, 2), torch_rng)[0]
    for bad in (*BAD, THREE, ONE):
        with pytest.raises(ValueError, match=r"\bx\b"):
            made(bad)
        for function, more in ((submission.train, (1,)), (submission.start_centers, ()), (submission.assign, ())):
            with pytest.raises(ValueError, match=r"\bX\b"):
                function(made, bad, *more)
    with pytest.raises(ValueError, match=r"\bX\b"):
        submission.start_centers(made, TWO[:1])
    with pytest.raises(ValueError, match="steps"):
        submission.train(made, TWO, 0)
    for setting in ({"rate": 0.0}, {"weight": -0.1}, {"refresh": 0}):
        with pytest.raises(ValueError, match=next(iter(setting))):
            submission.train(made, TWO, 1, **setting)
