"""The hidden suite of training: the loss, what each step draws, the steps, and what is learned."""

from statistics import NormalDist

import torch
from torch import nn

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
    vjp,
)
from grader.testing.inputs import randn
from grader.testing.twins import seed_of
from reference.generative.diffusion.forward import alpha_bar, linear_schedule, q_sample
from reference.generative.diffusion.sampling import sample
from reference.generative.diffusion.training import noise_loss

from .shared import DOUBLE, a_beta, any_steps, checked, scripted, watched_values

# -- noise_loss ------------------------------------------------------------------------------------------


def a_batch(torch_rng, n, *shape, T=6):
    """Objects, a step for each, noise and a schedule, in the order of the arguments."""
    x0, noise = randn(torch_rng, n, *shape), randn(torch_rng, n, *shape)
    return x0, any_steps(torch_rng, n, T), noise, a_beta(torch_rng, T)


@title(en="noise_loss: the value", ru="noise_loss: значение")
@hint(
    en="The mean over all entries of the squared difference between what the model answers and the noise.",
    ru="Среднее по всем элементам квадрата разности между ответом модели и шумом.",
)
def test_loss(submission, torch_rng):
    for n, *shape in ((5, 3), (1, 1), (3, 2, 4)):
        batch, condition = a_batch(torch_rng, n, *shape), randn(torch_rng, n)
        model = scripted(torch_rng, *shape)
        for given in (condition, None):
            found = submission.noise_loss(model, *batch, given)
            assert_close(found, noise_loss(model, *batch, given), rtol=1e-6, what="the loss")


@points("1/2")
@title(en="noise_loss: what the model is given", ru="noise_loss: что получает модель")
@hint(
    en="One call: the noised objects, the steps t as they are, the condition as it is, None too.",
    ru="Один вызов: зашумлённые объекты, шаги t как есть и условие как есть, в том числе None.",
)
def test_loss_asks(submission, torch_rng):
    x0, t, noise, beta = a_batch(torch_rng, 5, 2)
    for condition in (torch.tensor([4, 0, 2, 1, 3]), randn(torch_rng, 5, 3), None):
        model = scripted(torch_rng, 2)
        submission.noise_loss(model, x0, t, noise, beta, condition)
        assert_equal(model.count, 1, what="calls of the model")
        x, steps, known = checked(model.calls[0])
        noised = q_sample(x0, t, noise, beta)
        assert_close(x, noised, rtol=1e-5, atol=1e-6, what="the objects that the model is given")
        assert_equal(steps.long(), t, what="the steps that the model is given")
        assert_equal(known, condition, what="the condition that the model is given")


@points("1/2")
@title(en="noise_loss: gradients", ru="noise_loss: градиенты")
@hint(
    en="The loss is a tensor, and the way from the model to it is made of torch's operations: no item(), no detach().",
    ru="Потери — тензор, и путь к ним от модели состоит из операций torch: без item() и detach().",
)
def test_loss_gradients(submission, probe, torch_rng):
    values, condition = watched_values(torch_rng, 3), randn(torch_rng, 4)
    model, expected = probe.Watched(values), Watched(values)
    batch = a_batch(torch_rng, 4, 3)
    one = torch.ones((), dtype=DOUBLE)
    found = vjp(submission.noise_loss, (model, *batch, condition), one, parameters=model, by=()).parameters
    named = dict(expected.named_parameters())
    wanted = torch.autograd.grad(noise_loss(expected, *batch, condition), list(named.values()))
    for name, gradient in zip(named, wanted, strict=True):
        assert found.get(name) is not None, f"no gradient reaches {name}"
        assert_close(found[name], gradient, rtol=1e-6, atol=1e-9, what=f"the gradient by {name}")


class Watched(nn.Module):
    """The probe's network without its notes."""

    def __init__(self, values):
        super().__init__()
        self.W, self.a, self.c = (nn.Parameter(values[name].clone()) for name in ("W", "a", "c"))

    def forward(self, x, t, condition):
        made = x @ self.W.T + t[:, None] * self.a
        return made if condition is None else made + condition[:, None] * self.c


# -- train -----------------------------------------------------------------------------------------------


class Notes(list):
    """What a watched network is given: objects, steps, conditions of each call."""

    def __call__(self, x, t, condition, recorded):
        self.append((*checked((x, t, condition)),))


