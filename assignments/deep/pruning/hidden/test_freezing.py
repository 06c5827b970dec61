"""The hidden suite of frozen layers and transfer."""

import torch

from grader.testing import (
    assert_array,
    assert_close,
    assert_equal,
    each,
    hint,
    parameters,
    points,
    set_state,
    state,
    title,
)
from grader.testing.inputs import randn
from reference.deep.pruning.freezing import transfer

from .shared import DOUBLE, same_state, twins

BASE = (("Linear", 3, 6), ("Tanh",))
WITH_STATISTICS = (("Linear", 3, 6), ("BatchNorm1d", 6), ("Tanh",))
HEAD = (("Linear", 6, 4),)
HEAD_WITH_STATISTICS = (("Linear", 6, 4), ("BatchNorm1d", 4))
NUMBERS = {"conv1.weight": 6, "conv1.bias": 3, "conv10.weight": 3, "conv10.bias": 1}
NUMBERS |= {"inner.conv.weight": 18, "inner.conv.bias": 2, "inner.norm.weight": 2, "inner.norm.bias": 2}


def model(probe):
    """Eight parameters in modules whose names begin alike."""
    modules = probe.nn
    inner = probe.named({"conv": modules.Conv2d(1, 2, 3), "norm": modules.BatchNorm2d(2)})
    return probe.named({"conv1": modules.Linear(2, 3), "conv10": modules.Linear(3, 1), "inner": inner})


def below(*names):
    """The parameters of these names or below them, and how many numbers they hold."""
    chosen = [one for one in NUMBERS if any(one == name or one.startswith(name + ".") for name in names)]
    return chosen, sum(NUMBERS[one] for one in chosen)


def frozen_are(probe, network, chosen):
    expected = {name: name not in chosen for name in NUMBERS}
    assert_equal(probe.wants(network), expected, what="which parameters want gradients")


@points("1/2")
@title(en="A module is frozen", ru="Модуль замораживается")
@hint(
    en="requires_grad of the parameters, not of the module; the result is the number of scalars in all of them, frozen "
    "before or not.",
    ru="requires_grad ставится параметрам, а не модулю; результат — сколько чисел во всех этих параметрах, были они "
    "заморожены раньше или нет.",
)
def test_freeze(submission, probe):
    network, frozen = model(probe), []
    for prefix in ("conv10", "inner", "conv10"):
        chosen, count = below(prefix)
        assert_equal(submission.freeze(network, prefix), count, what=f"numbers below {prefix}")
        frozen += chosen
        frozen_are(probe, network, frozen)


@each(("freeze", "unfreeze"), worth="1/4", en="Whole names: {name}", ru="Имена целиком: {name}")
@hint(
    en="conv1 is not the beginning of conv10 here: the name ends, or a dot follows.",
    ru="conv1 здесь не начало conv10: после имени либо ничего, либо точка.",
)
def test_whole_names(submission, probe, name):
    network = model(probe)
    network.requires_grad_(name == "freeze")
    chosen, count = below("conv1")
    assert_equal(getattr(submission, name)(network, "conv1"), count, what="numbers below conv1")
    frozen_are(probe, network, chosen if name == "freeze" else set(NUMBERS) - set(chosen))


@points("1/2")
@title(en="Modules in modules, and one parameter", ru="Вложенные модули и отдельный параметр")
@hint(
    en="named_parameters() gives full names with dots, such as inner.conv.weight; the prefix may be one of them.",
    ru="named_parameters() даёт полные имена с точками, например inner.conv.weight; prefix может быть таким именем.",
)
def test_freeze_inside(submission, probe):
    network, frozen = model(probe), []
    for prefix in ("inner.norm", "conv1.bias"):
        chosen, count = below(prefix)
        assert_equal(submission.freeze(network, prefix), count, what=f"numbers below {prefix}")
        frozen += chosen
        frozen_are(probe, network, frozen)


