"""The hidden suite of the blocks of encoder and decoder."""

import torch

from grader.testing import assert_array, assert_close, assert_refused, call_unchanged, each, hint, points, title
from grader.testing.inputs import randn
from grader.testing.twins import assert_parameters, assert_same_gradients, assert_same_output, twins
from reference.sequences.attention.masks import causal_mask
from reference.sequences.transformer.blocks import DecoderBlock, EncoderBlock

from .shared import check_first_values, refuse_blocks, shapes_of, up_to

BLOCKS = {"EncoderBlock": EncoderBlock, "DecoderBlock": DecoderBlock}


@each(BLOCKS, worth="1/2", en="{name}: parameters", ru="{name}: параметры")
@hint(
    en="The parts have the names of the statement: attention (and cross) with w_q, ..., b_o, linear1, linear2, norm1, "
    "...",
    ru="Части называются как в условии: attention (и cross) с параметрами w_q, ..., b_o, linear1, linear2, norm1, ...",
)
def test_block_parameters(submission, name):
    assert_parameters(getattr(submission, name)(6, 2, 5), shapes_of(BLOCKS[name](6, 2, 5)))


@each(BLOCKS, worth="1/4", en="{name}: first values", ru="{name}: начальные значения")
@hint(
    en="Linear maps are uniform within 1/sqrt(inputs), drawn from rng; those of linear2 have d_ff inputs. "
    "Normalisations begin with 1 and 0.",
    ru="Линейные отображения равномерны в пределах 1/sqrt(число входов) и берутся из rng; у linear2 входов d_ff. "
    "Нормализации начинают с 1 и 0.",
)
def test_block_first_values(submission, torch_rng, name):
    kind, sizes = getattr(submission, name), (20, 4, 80)
    check_first_values(kind, BLOCKS[name](*sizes), sizes, torch_rng)


# Another small number in the norms is one mistake: the first test of a block finds it.
ROUGHLY = {"rtol": 1e-3, "atol": 1e-4}


def encoders(submission, torch_rng, *sizes):
    return twins(submission.EncoderBlock(*sizes), EncoderBlock(*sizes), torch_rng)


def decoders(submission, torch_rng, *sizes):
    return twins(submission.DecoderBlock(*sizes), DecoderBlock(*sizes), torch_rng)


@points("3/2")
@title(en="EncoderBlock: what comes out", ru="EncoderBlock: результат")
@hint(
    en="Each half adds what came in to what it computes, and normalises the sum. ReLU stands between linear1 and "
    "linear2, nowhere else.",
    ru="Каждая половина прибавляет к вычисленному свой вход, и нормируется сумма. ReLU стоит между linear1 и linear2 "
    "и больше нигде.",
)
def test_encoder(submission, torch_rng):
    for sizes, (b, n) in (((6, 2, 5), (3, 4)), ((4, 1, 8), (2, 5)), ((6, 3, 2), (2, 2))):
        assert_same_output(encoders(submission, torch_rng, *sizes), randn(torch_rng, b, n, sizes[0]))


@points("3/4")
@title(en="EncoderBlock: masks", ru="EncoderBlock: маски")
@hint(
    en="The mask goes on to the attention: one for all, or one for each object.",
    ru="Маска передаётся вниманию: одна на всех или своя у каждого объекта.",
)
def test_encoder_masks(submission, torch_rng):
    pair, x = encoders(submission, torch_rng, 6, 2, 5), randn(torch_rng, 2, 4, 6)
    own = torch.eye(4, dtype=torch.bool) | (torch.rand(2, 4, 4, generator=torch_rng) < 0.5)
    for mask in (causal_mask(4), up_to([4, 2], 4), own):
        assert_same_output(pair, x, mask, **ROUGHLY)


@points("1/4")
@title(en="EncoderBlock: a place that sees nothing", ru="EncoderBlock: позиция, которой ничего не видно")
@hint(
    en="Each head gives 0 there, and W_o makes b_o of it: neither NaN nor the mean of all values.",
    ru="Каждая голова даёт там 0, и после W_o остаётся b_o: не NaN и не среднее всех значений.",
)
def test_encoder_nothing_to_see(submission, torch_rng):
    mask = torch.eye(4, dtype=torch.bool)
    mask[2] = False
    assert_same_output(encoders(submission, torch_rng, 6, 2, 5), randn(torch_rng, 2, 4, 6), mask, **ROUGHLY)


