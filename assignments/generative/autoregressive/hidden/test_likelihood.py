"""The hidden suite of the likelihood and of sampling: models are given whose law is known."""

import torch

from grader.testing import (
    assert_array,
    assert_close,
    assert_count,
    assert_equal,
    counted,
    hint,
    points,
    title,
    vjp,
)
from grader.testing.inputs import randn
from grader.testing.twins import seed_of, twins
from reference.generative.autoregressive.likelihood import log_prob

from .shared import a_model, all_images, random_images


def same_log_prob(submission, torch_rng, n, h, w):
    model, images = a_model(torch_rng, h, w), random_images(torch_rng, n, h, w)
    found = submission.log_prob(model, images)
    assert_close(found, log_prob(model, images), rtol=1e-5, atol=1e-6, what="log-likelihoods")


def two_to_the_left(nn):
    """A network, of torch's modules here or inside: a logit from the two pixels to the left."""
    return nn.Sequential(nn.ZeroPad2d((2, -1, 0, 0)), nn.Conv2d(1, 1, (1, 2)))


# -- likelihood ------------------------------------------------------------------------------------------


@points("3/2")
@title(en="log_prob: several images", ru="log_prob: несколько изображений")
@hint(
    en="For each image one number: the sum over all pixels of ln p where the pixel is 1 and of ln(1 - p) where it is "
    "0, p being the sigmoid of the logit.",
    ru="Для каждого изображения одно число: сумма по всем пикселям ln p там, где пиксель равен 1, и ln(1 - p) там, где "
    "он равен 0; p — сигмоида логита.",
)
def test_log_prob(submission, torch_rng):
    for n, h, w in ((5, 3, 4), (3, 5, 2)):
        same_log_prob(submission, torch_rng, n, h, w)


@points("1/2")
@title(en="log_prob: one image, one row, one pixel", ru="log_prob: одно изображение, одна строка, один пиксель")
@hint(
    en="The result is (n,) for one image too: squeeze() loses axes of length 1.",
    ru="Результат формы (n,) и для одного изображения: squeeze() теряет оси длины 1.",
)
def test_log_prob_of_one(submission, torch_rng):
    for n, h, w in ((1, 2, 3), (4, 1, 5), (4, 3, 1), (3, 1, 1), (1, 1, 1)):
        same_log_prob(submission, torch_rng, n, h, w)


@title(en="log_prob: all images sum to 1", ru="log_prob: сумма по всем изображениям равна 1")
@hint(
    en="Each pixel adds the logarithm of the probability of the value that it has; pixels are added, not averaged.",
    ru="Каждый пиксель добавляет логарифм вероятности того значения, которое у него есть; логарифмы складываются, а не "
    "усредняются.",
)
def test_log_prob_sums_to_one(submission, torch_rng):
    for h, w in ((2, 3), (1, 5)):
        images = all_images(h, w)
        found = submission.log_prob(a_model(torch_rng, h, w), images)
        assert_array(found, shape=(len(images),), kind="float", what="log-likelihoods")
        assert_close(found.double().exp().sum(), torch.tensor(1.0).double(), rtol=1e-5, what="the sum of all p(x)")


@points("1/2")
@title(en="log_prob: one call of the model", ru="log_prob: один вызов модели")
@hint(
    en="All pixels are known: the images go through the model once, as they are.",
    ru="Все пиксели известны: изображения проходят через модель один раз, такими, какие есть.",
)
def test_log_prob_calls(submission, torch_rng):
    model, images = counted(a_model(torch_rng, 3, 3)), random_images(torch_rng, 4, 3, 3)
    submission.log_prob(model, images)
    assert_equal(model.count, 1, what="calls of the model")
    assert_close(model.calls[0][0], images, atol=0, what="what the model is given")


@points("1/2")
@title(en="log_prob: logits far from 0", ru="log_prob: логиты, далёкие от 0")
@hint(
    en="sigmoid(1000) is 1, and ln(1 - 1) is infinite: compute ln p from the logit itself.",
    ru="sigmoid(1000) равна 1, и ln(1 - 1) — бесконечность: считайте ln p прямо по логиту.",
)
def test_log_prob_far(submission, torch_rng):
    images = random_images(torch_rng, 4, 2, 3)
    logits = torch.tensor([[[[0.0, 50.0, -50.0], [1000.0, -1000.0, 30.0]]]]).double().repeat(4, 1, 1, 1)
    found = submission.log_prob(lambda _: logits, images)
    assert_close(found, log_prob(lambda _: logits, images), rtol=1e-5, what="log-likelihoods")


@points("1/2")
@title(en="log_prob: gradients", ru="log_prob: градиенты")
@hint(
    en="A network is trained by log_prob: the result depends on its parameters, without detach, item or no_grad.",
    ru="По log_prob обучают сеть: результат зависит от её параметров — без detach, item и no_grad.",
)
def test_log_prob_gradients(submission, probe, torch_rng):
    made, expected, _ = twins(two_to_the_left(probe.nn), two_to_the_left(torch.nn), torch_rng)
    images, v = random_images(torch_rng, 4, 3, 3), randn(torch_rng, 4)
    found = vjp(submission.log_prob, (made, images), v, parameters=made, by=()).parameters
    wanted = torch.autograd.grad((v * log_prob(expected, images)).sum(), list(expected.parameters()))
    for (name, _), gradient in zip(expected.named_parameters(), wanted, strict=True):
        assert found.get(name) is not None, f"log_prob does not depend on {name} of the model"
        assert_close(found[name], gradient, rtol=1e-5, atol=1e-6, what=f"the gradient by {name}")