def watched_run(submission, probe, torch_rng, X, y, beta, *, steps, batch, rate, values=None):
    """The notes of a training, its losses and the network after it."""
    notes, values = Notes(), values or watched_values(torch_rng, X[0].numel())
    model = probe.Watched(values, notes)
    rng = torch.Generator().manual_seed(seed_of(torch_rng))
    losses = submission.train(model, X, y, beta, steps=steps, batch=batch, rate=rate, rng=rng)
    assert len(notes) == steps, f"{steps} steps, but the model was called {len(notes)} times"
    for x, _, _ in notes:
        assert_array(x, shape=(batch, *X.shape[1:]), kind="float", what="a batch")
    return notes, losses, model


def alike(equal, probability, what):
    """Pairs of independent draws agree with this probability; no draw is in two of the pairs."""
    assert_count(int(equal.sum()), equal.numel(), probability, what)


@title(en="train: objects with their conditions", ru="train: объекты со своими условиями")
@hint(
    en="Each step draws numbers of objects with replacement, all equally likely, and takes X and y by the same "
    "numbers.",
    ru="На каждом шаге выбираются номера объектов, с возвращением и равновероятно; X и y берутся по одним и "
    "тем же номерам.",
)
def test_train_objects(submission, probe, torch_rng):
    """The objects are so far apart that each is known by what is left of it."""
    n, beta = 4, torch.full((3,), 0.05, dtype=DOUBLE)
    X = torch.stack([1000.0 * torch.arange(n), randn(torch_rng, n)], dim=1)
    y = torch.randperm(n, generator=torch_rng)
    notes, _, _ = watched_run(submission, probe, torch_rng, X, y, beta, steps=20, batch=40, rate=1e-9)
    rows = []
    for x, t, known in notes:
        share = alpha_bar(beta)[t.long()]
        rows.append((x[:, 0] / share.sqrt() / 1000).round().long())
        assert_array(known, shape=(40,), kind="int", what="the condition that the model is given")
        known_rows = set(rows[-1].tolist()) <= set(range(n))
        assert known_rows, "the model was given other objects than those of X"
        assert_equal(known.long(), y[rows[-1]], what="conditions of the objects")
    drawn = torch.stack(rows)
    for number in range(n):
        assert_count(int((drawn == number).sum()), drawn.numel(), 1 / n, f"draws of object {number}")
    alike(drawn[:, ::2] == drawn[:, 1::2], 1 / n, "neighbours in a batch that are the same object")
    alike(drawn[::2] == drawn[1::2], 1 / n, "places of two steps with the same object")


@points("3/2")
@title(en="train: steps of noising and noise", ru="train: шаги зашумления и шум")
@hint(
    en="Each object of a batch has its own t, equally likely from 0 to T - 1, and its own standard normal noise in "
    "each entry; every step draws anew.",
    ru="У каждого объекта пакета своё t, равновероятно от 0 до T - 1, и свой стандартный нормальный шум в каждом "
    "элементе; на каждом шаге всё выбирается заново.",
)
def test_train_draws(submission, probe, torch_rng):
    """All objects are the same, so the noise is known whatever is drawn of them."""
    T, beta = 5, a_beta(torch_rng, 5)
    x0 = randn(torch_rng, 1, 2)
    X, y = x0.repeat(10, 1), torch.zeros(10, dtype=torch.int64)
    notes, _, _ = watched_run(submission, probe, torch_rng, X, y, beta, steps=20, batch=60, rate=1e-9)
    t = torch.stack([steps.long() for _, steps, _ in notes])
    assert set(t.flatten().tolist()) <= set(range(T)), "a t is not from 0 to T - 1"
    for step in range(T):
        assert_count(int((t == step).sum()), t.numel(), 1 / T, f"draws of t = {step}")
    alike(t[:, ::2] == t[:, 1::2], 1 / T, "neighbours in a batch with the same t")
    alike(t[::2] == t[1::2], 1 / T, "places of two steps with the same t")
    noise = torch.stack([noise_of(x, steps, x0, beta) for x, steps, _ in notes])  # (steps, batch, 2)
    assert_law(noise, NormalDist().cdf, what="the noise is not standard normal and independent")
    positive = noise > 0
    alike(positive[:, :, 0] == positive[:, :, 1], 1 / 2, "entries of one object whose noise has the same sign")
    alike(positive[:, ::2] == positive[:, 1::2], 1 / 2, "neighbours whose noise has the same sign")
    alike(positive[::2] == positive[1::2], 1 / 2, "places of two steps whose noise has the same sign")


