"""The hidden suite of forward selection and backward elimination."""

from grader.testing import assert_equal, each, hint
from reference.selection.wrappers import sequential

from .shared import Score, exclusive_or, table

NAMES = ("sfs", "sbe")


def compare(submission, name, function, d, k):
    """The student's list is the reference's."""
    chosen = getattr(submission, name)(Score(function, d), d, k)
    assert isinstance(chosen, list | tuple), f"{name} returns a list"
    assert_equal([int(j) for j in chosen], getattr(sequential, name)(function, d, k), what=f"{name}(score, {d}, {k})")


@each(NAMES, en="{name}: which features, in which order", ru="{name}: какие признаки и в каком порядке")
@hint(
    en="At each step every feature that is left is tried with what stands now; sfs lists what it adds, sbe what it "
    "removes until k are left.",
    ru="На каждом шаге пробуется каждый оставшийся признак вместе с тем, что есть сейчас; sfs перечисляет добавленные, "
    "sbe — удалённые, пока не останется k.",
)
def test_order(submission, rng, name):
    for d, k in ((4, 2), (6, 3), (7, 5), (7, 1)):
        compare(submission, name, table(rng, d), d, k)


@each(NAMES, worth="1/2", en="{name}: what score is asked", ru="{name}: о чём спрашивают score")
@hint(
    en="A step over m features asks m times: no subset twice, none before the first step or after the last one.",
    ru="Шаг по m признакам — это m вопросов: ни одно подмножество дважды, ни одного вопроса до первого шага и после "
    "последнего.",
)
def test_questions(submission, rng, name):
    for d, k in ((6, 2), (6, 5), (5, 5)):
        steps = range(d, d - k, -1) if name == "sfs" else range(d, k, -1)
        score = Score(table(rng, d), d, sum(steps))
        getattr(submission, name)(score, d, k)
        assert_equal(len(score.asked), sum(steps), what=f"questions of {name}(score, {d}, {k})")
        assert_equal(len(set(score.asked)), sum(steps), what="different subsets among them")


@each(NAMES, worth="1/2", en="{name}: equal scores", ru="{name}: равные оценки")
@hint(
    en="Of equally good steps the one with the lowest index is made.",
    ru="Из одинаково хороших шагов делается тот, у которого меньший индекс.",
)
def test_ties(submission, rng, name):
    coarse = table(rng, 6)
    for function in (lambda subset: 1.0, lambda subset: round(2 * coarse(subset)), exclusive_or(3, 4)):
        compare(submission, name, function, 6, 2)


@each(NAMES, worth="1/2", en="{name}: the score falls, all features or one", ru="{name}: оценка падает; все или один")
@hint(
    en="The step is made even if every one of them lowers the score; scores may be negative. The last step counts too.",
    ru="Шаг делается, даже если любой из них уменьшает оценку; оценки бывают отрицательными. Последний шаг тоже нужен.",
)
def test_falling(submission, name):
    for sign in (-1, 1):
        for d, k in ((5, 3), (4, 4), (4, 1), (1, 1)):
            compare(submission, name, lambda subset, sign=sign: sign * sum(10 + j for j in subset) - 1e6, d, k)