@points("1/2")
@title(en="Frozen parameters do not move", ru="Замороженные параметры не двигаются")
@hint(
    en="An optimiser skips a parameter whose grad is None; with an old gradient, or zeros and weight decay, it moves.",
    ru="Оптимизатор пропускает параметр, у которого grad равен None; со старым градиентом он его сдвинет, а при "
    "затухании весов — и с нулевым.",
)
def test_frozen_parameters_stay(submission, probe):
    network = model(probe)
    probe.given_gradients(network)
    before = parameters(network)
    submission.freeze(network, "inner")
    probe.step(network)
    after = parameters(network)
    assert_equal(sorted(after), sorted(NUMBERS), what="names of the parameters")
    for name in NUMBERS:
        if name.startswith("inner."):
            assert_equal(after[name], before[name], what=f"{name} after a step of an optimiser over all parameters")
        else:
            assert (after[name] != before[name]).all(), f"{name} is not frozen and does not move"


@points("1/2")
@title(en="A module is unfrozen", ru="Модуль размораживается")
@hint(
    en="Only the parameters below the prefix want gradients again; all of them count, frozen before or not.",
    ru="Градиенты снова нужны только параметрам с этим префиксом; считаются все они, и незамороженные тоже.",
)
def test_unfreeze(submission, probe):
    network, frozen = model(probe), set(NUMBERS)
    network.requires_grad_(False)
    for prefix in ("conv10", "inner.conv", "conv1.weight", "inner.conv"):
        chosen, count = below(prefix)
        assert_equal(submission.unfreeze(network, prefix), count, what=f"numbers below {prefix}")
        frozen -= set(chosen)
        frozen_are(probe, network, frozen)


def a_task(probe, torch_rng, layers, head_layers=HEAD):
    """A base and a head inside and here, objects and their classes."""
    base, head = twins(probe, layers, torch_rng), twins(probe, head_layers, torch_rng)
    X, y = randn(torch_rng, 12, 3), torch.randint(4, (12,), generator=torch_rng)
    return base, head, X, y


def compare(submission, task, **steps):
    """Losses, head and base after transfer are the reference's."""
    (base, own_base), (head, own_head), X, y = task
    found = submission.transfer(base, head, X, y, rate=0.5, **steps)
    expected = transfer(own_base, own_head, X, y, rate=0.5, **steps)
    assert_close(found, expected, rtol=1e-8, atol=1e-10, what="losses")
    same_state(head, own_head, "parameters of the head")
    same_state(base, own_base, "parameters and buffers of the base")


@title(en="The first phase: the head", ru="Первая фаза: голова")
@hint(
    en="Gradient descent by the mean cross-entropy over all objects; the loss is noted before each step.",
    ru="Градиентный спуск по средней кросс-энтропии всех объектов; потери запоминаются перед каждым шагом.",
)
def test_first_phase(submission, probe, torch_rng):
    compare(submission, a_task(probe, torch_rng, BASE), head_steps=4, all_steps=0)


@title(en="The first phase: the base does not move", ru="Первая фаза: основа не двигается")
@hint(
    en="Buffers count too: batch normalisation moves its running statistics in training mode.",
    ru="Буферы тоже важны: пакетная нормализация в режиме обучения меняет накопленные статистики.",
)
def test_base_stays(submission, probe, torch_rng):
    (base, own_base), (head, _), X, y = a_task(probe, torch_rng, WITH_STATISTICS)
    submission.transfer(base, head, X, y, head_steps=3, all_steps=0, rate=0.5)
    same_state(base, own_base, "parameters and buffers of the base after the first phase", exactly=True)


@title(en="Both phases", ru="Обе фазы")
@hint(
    en="The head is in training mode always, the base in the second phase; there every parameter of both moves.",
    ru="Голова всегда в режиме обучения, основа — во второй фазе; там двигаются все параметры обеих.",
)
def test_both_phases(submission, probe, torch_rng):
    task = a_task(probe, torch_rng, WITH_STATISTICS, HEAD_WITH_STATISTICS)
    compare(submission, task, head_steps=2, all_steps=3)
    compare(submission, a_task(probe, torch_rng, BASE), head_steps=0, all_steps=2)


