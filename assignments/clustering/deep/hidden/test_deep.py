"""The hidden suite of deep clustering: the head, the losses, the network, training."""

import torch

from grader.testing import (
    assert_array,
    assert_close,
    assert_equal,
    depends,
    hint,
    parameters,
    points,
    set_parameters,
    title,
    together,
    vjp,
)
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
from reference.clustering.neural.two_stage import clustering_accuracy

from .shared import DOUBLE, SIZES, check_labels, rand, randn, randperm, same_type, twins


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
    for n, d, k, alpha in ((20, 3, 4, 1.0), (9, 2, 5, 0.5), (9, 4, 2, 7.0)):
        z, centers = 2 * randn(torch_rng, n, d), randn(torch_rng, k, d)
        expected = soft_assignment(z, centers, alpha)
        assert_close(submission.soft_assignment(z, centers, alpha), expected, rtol=1e-9, what="q")
    assert_close(submission.soft_assignment(z, centers), soft_assignment(z, centers, 1.0), rtol=1e-9, what="q")


@title(
    en="Far from all centres; one object, one cluster; float32", ru="Вдали от центров; один объект и кластер; float32"
)
@hint(
    en="A large power of a large number is infinite, its inverse 0, and 0 / 0 is NaN: work with logarithms.",
    ru="Большая степень большого числа — бесконечность, обратная величина — 0, а 0 / 0 — NaN: считайте в логарифмах.",
)
def test_far(submission, torch_rng):
    z, centers = 1e8 * (1 + rand(torch_rng, 6, 2)), 1e7 * randn(torch_rng, 3, 2)
    for alpha in (1.0, 100.0, 1000.0):
        expected = soft_assignment(z, centers, alpha)
        assert_close(submission.soft_assignment(z, centers, alpha), expected, rtol=1e-6, atol=1e-200, what="q")
    for alone in (z[:1, :1], z[:1]):
        expected = soft_assignment(alone, centers[:1, : alone.shape[1]], 2.0)
        assert_close(submission.soft_assignment(alone, centers[:1, : alone.shape[1]], 2.0), expected, what="q")
    z, centers = randn(torch_rng, 5, 2).float(), randn(torch_rng, 3, 2).float()
    same_type(submission.soft_assignment(z, centers), soft_assignment(z, centers), "q")


@title(en="The target distribution", ru="Целевое распределение")
@hint(
    en="Squares over the sums of columns, then rows divided by their sums.",
    ru="Квадраты делятся на суммы столбцов, затем строки — на свои суммы.",
)
def test_target(submission, torch_rng):
    for n, k in ((30, 4), (5, 2), (8, 6)):
        q = shares(torch_rng, n, k)
        assert_close(submission.target_distribution(q), target_distribution(q), rtol=1e-9, what="p")


@points(2)
@title(
    en="The target: empty and tiny clusters, one object, float32",
    ru="Цель: пустые и малые кластеры, один объект, float32",
)
@hint(
    en="An empty cluster stays empty, without NaN; a tiny one is not empty: add no small number to its size.",
    ru="Пустой кластер остаётся пустым, без NaN; крошечный — не пуст: к его размеру ничего не прибавляют.",
)
def test_target_of_empty_clusters(submission, torch_rng):
    one_cluster, one_object = shares(torch_rng, 7, 1), shares(torch_rng, 1, 3)
    empty, tiny = shares(torch_rng, 6, 4), shares(torch_rng, 6, 4)
    empty[:, int(torch.randint(4, (1,), generator=torch_rng))] = 0
    tiny[:, int(torch.randint(4, (1,), generator=torch_rng))] *= 1e-12
    hard = torch.eye(4, dtype=DOUBLE)[torch.arange(6) % 2 + 1]  # two clusters of four are empty
    for q in (
        one_cluster,
        one_object,
        empty / empty.sum(dim=1, keepdim=True),
        tiny / tiny.sum(dim=1, keepdim=True),
        hard,
    ):
        assert_close(submission.target_distribution(q), target_distribution(q), rtol=1e-9, what="p")
    q = shares(torch_rng, 5, 3).float()
    same_type(submission.target_distribution(q), target_distribution(q), "p")


