"""The hidden suite of beam search. Probabilities come from tables that only the suite knows."""

import itertools
import math

import numpy as np
import torch

from grader.testing import assert_close, assert_equal, assert_refused, counted, depends, hint, points, title
from reference.sequences.translation.beam import beam

BEGIN = 90  # not a word that comes
IMPOSSIBLE = -math.inf


class Tree:
    """Log-probabilities of the next word, other ones after every beginning. The state is the tuple of words so far."""

    def __init__(self, seed, words, scale=1.5, logits=None):
        self.seed, self.words, self.scale, self.logits = seed, words, scale, logits

    def after(self, words):
        if self.logits is not None:
            return torch.log_softmax(torch.tensor(self.logits(words), dtype=torch.float64), dim=0)
        drawn = np.random.default_rng([self.seed, *words]).normal(size=self.words)
        return torch.log_softmax(self.scale * torch.from_numpy(drawn), dim=0)

    def __call__(self, token, state):
        words = (*state, int(token))
        return self.after(words), words

    def log_p(self, words):
        """Of a sequence, its end included if it stands there."""
        return sum(float(self.after((BEGIN, *words[:place]))[word]) for place, word in enumerate(words))


def a_tree(rng, words, **more):
    return Tree(int(rng.integers(2**31)), words, **more)


def same(found, expected, rtol=1e-5):
    assert isinstance(found, tuple), "a pair (words, log p) is to be returned"
    assert len(found) == 2, "a pair (words, log p) is to be returned"
    words, log_p = found
    assert_equal(list(words) if isinstance(words, tuple) else words, expected[0], what="words")
    assert_close(log_p, expected[1], rtol=rtol, atol=1e-6, what="log p")


def compare(submission, tree, end, width, limit, begin=BEGIN):
    found = submission.beam(tree, (), begin, end, width, limit)
    same(without_end(found, end), beam(tree, (), begin, end, width, limit))


def without_end(found, end):
    """What was found, without an end that stands behind it: that fault is for one test, `test_width_one`."""
    if isinstance(found, tuple) and len(found) == 2 and isinstance(found[0], list) and found[0][-1:] == [end]:
        return found[0][:-1], found[1]
    return found


@title(en="beam: width 1 is greedy", ru="beam: ширина 1 — жадный поиск")
@hint(
    en="With one hypothesis the most probable word is taken each time, from begin on; end stops and is not returned, "
    "but its log p counts.",
    ru="С одной гипотезой каждый раз берётся самое вероятное слово, начиная с begin; end останавливает поиск и не "
    "возвращается, но его log p входит в сумму.",
)
def test_width_one(submission, rng):
    for _ in range(4):
        tree, words = a_tree(rng, 4), []
        while len(words) < 6 and (not words or words[-1] != 3):
            words.append(int(tree.after((BEGIN, *words)).argmax()))
        expected = words[:-1] if words[-1] == 3 else words
        same(submission.beam(tree, (), BEGIN, 3, 1, 6), (expected, tree.log_p(words)))


@title(en="beam: what greedy search misses", ru="beam: что пропускает жадный поиск")
@hint(
    en="The second word of the first step leads to the better whole. Compare sums of logarithms, not the last words.",
    ru="Второе по вероятности слово первого шага ведёт к лучшему целому. Сравниваются суммы логарифмов, а не последние "
    "слова.",
)
def test_greedy_fails(submission, rng):
    good, bad, end = (int(word) for word in rng.permutation(4)[:3])

    def logits(words):
        first = words[1] if len(words) > 1 else None
        row = [-3.0] * 4
        if first is None:
            row[bad], row[good] = 1.0, 0.8
        elif first == good:
            row[end if len(words) > 3 else bad] = 3.0
        return row

    tree = Tree(0, 4, logits=logits)
    for width in (2, 3):
        compare(submission, tree, end, width, 5)
        compare(submission, Tree(0, 4, logits=lambda words: logits((BEGIN, *words[1:]))), end, width, 5, begin=end)


