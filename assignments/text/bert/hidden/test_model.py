"""The hidden suite of the model: parameters, values, padding, gradients."""

from math import erf, sqrt

import torch

from grader.testing import (
    assert_array,
    assert_close,
    assert_count,
    assert_equal,
    assert_law,
    hint,
    parameters,
    points,
    set_parameters,
    title,
)
from grader.testing.twins import assert_parameters, assert_same_gradients, seed_of

from .shared import a_pair, pair_of, rows

SIZES = (23, 12, 3, 20, 2, 9)  # words, size, heads, d_ff, blocks, longest


def shapes(words, size, d_ff, blocks, longest):
    """Names and shapes of all parameters."""
    block = {
        "self_attn.in_proj_weight": (3 * size, size),
        "self_attn.in_proj_bias": (3 * size,),
        "self_attn.out_proj.weight": (size, size),
        "self_attn.out_proj.bias": (size,),
        "linear1.weight": (d_ff, size),
        "linear1.bias": (d_ff,),
        "linear2.weight": (size, d_ff),
        "linear2.bias": (size,),
    }
    block |= {f"norm{number}.{part}": (size,) for number in (1, 2) for part in ("weight", "bias")}
    embeddings = {"tokens": words, "positions": longest, "segments": 2}
    heads = {"word_head": words, "pair_head": 2}
    return {
        **{f"{name}.weight": (count, size) for name, count in embeddings.items()},
        **{f"norm.{part}": (size,) for part in ("weight", "bias")},
        **{f"encoder.layers.{i}.{name}": shape for i in range(blocks) for name, shape in block.items()},
        **{f"{name}.weight": (count, size) for name, count in heads.items()},
        **{f"{name}.bias": (count,) for name, count in heads.items()},
    }


@title(en="Bert: the parameters", ru="Bert: параметры")
@hint(
    en="Names and shapes stand in the statement; positions has a row for each of the `longest` places.",
    ru="Имена и формы даны в условии; в positions по строке на каждое из `longest` мест.",
)
def test_parameters(submission):
    for words, size, heads, d_ff, blocks, longest in (SIZES, (7, 4, 1, 5, 1, 3)):
        made = submission.Bert(words, size, heads, d_ff, blocks, longest)
        assert_parameters(made, shapes(words, size, d_ff, blocks, longest))


@title(en="Bert: first values", ru="Bert: начальные значения")
@hint(
    en="Matrices are normal with the deviation 0.02 and drawn from rng, those of each block by themselves "
    "(nn.TransformerEncoder copies one block); biases are 0, the normalisations 1 and 0.",
    ru="Матрицы нормальные с отклонением 0.02 и берутся из rng, в каждом блоке свои (nn.TransformerEncoder копирует "
    "один блок); сдвиги равны 0, у нормализаций 1 и 0.",
)
def test_first_values(submission, torch_rng):
    seed, sizes = seed_of(torch_rng), (60, 16, 2, 32, 2, 30)
    one, again, other = (
        parameters(submission.Bert(*sizes, rng=torch.Generator().manual_seed(seed + more))) for more in (0, 0, 1)
    )
    assert_equal(again, one, what="parameters drawn from the same generator again")
    default, following = (parameters(submission.Bert(*sizes)) for _ in range(2))
    for name, shape in shapes(60, 16, 32, 2, 30).items():
        assert name in one, f"{name} is no parameter of the module"
        value = assert_array(one[name], shape=shape, kind="float", what=name).double()
        if len(shape) == 1:
            filled = 1.0 if "norm" in name and name.endswith("weight") else 0.0
            assert_close(value, torch.full(shape, filled, dtype=torch.float64), what=name)
            continue
        assert not torch.equal(other[name], one[name]), f"{name} is the same from another generator"
        assert not torch.equal(default[name], following[name]), f"{name} is the same in the next module"
        assert len(value.unique()) >= 0.9 * value.numel(), f"values of {name} repeat"
        assert_law(value / 0.02, normal, what=f"{name} is not normal with the deviation 0.02")
    for name in ("self_attn.in_proj_weight", "linear2.weight"):
        both = [one[f"encoder.layers.{block}.{name}"] for block in (0, 1)]
        assert not torch.equal(*both), f"{name} is the same in both blocks"


