"""The hidden suite of masking. Counts are compared with their law by seven deviations: nobody fails by chance."""

import numpy as np
import torch

from grader.testing import assert_count, assert_equal, hint, points, title
from grader.testing.inputs import fresh

from .shared import masked, pair_of

IGNORED = -100
SPECIAL, HIDDEN, WORDS = [0, 3, 7], 5, 14  # special numbers need not be the first
ORDINARY = [1, 2, 4, 6, 8, 9, 10, 11, 12, 13]


def some_tokens(rng, n, t, among=range(WORDS)):
    return torch.from_numpy(rng.choice(np.array(among), size=(n, t)))


@title(en="mask: what the labels are", ru="mask: что стоит в метках")
@hint(
    en="The true token where one was chosen, even if it stays as it is; -100 elsewhere, and the inputs as they were.",
    ru="Где токен выбран, там верный токен, даже если он остался собой; в остальных местах -100, а входы прежние.",
)
def test_labels(submission, rng):
    for share in ((), (0.6,)):
        given = some_tokens(rng, 60, 50, ORDINARY)
        inputs, labels = masked(submission, given, SPECIAL, HIDDEN, WORDS, rng, *share)
        given, chosen = given.numpy(), labels != IGNORED
        assert chosen.any(), "no token was chosen"
        assert_equal(labels[chosen], given[chosen], what="labels of the chosen tokens")
        assert_equal(inputs[~chosen], given[~chosen], what="tokens that were not chosen")


@points("1/2")
@title(en="mask: special tokens stay", ru="mask: служебные токены не трогают")
@hint(
    en="Neither the tokens of `special` nor mask_id itself are ever chosen, whatever their numbers are.",
    ru="Ни токены из `special`, ни сам mask_id никогда не выбираются, какими бы ни были их номера.",
)
def test_special(submission, rng):
    given = some_tokens(rng, 40, 50)
    inputs, labels = masked(submission, given, SPECIAL, HIDDEN, WORDS, rng, 1.0)
    never = np.isin(given.numpy(), [*SPECIAL, HIDDEN])
    assert_equal(inputs[never], given.numpy()[never], what="special tokens")
    assert_equal(set(labels[never].tolist()), {IGNORED}, what="labels of special tokens")
    assert_equal(labels[~never], given.numpy()[~never], what="labels of all others for share=1")


@points("1/2")
@title(en="mask: how many tokens are chosen", ru="mask: сколько токенов выбирается")
@hint(
    en="Each token that is not special is chosen with the probability `share`, 0.15 if nothing is said.",
    ru="Каждый неслужебный токен выбирается с вероятностью `share`; если она не задана, 0.15.",
)
def test_share(submission, rng):
    for share, expected in (((), 0.15), ((0.4,), 0.4)):
        given = some_tokens(rng, 200, 60)
        _, labels = masked(submission, given, SPECIAL, HIDDEN, WORDS, rng, *share)
        tries = int(np.isin(given.numpy(), ORDINARY).sum())
        assert_count(int((labels != IGNORED).sum()), tries, expected, "chosen tokens")


@points("1/2")
@title(en="mask: each token has its own coin", ru="mask: у каждого токена своя монета")
@hint(
    en="Not a fixed number of tokens a row, and not the same places in every row: a coin for each token.",
    ru="Не фиксированное число токенов в строке и не одни и те же места во всех строках: монета для каждого токена.",
)
def test_coins(submission, rng):
    given = some_tokens(rng, 1000, 8, ORDINARY)
    inputs, labels = masked(submission, given, SPECIAL, HIDDEN, WORDS, rng, 0.5)
    chosen = labels != IGNORED
    for number, ways in ((4, 70), (2, 28), (0, 1)):
        assert_count(int((chosen.sum(axis=1) == number).sum()), 1000, ways / 256, f"rows with {number} of 8 chosen")
    for place in (1, 4, 7):
        assert_count(int((chosen[:, place] == chosen[:, 0]).sum()), 1000, 0.5, "two places of a row that go together")
    assert_count(int((chosen[1:, 0] == chosen[:-1, 0]).sum()), 999, 0.5, "a place of two rows that go together")
    both = chosen[:, 0] & chosen[:, 1]
    alike = int(((inputs[:, 0] == HIDDEN) == (inputs[:, 1] == HIDDEN))[both].sum())
    assert_count(alike, int(both.sum()), 0.8**2 + 0.2**2, "two chosen tokens that are hidden together")