def noise_of(x, t, x0, beta):
    """The noise in objects that were all x0 before."""
    share = alpha_bar(beta)[t.long()][:, None]
    return (x - share.sqrt() * x0) / (1 - share).sqrt()


@title(en="train: step by step", ru="train: шаг за шагом")
@hint(
    en="One optimiser, Adam, for all steps; zero_grad, loss, backward, step. The noise in the loss is the one that was "
    "put into the objects. The losses are those that the steps were made with.",
    ru="Один оптимизатор Adam на все шаги; zero_grad, потери, backward, step. В потерях стоит тот же шум, который "
    "добавлен к объектам. Возвращаются потери, с которыми делались шаги.",
)
def test_train_steps(submission, probe, torch_rng):
    """The suite makes the steps once more, with the objects and steps that the network was given."""
    for size, rate in ((6, 0.05), (1, 0.01)):
        values, beta, x0 = watched_values(torch_rng, 3), a_beta(torch_rng, 4), randn(torch_rng, 1, 3)
        X, y = x0.repeat(4, 1), torch.ones(4, dtype=DOUBLE)
        given = {"steps": 5, "batch": size, "rate": rate, "values": values}
        notes, losses, model = watched_run(submission, probe, torch_rng, X, y, beta, **given)
        expected, wanted = Watched(values), []
        optimizer = torch.optim.Adam(expected.parameters(), lr=rate)
        for x, t, condition in notes:
            loss = (expected(x, t, condition) - noise_of(x, t, x0, beta)).square().mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            wanted.append(loss.item())
        assert_close(state(model), expected.state_dict(), rtol=1e-5, atol=1e-6, what="the model after training")
        assert all(isinstance(loss, float) for loss in losses), "a loss is no float"
        assert_close(losses, wanted, rtol=1e-5, atol=1e-8, what="losses")


@points("1/4")
@title(en="train: objects of any shape", ru="train: объекты любой формы")
@hint(
    en="Noise has the shape of the objects drawn: all axes of X but the first are kept.",
    ru="У шума та же форма, что у выбранных объектов: сохраняются все оси X, кроме первой.",
)
def test_train_of_any_shape(submission, probe, torch_rng):
    for shape in ((5,), (5, 2, 3)):
        X, y, beta = randn(torch_rng, *shape), randn(torch_rng, 5), a_beta(torch_rng, 3)
        watched_run(submission, probe, torch_rng, X, y, beta, steps=2, batch=4, rate=0.01)


@points("1/4")
@title(en="train: a model that was used before", ru="train: модель, которой уже пользовались")
@hint(
    en="The parameters can have gradients before the first step: when are they set to zero? Neither model.train() nor "
    "model.eval() is called.",
    ru="Градиенты у параметров могут быть ещё до первого шага: когда они обнуляются? Ни model.train(), ни model.eval() "
    "вызывать не надо.",
)
def test_train_of_a_used_model(submission, probe, torch_rng):
    X, y, beta = randn(torch_rng, 6, 2), randn(torch_rng, 6), a_beta(torch_rng, 3)
    given = {"steps": 2, "batch": 4, "rate": 0.05}
    values, seed = watched_values(torch_rng, 2), seed_of(torch_rng)
    new, old, mode = probe.used(submission.train, values, seed, X, y, beta, **given)
    assert_close(old, new, rtol=1e-5, atol=1e-6, what="the model after training, which had gradients before")
    assert not mode, "the model was in evaluation mode and is in training mode afterwards"


@points("1/4")
@title(en="train: without conditions", ru="train: без условий")
@hint(
    en="Where y is None the model is given None.",
    ru="Если y равен None, модель тоже получает None.",
)
def test_train_unconditional(submission, probe, torch_rng):
    X, beta = randn(torch_rng, 4, 2), a_beta(torch_rng, 3)
    notes, _, _ = watched_run(submission, probe, torch_rng, X, None, beta, steps=2, batch=3, rate=0.01)
    assert all(condition is None for _, _, condition in notes), "the model was given a condition, though y is None"