@points("1/2")
@title(en="EncoderBlock: padding changes nothing", ru="EncoderBlock: дополнение ничего не меняет")
@hint(
    en="What the mask hides must not reach the other places: not by attention, and not by a normalisation over the "
    "batch.",
    ru="Скрытое маской не должно влиять на другие позиции: ни через внимание, ни через нормализацию по пакету.",
)
def test_encoder_padding(submission, torch_rng):
    pair, x = encoders(submission, torch_rng, 6, 2, 5), randn(torch_rng, 2, 3, 6)
    with torch.no_grad():
        expected = pair.expected(x)
    for more in (1, 9):
        padded = torch.cat([x, 20 * randn(torch_rng, 2, more, 6)], dim=1)
        shape = (2, 3 + more, 6)
        found = assert_array(
            pair.made(padded, up_to([3, 3], 3 + more)), shape=shape, kind="float", what="what comes out"
        )
        assert_close(found[:, :3], expected, **ROUGHLY, what=f"the first places with {more} of padding")


@points("1/2")
@title(en="EncoderBlock: one object, one place, one unit", ru="EncoderBlock: один объект, одна позиция, один нейрон")
@hint(en="squeeze() loses axes of length 1.", ru="squeeze() теряет оси длины 1.")
def test_encoder_ones(submission, torch_rng):
    for sizes, (b, n) in (((4, 2, 3), (1, 3)), ((4, 4, 1), (2, 1)), ((2, 1, 1), (1, 1)), ((1, 1, 2), (2, 3))):
        assert_same_output(encoders(submission, torch_rng, *sizes), randn(torch_rng, b, n, sizes[0]), **ROUGHLY)


@title(en="EncoderBlock: gradients", ru="EncoderBlock: градиенты")
@hint(
    en="They reach x in two ways in each half, past it and through it, and all parameters. detach and .data cut them "
    "off.",
    ru="В каждой половине к x ведут два пути — мимо неё и через неё; доходят градиенты и до всех параметров. detach и "
    ".data их обрывают.",
)
def test_encoder_gradients(submission, torch_rng):
    pair = encoders(submission, torch_rng, 4, 2, 5)
    assert_same_gradients(pair, randn(torch_rng, 2, 3, 4), up_to([3, 2], 3), torch_rng=torch_rng, **ROUGHLY)


# -- the decoder -----------------------------------------------------------------------------------------


@points("3/2")
@title(en="DecoderBlock: what comes out", ru="DecoderBlock: результат")
@hint(
    en="Three parts: y to itself, y to memory (queries of y; keys and values of memory), the inner layer. Each has a "
    "norm of its own, in this order.",
    ru="Три части: y смотрит на себя, y смотрит на memory (запросы из y, ключи и значения из memory), внутренний "
    "слой. У каждой своя нормализация, в этом порядке.",
)
def test_decoder(submission, torch_rng):
    for sizes, (b, m, n) in (((6, 2, 5), (3, 4, 4)), ((4, 1, 8), (2, 5, 3)), ((6, 3, 2), (2, 2, 6))):
        pair = decoders(submission, torch_rng, *sizes)
        assert_same_output(pair, randn(torch_rng, b, m, sizes[0]), randn(torch_rng, b, n, sizes[0]))


@title(en="DecoderBlock: the mask of y", ru="DecoderBlock: маска для y")
@hint(
    en="mask is for attention, where y looks at itself, and for nothing else.",
    ru="mask относится к attention, где y смотрит на себя, и больше ни к чему.",
)
def test_decoder_mask(submission, torch_rng):
    pair = decoders(submission, torch_rng, 6, 2, 5)
    y, memory = randn(torch_rng, 2, 4, 6), randn(torch_rng, 2, 4, 6)
    for mask in (causal_mask(4), causal_mask(4) & up_to([4, 2], 4)):
        assert_same_output(pair, y, memory, mask, **ROUGHLY)


@title(en="DecoderBlock: the mask of memory", ru="DecoderBlock: маска для memory")
@hint(
    en="memory_mask is for cross, where y looks at memory, and for nothing else.",
    ru="memory_mask относится к cross, где y смотрит на memory, и больше ни к чему.",
)
def test_decoder_memory_mask(submission, torch_rng):
    pair = decoders(submission, torch_rng, 6, 2, 5)
    for n in (4, 5):
        y, memory = randn(torch_rng, 2, 4, 6), randn(torch_rng, 2, n, 6)
        assert_same_output(pair, y, memory, None, up_to([n, 2], n), **ROUGHLY)
        assert_same_output(pair, y, memory, causal_mask(4), up_to([1, 3], n), **ROUGHLY)