@title(en="The clustering loss", ru="Функция потерь кластеризации")
@hint(
    en="KL from P to Q: a mean over objects, a sum over clusters.",
    ru="KL от P к Q: среднее по объектам, сумма по кластерам.",
)
def test_clustering_loss(submission, torch_rng):
    for n, k in ((12, 4), (3, 2), (7, 5)):
        p, q = shares(torch_rng, n, k), shares(torch_rng, n, k)
        assert_close(submission.clustering_loss(p, q), clustering_loss(p, q), rtol=1e-8, atol=1e-12, what="loss")


@points("1/2")
@title(
    en="The clustering loss: zero and tiny probabilities", ru="Потери кластеризации: нулевые и крошечные вероятности"
)
@hint(
    en="A term with p = 0 is 0; a tiny q is not 0: add no small number to it.",
    ru="Слагаемое с p = 0 равно 0; крошечное q — не ноль: ничего к нему не прибавляйте.",
)
def test_clustering_loss_of_zeros(submission, torch_rng):
    hard = torch.eye(3, dtype=DOUBLE)[torch.randint(3, (9,), generator=torch_rng)]
    q, tiny = shares(torch_rng, 9, 3), torch.softmax(30 * randn(torch_rng, 9, 3), dim=1)
    for one, other in ((hard, q), (q, tiny), (q[:1, :1] * 0 + 1, q[:1, :1] * 0 + 1)):
        expected = clustering_loss(one, other)
        assert_close(submission.clustering_loss(one, other), expected, rtol=1e-8, atol=1e-12, what="loss")
    assert_close(submission.clustering_loss(hard, hard), torch.zeros((), dtype=DOUBLE), atol=1e-12, what="KL(P || P)")
    p, q = q.float(), shares(torch_rng, 9, 3).float()
    same_type(submission.clustering_loss(p, q), clustering_loss(p, q), "loss")


@points("1/2")
@title(en="The reconstruction loss", ru="Потери восстановления")
@hint(en="A mean over objects, a sum over features.", ru="Среднее по объектам, сумма по признакам.")
def test_reconstruction_loss(submission, torch_rng):
    for n, m in ((12, 4), (3, 2), (1, 5), (4, 1), (1, 1)):
        x, restored = randn(torch_rng, n, m), randn(torch_rng, n, m)
        expected = reconstruction_loss(x, restored)
        assert_close(submission.reconstruction_loss(x, restored), expected, rtol=1e-9, what="loss")
    x, restored = x.float(), restored.float()
    same_type(submission.reconstruction_loss(x, restored), reconstruction_loss(x, restored), "loss")


def the_same_gradients(function, reference, arguments, cotangent):
    """The gradients by the arguments of one call are those of the reference."""
    leaves = [value.clone().requires_grad_() for value in arguments]
    (reference(*leaves) * cotangent).sum().backward()
    expected = tuple(leaf.grad for leaf in leaves)
    assert_close(vjp(function, arguments, cotangent).gradients, expected, rtol=1e-7, atol=1e-10, what="gradients")


@points("1/2")
@title(en="Gradients of the soft assignment", ru="Градиенты мягких меток")
@hint(
    en="Codes and centres have gradients, finite even where a code is a centre.",
    ru="Градиенты есть у кодов и у центров, и они конечны даже там, где код совпадает с центром.",
)
def test_gradients_of_soft_assignment(submission, torch_rng):
    z, centers = randn(torch_rng, 9, 2), randn(torch_rng, 3, 2)
    z[4] = centers[1]
    the_same_gradients(submission.soft_assignment, soft_assignment, (z, centers), randn(torch_rng, 9, 3))


