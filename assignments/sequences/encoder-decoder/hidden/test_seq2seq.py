"""The hidden suite of the encoder-decoder."""

import itertools

import torch

from grader.testing import (
    assert_close,
    assert_equal,
    assert_refused,
    call_unchanged,
    depends,
    hint,
    limit,
    parameters,
    points,
    set_state,
    title,
)
from grader.testing.inputs import randn
from grader.testing.twins import (
    assert_first_values,
    assert_parameters,
    assert_same_gradients,
    assert_same_output,
    random_values,
    seed_of,
    twins,
)
from reference.sequences.translation.seq2seq import Seq2Seq

WORDS, SIZE, HIDDEN = 7, 4, 5
SHAPES = {
    "embedding.weight": (WORDS, SIZE),
    "encoder.weight_ih_l0": (3 * HIDDEN, SIZE),
    "encoder.weight_hh_l0": (3 * HIDDEN, HIDDEN),
    "encoder.bias_ih_l0": (3 * HIDDEN,),
    "encoder.bias_hh_l0": (3 * HIDDEN,),
    "decoder.weight_ih": (3 * HIDDEN, SIZE),
    "decoder.weight_hh": (3 * HIDDEN, HIDDEN),
    "decoder.bias_ih": (3 * HIDDEN,),
    "decoder.bias_hh": (3 * HIDDEN,),
    "head.weight": (WORDS, HIDDEN),
    "head.bias": (WORDS,),
}
BEGIN, END, LETTERS, STEPS, ENOUGH = 0, 1, 8, 200, 0.85  # of the training


def models(submission, torch_rng, scale=1.5):
    return twins(submission.Seq2Seq(WORDS, SIZE, HIDDEN), Seq2Seq(WORDS, SIZE, HIDDEN), torch_rng, scale=scale)


def any_words(torch_rng, *shape):
    return torch.randint(WORDS, shape, generator=torch_rng)


def sequences(torch_rng, b, t):
    """Words (b, t), all of which belong to their sequences: padding is the business of one test alone."""
    return any_words(torch_rng, b, t), torch.full((b,), t)


def padded_sequences(torch_rng, b, t):
    """Words (b, t), and lengths of which one is t, in no order."""
    lengths = torch.randint(1, t + 1, (b,), generator=torch_rng)
    lengths[torch.randint(b, (1,), generator=torch_rng)] = t
    return any_words(torch_rng, b, t), lengths


@points("1/4")
@title(en="Seq2Seq: parameters", ru="Seq2Seq: параметры")
@hint(
    en="Four modules by the names of the statement, one table of embeddings for both sides, and nothing else.",
    ru="Четыре модуля с именами из условия, одна таблица эмбеддингов на обе стороны и больше ничего.",
)
def test_seq2seq_parameters(submission):
    assert_parameters(submission.Seq2Seq(WORDS, SIZE, HIDDEN), SHAPES)


@points("1/2")
@title(en="Seq2Seq: first values", ru="Seq2Seq: начальные значения")
@hint(
    en="PyTorch's layers draw from its own generator, and the embedding is normal: draw all parameters anew.",
    ru="Слои PyTorch берут числа из его собственного генератора, а эмбеддинг нормален: задайте все параметры заново.",
)
def test_seq2seq_first_values(submission, torch_rng):
    assert_first_values(lambda rng: submission.Seq2Seq(20, 6, 16, rng=rng), torch_rng, 1 / 4)


@points("3/2")
@title(en="encode: the state after the last word", ru="encode: состояние после последнего слова")
@hint(
    en="Sequences have different lengths, in no order: each has the state after its own last word, in its own row. "
    "What stands behind, and how much of it, changes nothing.",
    ru="Длины разные и никак не упорядочены: в каждой строке — состояние после последнего слова своей цепочки. Что и "
    "сколько стоит за ним, ни на что не влияет.",
)
def test_encode(submission, torch_rng):
    pair = models(submission, torch_rng)
    for b, t in ((5, 6), (1, 1), (4, 1), (1, 4)):
        tokens, lengths = padded_sequences(torch_rng, b, t)
        expected = pair.expected.encode(tokens, lengths).detach()
        padding = torch.arange(t) >= lengths[:, None]
        for more in (0, 1, 7):
            padded = torch.where(padding, any_words(torch_rng, b, t), tokens)
            padded = torch.cat([padded, any_words(torch_rng, b, more)], dim=1)
            assert_close(pair.made.encode(padded, lengths), expected, rtol=1e-8, atol=1e-10, what="state")


@points("3/4")
@title(en="step: log-probabilities and the next state", ru="step: логарифмы вероятностей и следующее состояние")
@hint(
    en="The decoder takes the embedding of the word and the state; its new state goes through head and log_softmax.",
    ru="Декодировщик получает эмбеддинг слова и состояние; новое состояние идёт в head и log_softmax.",
)
def test_step(submission, torch_rng):
    pair = models(submission, torch_rng)
    for b in (4, 1):
        token, state = any_words(torch_rng, b), randn(torch_rng, b, HIDDEN)
        expected = tuple(value.detach() for value in pair.expected.step(token, state))
        assert_close(pair.made.step(token, state), expected, rtol=1e-8, atol=1e-10, what="(log p, state)")


