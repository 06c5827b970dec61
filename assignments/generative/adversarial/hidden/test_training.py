"""The hidden suite of training, with and without labels.

Where draws would matter there are none: the generator's objects do not depend on the noise, and all real objects are
the same. What is drawn is judged by what watched networks see.
"""

import math

import torch
from torch.nn.functional import one_hot

from grader.testing import (
    assert_array,
    assert_close,
    assert_count,
    assert_equal,
    assert_law,
    depends,
    each,
    hint,
    limit,
    points,
    set_state,
    state,
    title,
)
from grader.testing.inputs import randn
from grader.testing.twins import seed_of, sequence_twins
from reference.generative.adversarial import training

from .shared import (
    CLASSES,
    DOUBLE,
    LATENT,
    Behind,
    Watched,
    a_constant,
    a_generator,
    a_network,
    same_state,
)


class Run:
    """A training without chance of a student's and of the reference, and what came of it: histories, and the nets."""

    def __init__(self, submission, probe, torch_rng, steps, rate=0.03, left=0.0):
        self.G, self.D = a_constant(probe, torch_rng, 2), a_network(probe, torch_rng, 2, 1)
        inside = [probe.with_gradients(pair.made, left) if left else pair.made for pair in (self.G, self.D)]
        X = randn(torch_rng, 1, 2).repeat(5, 1)
        given = {"batch": 6, "rate": rate, "latent": LATENT}
        self.found = submission.train_gan(*inside, X, steps, rng=a_generator(torch_rng), **given)
        here = self.G.expected, self.D.expected
        self.expected = training.train_gan(*here, X, steps, rng=a_generator(torch_rng), **given)

    def same_networks(self):
        same_state(self.D, "the discriminator")
        same_state(self.G, "the generator")


BOTH = ("train_gan", "train_cgan")


def a_small_run(probe, torch_rng, name):
    """Both networks as twins, the data, and the other arguments of one of the trainings."""
    labelled = name == "train_cgan"
    more, data, named = (2, (torch.tensor([0, 1, 1]),), {"classes": 2}) if labelled else (0, (), {})
    pairs = a_network(probe, torch_rng, LATENT + more, 2), a_network(probe, torch_rng, 2 + more, 1)
    given = {"steps": 2, "batch": 4, "rate": 0.1, "latent": LATENT, **named}
    return pairs, (randn(torch_rng, 3, 2), *data), given


# -- without labels ---------------------------------------------------------------------------------------


@title(en="train_gan: the history", ru="train_gan: история обучения")
@hint(
    en="A row for each step: the discriminator's loss with which its step was made, then the generator's, against the "
    "discriminator that has just moved.",
    ru="По строке на шаг: потери дискриминатора, с которыми сделан его шаг, затем потери генератора — против "
    "дискриминатора, который только что сдвинулся.",
)
def test_gan_history(submission, probe, torch_rng):
    for steps in (4, 1):
        run = Run(submission, probe, torch_rng, steps)
        assert_close(run.found, run.expected, rtol=1e-5, atol=1e-7, what="history")


@title(en="train_gan: both networks after one step", ru="train_gan: обе сети после одного шага")
@hint(
    en="The first half moves the discriminator alone, the second one the generator alone.",
    ru="Первая половина шага двигает только дискриминатор, вторая — только генератор.",
)
def test_gan_one_step(submission, probe, torch_rng):
    Run(submission, probe, torch_rng, 1).same_networks()


@title(en="train_gan: both networks after several steps", ru="train_gan: обе сети после нескольких шагов")
@hint(
    en="Two optimisers live through all steps, with the betas of the statement. Each half starts from gradients of "
    "zero: the generator's loss leaves some in the discriminator.",
    ru="Два оптимизатора живут все шаги, их betas — из условия. Каждая половина начинает с нулевых градиентов: потери "
    "генератора оставляют градиенты и в дискриминаторе.",
)
def test_gan_steps(submission, probe, torch_rng):
    Run(submission, probe, torch_rng, 5, rate=0.1).same_networks()


