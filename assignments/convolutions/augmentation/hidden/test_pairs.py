"""The hidden suite of L04.augdata: what is drawn is the student's own, and is found again from the augmented image."""

import math
from collections import Counter

import numpy as np

from grader.testing import (
    assert_array,
    assert_close,
    assert_count,
    assert_equal,
    assert_law,
    hint,
    points,
    take,
    title,
    together,
)
from reference.convolutions.augmentation.transforms import blur, crop, flip

NAMES = ["flip", "crop", "blur", "contrast", "saturate", "gamma"]
TRIES = 120
TINY = np.full((1, 1, 1), 0.5)


def halves(found, image):
    """The augmented image, once the answer is known to be a pair whose first part is the image as it was."""
    assert isinstance(found, tuple), "a pair must be a tuple (image, augmented)"
    assert len(found) == 2, "a pair must be a tuple (image, augmented)"
    assert_array(found[0], shape=image.shape, kind="float", what="image")
    assert_close(found[0], image, rtol=1e-6, atol=1e-6, what="image")
    augmented = assert_array(found[1], shape=(None, None, image.shape[2]), kind="float", what="augmented image")
    assert augmented.size, "the augmented image is empty"
    assert augmented.min() >= -1e-6, "the augmented image has a value below 0"
    assert augmented.max() <= 1 + 1e-6, "the augmented image has a value above 1"
    return augmented


def near(found, expected, atol=1e-6):
    """Whether two arrays, both of finite numbers, have the same shape and nearly the same values."""
    return found.shape == expected.shape and bool((np.abs(found - expected) <= atol).all())


def augmented_ones(submission, probe, rng, image, names, tries=TRIES):
    """The same image augmented many times, each time with another number and another seed."""
    first, step = int(rng.integers(1000)), int(rng.integers(20, 90))
    numbers = [(int(rng.integers(3)), first + step * k) for k in range(tries)]
    found = []
    for k in range(0, tries, 30):
        some = probe.pairs_of(submission.pair, image, TINY, numbers[k : k + 30], names)
        assert_equal(len(some), len(numbers[k : k + 30]), what="number of pairs")
        found += [halves(one, image) for one in some]
    return found


def same_sides(found, image):
    for augmented in found:
        assert_array(augmented, shape=image.shape, kind="float", what="augmented image")
    return np.array(found)


@points("1/2")
@title(en="pair: both reflections", ru="pair: оба отражения")
@hint(
    en="One of the two reflections each time, both equally likely.",
    ru="Каждый раз — одно из двух отражений, оба равновероятны.",
)
def test_flips(submission, probe, rng):
    image = rng.random((4, 5, 2))
    found = same_sides(augmented_ones(submission, probe, rng, image, ["flip"], 900), image)
    kinds = [flip(image, axis) for axis in ("horizontal", "vertical")]
    is_kind = np.array([[near(one, kind) for kind in kinds] for one in found])
    assert is_kind.any(axis=1).all(), "the augmented image is no reflection of the image"
    assert_count(is_kind[:, 0].sum(), 900, 1 / 2, "horizontal reflections")


ALLOWED = [(height, width) for height in (3, 4, 5) for width in (4, 5, 6, 7, 8)]