@points("1/4")
@title(en="step: very improbable words", ru="step: очень маловероятные слова")
@hint(
    en="A probability may be rounded to 0; log_softmax never forms it and gives a finite logarithm.",
    ru="Сама вероятность может округлиться до 0; log_softmax её не вычисляет и даёт конечный логарифм.",
)
def test_improbable(submission, torch_rng):
    bias = torch.zeros(WORDS, dtype=torch.float64)
    bias[int(any_words(torch_rng, 1))] = 2000.0
    made, expected = submission.Seq2Seq(WORDS, SIZE, HIDDEN), Seq2Seq(WORDS, SIZE, HIDDEN)
    pair = twins(made, expected, torch_rng, values={"head.bias": bias})
    token, state = any_words(torch_rng, 3), randn(torch_rng, 3, HIDDEN)
    assert_close(pair.made.step(token, state)[0], pair.expected.step(token, state)[0].detach(), what="log p")


@points("3/2")
@title(en="forward: teacher forcing", ru="forward: обучение с подсказкой")
@hint(
    en="Column j is about targets[:, j]: the decoder has been fed begin and the j right words before it, not its own.",
    ru="Столбец j относится к targets[:, j]: декодировщику поданы begin и j верных предыдущих слов, а не его ответы.",
)
def test_forward(submission, torch_rng):
    pair = models(submission, torch_rng)
    for b, t, s in ((4, 5, 6), (3, 2, 1), (1, 3, 2)):
        targets, begin = any_words(torch_rng, b, s), int(any_words(torch_rng, 1))
        source = sequences(torch_rng, b, t)
        assert_same_output(pair, *source, targets, begin, what="log p")
        found = pair.made(*source, targets, begin)
        for place in range(s):
            other = targets.clone()
            other[:, place:] = (other[:, place:] + torch.randint(1, WORDS, (b, s - place), generator=torch_rng)) % WORDS
            again = pair.made(*source, other, begin)[:, : place + 1]
            assert_equal(again, found[:, : place + 1], what=f"log p up to word {place} when it and later ones change")


@points("3/4")
@title(en="forward: gradients", ru="forward: градиенты")
@hint(
    en="The gradient goes back through all steps of the decoder, and through the state handed over into the encoder.",
    ru="Градиент проходит назад через все шаги декодировщика и через переданное состояние попадает в кодировщик.",
)
def test_seq2seq_gradients(submission, torch_rng):
    pair = models(submission, torch_rng)
    tokens, lengths = sequences(torch_rng, 3, 4)
    tokens[:, 0] = torch.tensor([0, 1, WORDS - 1])  # the word 0 is a word like others
    assert_same_gradients(pair, tokens, lengths, any_words(torch_rng, 3, 4), 1, torch_rng=torch_rng)


def decoded(pair, tokens, lengths, begin, end, steps):
    """The student's words are those of the reference."""
    found = pair.made.greedy(tokens, lengths, begin, end, steps)
    assert_equal(found, pair.expected.greedy(tokens, lengths, begin, end, steps), what="words")


@points("3/2")
@title(en="greedy: words up to the end", ru="greedy: слова до конца")
@hint(
    en="The first word fed is begin, then the word that was chosen. Each sequence stops at its own end, which is not "
    "returned.",
    ru="Сначала подаётся begin, затем выбранное слово. Каждая цепочка кончается на своём end, а он не возвращается.",
)
def test_greedy(submission, torch_rng):
    values, tokens, lengths, begin, end = answers_of_all_lengths(torch_rng)
    pair = twins(submission.Seq2Seq(WORDS, SIZE, 8), Seq2Seq(WORDS, SIZE, 8), torch_rng, values=values)
    for rows in (6, 1):
        decoded(pair, tokens[:rows], lengths[:rows], begin, end, 9)
    for other in ((begin + 1) % WORDS, end):  # begin and end may be the same word
        decoded(pair, tokens, lengths, other, end, 9)


def answers_of_all_lengths(torch_rng):
    """Values of a model, six sequences and words for begin and end, such that answers have at least four lengths."""
    for _ in range(40):
        expected = Seq2Seq(WORDS, SIZE, 8).double()
        drawn = random_values(torch_rng, expected, scale=4.0)
        values = {name: 0.0 * value if "bias" in name else value for name, value in drawn.items()}
        expected.load_state_dict(values)
        (tokens, lengths), begin = sequences(torch_rng, 6, 5), int(any_words(torch_rng, 1))
        for end in range(WORDS):
            if len({len(row) for row in expected.greedy(tokens, lengths, begin, end, 9)}) >= 4:
                return values, tokens, lengths, begin, end
    raise RuntimeError("no model with answers of four lengths")


