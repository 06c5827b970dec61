"""The hidden suite of training: what each step draws, the steps, and what is learned."""

from statistics import NormalDist

import torch

from grader.testing import (
    assert_array,
    assert_close,
    assert_count,
    assert_equal,
    assert_law,
    depends,
    hint,
    limit,
    points,
    state,
    title,
)
from grader.testing.twins import seed_of
from reference.generative.variational_autoencoder import elbo, generate

from .shared import Coder, Notes, coder_values, images


def watched_run(submission, probe, torch_rng, X, values, *, steps, batch, rate):
    """What encode and decode were given in each step, the bounds, and the model after the training."""
    notes, rng = Notes(), torch.Generator().manual_seed(seed_of(torch_rng))
    model = probe.Coder(values, notes)
    bounds = submission.train(model, X, steps=steps, batch=batch, rate=rate, rng=rng)
    for name, width in (("encode", X.shape[1]), ("decode", values["back.0.weight"].shape[1])):
        assert len(notes[name]) == steps, f"{steps} steps, but {name} was called {len(notes[name])} times"
        for given in notes[name]:
            assert_array(given, shape=(batch, width), what=f"what {name} is given")
    return list(zip(notes["encode"], notes["decode"], strict=True)), bounds, model


def noise_of(model, x, z):
    """The noise that made z of x."""
    with torch.no_grad():
        mean, log_variance = model.encode(x)
    return (z - mean) / (log_variance / 2).exp()


@points("3/4")
@title(en="train: the objects of a step", ru="train: объекты шага")
@hint(
    en="Each step draws `batch` numbers of objects with replacement, all equally likely, and each step draws anew.",
    ru="На каждом шаге выбираются `batch` номеров объектов, с возвращением, все равновероятны; каждый раз заново.",
)
def test_train_objects(submission, probe, torch_rng):
    n, X = 4, images(torch_rng, 4)
    calls, *_ = watched_run(submission, probe, torch_rng, X, coder_values(torch_rng), steps=20, batch=40, rate=1e-9)
    same = [(x[:, None] - X).abs().amax(dim=2) < 1e-9 for x, _ in calls]
    assert all(bool(rows.any(dim=1).all()) for rows in same), "the model was given other images than those of X"
    drawn = torch.stack([rows.long().argmax(dim=1) for rows in same])  # (steps, batch)
    for number in range(n):
        assert_count(int((drawn == number).sum()), drawn.numel(), 1 / n, f"draws of object {number}")
    for equal, what in (
        (drawn[:, ::2] == drawn[:, 1::2], "neighbours in a batch that are the same object"),
        (drawn[::2] == drawn[1::2], "places of two steps with the same object"),
    ):
        assert_count(int(equal.sum()), equal.numel(), 1 / n, what)


@title(en="train: the noise of a step", ru="train: шум шага")
@hint(
    en="Each entry of each hidden vector has its own standard normal noise, and each step draws anew.",
    ru="У каждого элемента каждого скрытого вектора свой стандартный нормальный шум, и на каждом шаге он новый.",
)
def test_train_noise(submission, probe, torch_rng):
    values, X = coder_values(torch_rng), images(torch_rng, 5)
    calls, *_ = watched_run(submission, probe, torch_rng, X, values, steps=20, batch=60, rate=1e-9)
    noise = torch.stack([noise_of(Coder(values), x, z) for x, z in calls])  # (steps, batch, 2)
    assert_law(noise, NormalDist().cdf, what="the noise is not standard normal and independent")
    positive = noise > 0
    for equal, what in (
        (positive[:, :, 0] == positive[:, :, 1], "hidden vectors both entries of whose noise have one sign"),
        (positive[:, ::2] == positive[:, 1::2], "neighbours whose noise has the same sign"),
        (positive[::2] == positive[1::2], "places of two steps whose noise has the same sign"),
    ):
        assert_count(int(equal.sum()), equal.numel(), 1 / 2, what)


@points("5/4")
@title(en="train: step by step", ru="train: шаг за шагом")
@hint(
    en="One optimiser, Adam, for all steps; zero_grad, minus the mean of the bound, backward, step. The bounds "
    "returned are those that the steps were made with.",
    ru="Один оптимизатор Adam на все шаги; zero_grad, минус среднее нижних границ, backward, step. Возвращаются "
    "те средние, с которыми делались шаги.",
)
def test_train_steps(submission, probe, torch_rng):
    """The suite makes the steps once more, with the images and hidden vectors that the model was given."""
    for size, rate in ((6, 0.03), (1, 0.01)):
        values, X = coder_values(torch_rng), images(torch_rng, 4)
        given = {"steps": 5, "batch": size, "rate": rate}
        calls, bounds, model = watched_run(submission, probe, torch_rng, X, values, **given)
        expected, wanted = Coder(values), []
        optimizer = torch.optim.Adam(expected.parameters(), lr=rate)
        for x, z in calls:
            bound = elbo(expected, x, noise_of(expected, x, z)).mean()
            optimizer.zero_grad()
            (-bound).backward()
            optimizer.step()
            wanted.append(bound.item())
        assert_close(state(model), expected.state_dict(), rtol=1e-5, atol=1e-6, what="the model after training")
        assert all(isinstance(bound, float) for bound in bounds), "a bound is no float"
        assert_close(bounds, wanted, rtol=1e-5, atol=1e-8, what="the means of the bound")