@points("3/2")
@title(en="beam: other widths", ru="beam: другие ширины")
@hint(
    en="Each round: all continuations of all hypotheses together, of which the width best stay, not width of each. "
    "Every hypothesis has a state of its own.",
    ru="В каждом раунде все продолжения всех гипотез вместе, из них остаются width лучших, а не по width от каждой. У "
    "каждой гипотезы своё состояние.",
)
def test_widths(submission, rng):
    for width in (2, 2, 3, 3, 4, 4):
        compare(submission, a_tree(rng, 4, scale=0.6), int(rng.integers(4)), width, 6, begin=int(rng.integers(4)))


@title(en="beam: wide enough, it finds the best of all", ru="beam: достаточно широкий луч находит лучшее из всех")
@hint(
    en="With a place for every hypothesis nothing is lost, and the largest sum of all comes out. In the first rounds "
    "there are fewer continuations than width: all are kept.",
    ru="Если места хватает всем гипотезам, ничего не теряется и находится наибольшая сумма из всех. В первых раундах "
    "продолжений меньше, чем width: сохраняются все.",
)
def test_exhaustive(submission, rng):
    for words, limit in ((3, 4), (2, 6)):
        tree, end = a_tree(rng, words, scale=0.7), int(rng.integers(words))
        every = [one for n in range(1, limit) for one in itertools.product(range(words), repeat=n) if one[-1] == end]
        every += list(itertools.product(range(words), repeat=limit))
        whole = [one for one in every if end not in one[:-1]]
        best = max(whole, key=tree.log_p)
        expected = list(best[:-1] if best[-1] == end else best), tree.log_p(best)
        same(without_end(submission.beam(tree, (), BEGIN, end, words**limit, limit), end), expected)


@title(en="beam: a finished hypothesis keeps its place", ru="beam: законченная гипотеза сохраняет место")
@hint(
    en="It stays with its score, is continued no more, and takes one of the width places as long as it is among the "
    "best.",
    ru="Она остаётся со своей оценкой, больше не продолжается и занимает одно из width мест, пока входит в число "
    "лучших.",
)
def test_finished(submission, rng):
    """After round 1: the end, then the words 1 and 2. Width 2 has no place for 2, from which the best would come."""
    probabilities = {(): [0.36, 0.34, 0.3], (1,): [0.1, 0.45, 0.45], (2,): [0.02, 0.49, 0.49]}
    last = [0.99, 0.005, 0.005]
    order = rng.permutation(3)
    names = {int(word): place for place, word in enumerate(order)}

    def logits(words):
        row = probabilities.get(tuple(names[word] for word in words[1:]), last)
        return np.log(np.array(row)[[names[word] for word in range(3)]])

    for width in (1, 2, 3):
        compare(submission, Tree(0, 3, logits=logits), int(order[0]), width, 4)
    for width in (2, 3):  # an end is likely everywhere
        compare(submission, a_tree(rng, 3, scale=0.3), 0, width, 6)


@points("1/2")
@title(en="beam: at most limit rounds", ru="beam: не больше limit раундов")
@hint(
    en="A round adds one word to each hypothesis, the end counts as one. Then the best comes back, finished or not.",
    ru="За раунд у каждой гипотезы прибавляется одно слово, end тоже считается. Затем возвращается лучшая, пусть и не "
    "законченная.",
)
def test_limit(submission, rng):
    likely, end = (int(word) for word in rng.permutation(4)[:2])

    def logits(words):
        row = [0.0] * 4
        row[likely], row[end] = 3.2, 2.0  # never the best yet, so an unfinished hypothesis leads
        return row

    for limit in (1, 2, 3):
        compare(submission, Tree(0, 4, logits=logits), end, 3, limit)
        compare(submission, a_tree(rng, 5, scale=0.5), 4, 3, limit)


