"""The hidden suite of gradients on the input: features of layers, and dreams."""

import torch

from grader.testing import assert_array, assert_close, assert_equal, hint, points, title, together
from grader.testing.inputs import randn
from reference.autodiff.inputs.dream import dream, excitation
from reference.autodiff.inputs.features import features

from .shared import DOUBLE, SMOOTH, STACK, left_as_it_was, twins

UNITS = ((0, 1), (1, 2), (4, 3), (6, 4))  # of SMOOTH: a layer and a unit of it


def landscape(probe, torch_rng, *hills):
    """The sum of ``height * tanh(slope * x + shift)`` over (height, slope, shift), the output of layer 2."""
    heights, slopes, shifts = torch.tensor(hills, dtype=DOUBLE).T
    values = {
        "0.weight": slopes[:, None],
        "0.bias": shifts,
        "2.weight": heights[None],
        "2.bias": torch.zeros(1).double(),
    }
    return twins(probe, (("Linear", 1, len(hills)), ("Tanh",), ("Linear", len(hills), 1)), torch_rng, **values)


def bump(probe, torch_rng):
    """A hill whose summit is at 0."""
    return landscape(probe, torch_rng, (1.0, 1.0, 1.0), (-1.0, 1.0, -1.0))


def outcome(answer, x, steps):
    """(x, excitations), once it is known to be that."""
    assert isinstance(answer, tuple), "the answer must be a tuple (x, excitations)"
    assert len(answer) == 2, "the answer must be a tuple (x, excitations)"
    assert_array(answer[0], shape=tuple(x.shape), kind="float", what="x")
    assert_array(answer[1], shape=(None,), kind="float", what="excitations")
    assert 1 <= len(answer[1]) <= steps + 1, f"{len(answer[1])} excitations for at most {steps} steps"
    return answer


@title(en="Features of layers", ru="Признаки слоёв")
@hint(
    en="In the order asked for, a number that stands twice included; gradients must flow through them.",
    ru="В том порядке, в котором их просят, даже если номер стоит дважды; через них должны проходить градиенты.",
)
def test_features(submission, probe, torch_rng):
    inside, here = twins(probe, SMOOTH, torch_rng)
    x = randn(torch_rng, 2, 8, 8)
    for layers in ([0], [6, 1, 3], [2, 2], [5, 4]):
        found = submission.features(inside, x, layers)
        expected = [value.detach() for value in features(here, x, layers)]
        assert_close(found, expected, rtol=1e-12, atol=1e-13, what=f"features {layers}")
    place = x.clone().requires_grad_()
    sum(value.sum() for value in features(here, place, [3, 6])).backward()
    found = probe.slope(submission.features, inside, x, [3, 6])
    assert_close(found, place.grad, rtol=1e-9, atol=1e-12, what="gradient of the features by x")


@title(en="Modules that work in place", ru="Модули, работающие на месте")
@hint(
    en="ReLU(inplace=True) overwrites what the convolution before it has put out: keep a copy of that.",
    ru="ReLU(inplace=True) пишет поверх выхода свёртки перед ним: сохраните копию этого выхода.",
)
def test_in_place(submission, probe, torch_rng):
    inside, here = twins(probe, STACK, torch_rng)
    x = randn(torch_rng, 3, 8, 8)
    found = submission.features(inside, x, [0, 1, 3, 4])
    expected = [value.detach() for value in features(here, x, [0, 1, 3, 4])]
    assert_close(found, expected, rtol=1e-12, atol=1e-13, what="features [0, 1, 3, 4]")
    only, _ = twins(probe, (("ReLU", True),), torch_rng)
    assert_close(submission.features(only, x, [0]), [x.clamp(min=0)], what="features of a ReLU")


@title(en="Nothing behind the last layer is run", ru="После последнего слоя ничего не запускается")
@hint(
    en="The picture is larger than the linear layer at the end can take; it is not needed.",
    ru="Картинка больше, чем может принять линейный слой в конце; он и не нужен.",
)
def test_other_sizes(submission, probe, torch_rng):
    inside, here = twins(probe, STACK, torch_rng)
    x = randn(torch_rng, 3, 12, 9)
    for layers in ([3, 0], [5]):
        expected = [value.detach() for value in features(here, x, layers)]
        assert_close(submission.features(inside, x, layers), expected, rtol=1e-12, atol=1e-13, what="features")