# -- samples ---------------------------------------------------------------------------------------------


def drawn(submission, model, n, h, w, seed=None):
    """Images of the right shape that hold only zeros and ones."""
    rng = None if seed is None else torch.Generator().manual_seed(seed)
    images = submission.sample(model, n, h, w, rng=rng)
    images = assert_array(images, shape=(n, 1, h, w), kind="float", what="samples")
    assert_close(images, images.round().clamp(0, 1), atol=0, what="samples, which are zeros and ones")
    return images


def rule(torch_rng, h, w):
    """A model that is sure: a pixel is 1 if an odd number of some earlier ones are 1. The first may be either."""
    weight = torch.randint(2, (h * w, h * w), generator=torch_rng).tril(-1).double()
    weight[range(1, h * w), range(h * w - 1)] = 1.0  # the pixel just before always counts
    offset = torch.randint(2, (h * w,), generator=torch_rng).double()
    sure = torch.full((h * w,), 200.0).double()
    sure[0] = 0.0

    def model(images):
        images = assert_array(images, shape=(None, 1, h, w), what="what the model is given")
        odd = (images.double().flatten(1) @ weight.T + offset) % 2
        return ((2 * odd - 1) * sure).reshape(images.shape)

    return model


def follow(submission, torch_rng, n, h, w):
    model = rule(torch_rng, h, w)
    images = drawn(submission, model, n, h, w, seed_of(torch_rng))
    expected = (model(images) > 0).to(images.dtype)
    expected[:, 0, 0, 0] = images[:, 0, 0, 0]
    assert_equal(images, expected, what="samples of a model that is sure of all pixels but the first")


@points("3/2")
@title(en="sample: each pixel after those before it", ru="sample: каждый пиксель после предыдущих")
@hint(
    en="Rows from the top, in a row from the left. The logit of a pixel is taken once all pixels before it are drawn "
    "and stand in the images.",
    ru="Строки сверху вниз, в строке слева направо. Логит пикселя берётся, когда все предыдущие пиксели уже выбраны и "
    "стоят в изображениях.",
)
def test_sample_follows(submission, torch_rng):
    for n, h, w in ((8, 3, 4), (8, 4, 2)):
        follow(submission, torch_rng, n, h, w)


@points("1/2")
@title(en="sample: one image, one row, one pixel", ru="sample: одно изображение, одна строка, один пиксель")
@hint(
    en="The shape is (n, 1, h, w) whatever the numbers are.",
    ru="Форма — (n, 1, h, w), каковы бы ни были числа.",
)
def test_sample_of_one(submission, torch_rng):
    for n, h, w in ((1, 2, 3), (4, 1, 5), (4, 5, 1), (4, 1, 1), (1, 1, 1)):
        follow(submission, torch_rng, n, h, w)


@title(en="sample: what the model is asked", ru="sample: что видит модель")
@hint(
    en="h * w calls, each with all n images; in call t the pixels before t are final, the others 0.",
    ru="Ровно h * w вызовов, в каждом — все n изображений; в вызове t пиксели до t уже окончательные, остальные — 0.",
)
def test_sample_calls(submission, torch_rng):
    n, h, w = 16, 2, 3
    model = counted(a_model(torch_rng, h, w))
    images = drawn(submission, model, n, h, w, seed_of(torch_rng)).flatten(1)
    assert_equal(model.count, h * w, what="calls of the model")
    for t, (asked, *_) in enumerate(model.calls):
        given = assert_array(asked, shape=(n, 1, h, w), kind="float", what="what the model is given")
        known = images.double() * (torch.arange(h * w) < t)
        assert_close(given.double().flatten(1), known, atol=0, what=f"what the model is given for pixel {t}")


@points("3/2")
@title(en="sample: how often each image comes", ru="sample: как часто встречается каждое изображение")
@hint(
    en="A pixel is 1 with the probability sigmoid(logit), by a draw of its own in each image.",
    ru="Пиксель равен 1 с вероятностью sigmoid(logit); в каждом изображении — своё случайное число.",
)
def test_sample_counts(submission, torch_rng):
    n, model, every = 2000, a_model(torch_rng, 2, 2), all_images(2, 2)
    images = drawn(submission, model, n, 2, 2, seed_of(torch_rng)).double()
    for one, probability in zip(every, log_prob(model, every).exp().tolist(), strict=True):
        hits = int((images == one).flatten(1).all(dim=1).sum())
        assert_count(hits, n, probability, f"image {one.flatten().int().tolist()}")


@points("1/2")
@title(en="sample: the generator", ru="sample: генератор")
@hint(
    en="All draws come from rng, and from PyTorch's own generator only where rng is None; never set a seed.",
    ru="Все случайные числа берутся из rng, а из собственного генератора PyTorch — только при rng=None; seed не "
    "задавайте.",
)
def test_sample_generator(submission, torch_rng):
    seed = seed_of(torch_rng)
    one, default, again, following, other = (
        drawn(submission, torch.zeros_like, 16, 2, 3, number) for number in (seed, None, seed, None, seed + 1)
    )
    assert_equal(again, one, what="samples from the same generator again")
    assert not torch.equal(one, other), "samples from another generator are the same"
    assert not torch.equal(default, following), "samples without a generator repeat"