@points("1/2")
@title(en="No gradient through the target", ru="Через целевое распределение градиент не идёт")
@hint(en="The target is a constant for the loss.", ru="Для функции потерь целевое распределение — константа.")
def test_no_gradient_through_the_target(submission, probe, torch_rng):
    q = shares(torch_rng, 9, 3)
    found = probe.target_tells(submission.target_distribution, q)
    assert_close(found, (target_distribution(q), False), rtol=1e-9, what="(target, whether a gradient goes through it)")


@points("1/2")
@title(en="Gradients of the clustering loss", ru="Градиенты потерь кластеризации")
@hint(en="The gradient by q_ij is -p_ij / (n q_ij).", ru="Градиент по q_ij равен -p_ij / (n q_ij).")
def test_gradients_of_clustering_loss(submission, torch_rng):
    p, q = shares(torch_rng, 9, 3), shares(torch_rng, 9, 3)
    leaf, weight = q.clone().requires_grad_(), randn(torch_rng, 1)[0]
    (clustering_loss(p, leaf) * weight).backward()
    found = vjp(submission.clustering_loss, (p, q), weight).gradients[1]
    assert_close(found, leaf.grad, rtol=1e-7, atol=1e-10, what="gradient by q")


@points("1/2")
@title(en="Gradients of the reconstruction loss", ru="Градиенты потерь восстановления")
@hint(
    en="Nothing is detached: the gradient by the restored objects is 2 (restored - x) / n.",
    ru="Ничего не отсоединяется: градиент по восстановленным объектам равен 2 (restored - x) / n.",
)
def test_gradients_of_reconstruction_loss(submission, probe, torch_rng):
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


@points("1/2")
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
    for found in (one, same, other):
        check_first_values(found, sizes)
    assert_equal(same, one, what="parameters drawn from the same generator again")
    for name in set(one) - {"centers"}:
        bound = {"encoder.0": 0.25, "encoder.2": 0.1, "decoder.0": 0.5, "decoder.2": 0.1}[name.rpartition(".")[0]]
        value = one[name]
        assert bool((value != other[name]).any()), f"{name} does not depend on the generator"
        assert float(value.abs().max()) <= bound + 1e-6, f"{name} leaves the interval"
        # n draws stay below a share r of the bound with the chance ((1 + r) / 2)^n, here less than once in 10^8
        reach = 0.9 * bound if value.numel() >= 400 else 0.6 * bound if value.numel() >= 100 else -bound
        assert float(value.max()) > reach, f"{name} does not reach the upper part of the interval"
        assert float(value.min()) < -reach, f"{name} does not reach the lower part of the interval"
        if value.numel() >= 400:  # six standard deviations of the two means: 0.58 and 0.29 of the bound for one draw
            room = 6 * bound / value.numel() ** 0.5
            assert abs(float(value.mean())) < 0.58 * room, f"{name} is not spread evenly around zero"
            assert abs(float(value.abs().mean()) - bound / 2) < 0.29 * room, f"{name} is not uniform"


def check_first_values(found, sizes):
    """That these are parameters by their names, and of their shapes."""
    shapes = {name: tuple(value.shape) for name, value in DeepClustering(*sizes).named_parameters()}
    assert type(found) is dict, "the parameters must be named"
    assert_equal(sorted(found), sorted(shapes), what="names of the parameters")
    for name, shape in shapes.items():
        assert_array(found[name], shape=shape, kind="float", what=name)