@title(en="How much x excites a unit", ru="Насколько x возбуждает нейрон")
@hint(
    en="The unit is counted along the first axis: an entry of a vector, or a whole channel, whose mean is taken.",
    ru="Нейрон отсчитывается по первой оси: это элемент вектора или целый канал, от которого берётся среднее.",
)
def test_excitation(submission, probe, torch_rng):
    inside, here = twins(probe, SMOOTH, torch_rng)
    x = randn(torch_rng, 2, 8, 8)
    for layer, unit in UNITS:
        found = submission.excitation(inside, x, layer, unit)
        expected = excitation(here, x, layer, unit).detach()
        assert_close(found, expected, rtol=1e-10, atol=1e-13, what=f"excitation of unit {unit} in layer {layer}")
    place = x.clone().requires_grad_()
    excitation(here, place, 4, 1).backward()
    found = probe.slope(submission.excitation, inside, x, 4, 1)
    assert_close(found, place.grad, rtol=1e-9, atol=1e-12, what="gradient of the excitation by x")


@points(2)
@title(en="One step up", ru="Один шаг вверх")
@hint(
    en="The gradient is divided by the root of the mean of its squares over all entries of x; rate times it is added.",
    ru="Градиент делится на корень из среднего квадрата по всем элементам x; затем прибавляется, умноженный на rate.",
)
def test_one_step(submission, probe, torch_rng):
    inside, here = twins(probe, SMOOTH, torch_rng)
    x = randn(torch_rng, 2, 8, 8)
    for layer, unit in UNITS:
        found = outcome(submission.dream(inside, x, layer, unit, rate=0.01, steps=1), x, 1)
        expected = dream(here, x, layer, unit, rate=0.01, steps=1)
        assert_close(found, expected, rtol=1e-9, atol=1e-11, what="(x, excitations) after a step")


@points(2)
@title(en="Many steps up", ru="Много шагов вверх")
@hint(
    en="The gradient is taken anew at each point; the excitations are s + 1, the one at the start among them.",
    ru="Градиент берётся заново в каждой точке; значений E на одно больше, чем шагов: считается и начальная точка.",
)
def test_dream(submission, probe, torch_rng):
    inside, here = twins(probe, SMOOTH, torch_rng)
    x = randn(torch_rng, 2, 8, 8)
    for layer, unit in UNITS:
        found = outcome(submission.dream(inside, x, layer, unit, rate=0.005, steps=6), x, 6)
        place, values = x, [excitation(here, x, layer, unit).detach()]
        for _ in range(6):  # as far as one step of the student's own goes, which another test compares
            place, seen = outcome(submission.dream(inside, place, layer, unit, rate=0.005, steps=1), x, 1)
            values.append(seen[-1])
        expected = place, torch.stack(values)
        assert not torch.equal(place, x), "x has not moved after 6 steps"
        assert_close(found, expected, rtol=1e-7, atol=1e-9, what="(x, excitations) after 6 steps, by single steps")
    found = outcome(submission.dream(inside, x, 6, 1), x, 20)
    usual = outcome(submission.dream(inside, x, 6, 1, rate=0.1, steps=20), x, 20)
    assert not torch.equal(found[0], x), "x has not moved by the usual values"
    assert_close(found, usual, rtol=1e-6, atol=1e-8, what="(x, excitations) by the usual values")


@title(en="Each step rises", ru="Каждый шаг вверх")
@hint(
    en="Where a step leads down it is not made: halve the rate and try again from the same point.",
    ru="Шаг, ведущий вниз, не делается: уменьшите скорость вдвое и попробуйте снова из той же точки.",
)
def test_rises(submission, probe, torch_rng):
    inside, here = twins(probe, SMOOTH, torch_rng)
    x = randn(torch_rng, 2, 8, 8)
    for layer, unit in ((4, 0), (6, 2)):
        place, values = outcome(submission.dream(inside, x, layer, unit, rate=30.0, steps=15), x, 15)
        assert len(values) > 1, "no step was made, although smaller ones rise"
        assert float(values.diff().min()) > 0, "the excitation does not rise at some step"
        ends = torch.stack([excitation(here, where, layer, unit).detach() for where in (x, place)])
        assert_close(values[[0, -1]], ends, rtol=1e-9, what="first and last excitation")