@title(en="mask: 80, 10 and 10 per cent", ru="mask: 80, 10 и 10 процентов")
@hint(
    en="Of the chosen tokens 80 % become mask_id, 10 % another token, 10 % stay. Of all chosen ones, not of the rest.",
    ru="Из выбранных токенов 80 % становятся mask_id, 10 % — другим токеном, 10 % остаются. Доли от всех выбранных.",
)
def test_fates(submission, rng):
    for share in ((), (0.7,)):
        given = some_tokens(rng, 200, 60, ORDINARY)
        inputs, labels = masked(submission, given, SPECIAL, HIDDEN, WORDS, rng, *share)
        chosen, given = labels != IGNORED, given.numpy()
        hidden, same = chosen & (inputs == HIDDEN), chosen & (inputs == given)
        for fate, part, what in (
            (hidden, 0.8, "chosen tokens that become mask_id"),
            (same, 0.1, "chosen tokens that stay"),
            (chosen & ~hidden & ~same, 0.1, "chosen tokens that become another"),
        ):
            assert_count(int(fate.sum()), int(chosen.sum()), part, what)


@points("1/2")
@title(en="mask: which other token", ru="mask: на какой токен заменяют")
@hint(
    en="Any token of the dictionary but the special ones, mask_id and the token itself, all equally likely.",
    ru="На любой токен словаря, кроме служебных, mask_id и его самого; все равновероятны.",
)
def test_another(submission, rng):
    given = torch.full((200, 60), 9)
    inputs, _ = masked(submission, given, SPECIAL, HIDDEN, WORDS, rng, 1.0)
    drawn = inputs[(inputs != HIDDEN) & (inputs != 9)]
    assert set(drawn.tolist()) <= set(ORDINARY), "a token was replaced by a special one"
    for token in set(ORDINARY) - {9}:
        assert_count(int((drawn == token).sum()), len(drawn), 1 / 9, f"replacements by token {token}")
    inputs, _ = masked(submission, torch.full((60, 60), 2), [0], 3, 4, rng, 1.0)
    assert_count(int((inputs == 1).sum()), 3600, 0.1, "tokens replaced where only one other is there")


@points("1/2")
@title(en="mask: nothing chosen, one token", ru="mask: ничего не выбрано, один токен")
@hint(
    en="share=0 changes nothing and gives no labels. A single token keeps both axes. Both tensors are of type int64.",
    ru="share=0 ничего не меняет и меток не даёт. У единственного токена остаются обе оси. Оба тензора типа int64.",
)
def test_mask_edges(submission, rng):
    given = some_tokens(rng, 3, 9)
    inputs, labels = masked(submission, given, SPECIAL, HIDDEN, WORDS, rng, 0.0)
    assert_equal(inputs, given.numpy(), what="inputs for share=0")
    assert_equal(set(labels.ravel().tolist()), {IGNORED}, what="labels for share=0")
    one = submission.mask(torch.tensor([[4]]), SPECIAL, HIDDEN, WORDS, fresh(rng), 1.0)
    inputs, labels = pair_of(one, "what mask returns")
    assert_equal((labels.dtype, inputs.dtype), (torch.int64, torch.int64), what="types")
    assert_equal(labels.tolist(), [[4]], what="labels of one token")


@points("1/2")
@title(en="mask: all chance comes from rng", ru="mask: вся случайность — из rng")
@hint(
    en="Equal generators give equal answers, others other ones: no random module, no torch.rand, no new generator.",
    ru="Равные генераторы дают равные ответы, разные — разные: без random, torch.rand и новых генераторов.",
)
def test_mask_randomness(submission, rng):
    given, seed = some_tokens(rng, 20, 40, ORDINARY), int(rng.integers(2**31))
    one, again, other = (
        submission.mask(given, SPECIAL, HIDDEN, WORDS, np.random.default_rng(seed + more)) for more in (0, 0, 1)
    )
    assert_equal(again, one, what="masked tokens from an equal rng")
    assert repr(other) != repr(one), "rng is not used"