@points("1/2")
@title(en="pair: crops", ru="pair: обрезка")
@hint(
    en="Each side by itself from the half, rounded up, to the whole, both ends included; then any place where it fits.",
    ru="Каждая сторона — от половины с округлением вверх до целой включительно; затем место, где часть помещается.",
)
def test_crops(submission, probe, rng):
    h, w = 5, 8
    image = (rng.permutation(h * w).reshape(h, w, 1) + 0.5) / (h * w)
    heights, widths, tops, lefts, halves_agree = [], [], [], [], []
    for augmented in augmented_ones(submission, probe, rng, image, ["crop"], 900):
        height, width, _ = augmented.shape
        assert (height, width) in ALLOWED, f"a part of {height} times {width} pixels out of {h} times {w}"
        corners = np.argwhere(np.abs(image[: h - height + 1, : w - width + 1] - augmented[0, 0]) < 1e-6)
        assert len(corners), "the augmented image is no part of the image"
        top, left = (int(place) for place in corners[0][:2])
        assert_close(augmented, crop(image, top, left, height, width), atol=1e-6, what="the part")
        heights.append(height)
        widths.append(width)
        tops.extend([top] if height == 4 else [])
        lefts.extend([left] if width == 7 else [])
        halves_agree.extend([(top == 0) == (2 * left < w - width)] if height == 4 and width in (5, 7) else [])
    for sides, low, high in ((heights, 3, 5), (widths, 4, 8)):
        counts = Counter(sides)
        for side in range(low, high + 1):
            assert_count(counts[side], 900, 1 / (high - low + 1), f"sides of {side} out of {low} to {high}")
    smallest = Counter(zip(heights, widths, strict=True))[3, 4]
    assert_count(smallest, 900, 1 / 15, "parts with the least height and the least width")
    assert_count(sum(tops), len(tops), 1 / 2, "places of a part of 4 rows out of 5")
    assert_count(sum(lefts), len(lefts), 1 / 2, "places of a part of 7 columns out of 8")
    assert_count(sum(halves_agree), len(halves_agree), 1 / 2, "parts in the upper left or the lower right")


@points("1/2")
@title(en="pair: blur", ru="pair: размытие")
@hint(
    en="sigma is uniform from 0.5 to 1.5, and drawn once for an image.",
    ru="sigma распределена равномерно от 0.5 до 1.5 и выбирается один раз на изображение.",
)
def test_blurs(submission, probe, rng):
    light = np.zeros((13, 15, 1))
    light[6, 7] = 1
    sigmas = []
    for augmented in same_sides(augmented_ones(submission, probe, rng, light, ["blur"]), light):
        centre, next_to_it = augmented[6, 7, 0], augmented[6, 8, 0]
        assert 0 < next_to_it < centre, "the augmented image is no blurred point of light"
        sigma = math.sqrt(0.5 / math.log(centre / next_to_it))
        assert 0.4999 < sigma < 1.5001, "sigma is not from 0.5 to 1.5"
        fits = [near(augmented, blur(light, sigma * part), 1e-5) for part in (1, 1 - 1e-5, 1 + 1e-5)]
        assert any(fits), "the augmented image is no blurred point of light"
        sigmas.append(sigma - 0.5)
    assert_law(sigmas, what="sigma is not uniform from 0.5 to 1.5")