@points("1/2")
@title(en="train_gan: gradients from before", ru="train_gan: прежние градиенты")
@hint(
    en="backward adds to what is there: zero_grad stands before it, in the first step too.",
    ru="backward прибавляет к тому, что уже есть: zero_grad стоит перед ним, и на первом шаге тоже.",
)
def test_gan_gradients_from_before(submission, probe, torch_rng):
    same = torch.Generator()
    same.set_state(torch_rng.get_state())
    without, with_them = Run(submission, probe, torch_rng, 2), Run(submission, probe, same, 2, left=50.0)
    for one, other, name in ((without.D, with_them.D, "discriminator"), (without.G, with_them.G, "generator")):
        what = f"the {name} after training, which had gradients before"
        assert_close(state(other.made), state(one.made), rtol=1e-5, atol=1e-7, what=what)


def watched(submission, probe, torch_rng, name, **more):
    """A run of this training whose networks are watched."""
    return Watched(getattr(submission, name), probe, torch_rng, CLASSES if name == "train_cgan" else 0, **more)


@each(BOTH, worth="1/2", en="Real objects: {name}", ru="Настоящие объекты: {name}")
@hint(
    en="In each step the discriminator is given `batch` rows of X, each drawn anew from all of them, whatever has "
    "been drawn before, and twice as many fakes: once for each half.",
    ru="На каждом шаге дискриминатор получает `batch` строк X, каждая выбрана заново из всех, что бы ни выпало раньше, "
    "и вдвое больше подделок: по разу на каждую половину.",
)
def test_real_objects(submission, probe, torch_rng, name):
    run = watched(submission, probe, torch_rng, name)
    by_steps, *_ = run.judged()
    places, share = by_steps.flatten(), 1 / run.n
    for place in range(run.n):
        assert_count(int((places == place).sum()), len(places), share, f"draws of object {place}")
    for one, other, which in (
        (places[1:], places[:-1], "just before"),
        (by_steps[1:], by_steps[:-1], "at the same place of the step before"),
    ):
        assert_count(int((one == other).sum()), one.numel(), share, f"draws of the object that was drawn {which}")
    of_many, *_ = watched(submission, probe, torch_rng, name, n=Watched.batch).judged()
    different = [len(places.unique()) for places in of_many]
    assert max(different) < Watched.batch, f"no object of {Watched.batch} comes twice in a batch as large"


@each(BOTH, worth="1/2", en="Noise: {name}", ru="Шум: {name}")
@hint(
    en="Each row of noise is `latent` standard normal numbers from rng, others in each step.",
    ru="Каждая строка шума — `latent` стандартных нормальных чисел из rng, на каждом шаге новых.",
)
def test_noise(submission, probe, torch_rng, name):
    first = watched(submission, probe, torch_rng, name).first_noise().flatten()
    assert len(first.unique()) > 0.9 * len(first), "numbers of the noise repeat"
    assert_law(first, lambda value: 0.5 * math.erfc(-value / math.sqrt(2)), what="the noise is not standard normal")


@each(BOTH, worth="1/4", en="New noise in the second half: {name}", ru="Новый шум во второй половине шага: {name}")
@hint(
    en="The generator's half draws its own noise: the discriminator has just learned from the other.",
    ru="Для половины генератора шум свой: на прежнем только что учился дискриминатор.",
)
def test_new_noise(submission, probe, torch_rng, name):
    first, second = watched(submission, probe, torch_rng, name).noise()[:, :, :LATENT].split(Watched.batch, dim=1)
    repeated = torch.isin(second, first).double().mean()
    assert repeated < 0.1, "the noise of both halves of a step is the same"


@each(
    BOTH,
    worth="1/2",
    en="All chance comes from rng: {name}",
    ru="Всё случайное берётся из rng: {name}",
)
@hint(
    en="Noise and rows come from rng itself, and from nothing else: PyTorch's own generator stays as it was.",
    ru="Шум и строки берутся из самого rng и больше ниоткуда: собственный генератор PyTorch не трогают.",
)
def test_generator(submission, probe, torch_rng, name):
    pairs, data, given = a_small_run(probe, torch_rng, name)
    seed, own = seed_of(torch_rng), seed_of(torch_rng)

    def history(seed, own, used=1):
        for pair in pairs:
            set_state(pair.made, pair.expected.state_dict())
        inside = [pair.made for pair in pairs]
        found, drawn = probe.trained(getattr(submission, name), inside, data, seed, own, used, **given)
        return assert_array(found, shape=(2, 2), kind="float", what="history"), drawn

    one, drawn = history(seed, own)
    untouched = torch.rand(3, generator=torch.Generator().manual_seed(own))
    assert_equal(drawn, untouched, what="numbers of PyTorch's own generator afterwards")
    assert_close(history(seed, own + 1)[0], one, rtol=1e-9, what="history from the same generator again")
    assert not torch.equal(history(seed + 1, own)[0], one), "the history does not depend on the generator"
    repeated = torch.equal(history(seed, own, used=40)[0], one)
    assert not repeated, "the history is the same again from a generator that has gone on: it was seeded anew"


