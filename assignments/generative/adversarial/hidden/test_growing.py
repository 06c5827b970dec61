"""The hidden suite of the generator that grows."""

import torch

from grader.testing import assert_close, assert_equal, assert_law, hint, parameters, points, set_state, state, title
from grader.testing.inputs import randn
from grader.testing.twins import assert_parameters, assert_same_gradients, assert_same_output, twins
from reference.generative.adversarial.growing import Growing, doubled, fade

LATENT, CHANNELS = 5, 3


def shapes(growths):
    """The parameters of a generator that has grown so many times."""
    found = {"start.weight": (16 * CHANNELS, LATENT), "start.bias": (16 * CHANNELS,)}
    for number in range(growths):
        found[f"blocks.{number}.weight"] = (CHANNELS, CHANNELS, 3, 3)
        found[f"blocks.{number}.bias"] = (CHANNELS,)
    for number in range(growths + 1):
        found[f"heads.{number}.weight"] = (1, CHANNELS, 1, 1)
        found[f"heads.{number}.bias"] = (1,)
    return found


def grown(made, growths):
    for _ in range(growths):
        made.grow()
    return made


def pair_of(submission, growths, torch_rng):
    """The student's generator and the reference's, grown so many times, with the same parameters."""
    made, expected = submission.Growing(LATENT, CHANNELS), Growing(LATENT, CHANNELS)
    return twins(grown(made, growths), grown(expected, growths), torch_rng)


@title(en="fade: between the old image and the new one", ru="fade: между старым и новым изображением")
@hint(
    en="alpha is the share of the new image; each pixel of the old one becomes a square of four equal pixels.",
    ru="alpha — доля нового изображения; каждый пиксель старого превращается в квадрат из четырёх равных.",
)
def test_fade(submission, torch_rng):
    for alpha, shape in ((0.3, (2, 1, 4, 4)), (0.9, (1, 3, 2, 5)), (0.5, (3, 2, 1, 1))):
        n, c, h, w = shape
        old, new = randn(torch_rng, *shape), randn(torch_rng, n, c, 2 * h, 2 * w)
        assert_close(submission.fade(old, new, alpha), fade(old, new, alpha), rtol=1e-9, atol=1e-12, what="image")


@points("1/2")
@title(en="fade: alpha of 0 and of 1", ru="fade: alpha равно 0 и 1")
@hint(
    en="At 0 the new image has no influence at all, at 1 the old one.",
    ru="При 0 никак не влияет новое изображение, при 1 — старое.",
)
def test_fade_at_the_ends(submission, torch_rng):
    old, new = randn(torch_rng, 2, 2, 3, 4), randn(torch_rng, 2, 2, 6, 8)
    assert_close(submission.fade(old, new, 0.0), doubled(old), rtol=1e-12, what="image at alpha = 0")
    assert_close(submission.fade(old, new, 1.0), new, rtol=1e-12, what="image at alpha = 1")


@points("1/2")
@title(en="Growing: parameters", ru="Growing: параметры")
@hint(
    en="A plain list hides its modules from torch; nn.ModuleList does not. Each growth adds one block and one head, "
    "with values of their own.",
    ru="Обычный список прячет модули от torch, а nn.ModuleList — нет. Каждый рост добавляет один блок и одну голову со "
    "своими начальными значениями.",
)
def test_growing_parameters(submission):
    for growths in (0, 2):
        assert_parameters(grown(submission.Growing(LATENT, CHANNELS), growths), shapes(growths))
    begins_as_torch_does(parameters(grown(submission.Growing(30, 24), 2)), {"start": 30, "blocks": 9 * 24, "heads": 24})