def line_of(x, y):
    """Slope and value at 0 of the line through the values y at x; nothing where they lie on none."""
    slope = ((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum()
    start = y.mean() - slope * x.mean()
    return (slope, start) if near(y, start + slope * x, 1e-5) else None


@points("1/2")
@title(en="pair: contrast", ru="pair: контраст")
@hint(
    en="One factor for the whole image, uniform from 0.5 to 1.5.",
    ru="Один множитель на всё изображение, равномерно от 0.5 до 1.5.",
)
def test_contrasts(submission, probe, rng):
    image = rng.uniform(0.3, 0.7, size=(5, 4, 3))
    factors = []
    for augmented in same_sides(augmented_ones(submission, probe, rng, image, ["contrast"]), image):
        line = line_of(image, augmented)
        assert line is not None, "the augmented image is not m + factor (x - m)"
        assert abs(line[0] * image.mean() + line[1] - image.mean()) < 1e-5, "the mean does not stay"
        factors.append(line[0] - 0.5)
    assert_law(factors, what="the factor is not uniform from 0.5 to 1.5")


@points("1/2")
@title(en="pair: saturation", ru="pair: насыщенность")
@hint(
    en="A factor of its own for each channel, uniform from 0.5 to 1.5.",
    ru="У каждого канала свой множитель, равномерно от 0.5 до 1.5.",
)
def test_saturations(submission, probe, rng):
    image = rng.uniform(0.2, 0.6, size=(4, 5, 3))
    ratios = same_sides(augmented_ones(submission, probe, rng, image, ["saturate"]), image) / image
    factors = ratios.mean(axis=(1, 2))  # (tries, 3)
    assert (np.abs(ratios - factors[:, None, None]) < 1e-4).all(), "a channel is not multiplied by one factor"
    for k in range(3):
        assert_law(factors[:, k] - 0.5, what=f"the factor of channel {k} is not uniform from 0.5 to 1.5")
    for k in range(3):
        larger = (factors[:, k] > factors[:, k - 1]).sum()
        assert_count(larger, TRIES, 1 / 2, "how often a channel has a larger factor than another")
        assert np.abs(factors[:, k] - factors[:, k - 1]).mean() > 0.15, "channels have nearly the same factor"


@points("1/2")
@title(en="pair: gamma", ru="pair: гамма")
@hint(
    en="The logarithm of g is uniform, g from 1/2 to 2: as often darker as brighter.",
    ru="Логарифм g распределён равномерно, g от 1/2 до 2: темнее и светлее одинаково часто.",
)
def test_gammas(submission, probe, rng):
    image = rng.uniform(0.1, 0.8, size=(2, 2, 1))
    found = same_sides(augmented_ones(submission, probe, rng, image, ["gamma"], 900), image)
    assert found.min() > 0, "a value that was above 0 is not any more"
    ratios = np.log2(found) / np.log2(image)
    powers = ratios.mean(axis=(1, 2, 3))
    assert (np.abs(ratios - powers[:, None, None, None]) < 1e-4).all(), "the values are not all to the same power"
    assert powers.min() > 0, "a power is not positive"
    assert_law((np.log2(powers) + 1) / 2, what="the logarithm of g is not uniform, g from 1/2 to 2")


@points("1/2")
@title(en="pair: two transformations draw independently", ru="pair: два преобразования выбирают силу независимо")
@hint(
    en="Each transformation needs draws of its own: one generator for all of them, not an equal one for each.",
    ru="Каждому преобразованию — свои случайные числа: один генератор на все, а не по одинаковому на каждое.",
)
def test_independent_draws(submission, probe, rng):
    x = np.linspace(0.1, 0.4, 5).reshape(1, 5, 1)  # nothing is cut
    both = []
    for augmented in same_sides(augmented_ones(submission, probe, rng, x, ["gamma", "saturate"]), x):
        assert augmented.min() > 0, "a value that was above 0 is not any more"
        line = line_of(np.log(x), np.log(augmented))
        assert line is not None, "the augmented image is no power of the values times a factor"
        both.append((line[0] > 1) == (line[1] > 0))
    assert_count(sum(both), TRIES, 1 / 2, "how often power and factor are both above 1, or both below")


@points("1/4")
@title(en="pair: a name that comes twice", ru="pair: имя встречается дважды")
@hint(
    en="Each time draws anew; the second crop takes its sides from what the first has left.",
    ru="Каждый раз сила выбирается заново; вторая обрезка отсчитывает стороны от того, что оставила первая.",
)
def test_name_twice(submission, probe, rng):
    image = rng.permutation(64).reshape(8, 8, 1) / 64
    found = same_sides(augmented_ones(submission, probe, rng, image, ["flip", "flip"]), image)
    back = [near(one, image) for one in found]
    for one, is_back in zip(found, back, strict=True):
        assert is_back or near(one, image[::-1, ::-1]), "two reflections give neither the image nor a half turn"
    assert_count(sum(back), TRIES, 1 / 2, "equal reflections, one after the other")
    for augmented in augmented_ones(submission, probe, rng, image, ["crop", "crop"], 30):
        assert_array(augmented, shape=(None, None, 1), kind="float", what="augmented image")
        assert min(augmented.shape[:2]) >= 2, "less than a quarter of a side is left by two crops"


def changed(found, image):
    """The augmented image, which is not the image itself."""
    augmented = halves(found, image)
    assert not near(augmented, image, 1e-9), "the augmented image is the image itself"
    return augmented


def several_images(rng, count=5):
    return [rng.uniform(0.2, 0.8, size=(*rng.integers(4, 8, size=2), 3)) for _ in range(count)]


@points(1)
@title(en="pair: the same arguments, the same pair", ru="pair: те же аргументы — та же пара")
@hint(
    en="Make a generator of seed and i inside of each call; nothing from earlier calls may play a part.",
    ru="Создавайте генератор по seed и i внутри каждого вызова; прошлые вызовы не должны ни на что влиять.",
)
def test_repeatable(submission, rng):
    images, seed = several_images(rng), int(rng.integers(1000))
    first = [changed(submission.pair(images, i, seed, NAMES), images[i]) for i in range(5)]
    for i in (int(i) for i in rng.permutation(10) % 5):
        submission.pair(images, int(rng.integers(5)), int(rng.integers(1000)), NAMES[1:4])
        again = halves(submission.pair(images, i, seed, NAMES), images[i])
        assert_close(again, first[i], rtol=1e-12, what=f"augmented image {i} once more")


@points("1/2")
@title(en="pair: the other images play no part", ru="pair: остальные изображения ни на что не влияют")
@hint(
    en="Only images[i] is looked at, and what is drawn depends on i and seed alone.",
    ru="Смотрите только на images[i]; выбор зависит лишь от i и seed.",
)
def test_other_images(submission, rng):
    images, seed = several_images(rng), int(rng.integers(1000))
    for i in (0, 2):
        fewer = [TINY] * i + [images[i]]
        expected = changed(submission.pair(images, i, seed, NAMES), images[i])
        halves(submission.pair(images[::-1], i, seed, NAMES), images[::-1][i])
        found = halves(submission.pair(fewer, i, seed, NAMES), images[i])
        assert_close(found, expected, rtol=1e-12, what=f"augmented image {i} among other images")


def gammas(submission, numbers):
    """What becomes of 1/2 by gamma for each number of the image and seed: a value of its own for each draw."""
    found = [submission.pair([np.full((2, 2, 1), 0.5)] * (i + 1), i, seed, ["gamma"]) for i, seed in numbers]
    return [halves(one, np.full((2, 2, 1), 0.5))[0, 0, 0] for one in found]


def all_different(values):
    return len(set(np.round(values, 9))) == len(values)


@points("1/2")
@title(en="pair: another image, another draw", ru="pair: другой номер — другой выбор")
@hint(en="The number i belongs into the generator.", ru="Номер i должен влиять на генератор.")
def test_other_number(submission, rng):
    seed = int(rng.integers(1000))
    assert all_different(gammas(submission, [(i, seed) for i in range(12)])), "two images have the same draw"


@points("1/2")
@title(en="pair: another seed, another draw", ru="pair: другой seed — другой выбор")
@hint(en="The seed belongs into the generator.", ru="Число seed должно влиять на генератор.")
def test_other_seed(submission, rng):
    first, i = int(rng.integers(1000)), int(rng.integers(4))
    assert all_different(gammas(submission, [(i, first + k) for k in range(12)])), "two seeds have the same draw"


@points("1/2")
@title(
    en="pair: the next image with the seed before draws something else",
    ru="pair: у следующего номера с предыдущим seed — другой выбор",
)
@hint(
    en="With seed + i, seed times i or 31 seed + i different pairs of numbers meet, and data sets share draws.",
    ru="При seed + i, seed * i, 31 * seed + i разные пары чисел совпадают, и у наборов есть общие значения.",
)
def test_number_and_seed_apart(submission, rng):
    first = int(rng.integers(10, 1000))
    numbers = [(i, first - i) for i in range(4)] + [(i, 0) for i in range(3)] + [(1, 2), (2, 1), (3, 2), (2, 3)]
    numbers += [(0, 4), *((factor, 3) for factor in (10, 31, 37, 100, 101, 1000))]
    assert all_different(gammas(submission, sorted(set(numbers)))), "another seed and another image have the same draw"


@points("3/4")
@title(en="pair: transformations one after another", ru="pair: преобразования одно за другим")
@hint(
    en="Each takes what the one before has made: after a crop the mean is that of the part.",
    ru="Каждое берёт результат предыдущего: после обрезки среднее — это среднее части.",
)
def test_order(submission, rng):
    image = 0.3 + 0.4 * (np.arange(42).reshape(6, 7, 1) + rng.uniform(0, 0.5, size=(6, 7, 1))) / 42
    moved = 0
    for seed in rng.choice(10**6, size=12, replace=False):
        for names in (["crop", "contrast"], ["contrast", "crop"]):
            augmented = halves(submission.pair([image], 0, int(seed), names), image)
            height, width, _ = augmented.shape
            assert height <= 6, "the augmented image is larger than the image"
            assert width <= 7, "the augmented image is larger than the image"
            places = [(top, left) for top in range(7 - height) for left in range(8 - width)]
            parts = [image[top : top + height, left : left + width] for top, left in places]
            means = [(part if names[0] == "crop" else image).mean() for part in parts]
            lines = [line_of(part, augmented) for part in parts]
            fits = [
                line is not None and abs(line[0] * mean + line[1] - mean) < 1e-4
                for line, mean in zip(lines, means, strict=True)
            ]
            assert any(fits), f"the augmented image is not that of {names[0]} first, then {names[1]}"
            moved += abs(parts[fits.index(True)].mean() - image.mean()) > 0.01
    assert moved, "no part of the image has another mean than the image"


@points("1/4")
@title(en="pair: no transformations", ru="pair: без преобразований")
@hint(en="Without names the augmented image is the image.", ru="Без имён второе изображение — то же самое.")
def test_no_names(submission, rng):
    image = rng.random((4, 3, 2))
    augmented = halves(submission.pair([TINY, image], 1, 5, []), image)
    assert_close(augmented, image, rtol=1e-6, atol=1e-6, what="augmented image")


@points("1/2")
@title(en="pair: global generators", ru="pair: глобальные генераторы")
@hint(
    en="np.random.seed and random.seed change what others draw; np.random.default_rng makes a generator of your own.",
    ru="np.random.seed и random.seed меняют чужие случайные числа; np.random.default_rng создаёт свой генератор.",
)
def test_global_generators(submission, probe, rng):
    images = several_images(rng, 3)
    kept = probe.keeps_global_generators(submission.pair, images, 3, NAMES)
    assert_equal(kept, True, what="whether the global generators stay as they were")
    one, other = (
        changed(probe.with_global_seed(submission.pair, images, 1, 3, NAMES, seed), images[1]) for seed in (1, 2)
    )
    assert_close(other, one, rtol=1e-12, what="augmented image after np.random.seed")


def drawn_pairs(submission, images, seed, names):
    return take(submission.pairs(images, seed, names), len(images) + 1)


@points("3/4")
@title(en="pairs: all images in their order", ru="pairs: все изображения по порядку")
@hint(
    en="One pair for each image, the image itself first.",
    ru="По одной паре на изображение, первым — оно само.",
)
def test_pairs(submission, rng):
    images = several_images(rng, 6)
    found = drawn_pairs(submission, images, 4, ["flip"])
    assert_equal(len(found), 6, what="number of pairs")
    for one, image in zip(found, images, strict=True):
        augmented = halves(one, image)
        kinds = [flip(image, axis) for axis in ("horizontal", "vertical")]
        assert any(near(augmented, kind) for kind in kinds), "the augmented image is no reflection of the image"


@points("1/2")
@together("pair", "pairs", because="the statement defines the pairs of `pairs` by `pair`")
@title(en="pairs: the same pairs as by pair", ru="pairs: те же пары, что и у pair")
@hint(
    en="The pair i of `pairs` is pair(images, i, seed, names).",
    ru="Пара i из `pairs` — это pair(images, i, seed, names).",
)
def test_as_pair(submission, rng):
    images, seed = several_images(rng), int(rng.integers(1000))
    expected = [changed(submission.pair(images, i, seed, NAMES), images[i]) for i in range(5)]
    for _ in range(2):
        found = drawn_pairs(submission, images, seed, NAMES)
        assert_equal(len(found), 5, what="number of pairs")
        found = [halves(one, image) for one, image in zip(found, images, strict=True)]
        assert_close(found, expected, rtol=1e-12, what="augmented images")


@points("3/4")
@title(en="pairs: made one at a time", ru="pairs: по одной паре")
@hint(
    en="An image is looked at only when its turn comes: yield the pairs.",
    ru="Изображение читается, лишь когда дошла очередь: используйте yield.",
)
def test_lazy(submission, rng):
    images = [*several_images(rng, 3), None]  # whoever looks at the fourth stumbles
    found = iter(submission.pairs(images, 1, ["gamma", "crop"]))
    for image in images[:3]:
        changed(next(found, None), image)