@title(en="The halved rate stays", ru="Уменьшенная скорость остаётся")
@hint(
    en="The next step begins with the rate that has worked, not with the first one, and not with half of it.",
    ru="Следующий шаг начинается со скорости, которая подошла, — не с первоначальной и не с половины подошедшей.",
)
def test_halving(submission, probe, torch_rng):
    inside, here = bump(probe, torch_rng)
    for _ in range(4):
        x = 1.0 + 1.5 * torch.rand(1, generator=torch_rng, dtype=DOUBLE)
        for steps in (1, 2, 6):
            found = outcome(submission.dream(inside, x, 2, 0, rate=8.0, steps=steps), x, steps)
            expected = dream(here, x, 2, 0, rate=8.0, steps=steps)
            assert_close(found, expected, rtol=1e-7, atol=1e-9, what=f"(x, excitations) after {steps} steps")
    x = torch.rand(1, generator=torch_rng, dtype=DOUBLE)
    hole = 16.0 * (float(x) + 2.0)  # a step of 2 leads into it; once it has been 1, one of 2 would lead over it
    inside, here = landscape(probe, torch_rng, (10.0, 0.05, 0.0), (-5.0, 16.0, 2.0 - hole), (5.0, 16.0, -2.0 - hole))
    found = outcome(submission.dream(inside, x, 2, 0, rate=2.0, steps=3), x, 3)
    expected = dream(here, x, 2, 0, rate=2.0, steps=3)
    assert_close(found, expected, rtol=1e-7, atol=1e-9, what="(x, excitations) before a hole")


@title(en="Where the ascent ends", ru="Где подъём заканчивается")
@hint(
    en="At a summit no rate helps; a ReLU that sleeps has no gradient at all, and 0 / 0 is NaN.",
    ru="На вершине не поможет никакая скорость; у «спящего» ReLU градиента нет вовсе, а 0 / 0 — это NaN.",
)
def test_ends(submission, probe, torch_rng):
    inside, _ = bump(probe, torch_rng)
    x = 1.0 + 1.5 * torch.rand(1, generator=torch_rng, dtype=DOUBLE)
    place, values = outcome(submission.dream(inside, x, 2, 0, rate=0.5, steps=300), x, 300)
    assert len(values) < 200, "the ascent goes on where 20 halvings do not help"
    assert float(place.abs().max()) < 1e-5, "the summit has not been reached"
    assert float(values.diff().min()) > 0, "the excitation does not rise at some step"
    x = 0.9 + 0.2 * torch.rand(1, generator=torch_rng, dtype=DOUBLE)  # a step of 1.5 rises, one of 3 does not
    for halvings, steps in ((20, 1), (21, 0)):
        _, values = outcome(submission.dream(inside, x, 2, 0, rate=1.5 * 2.0**halvings, steps=1), x, 1)
        assert_equal(len(values) - 1, steps, what=f"steps made where {halvings} halvings are needed")
    bent, _ = twins(probe, (("Linear", 1, 1), ("Hardtanh",)), torch_rng, **{"0.weight": torch.ones(1, 1).double()})
    sleeping, _ = twins(
        probe, (("Linear", 2, 1), ("ReLU",)), torch_rng, **{"0.bias": torch.full((1,), -50.0, dtype=DOUBLE)}
    )
    for network, start in ((sleeping, randn(torch_rng, 2)), (bent, torch.full((1,), 20.0, dtype=DOUBLE))):
        place, values = outcome(submission.dream(network, start, 1, 0, steps=5), start, 5)
        assert_equal(place, start, what="x where there is no gradient")
        assert_equal(len(values), 1, what="number of excitations where there is no gradient")


@points("1/6")
@together("features", "excitation", "dream", because="one fault: whichever of them leaves traces in the network")
@title(en="The dreaming network is left as it was", ru="Спящая сеть остаётся такой же, как была")
@hint(
    en="No gradients in the parameters, no hooks that stay, no other mode; and single precision stays single.",
    ru="Никаких градиентов в параметрах, оставшихся хуков и смены режима; одинарная точность остаётся одинарной.",
)
def test_dream_leaves(submission, probe, torch_rng):
    inside, here = twins(probe, SMOOTH, torch_rng)
    x = randn(torch_rng, 2, 8, 8)
    submission.features(inside, x, [1, 4])
    submission.excitation(inside, x, 4, 0)
    submission.dream(inside, x, 6, 0, steps=3)
    left_as_it_was(probe, inside, here)
    single = outcome(submission.dream(inside.float(), x.float(), 4, 1, steps=2), x, 2)
    assert_equal(
        [str(part.dtype) for part in single], ["torch.float32"] * 2, what="types of numbers in single precision"
    )