def begins_as_torch_does(found, taken_in):
    """Weights are independent and uniform up to the root of 1 / n, where one output takes in n numbers."""
    drawn = torch.empty(0, dtype=torch.float64)
    for name in sorted(found):
        if name.endswith("weight"):
            shares = found[name].double().flatten() * taken_in[name.partition(".")[0]] ** 0.5
            again = int(torch.isin(shares, drawn).sum())
            few = 1 + len(shares) // 10
            assert again <= few, f"values of {name} are those of another parameter"
            assert_law(shares, lambda place: (place + 1) / 2, what=f"{name} does not begin as in PyTorch")
            drawn = torch.cat([drawn, shares])


@points("1/2")
@title(en="Growing: before any growth", ru="Growing: до первого роста")
@hint(
    en="The linear layer, maps of 4 by 4, leaky ReLU, the head; there is nothing to fade, whatever alpha is.",
    ru="Линейный слой, карты 4 на 4, leaky ReLU, голова; смешивать пока нечего, каким бы ни было alpha.",
)
def test_growing_at_first(submission, torch_rng):
    pair = pair_of(submission, 0, torch_rng)
    for arguments in ((randn(torch_rng, 4, LATENT),), (randn(torch_rng, 1, LATENT), 0.25)):
        assert_same_output(pair, *arguments, what="images")


@points("3/2")
@title(en="Growing: images after growth", ru="Growing: изображения после роста")
@hint(
    en="Maps are doubled before each block. Only the last head is faded in, and the head before it gives the old "
    "image; heads before those have no part.",
    ru="Перед каждым блоком карты удваиваются. Вводится только последняя голова, старое изображение даёт предыдущая, а "
    "более ранние головы не участвуют.",
)
def test_growing_images(submission, torch_rng):
    for growths in (1, 2, 3):
        pair = pair_of(submission, growths, torch_rng)
        z = randn(torch_rng, 3, LATENT)
        for arguments in ((z,), (z, 0.3)):
            assert_same_output(pair, *arguments, what=f"images after {growths} growths")


@title(en="Growing: alpha of 0 is the small generator", ru="Growing: при alpha = 0 — прежний генератор")
@hint(
    en="Just after a growth alpha = 0 gives the image of before, doubled: the growth makes new layers and leaves those "
    "that are there alone.",
    ru="Сразу после роста alpha = 0 даёт прежнее изображение, удвоенное: рост создаёт новые слои, а старые не трогает.",
)
def test_growing_begins_as_the_small_one(submission, torch_rng):
    made, small = submission.Growing(LATENT, CHANNELS), Growing(LATENT, CHANNELS)
    set_state(made, {name: randn(torch_rng, *value.shape).float() for name, value in small.state_dict().items()})
    z = randn(torch_rng, 3, LATENT).float()
    for growths in range(2):
        small.load_state_dict(state(made))
        made.grow()
        image = doubled(small(z).detach())
        assert_close(made(z, 0.0), image, rtol=1e-4, atol=1e-5, what=f"images at alpha = 0, growth {growths + 1}")
        small.grow()


@points("1/2")
@title(en="Growing: what has been learned stays", ru="Growing: выученное сохраняется")
@hint(
    en="A growth gives none of the parameters that are there new values.",
    ru="При росте ни один из имеющихся параметров не получает новых значений.",
)
def test_growing_keeps(submission, torch_rng):
    made = grown(submission.Growing(LATENT, CHANNELS), 1)
    values = {name: randn(torch_rng, *shape).float() for name, shape in shapes(1).items()}
    set_state(made, values)
    made.grow()
    found = state(made)
    assert_equal({name: found.get(name) for name in values}, values, what="parameters of before the growth")


@points("1/2")
@title(en="Growing: gradients", ru="Growing: градиенты")
@hint(
    en="While the last layer is faded in, both heads and all layers below learn; detach and no_grad cut that off.",
    ru="Пока вводится последний слой, учатся обе головы и все слои под ними; detach и no_grad это обрывают.",
)
def test_growing_gradients(submission, torch_rng):
    pair = pair_of(submission, 2, torch_rng)
    assert_same_gradients(pair, randn(torch_rng, 3, LATENT), 0.4, torch_rng=torch_rng)