@points("1/2")
@title(en="greedy: limit, an end at once", ru="greedy: limit, конец сразу")
@hint(
    en="At most limit words, also where no end comes; where the first word is the end, the list is empty.",
    ru="Не больше limit слов, даже если end не встретился; если end — первое же слово, список пуст.",
)
def test_greedy_limit(submission, torch_rng):
    tokens, lengths = sequences(torch_rng, 4, 3)
    for size in (50.0, -50.0):  # the word 3 comes at once, or never
        bias = torch.zeros(WORDS, dtype=torch.float64)
        bias[3] = size
        model = submission.Seq2Seq(WORDS, SIZE, HIDDEN)
        pair = twins(model, Seq2Seq(WORDS, SIZE, HIDDEN), torch_rng, values={"head.bias": bias}, scale=3.0)
        for steps in (1, 2, 5):
            decoded(pair, tokens, lengths, 0, 3, steps)


@points("1/4")
@title(en="Seq2Seq: wrong arguments are refused", ru="Seq2Seq: неверные аргументы отвергаются")
@hint(
    en="ValueError with the argument's name: sizes and limit below 1, lengths below 1 or above t, or of other objects.",
    ru="ValueError с именем аргумента: размеры и limit меньше 1; lengths меньше 1, больше t или не по числу цепочек.",
)
def test_seq2seq_refuses(submission):
    for place, name in enumerate(("words", "size", "hidden")):
        assert_refused(name, submission.Seq2Seq, *(0 if place == other else 3 for other in range(3)))
    model = submission.Seq2Seq(WORDS, SIZE, HIDDEN)
    tokens, lengths = torch.ones(2, 3, dtype=torch.long), torch.tensor([3, 2])
    for bad in ((0, 2), (3, 4), (3,), (3, 2, 1)):
        assert_refused("lengths", model.encode, tokens, torch.tensor(bad))
    assert_refused("tokens", model.encode, tokens[0], lengths)
    assert_refused("limit", model.greedy, tokens, lengths, 0, 1, 0)


@points("1/4")
@title(en="Seq2Seq: the arguments stay as they were", ru="Seq2Seq: аргументы не меняются")
@hint(
    en="An assignment to a part of a tensor, such as targets[:, 0] = begin, writes into what the caller gave.",
    ru="Присваивание части тензора, например targets[:, 0] = begin, пишет прямо в тензор вызывающего.",
)
def test_seq2seq_unchanged(submission, torch_rng):
    model = submission.Seq2Seq(WORDS, SIZE, HIDDEN)
    tokens, lengths = any_words(torch_rng, 3, 5), torch.tensor([2, 5, 1])
    call_unchanged(model.encode, tokens, lengths)
    call_unchanged(model.greedy, tokens, lengths, 0, 1, 3)
    call_unchanged(model, tokens, lengths, torch.tensor([[1, 2, 3]] * 3), 0)


# -- training --------------------------------------------------------------------------------------------


def letters(torch_rng):
    """All words of two and three letters in a random order, a quarter of them new: (those to learn from, new ones)."""
    alphabet = range(END + 1, END + 1 + LETTERS)
    every = [word for length in (2, 3) for word in itertools.product(alphabet, repeat=length)]
    order = torch.randperm(len(every), generator=torch_rng).tolist()
    new = len(every) // 4
    return [every[place] for place in order[new:]], [every[place] for place in order[:new]]


def as_tensors(words):
    """Words (n, 3), their lengths, and the words back to front with the end behind (n, 4)."""
    tokens = torch.full((len(words), 3), END)
    targets = torch.full((len(words), 4), END)
    for row, word in enumerate(words):
        tokens[row, : len(word)] = torch.tensor(word)
        targets[row, : len(word)] = torch.tensor(word[::-1])
    return tokens, torch.tensor([len(word) for word in words]), targets


@points("3/2")
@limit(seconds=60)
@depends("test_encode", "test_step", "test_forward", "test_seq2seq_gradients")
@title(en="It learns to reverse words", ru="Сеть учится переворачивать слова")
@hint(
    en="forward is trained as in the statement, and new words are decoded step by step: what is fed to the decoder "
    "must be the same in both.",
    ru="Обучается forward, как в условии, а новые слова декодируются по шагам: декодировщику и там и там подаётся одно "
    "и то же.",
)
def test_training(submission, probe, torch_rng):
    """Trained inside; what was learned is measured here, on words that were never sent, by the reference."""
    expected = Seq2Seq(END + 1 + LETTERS, 16, 32, rng=torch.Generator().manual_seed(seed_of(torch_rng)))
    model, known, new = submission.Seq2Seq(END + 1 + LETTERS, 16, 32), *letters(torch_rng)
    set_state(model, expected.state_dict())
    batches = torch.randint(len(known), (STEPS, 64), generator=torch_rng)
    probe.train(model, *as_tensors(known), batches, BEGIN, 0.01)
    expected.load_state_dict(parameters(model))
    tokens, lengths, _ = as_tensors(new)
    said = expected.greedy(tokens, lengths, BEGIN, END, 5)
    share = sum(row == list(word[::-1]) for row, word in zip(said, new, strict=True)) / len(new)
    assert share >= ENOUGH, f"{share:.0%} of new words are reversed, at least {ENOUGH:.0%} expected"