@each(BOTH, worth="1/4", en="Single precision: {name}", ru="Одинарная точность: {name}")
@hint(
    en="Noise and labels are of the type of X: such as torch.randn(..., dtype=X.dtype).",
    ru="Шум и метки — того же типа, что X: например, torch.randn(..., dtype=X.dtype).",
)
def test_single_precision(submission, probe, torch_rng, name):
    pairs, (X, *labels), given = a_small_run(probe, torch_rng, name)
    inside = [pair.made.float() for pair in pairs]
    found = getattr(submission, name)(*inside, X.float(), *labels, rng=a_generator(torch_rng), **given)
    assert_array(found, shape=(2, 2), kind="float", what="history")


# -- with labels ------------------------------------------------------------------------------------------


@title(en="train_cgan: history and networks", ru="train_cgan: история и обе сети")
@hint(
    en="The steps are those of train_gan; the label, as ones and zeros, stands behind the noise and behind the object.",
    ru="Шаги те же, что в train_gan; метка из нулей и единицы стоит за шумом и за объектом.",
)
def test_cgan_steps(submission, probe, torch_rng):
    for label in (2, 0):
        inner, D = a_network(probe, torch_rng, CLASSES, 2), a_network(probe, torch_rng, 2 + CLASSES, 1)
        X, y = randn(torch_rng, 1, 2).repeat(5, 1), torch.full((5,), label)
        given = {"steps": 4, "classes": CLASSES, "batch": 6, "rate": 0.05, "latent": LATENT}
        made = probe.Behind(LATENT, inner.made), D.made
        found = submission.train_cgan(*made, X, y, rng=a_generator(torch_rng), **given)
        here = Behind(LATENT, inner.expected), D.expected
        expected = training.train_cgan(*here, X, y, rng=a_generator(torch_rng), **given)
        assert_close(found, expected, rtol=1e-5, atol=1e-7, what="history")
        same_state(D, "the discriminator")
        same_state(inner, "the generator")


@title(en="train_cgan: real objects and their labels", ru="train_cgan: настоящие объекты и их метки")
@hint(
    en="The discriminator judges a pair: an object is drawn together with its own label.",
    ru="Дискриминатор оценивает пару: объект выбирается вместе со своей меткой.",
)
def test_cgan_pairs(submission, probe, torch_rng):
    run = watched(submission, probe, torch_rng, "train_cgan")
    places, real, _ = run.judged()
    labels = one_hot(run.y[places], CLASSES).to(DOUBLE)
    assert_equal(real[:, :, run.m :], labels, what="labels of the real objects, as the discriminator sees them")


@title(en="train_cgan: the classes of the fakes", ru="train_cgan: классы подделок")
@hint(
    en="In both halves of a step the generator gets the labels of the step's real objects.",
    ru="В обеих половинах шага генератор получает метки настоящих объектов этого шага.",
)
def test_cgan_classes_of_fakes(submission, probe, torch_rng):
    run = watched(submission, probe, torch_rng, "train_cgan")
    places, *_ = run.judged()
    counts = one_hot(run.y[places], CLASSES).sum(dim=1).to(DOUBLE)  # (steps, classes)
    for half in run.noise()[:, :, LATENT:].split(run.batch, dim=1):
        assert bool(((half == 0) | (half == 1)).all()), "a label is made of zeros and ones"
        assert_equal(half.sum(dim=1), counts, what="how many fakes of each class there are in each step")


@title(en="train_cgan: fakes and their labels", ru="train_cgan: подделки и их метки")
@hint(
    en="The discriminator gets each fake with the label that it was made for.",
    ru="Дискриминатор получает каждую подделку с той меткой, для которой она сделана.",
)
def test_cgan_fakes(submission, probe, torch_rng):
    run = watched(submission, probe, torch_rng, "train_cgan")
    (_, _, fake), given = run.judged(), run.noise()
    with torch.no_grad():
        made = run.G.expected(given)
    expected = torch.cat([made, given[:, :, LATENT:]], dim=2)
    assert_close(fake, expected, rtol=1e-6, atol=1e-8, what="fakes and labels, as the discriminator sees them")