@points("1/2")
@title(en="What was before has no effect", ru="Прошлое не влияет")
@hint(
    en="Gradients of an earlier training must not enter a step; parameters that were frozen move, and the head is in "
    "training mode, all the same.",
    ru="Градиенты прошлого обучения не должны попасть в шаг; замороженные прежде параметры всё равно двигаются, а "
    "голова — в режиме обучения.",
)
def test_nothing_of_before(submission, probe, torch_rng):
    task = a_task(probe, torch_rng, BASE, HEAD_WITH_STATISTICS)
    (base, _), (head, _), *_ = task
    for module in (base, head):
        probe.given_gradients(module)
        module.requires_grad_(False)
        module.train(False)
    compare(submission, task, head_steps=2, all_steps=2)


@points("1/4")
@title(en="How transfer leaves the modules", ru="Что остаётся после transfer")
@hint(
    en="All parameters want gradients and both modules are in training mode, also when all_steps is 0.",
    ru="Все параметры с градиентами, оба модуля в режиме обучения — и тогда, когда all_steps равно 0.",
)
def test_left_behind(submission, probe, torch_rng):
    for all_steps in (0, 1):
        (base, _), (head, _), X, y = a_task(probe, torch_rng, WITH_STATISTICS)
        submission.transfer(base, head, X, y, head_steps=1, all_steps=all_steps, rate=0.1)
        for module, what in ((base, "base"), (head, "head")):
            wants, modes = probe.wants(module), probe.modes(module)
            assert_equal(wants, dict.fromkeys(wants, True), what=f"which parameters of the {what} want gradients")
            assert_equal(modes, dict.fromkeys(modes, True), what=f"training modes of the {what}")


def quadrants(torch_rng, count):
    """Points that keep away from the axes, and their quadrants."""
    signs = 2.0 * torch.randint(2, (count, 2), generator=torch_rng).double() - 1
    X = signs * (0.3 + 0.7 * torch.rand(count, 2, generator=torch_rng, dtype=DOUBLE))
    return X, ((signs[:, 0] > 0).long() + 2 * (signs[:, 1] > 0).long())


@points("3/4")
@title(en="A base learns what it has not seen", ru="Основа учится тому, чего не видела")
@hint(
    en="Here the base knows one coordinate only. The head alone cannot do better: the base must learn in phase two.",
    ru="Здесь основа знает только одну координату. Одна голова большего не сможет: вторая фаза должна обучать основу.",
)
def test_learns(submission, probe, torch_rng):
    """What was learned is measured here, on other points, with the parameters read back."""
    (base, own_base), (head, own_head) = (
        twins(probe, layers, torch_rng) for layers in ((("Linear", 2, 8), ("Tanh",)), (("Linear", 8, 4),))
    )
    values = {name: value.detach().clone() for name, value in own_base.state_dict().items()}
    values["0.weight"][:, 1] = 0.0
    own_base.load_state_dict(values)
    set_state(base, values)
    X, y = quadrants(torch_rng, 120)
    submission.transfer(base, head, X, y, head_steps=30, all_steps=150, rate=0.5)
    for own, module, what in ((own_base, base, "base"), (own_head, head, "head")):
        found = state(module)
        for name, value in own.state_dict().items():
            assert_array(found.get(name), shape=tuple(value.shape), kind="float", what=f"{name} of the {what}")
        own.load_state_dict(found)
    X, y = quadrants(torch_rng, 500)
    with torch.no_grad():
        share = float((own_head(own_base(X)).argmax(dim=1) == y).double().mean())
    assert share > 0.9, f"{share:.0%} of new points are answered rightly, more than 90% expected"
