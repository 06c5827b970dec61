"""The hidden suite of the whole model: scores, padding, the future, first values."""

import math

import torch

from grader.testing import (
    assert_array,
    assert_close,
    assert_law,
    assert_refused,
    call_unchanged,
    hint,
    parameters,
    points,
    title,
)
from grader.testing.twins import (
    assert_first_values,
    assert_parameters,
    assert_same_gradients,
    assert_same_output,
    seed_of,
    twins,
)
from reference.sequences.transformer.model import Transformer

from .shared import shapes_of

SIZES = (7, 9, 6, 2, 5, 2)  # n_source, n_target, d, heads, d_ff, blocks


def models(submission, torch_rng, *sizes):
    return twins(submission.Transformer(*sizes), Transformer(*sizes), torch_rng)


def assert_same(pair, source, target):
    """The scores are the reference's, with room for positions that were rounded to single precision."""
    assert_same_output(pair, source, target, what="scores", rtol=1e-5, atol=1e-6)


def tokens(torch_rng, rows, length, count):
    """Tokens (rows, length) from 1, without padding."""
    return torch.randint(1, count, (rows, length), generator=torch_rng)


@points("1/2")
@title(en="Transformer: parameters", ru="Transformer: параметры")
@hint(
    en="Two embeddings, source and target, the lists of blocks encoder and decoder (nn.ModuleList), and head. The two "
    "languages share nothing.",
    ru="Две таблицы векторов, source и target, списки блоков encoder и decoder (nn.ModuleList) и head. У языков нет "
    "ничего общего.",
)
def test_transformer_parameters(submission):
    for sizes in (SIZES, (4, 4, 4, 2, 3, 1)):
        assert_parameters(submission.Transformer(*sizes), shapes_of(Transformer(*sizes)))


@points("1/2")
@title(en="Transformer: first values", ru="Transformer: начальные значения")
@hint(
    en="The vectors of tokens are normal with a deviation of 0.7, that of token 0 too; head is uniform within "
    "1/sqrt(d). All come from rng.",
    ru="Векторы слов нормальны с отклонением 0,7, вектор слова 0 тоже; head равномерен в пределах 1/sqrt(d). Всё "
    "берётся из rng.",
)
def test_transformer_first_values(submission, torch_rng):
    sizes = (300, 400, 32, 2, 4, 2)
    bounds = dict.fromkeys(("head.weight", "head.bias", *(f"encoder.{i}.linear1.weight" for i in (0, 1))), 32**-0.5)
    assert_first_values(lambda rng: submission.Transformer(*sizes, rng=rng), torch_rng, bounds)
    found = parameters(submission.Transformer(*sizes, rng=torch.Generator().manual_seed(seed_of(torch_rng))))
    for name, shape in (("source.weight", (300, 32)), ("target.weight", (400, 32))):
        values = assert_array(found.get(name), shape=shape, kind="float", what=name).double() / 0.7
        assert_law(values, lambda z: (1 + math.erf(z / math.sqrt(2))) / 2, what=f"{name} / 0.7")
        assert values[0].any(), f"{name}: the vector of token 0 is zero"


@points(2)
@title(en="Transformer: scores", ru="Transformer: оценки")
@hint(
    en="Embeddings, not multiplied by anything, plus positions, on both sides; the encoder; the decoder with the "
    "encoder's last result as memory; head, at every place.",
    ru="Векторы слов, ни на что не умноженные, плюс позиции — с обеих сторон; кодировщик; декодировщик, у которого "
    "memory — последний результат кодировщика; head — в каждой позиции.",
)
def test_transformer_scores(submission, torch_rng):
    for sizes, (b, n, m) in (((7, 9, 6, 2, 5, 1), (3, 4, 5)), ((8, 5, 4, 1, 6, 1), (2, 5, 3))):
        pair = models(submission, torch_rng, *sizes)
        assert_same(pair, tokens(torch_rng, b, n, sizes[0]), tokens(torch_rng, b, m, sizes[1]))


@points("1/2")
@title(en="Transformer: several blocks", ru="Transformer: несколько блоков")
@hint(
    en="Each block works on what the one before it gives. All blocks of the decoder see the result of the last block "
    "of the encoder.",
    ru="Каждый блок работает с результатом предыдущего. Все блоки декодировщика видят результат последнего блока "
    "кодировщика.",
)
def test_transformer_blocks(submission, torch_rng):
    for blocks in (2, 3):
        pair = models(submission, torch_rng, 7, 9, 4, 2, 5, blocks)
        assert_same(pair, tokens(torch_rng, 2, 4, 7), tokens(torch_rng, 2, 3, 9))


@title(en="Transformer: padding in the source", ru="Transformer: дополнение в исходном тексте")
@hint(
    en="Nobody may look at a token 0: not the encoder in its attention, not the decoder in cross.",
    ru="На слово 0 смотреть нельзя никому: ни кодировщику в его внимании, ни декодировщику в cross.",
)
def test_transformer_source_padding(submission, torch_rng):
    pair, source = models(submission, torch_rng, *SIZES), tokens(torch_rng, 3, 5, 7)
    source[1, 3:], source[2, 1:] = 0, 0
    target = tokens(torch_rng, 3, 4, 9)
    assert_same(pair, source, target)
    with torch.no_grad():
        expected = pair.expected(source, target)
    longer = torch.cat([source, torch.zeros(3, 7, dtype=torch.int64)], dim=1)
    found = pair.made(longer, target)
    assert_close(found, expected, rtol=1e-5, atol=1e-6, what="scores when the source is padded by 7 more")