# -- what is learned --------------------------------------------------------------------------------------


CENTRES = torch.tensor([[2.0, 0.0], [0.0, 2.0], [-2.0, 0.0], [0.0, -2.0]], dtype=DOUBLE)
SPREAD, NEAR = 0.3, 0.9  # the deviation of a mode; what is near one
MODE, NEAR_ONE, RIGHT = 0.08, 0.75, 0.95  # the least shares: of each mode, near one, near that of the label


def ring(torch_rng, n=512):
    """Objects around four centres, and which."""
    y = torch.randint(4, (n,), generator=torch_rng)
    return CENTRES[y] + SPREAD * randn(torch_rng, n, 2), y


def players(probe, torch_rng, latent, objects):
    """A generator, whose objects are spread over the whole plane at first, and a discriminator: twins.

    A generator that begins in one place loses some of the groups in a few runs of a hundred.
    """

    def layers(inputs, outputs):
        return ("Linear", inputs, 32), ("Tanh",), ("Linear", 32, 32), ("Tanh",), ("Linear", 32, outputs)

    around_zero = {f"{number}.bias": torch.zeros(size, dtype=DOUBLE) for number, size in ((0, 32), (2, 32), (4, 2))}
    G = sequence_twins(probe.nn, layers(latent, 2), torch_rng, values=around_zero, scale=1.5)
    return G, sequence_twins(probe.nn, layers(objects, 1), torch_rng)


def generated(G, *parts):
    """Objects that a generator makes after its training, computed here from its parameters."""
    G.expected.load_state_dict({name: value.to(DOUBLE) for name, value in state(G.made).items()})
    with torch.no_grad():
        return G.expected(torch.cat(parts, dim=1))


@points("3/2")
@limit(seconds=60)
@depends("test_gan_history", "test_gan_one_step", "test_gan_steps")
@title(en="train_gan: four groups of points", ru="train_gan: четыре группы точек")
@hint(
    en="The generator has to make points of all four groups. Draw what it makes after some hundreds of steps: all in "
    "one place means that the players do not take turns as they should.",
    ru="Генератор должен создавать точки всех четырёх групп. Нарисуйте, что он выдаёт через сотни шагов: если всё в "
    "одном месте, игроки чередуются не так, как надо.",
)
def test_gan_ring(submission, probe, torch_rng):
    X, _ = ring(torch_rng)
    G, D = players(probe, torch_rng, 4, 2)
    given = {"batch": 64, "rate": 0.005, "latent": 4, "rng": a_generator(torch_rng)}
    submission.train_gan(G.made, D.made, X, 300, **given)
    distances = torch.cdist(generated(G, randn(torch_rng, 2000, 4)), CENTRES)
    near = distances.amin(dim=1) < NEAR
    shares = torch.bincount(distances.argmin(dim=1)[near], minlength=4) / len(near)
    assert near.double().mean() >= NEAR_ONE, f"{near.double().mean():.0%} of what is generated is near a group"
    assert shares.min() >= MODE, f"the shares of the groups are {[round(share, 3) for share in shares.tolist()]}"


@points("3/2")
@limit(seconds=60)
@depends("test_cgan_steps", "test_cgan_pairs", "test_cgan_classes_of_fakes", "test_cgan_fakes")
@title(en="train_cgan: the label decides the group", ru="train_cgan: группу задаёт метка")
@hint(
    en="After training the generator makes points of the group that the label asks for; see what the "
    "discriminator is told.",
    ru="После обучения генератор создаёт точки той группы, которую задаёт метка; посмотрите, что видит дискриминатор.",
)
def test_cgan_ring(submission, probe, torch_rng):
    X, y = ring(torch_rng)
    G, D = players(probe, torch_rng, 8, 6)
    given = {"classes": 4, "batch": 64, "rate": 0.005, "latent": 4, "rng": a_generator(torch_rng)}
    submission.train_cgan(G.made, D.made, X, y, 200, **given)
    asked = torch.arange(2000) % 4
    made = generated(G, randn(torch_rng, 2000, 4), one_hot(asked, 4).to(DOUBLE))
    right = (torch.cdist(made, CENTRES).argmin(dim=1) == asked).double().mean()
    assert right >= RIGHT, f"{right:.0%} of what is generated is nearest to the group of its label"