@points("1/2")
@title(en="beam: equal scores", ru="beam: равные оценки")
@hint(
    en="Of equal ones the continuation of the earlier hypothesis stands first, then that with the lower word.",
    ru="Из равных первым стоит продолжение более ранней гипотезы, затем — с меньшим номером слова.",
)
def test_ties(submission, rng):
    likely = int(rng.integers(2))

    def logits(words):
        return [0.0, 0.0, 0.0, -9.0] if len(words) < 3 else [float(words[1] == likely), 0.0, 0.0, -9.0]

    for width in (1, 2, 3, 4):
        compare(submission, Tree(0, 4, logits=lambda words: [0.0] * 4), 3, width, 4)
        compare(submission, Tree(0, 4, logits=logits), 3, width, 4)
    for width in (2, 3, 6):
        compare(submission, the_better_one_has_higher_words, 3, width, 2)


def the_better_one_has_higher_words(token, state):
    """Words (1, x) and (0, 0) are of equal probability, and 1 was more probable than 0."""
    row = {BEGIN: [0.25, 0.5, 0.125, 0.125], 0: [0.5, 0.125, 0.125, 0.25]}.get(token, [0.25] * 4)
    return torch.tensor(row, dtype=torch.float64).log(), state


@points("1/2")
@title(en="beam: long sequences", ru="beam: длинные цепочки")
@hint(
    en="The product of hundreds of probabilities is rounded to 0; the sum of their logarithms, in double precision, is "
    "not.",
    ru="Произведение сотен вероятностей округляется до 0, а сумма логарифмов, взятая в двойной точности, — нет.",
)
def test_long(submission, rng):
    rows = rng.normal(size=(250, 64)) * 0.3
    rows[:, 0] = -30.0

    def step(token, state):
        return torch.log_softmax(torch.from_numpy(rows[state]), dim=0), state + 1

    few = counted(step, budget=1500)  # a beam calls it 439 times, a tree that grows for ever is stopped
    same(submission.beam(few, 0, BEGIN, 0, 2, 220), beam(step, 0, BEGIN, 0, 2, 220), rtol=1e-9)


@points("1/4")
@title(en="beam: impossible words", ru="beam: невозможные слова")
@hint(
    en="The logarithm of 0 is minus infinity: such a continuation is never the best, and no NaN comes of it.",
    ru="Логарифм нуля — минус бесконечность: такое продолжение никогда не лучшее, и NaN из него не выходит.",
)
def test_impossible(submission, rng):
    scores = rng.normal(size=(7, 4))

    def logits(words):
        row = scores[len(words)].copy()
        row[[word for word in words if word < 3]] = IMPOSSIBLE  # no word comes twice
        return row

    for width in (1, 2, 4):
        compare(submission, Tree(0, 4, logits=logits), 3, width, 6)


@points("1/2")
@depends("test_widths")
@title(en="beam: how often step is called", ru="beam: сколько раз вызывается step")
@hint(
    en="Once for each hypothesis that is continued: at most 1 + width (limit - 1) times, finished ones not at all.",
    ru="По разу на каждую продолжаемую гипотезу: не больше 1 + width (limit - 1) раз, для законченных — ни разу.",
)
def test_calls(submission, rng):
    for width in (1, 2, 4):
        tree = a_tree(rng, 4, scale=0.5)
        needed = counted(tree)
        beam(needed, (), BEGIN, 0, width, 5)
        step = counted(tree, budget=needed.count)
        submission.beam(step, (), BEGIN, 0, width, 5)
        assert step.count > 0, "step was not called"


@points("1/4")
@title(en="beam: width and limit below 1 are refused", ru="beam: width и limit меньше 1 отвергаются")
@hint(en="ValueError with the argument's name.", ru="ValueError с именем аргумента.")
def test_beam_refuses(submission, rng):
    tree = a_tree(rng, 3)
    for bad in (0, -2):
        assert_refused("width", submission.beam, tree, (), BEGIN, 0, bad, 3)
        assert_refused("limit", submission.beam, tree, (), BEGIN, 0, 2, bad)