def normal(x):
    return (1 + erf(x / sqrt(2))) / 2


def encoded(pair, tokens, segments):
    """What both modules make of the rows, at all places."""
    with torch.no_grad():
        expected = pair.expected.encode(tokens, segments)
    found = assert_array(pair.made.encode(tokens, segments), shape=tuple(expected.shape), what="vectors")
    return found, expected


@points(2)
@title(en="Bert: the vectors of the last block", ru="Bert: векторы последнего блока")
@hint(
    en="Words, places and sentences are added and normalised; each part of a block is added to its input first and "
    "normalised then; GELU; every token sees those before and behind it.",
    ru="Слова, места и предложения складываются и нормализуются; часть блока сначала прибавляется ко входу, потом "
    "нормализация; GELU; каждый токен видит токены и до, и после себя.",
)
def test_encode(submission, torch_rng):
    for sizes in (SIZES, (40, 8, 2, 5, 3, 12)):
        pair = a_pair(submission, torch_rng, sizes)
        tokens, segments = rows(torch_rng, (7, 7, 7), sizes[0])
        assert_close(*encoded(pair, tokens, segments), rtol=1e-7, atol=1e-8, what="vectors")


def logits(pair, tokens, segments, number):
    """The student's logits of words (0) or of pairs (1), and what the head makes of the student's own vectors."""
    name, places = (("word_head", slice(None)), ("pair_head", 0))[number]
    values = pair.expected.state_dict()
    weight, bias = values[f"{name}.weight"], values[f"{name}.bias"]
    n, t = tokens.shape
    vectors = assert_array(pair.made.encode(tokens, segments), shape=(n, t, weight.shape[1]), what="vectors")
    found = pair_of(pair.made(tokens, segments), "what the model returns")[number]
    expected = vectors[:, places] @ weight.T + bias
    return assert_array(found, shape=tuple(expected.shape), what=f"logits of {name}"), expected


@title(en="Bert: logits of words", ru="Bert: логиты слов")
@hint(
    en="word_head maps the vector of each place to one logit a word; they come first, and no softmax follows.",
    ru="word_head переводит вектор каждого места в логит каждого слова; они идут первыми, softmax после них нет.",
)
def test_words(submission, torch_rng):
    pair = a_pair(submission, torch_rng, SIZES)
    for lengths in ((6, 6, 6, 6), (9, 9)):
        found, expected = logits(pair, *rows(torch_rng, lengths), 0)
        assert_close(found, expected, rtol=1e-7, atol=1e-8, what="logits of words")


@title(en="Bert: logits of pairs", ru="Bert: логиты пар")
@hint(
    en="pair_head maps the vector of the first place alone; these logits come second.",
    ru="pair_head переводит вектор одного только первого места; эти логиты идут вторыми.",
)
def test_pairs(submission, torch_rng):
    pair = a_pair(submission, torch_rng, SIZES)
    for lengths in ((6, 6, 6, 6), (9, 9)):
        found, expected = logits(pair, *rows(torch_rng, lengths), 1)
        assert_close(found, expected, rtol=1e-7, atol=1e-8, what="logits of pairs")


@points(2)
@title(en="Bert: padding changes nothing", ru="Bert: дополнение ничего не меняет")
@hint(
    en="No token may attend to a place whose token is 0: its weight is 0 in every block, however long the padding is.",
    ru="Ни один токен не смотрит на место с токеном 0: его вес нулевой в каждом блоке, сколько бы таких мест ни было.",
)
def test_padding(submission, torch_rng):
    pair = a_pair(submission, torch_rng, SIZES)
    lengths = (5, 2, 1, 4)
    for longest in (5, 6, 9):
        tokens, segments = rows(torch_rng, lengths, longest=longest)
        found = encoded(pair, tokens, segments)[0]
        for row, length in enumerate(lengths):
            alone = encoded(pair, tokens[row : row + 1, :length], segments[row : row + 1, :length])[0]
            assert_close(found[row, :length], alone[0], rtol=1e-7, atol=1e-8, what="vectors with padding and without")


