"""The hidden suite of greedy translation, by scripted models, and of a transformer that is trained."""

import torch

from grader.testing import (
    assert_array,
    assert_equal,
    assert_refused,
    call_unchanged,
    counted,
    depends,
    hint,
    limit,
    parameters,
    points,
    title,
)
from grader.testing.twins import assert_parameters, seed_of
from reference.sequences.transformer.model import Transformer
from reference.sequences.transformer.translation import translate

from .shared import shapes_of
from .toy import BEGIN, END, MEANINGS, padded, sentences, translation

WORDS = 12  # of the scripted models
FIRST, LAST = 3, 2  # their begin and end


def scripted(torch_rng, plans, budget=None):
    """A source (b, 3), and a model that says the tokens of each row's plan, then the end, and then goes on talking.

    The first token of a row of the source tells which plan is its own. At a place the model looks at the tokens so far:
    where they are not those of the plan it says the last token of all.
    """
    source = torch.randint(4, WORDS, (len(plans), 3), generator=torch_rng)
    source[:, 0] = 20 + torch.randperm(len(plans), generator=torch_rng)
    plan_of = dict(zip(source[:, 0].tolist(), plans, strict=True))

    def said(so_far, plan):
        begun, place = [FIRST, *plan], len(so_far)
        if place > len(begun):
            return 4 + place % 3  # it has ended
        return (plan[place - 1] if place <= len(plan) else LAST) if so_far == begun[:place] else WORDS - 1

    def model(rows, target):
        assert_array(rows, shape=(None, 3), kind="int", what="source, as the model gets it")
        assert_array(target, shape=(len(rows), None), kind="int", what="target, as the model gets it")
        scores = torch.rand(*target.shape, WORDS, generator=torch_rng)
        for number, (row, so_far) in enumerate(zip(rows.tolist(), target.tolist(), strict=True)):
            assert row[0] in plan_of, "the model gets another source than the one given"
            for place in range(len(so_far)):
                scores[number, place, said(so_far[: place + 1], plan_of[row[0]])] += 5
        return scores

    return source, counted(model, budget=budget)


def some_plans(torch_rng, lengths):
    """Tokens that are neither begin nor end nor the last of all."""
    return [torch.randint(4, WORDS - 1, (length,), generator=torch_rng).tolist() for length in lengths]


@title(en="translate: rows of one length", ru="translate: строки одной длины")
@hint(
    en="The scores at the last place tell the next token; it is put behind the target, and the model is asked again. "
    "begin and end do not belong to the result.",
    ru="Следующее слово говорят оценки в последней позиции; оно дописывается к переводу, и модель спрашивают снова. "
    "begin и end в результат не входят.",
)
def test_translate(submission, torch_rng):
    for rows, length in ((3, 4), (1, 2), (4, 1)):
        plans = some_plans(torch_rng, [length] * rows)
        source, model = scripted(torch_rng, plans)
        assert_equal(submission.translate(model, source, FIRST, LAST, 10), plans, what="translations")


@points("3/2")
@title(en="translate: rows that end at different times", ru="translate: строки кончаются в разное время")
@hint(
    en="Each row ends with its own first end and with nothing else, and the others go on. What is said afterwards "
    "does not count. A row can be empty; 0 and begin are words there like others.",
    ru="Каждая строка кончается на своём первом end и больше ни на чём, а остальные продолжаются. Сказанное потом не "
    "считается. Перевод может быть пустым; 0 и begin в нём — обычные слова.",
)
def test_translate_ends(submission, torch_rng):
    for lengths in ((3, 0, 5), (1, 6), (4, 2, 2, 3), (0,)):
        plans = some_plans(torch_rng, lengths)
        source, model = scripted(torch_rng, plans)
        assert_equal(submission.translate(model, source, FIRST, LAST, 10), plans, what="translations")
    plans = [[4, FIRST, 0, 5], [0], [FIRST, FIRST]]  # words like others
    source, model = scripted(torch_rng, plans)
    found = submission.translate(model, source, FIRST, LAST, 10)
    assert_equal(found, plans, what="translations with the tokens 0 and begin in them")


@points("1/2")
@title(en="translate: the limit", ru="translate: ограничение длины")
@hint(
    en="A row that never ends has exactly limit tokens, and the model is asked limit times.",
    ru="В строке, которая не кончается, ровно limit слов, и модель спрашивают limit раз.",
)
def test_translate_limit(submission, torch_rng):
    for most in (1, 4):
        plans = some_plans(torch_rng, (9, 2, 4, 5))
        source, model = scripted(torch_rng, plans, budget=most)
        found = submission.translate(model, source, FIRST, LAST, most)
        assert_equal(found, [plan[:most] for plan in plans], what=f"translations of at most {most} tokens")