@points("1/2")
@title(en="DecoderBlock: the future changes nothing", ru="DecoderBlock: будущее ничего не меняет")
@hint(
    en="Under the causal mask earlier results stay the same to the last bit, whatever comes later.",
    ru="При причинной маске более ранние результаты совпадают до последнего бита, что бы ни шло дальше.",
)
def test_decoder_future(submission, torch_rng):
    pair = decoders(submission, torch_rng, 6, 2, 5)
    y, memory, mask = randn(torch_rng, 2, 6, 6), randn(torch_rng, 2, 3, 6), causal_mask(6)
    found = assert_array(pair.made(y, memory, mask), shape=(2, 6, 6), kind="float", what="what comes out")
    for past in (1, 4):
        other = y.clone()
        other[:, past:] = 20 * randn(torch_rng, 2, 6 - past, 6)
        again = assert_array(pair.made(other, memory, mask), shape=(2, 6, 6), kind="float", what="what comes out")
        same = torch.equal(again[:, :past], found[:, :past])
        assert same, f"the results of the first {past} places are others when later places change"
        assert not torch.equal(again[:, past], found[:, past]), "a place does not see itself"


@points("1/2")
@title(en="DecoderBlock: one object, one place, one unit", ru="DecoderBlock: один объект, одна позиция, один нейрон")
@hint(en="squeeze() loses axes of length 1.", ru="squeeze() теряет оси длины 1.")
def test_decoder_ones(submission, torch_rng):
    for sizes, (b, m, n) in (
        ((4, 2, 3), (1, 3, 2)),
        ((4, 4, 1), (2, 1, 3)),
        ((2, 1, 1), (1, 1, 1)),
        ((1, 1, 2), (2, 3, 1)),
    ):
        pair = decoders(submission, torch_rng, *sizes)
        assert_same_output(pair, randn(torch_rng, b, m, sizes[0]), randn(torch_rng, b, n, sizes[0]), **ROUGHLY)


@title(en="DecoderBlock: gradients", ru="DecoderBlock: градиенты")
@hint(
    en="They reach y, all parameters, and memory: by it the encoder learns.",
    ru="Градиенты доходят до y, до всех параметров и до memory: через неё учится кодировщик.",
)
def test_decoder_gradients(submission, torch_rng):
    pair = decoders(submission, torch_rng, 4, 2, 5)
    y, memory = randn(torch_rng, 2, 3, 4), randn(torch_rng, 2, 5, 4)
    assert_same_gradients(pair, y, memory, causal_mask(3), up_to([5, 2], 5), torch_rng=torch_rng, **ROUGHLY)


@each(BLOCKS, worth="1/4", en="{name}: wrong arguments are refused", ru="{name}: неверные аргументы отвергаются")
@hint(
    en="ValueError with the argument's name: d, heads, d_ff below 1, heads that do not divide d, x, y, memory of "
    "another shape.",
    ru="ValueError с именем аргумента: d, heads, d_ff меньше 1, heads не делит d, x, y, memory другой формы.",
)
def test_blocks_refuse(submission, name):
    kind, ones = getattr(submission, name), torch.ones
    refuse_blocks(kind)
    block = kind(4, 2, 3)
    if name == "EncoderBlock":
        for shape in ((3, 4), (2, 3, 5), (0, 3, 4)):
            assert_refused("x", block, ones(shape))
    else:
        for y, memory, wrong in (
            ((3, 4), (2, 3, 4), "y"),
            ((2, 3, 1), (2, 3, 4), "y"),
            ((2, 3, 4), (1, 3, 4), ("y", "memory")),
        ):
            assert_refused(wrong, block, ones(y), ones(memory))


@each(BLOCKS, worth="1/8", en="{name}: the arguments stay as they were", ru="{name}: аргументы не меняются")
@hint(
    en="x += ... and relu_ write into the caller's tensor; x = x + ... makes a new one.",
    ru="x += ... и relu_ пишут прямо в тензор вызывающего; x = x + ... создаёт новый.",
)
def test_blocks_unchanged(submission, torch_rng, name):
    block, x = getattr(submission, name)(4, 2, 3).double(), randn(torch_rng, 2, 3, 4)
    more = () if name == "EncoderBlock" else (randn(torch_rng, 2, 3, 4),)
    call_unchanged(block, x, *more, causal_mask(3))