@points("1/2")
@title(en="Bert: one row, one token, one head, one block", ru="Bert: одна строка, один токен, одна голова, один блок")
@hint(
    en="squeeze() and tensors without an axis lose axes of length 1.",
    ru="squeeze() и тензоры без оси теряют оси длины 1.",
)
def test_of_one(submission, torch_rng):
    pair = a_pair(submission, torch_rng, (9, 4, 1, 6, 1, 3))
    for lengths in ((1,), (3,), (1, 1)):
        for number in (0, 1):
            assert_close(*logits(pair, *rows(torch_rng, lengths, 9), number), rtol=1e-7, atol=1e-8, what="logits")


@title(en="Bert: gradients", ru="Bert: градиенты")
@hint(
    en="detach, .data and no_grad cut the way back: all parameters that have a part in the logits get gradients.",
    ru="detach, .data и no_grad обрывают обратный проход: градиенты получают все параметры, участвующие в логитах.",
)
def test_gradients(submission, torch_rng):
    pair = a_pair(submission, torch_rng, SIZES, training=True, dropout=0.0)
    assert_same_gradients(pair, *rows(torch_rng, (9, 9)), torch_rng=torch_rng)


@points("1/2")
@title(en="Bert: dropout in training alone", ru="Bert: дропаут только при обучении")
@hint(
    en="Two passes differ in training mode and agree in evaluation mode; with dropout=0.0 they agree in both. Dropout "
    "stands after the first normalisation and inside of the blocks.",
    ru="Два прохода различаются в режиме обучения и совпадают в режиме eval; при dropout=0.0 совпадают в обоих. "
    "Дропаут стоит и после первой нормализации, и внутри блоков.",
)
def test_dropout(submission, torch_rng):
    tokens, segments = rows(torch_rng, (8, 8))
    for named, training, differ in (({}, True, True), ({}, False, False), ({"dropout": 0.0}, True, False)):
        pair = a_pair(submission, torch_rng, SIZES, training=training, **named)
        one, other = (
            assert_array(pair.made.encode(tokens, segments), shape=(2, 8, 12), what="vectors") for _ in range(2)
        )
        if differ:
            assert not torch.equal(one, other), "dropout does nothing in training mode"
        else:
            assert_close(other, one, rtol=1e-9, atol=1e-12, what="vectors of a second pass")
    share, sizes = 0.4, (9, 30, 2, 6, 1, 8)
    # the normalised vectors are all ones, and the parts of the block add nothing: what was dropped lies below 0
    found = in_training(submission, share, sizes, {"norm.bias": 1.0, "norm1.weight": 1.0, "norm2.weight": 1.0})
    assert_count(int((found < 0).sum()), found.numel(), share, "numbers dropped after the first normalisation")
    # the normalised vectors are zeros, and what the block adds is the bias of their second matrix alone
    given = {"norm1.weight": 1.0, "norm2.weight": 1.0, "linear2.bias": 1.0}
    found = in_training(submission, share, sizes, given)
    assert_count(int((found < 0).sum()), found.numel(), share, "numbers dropped behind the matrices of a block")


def in_training(submission, share, sizes, values):
    """Vectors in training mode where the parameters whose names end so have these values, and all others are 0."""
    model = submission.Bert(*sizes, dropout=share).double()
    given = {}
    for name, value in parameters(model).items():
        filled = next((number for end, number in values.items() if name == end or name.endswith(f".{end}")), 0.0)
        given[name] = torch.full_like(value, filled)
    set_parameters(model, given)
    model.train(True)
    tokens = torch.ones(3, sizes[-1], dtype=torch.int64)
    vectors = model.encode(tokens, torch.zeros_like(tokens))
    return assert_array(vectors, shape=(3, sizes[-1], sizes[1]), what="vectors")