@points("1/4")
@title(en="train: gradients from before", ru="train: прежние градиенты")
@hint(
    en="The parameters can have gradients before the first step: when are they set to zero?",
    ru="Градиенты у параметров могут быть ещё до первого шага: когда они обнуляются?",
)
def test_train_of_a_used_model(submission, probe, torch_rng):
    values, X, seed = coder_values(torch_rng), images(torch_rng, 6), seed_of(torch_rng)
    new, old = probe.used(submission.train, values, seed, X, steps=2, batch=4, rate=0.05)
    assert_close(old, new, rtol=1e-5, atol=1e-6, what="the model after training, which had gradients before")


@points("1/2")
@title(en="train: the generator", ru="train: генератор случайных чисел")
@hint(
    en="All draws come from rng: hand generator=rng to randint and to randn. randn_like takes none.",
    ru="Всё случайное берётся из rng: передавайте generator=rng и в randint, и в randn. randn_like его не принимает.",
)
def test_train_generator(submission, probe, torch_rng):
    values, X = coder_values(torch_rng), images(torch_rng, 9)
    seed, own = seed_of(torch_rng), seed_of(torch_rng)

    def bounds(seed, own):
        return probe.trained(submission.train, values, seed, own, X, steps=3, batch=4, rate=0.01)

    one, drawn = bounds(seed, own)
    expected = torch.rand(3, generator=torch.Generator().manual_seed(own))
    assert_equal(drawn, expected, what="numbers of PyTorch's own generator afterwards")
    assert_close(bounds(seed, own + 1)[0], one, rtol=1e-7, what="bounds from the same generator again")
    assert bounds(seed + 1, own)[0] != one, "the bounds do not depend on the generator"


# -- what is learned -------------------------------------------------------------------------------------

SIDE, UNITS, LATENT, STEPS = 8, 64, 4, 600
BOUND, BARS, NEAR, SHARE = -13.0, 10, 2, 0.2


def bars():
    """All images with one bar: eight rows, eight columns."""
    made = torch.zeros(2 * SIDE, SIDE, SIDE)
    for place in range(SIDE):
        made[place, place] = 1
        made[SIDE + place, :, place] = 1
    return made.flatten(1)


def noisy_bars(torch_rng, count):
    """Images with one bar in which each pixel is another with a probability of 1 %."""
    chosen = bars()[torch.randint(2 * SIDE, (count,), generator=torch_rng)]
    other = torch.rand(chosen.shape, generator=torch_rng) < 0.01
    return torch.where(other, 1 - chosen, chosen)


def first_values(torch_rng):
    """Values for a Coder, uniform within the bounds of torch's own layers, in single precision."""
    drawn = {}
    for name, value in coder_values(torch_rng, SIDE * SIDE, UNITS, LATENT).items():
        inputs = {"into.0": SIDE * SIDE, "back.0": LATENT}.get(name.rpartition(".")[0], UNITS)
        drawn[name] = (2 * torch.rand(value.shape, generator=torch_rng) - 1) * inputs**-0.5
    return drawn


@points("5/4")
@limit(seconds=60)
@depends("test_elbo", "test_elbo_gradients", "test_train_steps", "test_train_noise")
@title(en="It learns images with one bar", ru="Модель учится картинкам с одной полосой")
@hint(
    en="New images must have a bound of -13 or more, and images made of normal numbers must show most of the bars. See "
    "first whether the bounds that train returns rise.",
    ru="У новых картинок нижняя граница должна быть не меньше -13, а среди картинок из нормальных чисел — большинство "
    "полос. Сначала проверьте, растут ли числа, которые возвращает train.",
)
def test_training(submission, probe, torch_rng):
    """Trained inside; what was learned is measured here, by the reference, on images that were never sent."""
    values = first_values(torch_rng)
    model, rng = probe.Coder(values), torch.Generator().manual_seed(seed_of(torch_rng))
    submission.train(model, noisy_bars(torch_rng, 1000), steps=STEPS, batch=64, rate=0.01, rng=rng)
    expected = Coder(values)
    expected.load_state_dict(state(model))
    new = noisy_bars(torch_rng, 1000)
    with torch.no_grad():
        bound = float(elbo(expected, new, torch.randn((1000, LATENT), generator=torch_rng)).mean())
    assert bound >= BOUND, f"the mean bound of new images is {bound:.1f}, {BOUND} or more expected"
    made = generate(expected, torch.randn((400, LATENT), generator=torch_rng)).round()
    differ, which = torch.cdist(made, bars(), p=1).min(dim=1)
    near = differ <= NEAR
    shown, share = len(set(which[near].tolist())), float(near.double().mean())
    assert shown >= BARS, f"new images show {shown} of 16 bars, {BARS} expected"
    assert share >= SHARE, f"{share:.0%} of new images are a bar but for {NEAR} pixels, {SHARE:.0%} expected"
