"""The hidden suite of L11.contrastive: crops, the loss, its gradient, training."""

from itertools import pairwise

import torch
from torch.nn.functional import normalize

from grader.testing import (
    assert_array,
    assert_close,
    assert_count,
    assert_equal,
    depends,
    each,
    hint,
    limit,
    points,
    state,
    title,
    vjp,
)
from grader.testing.inputs import randn
from grader.testing.twins import seed_of, sequence_twins
from reference.extraction.metric.contrastive import crops, nt_xent, nt_xent_grad, train_contrastive

from .shared import DOUBLE, Notes, a_generator, of_pairs, read_back, ready_to_train


def with_places(n, c, height, width):
    """Images (n, c, height, width) whose values tell image, channel, row and column."""
    sizes = (1000, 100, 10, 1)
    axes = torch.meshgrid(*(torch.arange(length) for length in (n, c, height, width)), indexing="ij")
    return sum(size * axis for size, axis in zip(sizes, axes, strict=True)).double()


@points("1/2")
@title(en="crops: parts of their images", ru="crops: части своих изображений")
@hint(
    en="Crop i is a connected square of image i, the same in all channels; a square as large as the image is the "
    "image.",
    ru="Кроп i — сплошной квадрат из изображения i, один и тот же во всех каналах; квадрат размером с изображение — "
    "само изображение.",
)
def test_crops(submission, torch_rng):
    for shape, size in (((6, 2, 5, 7), 3), ((4, 3, 6, 4), 4), ((3, 1, 4, 4), 4), ((5, 1, 3, 3), 1)):
        images = with_places(*shape)
        found = submission.crops(images, size, a_generator(torch_rng))
        assert_array(found, shape=(*shape[:2], size, size), what="the crops")
        for number, part in enumerate(found):
            corner = int(part[0, 0, 0])
            top, left = corner // 10 % 10, corner % 10
            expected = images[number, :, top : top + size, left : left + size]
            assert_close(part, expected, what=f"crop {number}, whose first value is at {top, left}")


@title(en="crops: all places are equally likely", ru="crops: все места равновероятны")
@hint(
    en="There are h - size + 1 rows and w - size + 1 columns to begin at, the last ones too; each image draws its own.",
    ru="Начать можно в h - size + 1 строках и w - size + 1 столбцах, включая последние; у каждого изображения свой "
    "бросок.",
)
def test_crops_law(submission, torch_rng):
    tries = 3000
    image = with_places(1, 1, 5, 4)
    found = submission.crops(image.expand(tries, 1, 5, 4).clone(), 3, a_generator(torch_rng))
    corners = assert_array(found, shape=(tries, 1, 3, 3), what="the crops")[:, 0, 0, 0].int().tolist()
    for corner in (0, 1, 10, 11, 20, 21):
        assert_count(corners.count(corner), tries, 1 / 6, f"crops that begin at {divmod(corner, 10)}")
    alike = sum(one == other for one, other in pairwise(corners))
    assert_count(alike, tries - 1, 1 / 6, "crops at the place of the image before")


def views(torch_rng, n, d):
    return randn(torch_rng, n, d), randn(torch_rng, n, d)


@title(en="nt_xent: values", ru="nt_xent: значения")
@hint(
    en="Cosines divided by tau; for each of the 2n views 2n - 1 candidates: all but itself, its other view among them. "
    "The mean is over all 2n.",
    ru="Косинусы делятся на tau; у каждой из 2n версий 2n - 1 кандидатов: все, кроме неё самой, включая её пару. "
    "Среднее — по всем 2n.",
)
def test_nt_xent(submission, torch_rng):
    for n, d, tau in ((2, 3, 1.0), (6, 4, 0.2), (5, 2, 2.5)):
        z1, z2 = views(torch_rng, n, d)
        assert_close(submission.nt_xent(z1, z2, tau), nt_xent(z1, z2, tau), rtol=1e-8, what="the loss")


@points("1/2")
@title(en="nt_xent: one object, small temperatures", ru="nt_xent: один объект, малые температуры")
@hint(
    en="One object has two views, and each has one candidate: the loss is 0. exp(1000) is infinite: log_softmax or "
    "logsumexp subtract the largest logit first.",
    ru="У одного объекта две версии, у каждой один кандидат: потери равны 0. exp(1000) бесконечна: log_softmax и "
    "logsumexp сначала вычитают наибольшее значение.",
)
def test_nt_xent_edges(submission, torch_rng):
    z1, z2 = views(torch_rng, 1, 3)
    assert_close(submission.nt_xent(z1, z2, 0.5), torch.zeros((), dtype=DOUBLE), atol=1e-9, what="the loss of one")
    z1, z2 = views(torch_rng, 5, 3)
    for tau in (5e-4, 1e4):
        assert_close(submission.nt_xent(z1, z2, tau), nt_xent(z1, z2, tau), rtol=1e-7, what="the loss")