@points("1/2")
@title(en="translate: how often the model is asked", ru="translate: сколько раз спрашивают модель")
@hint(
    en="All rows at once, one call for a token, and none after all rows have ended.",
    ru="Все строки сразу, один вызов на слово и ни одного после того, как закончились все строки.",
)
def test_translate_calls(submission, torch_rng):
    for lengths in ((3, 0, 5), (2, 2), (0, 0, 0)):
        source, model = scripted(torch_rng, some_plans(torch_rng, lengths), budget=max(lengths) + 1)
        submission.translate(model, source, FIRST, LAST, 30)
        assert_equal(model.count, max(lengths) + 1, what="calls of the model")


@points("1/2")
@title(en="translate: equal scores", ru="translate: равные оценки")
@hint(
    en="Of equal scores the lower token wins: greedy, not drawn.",
    ru="Из равных оценок выигрывает слово с меньшим номером: выбор жадный, а не случайный.",
)
def test_translate_ties(submission):
    def model(rows, target):
        scores = torch.zeros(*target.shape, WORDS)
        scores[:, :, [5, 7, 11]] = 2.0
        return scores

    source = torch.ones(2, 3, dtype=torch.int64)
    assert_equal(submission.translate(model, source, FIRST, LAST, 3), [[5, 5, 5]] * 2, what="translations")


@points("1/4")
@title(en="translate: wrong arguments are refused", ru="translate: неверные аргументы отвергаются")
@hint(
    en="ValueError with the argument's name: source that is no (b, n) of whole numbers, begin or end below 0, limit "
    "below 1.",
    ru="ValueError с именем аргумента: source — не целые числа формы (b, n), begin или end меньше 0, limit меньше 1.",
)
def test_translate_refuses(submission, torch_rng):
    source, model = scripted(torch_rng, some_plans(torch_rng, (2, 2)))
    for bad in (source.double(), source[0], source[:, :0]):
        assert_refused("source", submission.translate, model, bad, FIRST, LAST, 5)
    for name, begin, end, most in (("begin", -1, LAST, 5), ("end", FIRST, -1, 5), ("limit", FIRST, LAST, 0)):
        assert_refused(name, submission.translate, model, source, begin, end, most)
    found = submission.translate(lambda rows, target: torch.zeros(*target.shape, WORDS), source, 0, 0, 5)
    assert_equal(found, [[], []], what="translations where begin and end are 0")


@points("1/8")
@title(en="translate: source stays as it was", ru="translate: source не меняется")
@hint(en="Write into tensors of your own only.", ru="Пишите только в собственные тензоры.")
def test_translate_unchanged(submission, torch_rng):
    source, model = scripted(torch_rng, some_plans(torch_rng, (2, 1)))
    call_unchanged(submission.translate, model, source, FIRST, LAST, 5)


# -- training --------------------------------------------------------------------------------------------

SIZES = (13, 13, 32, 4, 64, 1)
STEPS, BATCH, RATE = 300, 32, 0.005
ENOUGH = 0.9


@points(2)
@limit(seconds=60)
@depends("test_transformer_scores", "test_transformer_gradients", "test_transformer_source_padding")
@title(en="Transformer: it learns a small language", ru="Transformer: модель учит маленький язык")
@hint(
    en="300 steps suffice with the statement's parts and first values. Which part keeps the order of words, which "
    "looks at the source?",
    ru="С частями и начальными значениями из условия 300 шагов достаточно. Какая часть хранит порядок слов, какая "
    "смотрит на исходный текст?",
)
def test_training(submission, probe, torch_rng):
    """The model is trained inside; new sentences are translated here, by the reference with what was learned."""
    meaning = torch.randperm(MEANINGS, generator=torch_rng).tolist()
    new = sentences(torch_rng, 300)
    known = sentences(torch_rng, STEPS * BATCH, without=new)
    source = padded(known)
    target = padded([[BEGIN, *translation(sentence, meaning), END] for sentence in known])
    model = probe.trained(submission.Transformer, SIZES, seed_of(torch_rng), source, target, BATCH, RATE)
    expected = Transformer(*SIZES)
    assert_parameters(model, shapes_of(expected))
    learned = parameters(model)
    assert all(bool(value.isfinite().all()) for value in learned.values()), "a parameter is not finite after training"
    expected.load_state_dict(learned)
    found = translate(expected, padded(new), BEGIN, END, 8)
    right = sum(row == translation(sentence, meaning) for row, sentence in zip(found, new, strict=True))
    share = right / len(new)
    assert share >= ENOUGH, f"{share:.0%} of new sentences are translated rightly, {ENOUGH:.0%} expected"
