"""The hidden suite of U-Net and of masks."""

import torch

from grader.testing import (
    assert_array,
    assert_equal,
    assert_refused,
    call_unchanged,
    depends,
    hint,
    limit,
    points,
    title,
)
from grader.testing.inputs import randn
from grader.testing.twins import twins
from reference.convolutions.blocks.unet import UNet

from .discs import SIDE, discs
from .shared import (
    first_values,
    refuse_pictures,
    refuse_sizes,
    same_gradients,
    same_output,
    same_parameters,
    same_statistics,
)

ENOUGH, STEPS, BATCH, ATTEMPTS = 0.85, 60, 16, 3


def either_order(network, torch_rng):
    """Kernels of `merge` that treat both halves of the channels alike: which stands first costs no points here."""
    values = {}
    for name, kernels in network.named_parameters():
        if name.startswith("merge") and name.endswith(".0.weight"):
            half = randn(torch_rng, *kernels[:, : kernels.shape[1] // 2].shape) * kernels[0].numel() ** -0.5
            values[name] = torch.cat([half, half], dim=1)
    return values


def same_scores(submission, sizes, shape, torch_rng, *, training=True):
    expected = UNet(*sizes)
    values = either_order(expected, torch_rng)
    same_output(submission.UNet(*sizes), expected, shape, torch_rng, training=training, values=values)


@points("3/4")
@title(en="U-Net: parameters", ru="U-Net: параметры")
@hint(
    en="Lists down, up and merge have a part for each level, number i for level i; a pair has six modules; "
    "convolutions of pairs have no bias.",
    ru="В списках down, up и merge по одной части на уровень, номер i — для уровня i; в паре шесть модулей; у "
    "свёрток пар нет сдвига.",
)
def test_unet_parameters(submission):
    same_parameters(submission.UNet(2, 3), UNet(2, 3))


@points("1/4")
@title(en="U-Net: first values", ru="U-Net: начальные значения")
@hint(
    en="What PyTorch's layers begin with stays; a second network draws other values.",
    ru="Остаётся то, с чего начинают слои PyTorch; у второй сети значения другие.",
)
def test_unet_first_values(submission):
    first_values(submission.UNet(1, 1), submission.UNet(1, 1))


@points(2)
@title(en="U-Net: scores", ru="U-Net: оценки")
@hint(
    en="Each level keeps what down[i] gives before it is halved; on the way up it stands first, what up[i] gives "
    "second; nothing follows head.",
    ru="На каждом уровне запоминается выход down[i] до уменьшения; на пути вверх он стоит первым, выход up[i] — "
    "вторым; после head ничего нет.",
)
def test_unet_scores(submission, torch_rng):
    same_output(submission.UNet(2, 3, 4), UNet(2, 3, 4), (3, 2, 8, 12), torch_rng)


@points("1/2")
@title(en="U-Net: evaluation mode", ru="U-Net: режим предсказания")
@hint(
    en="In evaluation mode all normalisations use the running statistics, also for one picture.",
    ru="В режиме предсказания все нормализации пользуются накопленными статистиками, даже для одной картинки.",
)
def test_unet_evaluation(submission, torch_rng):
    for objects in (3, 1):
        same_scores(submission, (1, 2, 3), (objects, 1, 8, 8), torch_rng, training=False)


@points("1/2")
@title(en="U-Net: statistics", ru="U-Net: статистики")
@hint(
    en="Each normalisation has statistics of its own, and meets each batch once.",
    ru="У каждой нормализации свои статистики, и каждый пакет она видит один раз.",
)
def test_unet_statistics(submission, torch_rng):
    expected = UNet(1, 1, 3)
    values = either_order(expected, torch_rng)
    same_statistics(submission.UNet(1, 1, 3), expected, (3, 1, 8, 8), torch_rng, values=values)


@title(en="U-Net: other depths and sizes", ru="U-Net: другие глубины и размеры")
@hint(
    en="depth is the number of halvings; level i has width * 2**i channels; every multiple of 2**depth is a side.",
    ru="depth — число уменьшений вдвое; на уровне i каналов width * 2**i; годится любая сторона, кратная 2**depth.",
)
def test_unet_depths(submission, torch_rng):
    for sizes, shape in (((1, 1, 2, 1), (3, 1, 6, 2)), ((3, 2, 3, 3), (2, 3, 16, 8)), ((1, 1), (2, 1, 4, 8))):
        same_scores(submission, sizes, shape, torch_rng)


@points("1/2")
@title(en="U-Net: one picture, one place at the bottom", ru="U-Net: одна картинка, одно место внизу")
@hint(
    en="Axes of length 1 stay; the smallest side is 2**depth.",
    ru="Оси длины 1 сохраняются; наименьшая сторона — 2**depth.",
)
def test_unet_of_one(submission, torch_rng):
    for sizes, shape in (((1, 1, 1, 2), (1, 1, 4, 4)), ((2, 1, 2, 1), (1, 2, 2, 2))):
        same_scores(submission, sizes, shape, torch_rng, training=False)


@title(en="U-Net: gradients", ru="U-Net: градиенты")
@hint(
    en="The gradient flows both through the kept results and through the bottom, to x and to every parameter.",
    ru="Градиент идёт и через запомненные результаты, и через самый низ — к x и к каждому параметру.",
)
def test_unet_gradients(submission, torch_rng):
    same_gradients(submission.UNet(1, 2, 2), UNet(1, 2, 2), (3, 1, 8, 8), torch_rng)


@points("3/8")
@title(en="U-Net: wrong arguments are refused", ru="U-Net: неверные аргументы отвергаются")
@hint(
    en="ValueError with the argument's name; both sides must be divided by 2**depth.",
    ru="ValueError с именем аргумента; на 2**depth должны делиться обе стороны.",
)
def test_unet_refuses(submission):
    refuse_sizes(submission.UNet, ("c_in", "c_out", "width", "depth"))
    network = submission.UNet(3, 1, 2, 2)
    refuse_pictures(network, 3)
    for sides in ((8, 10), (6, 8), (9, 8), (2, 2)):
        assert_refused("x", network, torch.zeros(2, 3, *sides))


@points("1/8")
@title(en="U-Net: x stays as it was", ru="U-Net: x не меняется")
@hint(
    en="ReLU in place changes what it is given.",
    ru="ReLU на месте (inplace) меняет то, что ей дали.",
)
def test_unet_unchanged(submission, torch_rng):
    call_unchanged(submission.UNet(1, 1, 2), randn(torch_rng, 2, 1, 8, 8).to(torch.float32))


# -- masks -----------------------------------------------------------------------------------------------


def model_of(nn, *more):
    """A convolution, and within a part normalisation and dropout, of torch's modules here or inside."""
    inner = nn.Sequential(nn.BatchNorm2d(3), nn.Dropout(0.5))
    return nn.Sequential(nn.Conv2d(2, 3, 3, padding=1), inner, *more).double()


def models(probe, torch_rng):
    """The same model inside and here, which is in evaluation mode."""
    model, expected, _ = twins(model_of(probe.nn), model_of(torch.nn), torch_rng)
    return model, expected.eval()


def same_mask(found, scores):
    assert_equal(found, scores.detach() > 0, what="the mask")


@points("3/4")
@title(en="predict_mask: scores above 0", ru="predict_mask: оценки больше 0")
@hint(
    en="Bools of the shape of the scores; a score of exactly 0 is not above 0.",
    ru="Булев тензор той же формы, что оценки; оценка, в точности равная 0, не больше 0.",
)
def test_masks(submission, probe, torch_rng):
    X = randn(torch_rng, 4, 2, 5, 6)
    X[:, :, 1] = 0.0
    for scores in (X, X[:, :1]):
        same_mask(submission.predict_mask(probe.nn.Identity(), scores), scores)
    model, expected = models(probe, torch_rng)
    x = randn(torch_rng, 1, 2, 4, 7)
    same_mask(submission.predict_mask(model.eval(), x), expected(x))


@points("1/4")
@title(en="predict_mask: scores near 0", ru="predict_mask: оценки около 0")
@hint(
    en="The sigmoid of 1e-30 is rounded to exactly 1/2: compare the scores themselves.",
    ru="Сигмоида от 1e-30 округляется ровно до 1/2: сравнивайте сами оценки.",
)
def test_masks_near_zero(submission, probe, torch_rng):
    scores = 1e-30 * randn(torch_rng, 2, 1, 3, 4)
    same_mask(submission.predict_mask(probe.nn.Identity(), scores), scores)


@title(en="predict_mask: evaluation mode", ru="predict_mask: режим предсказания")
@hint(
    en="The model comes in training mode: dropout must be off, and normalisation must use the statistics and leave "
    "them.",
    ru="Модель приходит в режиме обучения: дропаут надо выключить, а нормализация должна взять статистики, не меняя "
    "их.",
)
def test_masks_in_evaluation_mode(submission, probe, torch_rng):
    model, expected = models(probe, torch_rng)
    model.train()
    for _ in range(3):
        X = 3 * randn(torch_rng, 3, 2, 6, 6) + 1
        same_mask(submission.predict_mask(model, X), expected(X))


@points("1/2")
@title(en="predict_mask: the modes afterwards", ru="predict_mask: режимы после вызова")
@hint(
    en="The model, each part and each part of a part may be in different modes: each gets its own back.",
    ru="Режимы модели, её частей и частей этих частей могут различаться: каждой возвращается прежний.",
)
def test_modes_afterwards(submission, probe):
    X = torch.ones(2, 2, 4, 4, dtype=torch.float64)
    for training, part in ((True, True), (False, False), (True, False), (False, True)):
        model = model_of(probe.nn)
        model.train(training)
        model[1][0].train(part)
        before = [training, training, training, part, training]
        submission.predict_mask(model, X)
        assert_equal(probe.modes(model), before, what="whether each part is in training mode")


@points("1/2")
@title(en="predict_mask: one call, without gradients", ru="predict_mask: один вызов, без градиентов")
@hint(
    en="The model is called once, in evaluation mode, within torch.no_grad(), which ends with the call; the parameters "
    "can still be trained.",
    ru="Модель вызывается один раз, в режиме предсказания, внутри torch.no_grad(), который кончается вместе с вызовом; "
    "параметры по-прежнему можно обучать.",
)
def test_one_call(submission, probe):
    noting = probe.Noting()
    model = model_of(probe.nn, noting)
    submission.predict_mask(model, torch.ones(2, 2, 4, 4, dtype=torch.float64))
    assert_equal(noting.notes, [(False, False)], what="(training mode, gradients) of each call")
    assert_equal(probe.recording(model), True, what="whether gradients are recorded after the call")


@points("3/8")
@title(en="predict_mask: wrong pictures are refused", ru="predict_mask: неверные картинки отвергаются")
@hint(
    en="ValueError that names X: four axes, at least one object.",
    ru="ValueError с именем X: четыре оси, хотя бы один объект.",
)
def test_masks_refuse(submission, probe):
    for shape in ((2, 8, 8), (8, 8), (0, 2, 8, 8), (1, 1, 2, 8, 8)):
        assert_refused("X", submission.predict_mask, probe.nn.Identity(), torch.zeros(shape))


@points("1/8")
@title(en="predict_mask: X stays as it was", ru="predict_mask: X не меняется")
@hint(
    en="Operations in place write into the caller's tensor.", ru="Операции на месте пишут прямо в тензор вызывающего."
)
def test_masks_unchanged(submission, probe, torch_rng):
    call_unchanged(submission.predict_mask, probe.nn.Identity(), randn(torch_rng, 2, 1, 3, 3))


# -- training --------------------------------------------------------------------------------------------


@points(2)
@limit(seconds=60)
@depends("test_unet_scores", "test_unet_evaluation", "test_unet_statistics", "test_unet_gradients")
@title(en="U-Net learns to find discs", ru="U-Net учится находить круги")
@hint(
    en="With the statement's layers 60 steps suffice. Do gradients arrive, and does evaluation mode use what was "
    "learned?",
    ru="Со слоями из условия 60 шагов достаточно. Доходят ли градиенты и пользуется ли режим предсказания выученным?",
)
def test_training(submission, probe, torch_rng):
    """About one right network in a hundred begins with values from which 60 steps lead nowhere: three attempts."""
    reached = []
    while len(reached) < ATTEMPTS and max(reached, default=0.0) < ENOUGH:
        reached.append(learned(submission.UNet, probe, torch_rng))
    best = max(reached)
    assert best >= ENOUGH, f"the masks of new pictures have an IoU of {best:.3f} with the true ones, not {ENOUGH}"


def learned(kind, probe, torch_rng):
    """IoU of the masks of new pictures after a training."""
    pictures, masks = discs(torch_rng, 128)
    batches = torch.stack([torch.randperm(128, generator=torch_rng)[:BATCH] for _ in range(STEPS)])
    seed = int(torch.randint(2**31, (1,), generator=torch_rng))
    network = probe.trained(kind, seed, pictures, masks.to(torch.float32), batches)
    pictures, masks = discs(torch_rng, 64)
    scores = assert_array(network(pictures), shape=(64, 1, SIDE, SIDE), kind="float", what="scores of new pictures")
    found = scores > 0
    return float((found & masks).sum() / (found | masks).sum())