@points("1/2")
@title(en="nt_xent: gradients flow", ru="nt_xent: градиенты проходят")
@hint(
    en="Gradients reach both views; filling with -inf and the division by lengths must not make NaN of them.",
    ru="Градиенты доходят до обеих версий; заполнение -inf и деление на длины не должны давать NaN.",
)
def test_nt_xent_flows(submission, torch_rng):
    z1, z2 = views(torch_rng, 5, 3)
    found = vjp(submission.nt_xent, (z1, z2, 0.4), torch.ones((), dtype=DOUBLE)).gradients[:2]
    for name, gradient, expected in zip(("z1", "z2"), found, nt_xent_grad(z1, z2, 0.4), strict=True):
        assert_close(gradient, expected, rtol=1e-7, atol=1e-9, what=f"the gradient by {name}")


def same_gradients(submission, probe, z1, z2, tau):
    found = probe.by_hand(submission.nt_xent_grad, z1, z2, tau)
    assert_close(found, nt_xent_grad(z1, z2, tau), rtol=1e-7, atol=1e-9, what="(gradient by z1, gradient by z2)")


@points("3/2")
@title(en="nt_xent_grad: values", ru="nt_xent_grad: значения")
@hint(
    en="A view takes part in its own row and, as a candidate, in all other rows. Then through the division by the "
    "length: what lies along the vector goes, the rest is divided by the length.",
    ru="Версия участвует и в своей строке, и как кандидат во всех остальных. Затем — через деление на длину: "
    "составляющая вдоль вектора исчезает, остальное делится на длину.",
)
def test_nt_xent_grad(submission, probe, torch_rng):
    for n, d, tau in ((2, 3, 1.0), (6, 4, 0.2), (5, 2, 2.5)):
        same_gradients(submission, probe, *views(torch_rng, n, d), tau)


@points("1/2")
@title(en="nt_xent_grad: one object, small temperatures", ru="nt_xent_grad: один объект, малые температуры")
@hint(
    en="One object has nothing to choose from: zeros. The softmax must not overflow.",
    ru="Одному объекту не из чего выбирать: нули. Softmax не должен переполняться.",
)
def test_nt_xent_grad_edges(submission, probe, torch_rng):
    z1, z2 = views(torch_rng, 1, 3)
    zeros = 0 * z1
    found = probe.by_hand(submission.nt_xent_grad, z1, z2, 0.5)
    assert_close(found, (zeros, zeros), atol=1e-9, what="the gradients of one object")
    z1, z2 = views(torch_rng, 4, 3)
    found = probe.by_hand(submission.nt_xent_grad, z1, z2, 5e-4)
    assert_close(found, nt_xent_grad(z1, z2, 5e-4), rtol=1e-6, atol=1e-6, what="the gradients")


LAYERS = (("Flatten",), ("Linear", 18, 6), ("Tanh",), ("Linear", 6, 4))


@points("1/2")
@title(en="train_contrastive: step by step", ru="train_contrastive: шаг за шагом")
@hint(
    en="All images in each step, one optimizer (Adam) for all steps, gradients of before forgotten; losses are those "
    "before each step.",
    ru="На каждом шаге — все изображения; оптимизатор (Adam) один на все шаги; старые градиенты забываются; потери — "
    "до каждого шага.",
)
def test_contrastive_steps(submission, probe, torch_rng):
    """Crops as large as the images are the images: nothing is left to chance."""
    made, expected, _ = sequence_twins(probe.nn, LAYERS, torch_rng)
    images = randn(torch_rng, 7, 2, 3, 3)
    given = {"steps": 4, "rate": 0.02, "rng": a_generator(torch_rng)}
    network = probe.with_gradients(made, 50.0)
    losses = submission.train_contrastive(network, images, 3, probe.of_pairs(0.3), **given)
    wanted = train_contrastive(expected, images, 3, of_pairs(0.3), **given)
    assert_close(losses, wanted, rtol=1e-6, what="the losses")
    assert_close(state(made), expected.state_dict(), rtol=1e-4, atol=1e-6, what="the network after training")