@points("1/2")
@title(en="train: the generator", ru="train: генератор случайных чисел")
@hint(
    en="All draws come from rng: hand generator=rng to randint and to randn. randn_like takes none.",
    ru="Всё случайное берётся из rng: передавайте generator=rng и в randint, и в randn. randn_like его не принимает.",
)
def test_train_generator(submission, probe, torch_rng):
    values, seed, own = watched_values(torch_rng, 2), seed_of(torch_rng), seed_of(torch_rng)
    arguments = randn(torch_rng, 9, 2), torch.arange(9), a_beta(torch_rng, 4)

    def losses(seed, own):
        return probe.trained(submission.train, values, seed, own, *arguments, steps=3, batch=4, rate=0.01)

    one, drawn = losses(seed, own)
    expected = torch.rand(3, generator=torch.Generator().manual_seed(own))
    assert_equal(drawn, expected, what="numbers of PyTorch's own generator afterwards")
    assert_close(losses(seed, own + 1)[0], one, rtol=1e-7, what="losses from the same generator again")
    assert losses(seed + 1, own)[0] != one, "the losses do not depend on the generator"


# -- what is learned -------------------------------------------------------------------------------------

T, STEPS, NEW, PLANTED = 50, 500, 200, 0.25
RIGHT, OFF, LEAST, MOST = 0.95, 0.4, 0.15, 0.45


class Denoiser(nn.Module):
    """The probe's network."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(8, 48), nn.ReLU(), nn.Linear(48, 48), nn.ReLU(), nn.Linear(48, 2))

    def forward(self, x, t, condition):
        share = (t / T).to(x.dtype)[:, None]
        angle = torch.pi * share
        classes = nn.functional.one_hot(condition, 3).to(x.dtype)
        return self.layers(torch.cat([x, share, angle.sin(), angle.cos(), classes], dim=1))


def first_values(torch_rng):
    """Values for a Denoiser as torch's layers begin with them."""
    network = Denoiser()
    for layer in network.layers[::2]:
        for value in layer.parameters():
            nn.init.uniform_(value, -(layer.in_features**-0.5), layer.in_features**-0.5, generator=torch_rng)
    return {name: value.clone() for name, value in network.state_dict().items()}


def a_mixture(torch_rng):
    """Three centres in the plane, and objects around them with their classes."""
    angles = 2 * torch.pi * (torch.arange(3) / 3 + torch.rand(1, generator=torch_rng))
    centers = 2 * torch.stack([angles.cos(), angles.sin()], dim=1)
    y = torch.randint(3, (600,), generator=torch_rng)
    return centers, centers[y] + PLANTED * torch.randn((600, 2), generator=torch_rng), y


@points("5/4")
@limit(seconds=60)
@depends("test_loss", "test_loss_gradients", "test_train_steps", "test_train_draws")
@title(en="It learns three groups in the plane", ru="Модель учится трём группам на плоскости")
@hint(
    en="Objects made of noise by the trained network lie around the centre of their class, about as wide as the data. "
    "Look first at what train gives the network: objects, t and conditions.",
    ru="Объекты, полученные обученной сетью из шума, лежат вокруг центра своего класса и разбросаны примерно как "
    "данные. Сначала проверьте, что train подаёт сети: объекты, t и условия.",
)
def test_training(submission, probe, torch_rng):
    """Trained inside; new objects are made here, by the reference's sampler."""
    (centers, X, y), values = a_mixture(torch_rng), first_values(torch_rng)
    beta, model = linear_schedule(T, 1e-3, 0.2), probe.Denoiser(values, T)
    rng = torch.Generator().manual_seed(seed_of(torch_rng))
    submission.train(model, X, y, beta, steps=STEPS, batch=128, rate=0.005, rng=rng)
    expected = Denoiser()
    expected.load_state_dict(state(model))
    condition = torch.arange(3).repeat(NEW)
    start = torch.randn((len(condition), 2), generator=torch_rng)
    made = sample(expected, beta, start, torch.randn((T, *start.shape), generator=torch_rng), condition)
    right = float((torch.cdist(made, centers).argmin(dim=1) == condition).double().mean())
    assert right >= RIGHT, f"{right:.0%} of new objects are nearest to the centre of their class, {RIGHT:.0%} expected"
    for label, center in enumerate(centers):
        own = made[condition == label]
        off, wide = float((own.mean(dim=0) - center).norm()), float(own.std(dim=0).mean())
        assert off <= OFF, f"the mean of new objects is {off:.2f} away from the centre, {OFF} at most expected"
        assert LEAST <= wide <= MOST, f"new objects have the deviation {wide:.2f}, {LEAST} to {MOST} expected"