@points("1/2")
@title(en="Transformer: padding in the target", ru="Transformer: дополнение в переводе")
@hint(
    en="The mask of the target is the causal one, without the places where token 0 stands.",
    ru="Маска перевода — причинная, без позиций, где стоит слово 0.",
)
def test_transformer_target_padding(submission, torch_rng):
    pair, target = models(submission, torch_rng, *SIZES), tokens(torch_rng, 3, 5, 9)
    target[0, 3:], target[1, 1:], target[2, 2] = 0, 0, 0
    assert_same(pair, tokens(torch_rng, 3, 4, 7), target)


@title(en="Transformer: the future changes nothing", ru="Transformer: будущее ничего не меняет")
@hint(
    en="The scores at a place depend on the whole source, on the token there and on those before it. Who sees the "
    "next token learns to copy it.",
    ru="Оценки в позиции зависят от всего исходного текста, от слова в ней и от предыдущих. Кто видит следующее "
    "слово, учится его списывать.",
)
def test_transformer_future(submission, torch_rng):
    pair = models(submission, torch_rng, *SIZES)
    source, target = tokens(torch_rng, 2, 4, 7), tokens(torch_rng, 2, 6, 9)
    found = assert_array(pair.made(source, target), shape=(2, 6, 9), kind="float", what="scores")
    for past in (1, 3, 5):
        other = target.clone()
        other[:, past:] = other[:, past:] % 8 + 1
        again = assert_array(pair.made(source, other), shape=(2, 6, 9), kind="float", what="scores")
        same = torch.equal(again[:, :past], found[:, :past])
        assert same, f"the scores of the first {past} places are others when later tokens change"
        assert not torch.equal(again[:, past], found[:, past]), "the scores of a place do not depend on its own token"


@points("1/2")
@title(
    en="Transformer: one object, one token, nothing but padding",
    ru="Transformer: один объект, одно слово, одно дополнение",
)
@hint(
    en="squeeze() loses axes of length 1. In a source of padding alone nobody has anything to look at: each head "
    "gives 0 there, not NaN.",
    ru="squeeze() теряет оси длины 1. Если в исходном тексте одно дополнение, смотреть не на что: каждая голова даёт "
    "0, а не NaN.",
)
def test_transformer_ones(submission, torch_rng):
    for sizes, (b, n, m) in ((SIZES, (1, 3, 4)), ((3, 2, 2, 1, 1, 1), (2, 1, 1)), ((2, 2, 4, 2, 3, 1), (1, 1, 1))):
        pair = models(submission, torch_rng, *sizes)
        assert_same(pair, tokens(torch_rng, b, n, sizes[0]), tokens(torch_rng, b, m, sizes[1]))
    pair, source = models(submission, torch_rng, *SIZES), tokens(torch_rng, 2, 3, 7)
    source[1] = 0
    assert_same(pair, source, tokens(torch_rng, 2, 4, 9))


@title(en="Transformer: gradients", ru="Transformer: градиенты")
@hint(
    en="They reach all parameters, those of the encoder through memory. Tokens that do not occur get 0.",
    ru="Градиенты доходят до всех параметров, до кодировщика — через memory. У слов, которых в тексте нет, градиент 0.",
)
def test_transformer_gradients(submission, torch_rng):
    pair, source = models(submission, torch_rng, 7, 9, 4, 2, 3, 2), tokens(torch_rng, 2, 4, 7)
    source[1, 2:] = 0
    assert_same_gradients(pair, source, tokens(torch_rng, 2, 3, 9), torch_rng=torch_rng, rtol=1e-4, atol=1e-5)


@points("1/4")
@title(en="Transformer: wrong arguments are refused", ru="Transformer: неверные аргументы отвергаются")
@hint(
    en="ValueError with the argument's name: sizes below 1, heads that do not divide d, and source or target that are "
    "no tokens (b, n) of the embedding.",
    ru="ValueError с именем аргумента: размеры меньше 1, heads не делит d, а также source или target — не слова (b, "
    "n) из таблицы векторов.",
)
def test_transformer_refuses(submission):
    for place, name in enumerate(("n_source", "n_target", "d", "heads", "d_ff", "blocks")):
        sizes = [4, 4, 4, 2, 3, 1]
        sizes[place] = 0
        assert_refused(name, submission.Transformer, *sizes)
    assert_refused("heads", submission.Transformer, 4, 4, 4, 3, 3, 1)
    model, good = submission.Transformer(*SIZES), torch.ones(2, 3, dtype=torch.int64)
    for bad in (good.double(), good[0], good[:, :0], 7 * good, -good):
        assert_refused("source", model, bad, good)
    for bad in (good.double(), 9 * good, good[:1]):
        assert_refused("target", model, good, bad)


@points("1/8")
@title(en="Transformer: the arguments stay as they were", ru="Transformer: аргументы не меняются")
@hint(
    en="Tokens may be cut and replaced in copies only.",
    ru="Обрезать и заменять слова можно только в копиях.",
)
def test_transformer_unchanged(submission, torch_rng):
    source, target = tokens(torch_rng, 2, 4, 7), tokens(torch_rng, 2, 3, 9)
    source[0, 2:] = 0
    call_unchanged(submission.Transformer(*SIZES), source, target)