@points("1/2")
@depends("test_parameters")
@title(en="First values: each of its own", ru="Начальные значения: у каждого параметра свои")
@hint(
    en="The generator moves on from parameter to parameter and network to network; without one PyTorch's own does.",
    ru="Генератор продвигается от параметра к параметру и от сети к сети; без rng то же делает генератор PyTorch.",
)
def test_first_values_differ(submission, probe, torch_rng):
    seed = int(torch.randint(2**31, (1,), generator=torch_rng))
    sizes = (16, 100, 4, 2)
    of_rng, of_torch = probe.first_parameters_in_a_row(submission.DeepClustering, sizes, seed)
    for who, networks in (("rng", of_rng), ("PyTorch's generator", of_torch)):
        assert type(networks) is list, "two networks must be made"
        for found in networks:
            check_first_values(found, sizes)
        for name in sorted(set(networks[0]) - {"centers"}):
            assert bool((networks[0][name] != networks[1][name]).any()), f"{name}: two networks of {who} are the same"
    numbers = [
        (one := of_rng[0][name].flatten()[:4]) / one.abs().max() for name in sorted(set(of_rng[0]) - {"centers"})
    ]
    for row, one in enumerate(numbers):
        for other in numbers[:row]:
            assert float((one - other).abs().max()) > 1e-3, "two parameters begin with the same numbers"


@points("3/2")
@depends("test_parameters", "test_soft_assignment")
@title(en="Both heads", ru="Обе головы")
@hint(
    en="ReLU stands between the two maps only, not after the second one; the order is codes, restored, q.",
    ru="ReLU стоит только между двумя слоями, а не после второго; порядок: коды, восстановленное, q.",
)
def test_forward(submission, torch_rng):
    for sizes in (SIZES, (3, 2, 4, 6)):
        same_outputs(submission, sizes, 8, torch_rng)


def same_outputs(submission, sizes, n, torch_rng):
    made, expected = twins(submission, sizes, torch_rng)
    x = randn(torch_rng, n, sizes[0])
    wanted = tuple(value.detach() for value in expected(x))
    assert_close(made(x), wanted, rtol=1e-9, atol=1e-12, what="(codes, restored, q)")


@points("1/2")
@depends("test_parameters")
@title(en="Both heads: sizes of one, one object", ru="Обе головы: размеры, равные единице, один объект")
@hint(en="The shapes stay (n, d), (n, m), (n, k).", ru="Формы остаются (n, d), (n, m), (n, k).")
def test_smallest_network(submission, torch_rng):
    same_outputs(submission, (1, 1, 1, 1), 8, torch_rng)
    same_outputs(submission, SIZES, 1, torch_rng)


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
@together("train", "DeepClustering", because="train works on the network that stands; test_forward judges that one")
@depends("test_forward", "test_target", "test_clustering_loss", "test_reconstruction_loss")
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


@together("train", "DeepClustering", because="train works on the network that stands; test_forward judges that one")
@depends("test_train")
@title(
    en="The autoencoder alone, defaults, training goes on", ru="Только автокодировщик; умолчания; продолжение обучения"
)
@hint(
    en="With the weight 0 the centres do not move; each call of train has its own optimiser; old gradients go.",
    ru="При весе 0 центры не двигаются; у каждого вызова train свой оптимизатор, а прежние градиенты обнуляются.",
)
def test_train_again(submission, probe, torch_rng):
    made, expected = twins(submission, SIZES, torch_rng)
    X = randn(torch_rng, 20, 5)
    probe.network_gradients(made, X, [randn(torch_rng, 20, size) for size in (2, 5, 3)])  # which stay in the parameters
    before = expected.centers.detach().clone()
    same_training(made, expected, submission.train(made, X, 6, weight=0.0), train(expected, X, 6, weight=0.0))
    assert_equal(parameters(made)["centers"], before, what="centers")
    same_training(made, expected, submission.train(made, X, 23), train(expected, X, 23))
    made, X = submission.DeepClustering(*SIZES).float(), X.float()
    same_type(submission.train(made, X, 1), torch.zeros(1), "history", values=False)


@together("start_centers", "DeepClustering", because="it reads codes from the network, which test_forward judges")
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


@together("assign", "DeepClustering", because="it reads q from the network, which test_forward judges")
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
@together("DeepClustering", "train", "start_centers", "assign", because="it is about all of them in one run")
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
