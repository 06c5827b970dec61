"""The hidden suite of L10.forest."""

import numpy as np

from grader.testing import assert_close, assert_equal, hint, points, title
from reference.selection.embedded.forest import forest_importance, occurrences

from .shared import a_chain, a_tree

LEAF = {key: np.array([-1]) for key in ("feature", "left", "right")}
CHAIN = 5000


def check_counts(submission, trees, d):
    assert_equal(submission.occurrences(trees, d), occurrences(trees, d), what="occurrences")


def check_shares(submission, trees, d):
    expected = forest_importance(trees, d)
    assert_close(submission.forest_importance(trees, d), expected, rtol=1e-9, atol=1e-12, what="shares")


@title(en="Occurrences in one tree", ru="Вхождения в одно дерево")
@hint(
    en="The root is at depth 0, its children at depth 1; a leaf, -1, counts for no feature but for the depth.",
    ru="Корень на глубине 0, его потомки на глубине 1; лист, -1, не засчитывается признаку, но влияет на глубину.",
)
def test_one_tree(submission, rng):
    for inner, d in ((1, 2), (6, 3), (15, 4)):
        check_counts(submission, [a_tree(rng, inner, d)], d)


@points("1/2")
@title(en="Occurrences in several trees", ru="Вхождения в несколько деревьев")
@hint(
    en="The counts of all trees are added; the deepest one decides how many columns there are; a row for each feature.",
    ru="Числа всех деревьев складываются; столбцов — сколько нужно самому глубокому, строк — сколько признаков.",
)
def test_several_trees(submission, rng):
    check_counts(submission, [a_tree(rng, int(inner), 4) for inner in rng.permutation([0, 2, 5, 12])], 6)


@points("1/2")
@title(en="Nodes in any order", ru="Вершины в любом порядке")
@hint(
    en="Walk from the root: a child may have a lower number than its parent, and children of a leaf mean nothing.",
    ru="Идите от корня: номер потомка бывает меньше номера родителя, а потомки листа ничего не значат.",
)
def test_any_order(submission, rng):
    check_counts(submission, [a_tree(rng, 12, 3, shuffled=True) for _ in range(3)], 3)


@points("1/4")
@title(en="Occurrences in leaves alone", ru="Вхождения, когда деревья — листья")
@hint(en="One column, of zeros.", ru="Один столбец из нулей.")
def test_leaves(submission):
    check_counts(submission, [LEAF, LEAF], 3)


@points("3/4")
@title(en="Importance from one tree", ru="Важность по одному дереву")
@hint(
    en="The root weighs 1, its children 1/2 each, and so on; divide by the sum for all features.",
    ru="Корень весит 1, его потомки по 1/2 и так далее; делите на сумму по всем признакам.",
)
def test_shares_of_a_tree(submission, rng):
    for inner, d in ((1, 2), (7, 3), (15, 5)):
        check_shares(submission, [a_tree(rng, inner, d, shuffled=inner == 15)], d)


@points("3/4")
@title(en="Importance from a forest", ru="Важность по лесу")
@hint(
    en="Sum over the whole forest first, divide once: a large tree counts for more than a small one.",
    ru="Сначала сумма по всему лесу, делить один раз: большое дерево весит больше маленького.",
)
def test_shares_of_a_forest(submission, rng):
    trees = [a_tree(rng, 1, 4, feature=0), a_tree(rng, 14, 4), a_tree(rng, 3, 4, feature=2), LEAF]
    check_shares(submission, [trees[place] for place in rng.permutation(4)], 5)


@points("1/4")
@title(en="Importance from leaves alone", ru="Важность, когда деревья — листья")
@hint(en="Zeros: nothing is divided by zero.", ru="Нули: делить на ноль не нужно.")
def test_shares_of_leaves(submission):
    check_shares(submission, [LEAF, LEAF], 3)


@points("1/2")
@title(en="Occurrences in a chain of 5000 nodes", ru="Вхождения в цепь из 5000 вершин")
@hint(
    en="Keep a list of nodes to visit instead of a function that calls itself.",
    ru="Вместо функции, вызывающей себя, держите список вершин, которые нужно посетить.",
)
def test_chain(submission, rng):
    check_counts(submission, [a_chain(CHAIN, 3), a_tree(rng, 4, 3)], 3)


@points("1/2")
@title(en="Importance from a chain of 5000 nodes", ru="Важность по цепи из 5000 вершин")
@hint(
    en="0.5 ** t becomes 0 for a large t; 2 ** t is too large for int64 and for floats.",
    ru="0.5 ** t при большом t обращается в 0, а 2 ** t не помещается ни в int64, ни во float.",
)
def test_shares_of_a_chain(submission, rng):
    check_shares(submission, [a_chain(CHAIN, 3), a_tree(rng, 4, 3)], 3)