@title(en="train_contrastive: two new crops each step", ru="train_contrastive: на каждом шаге два новых кропа")
@hint(
    en="Each step crops every image twice, at two places that are drawn apart; the network is in training mode.",
    ru="На каждом шаге из каждого изображения берутся два кропа с независимыми местами; сеть — в режиме обучения.",
)
def test_contrastive_crops(submission, probe, torch_rng):
    n, steps = 30, 20
    notes, inside = Notes(), sequence_twins(probe.nn, (("Flatten",), ("Linear", 9, 4)), torch_rng).made
    network, given = probe.watched(inside, notes, False), {"steps": steps, "rate": 1e-9, "rng": a_generator(torch_rng)}
    submission.train_contrastive(network, with_places(n, 1, 5, 5), 3, probe.of_pairs(1.0), **given)
    assert len(notes.rows) == 2 * n * steps, f"{len(notes.rows)} crops in {steps} steps with {n} images"
    assert all(notes.modes), "the network was called in evaluation mode"
    corners, places = [int(part[0, 0, 0]) for part in notes.rows], []  # places of each step, of each image: two
    for first in range(0, len(corners), 2 * n):
        rows = corners[first : first + 2 * n]
        of_image = [[corner % 1000 for corner in rows if corner // 1000 == number] for number in range(n)]
        assert all(len(two) == 2 for two in of_image), "an image has not two crops in a step"
        places.append(of_image)
    alike = sum(one == two for of_image in places for one, two in of_image)
    assert_count(alike, n * steps, 1 / 9, "images with two equal crops in a step")
    alike = sum(one[0] == two[0] for now, after in pairwise(places) for one, two in zip(now, after, strict=True))
    assert_count(alike, n * (steps - 1), 1 / 9, "images with the crop of the step before")


@each(("triplets", "crops"), worth="1/4", en="The generator: {name}", ru="Генератор случайных чисел: {name}")
@hint(
    en="All chance comes from rng: PyTorch's own generator and numpy's are not asked.",
    ru="Вся случайность берётся из rng: собственные генераторы PyTorch и numpy не используются.",
)
def test_generator(submission, probe, torch_rng, name):
    arguments = {"triplets": (torch.arange(30) % 4, 50), "crops": (randn(torch_rng, 30, 1, 5, 5), 2)}[name]
    function = getattr(submission, name)
    seed, own = seed_of(torch_rng), seed_of(torch_rng)
    one, drawn = probe.drawn(function, arguments, seed, own)
    expected = torch.rand(3, generator=torch.Generator().manual_seed(own))
    assert_equal(drawn, expected, what="numbers of PyTorch's own generator afterwards")
    assert_equal(probe.drawn(function, arguments, seed, own + 1)[0], one, what="the result of an equal generator")
    assert not torch.equal(probe.drawn(function, arguments, seed + 1, own)[0], one), "another generator changes nothing"


COLOURS, SIDE, SIZE, IMAGES = 6, 8, 5, 150
NETWORK = (("Flatten",), ("Linear", COLOURS * SIZE**2, 32), ("Tanh",), ("Linear", 32, 16))
STEPS, RATE, TAU, NEW, LEAST = 60, 0.005, 0.2, 100, 0.55


def coloured(torch_rng, n):
    """Images that have their own shade of six colours, below noise of pixels that is louder."""
    shades = 0.7 * randn(torch_rng, n, COLOURS, 1, 1)
    return (shades + randn(torch_rng, n, COLOURS, SIDE, SIDE)).float()


@limit(seconds=30)
@depends("test_contrastive_steps", "test_crops")
@title(en="train_contrastive: crops of new images", ru="train_contrastive: кропы новых изображений")
@hint(
    en="A crop must be more alike to another crop of its image than to those of 99 others. See whether the losses "
    "fall, and whether the two crops of a step differ.",
    ru="Кроп должен быть больше похож на другой кроп своего изображения, чем на кропы 99 других. Проверьте, убывают ли "
    "потери и различаются ли два кропа одного шага.",
)
def test_contrastive_learns(submission, probe, torch_rng):
    """The network is trained inside; what it has learned is measured here, on images that the sandbox never saw."""
    made, expected = ready_to_train(probe, torch_rng, NETWORK)
    given = {"steps": STEPS, "rate": RATE, "rng": a_generator(torch_rng)}
    submission.train_contrastive(made, coloured(torch_rng, IMAGES), SIZE, probe.of_pairs(TAU), **given)
    net, new = read_back(made, expected), coloured(torch_rng, NEW)
    with torch.no_grad():
        one, other = (normalize(net(crops(new, SIZE, torch_rng))) for _ in range(2))
    share = float(((one @ other.T).argmax(dim=1) == torch.arange(NEW)).double().mean())
    assert share > LEAST, f"{share:.0%} of new images are found by another crop, more than {LEAST:.0%} expected"
