"""The marks of a test: what it is worth, what it is called, what helps, what it needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, cast

import pytest

from grader.core.errors import AssignmentFault
from grader.core.report import Bilingual, Visibility

DESCRIPTIONS = (
    "points(n): what the test is worth, an int or a text like '1/2' (default 1)",
    "title(en, ru): the test's name as students read it",
    "hint(en, ru): what to look for when it fails, telling nothing of the data",
    "depends(name, ...): skipped unless these tests of the same suite gave a value, right or wrong",
    "visibility(who): 'always', 'after_due' or 'staff'",
    "deferred(): the test runs only after the student's deadline",
    "limit(seconds): for one call into the student's code within this test",
    "together(name, ..., because): its mark is meant to hang on all of these required names",
)


def points(worth: int | str) -> pytest.MarkDecorator:
    """What the test is worth: a whole number, or an exact fraction as text."""
    return pytest.mark.points(Fraction(worth))


def title(*, en: str, ru: str) -> pytest.MarkDecorator:
    return pytest.mark.title({"en": en, "ru": ru})


def hint(*, en: str, ru: str) -> pytest.MarkDecorator:
    return pytest.mark.hint({"en": en, "ru": ru})


def depends(*names: str) -> pytest.MarkDecorator:
    return pytest.mark.depends(*names)


def visibility(who: Visibility) -> pytest.MarkDecorator:
    return pytest.mark.visibility(who)


def deferred() -> pytest.MarkDecorator:
    """The test runs only once the student's deadline is over: its points are told as still to come until then."""
    return pytest.mark.deferred


def limit(*, seconds: float) -> pytest.MarkDecorator:
    return pytest.mark.limit(float(seconds))


def together(*names: str, because: str) -> pytest.MarkDecorator:
    """The test's mark hangs on all of these required names, and is meant to; ``because`` tells other authors why.

    Nothing at runtime: the lint asks for it where a test calls more than one required name.
    """
    return pytest.mark.together(*names, because=because)


def each(names: Iterable[str], *, en: str, ru: str, worth: int | str | None = None) -> pytest.MarkDecorator:
    """One case of the test for each name, which comes as the argument ``name``; ``{name}`` in a title stands for it.

    ``worth`` is what each case is worth; `points` beside it says the same of all cases.
    """
    cases = []
    for name in names:
        marks = [title(en=en.format(name=name), ru=ru.format(name=name))]
        marks += [] if worth is None else [points(worth)]
        cases.append(pytest.param(name, id=name, marks=marks))
    return pytest.mark.parametrize("name", cases)


@dataclass(frozen=True)
class Plan:
    """What the marks of one test say."""

    name: str
    points: Fraction = Fraction(1)
    title: Bilingual = field(default_factory=dict)
    hint: Bilingual = field(default_factory=dict)
    depends: tuple[str, ...] = ()
    visibility: Visibility = "always"
    deferred: bool = False
    limit: float | None = None


def read(item: pytest.Item) -> Plan:
    """The plan of a collected test. Parameters of a parametrised test belong to its name."""

    def only(name: str, default: Any) -> Any:
        mark = item.get_closest_marker(name)
        return mark.args[0] if mark else default

    depends_on = tuple(name for mark in item.iter_markers("depends") for name in mark.args)
    return Plan(
        name=item.name,
        points=only("points", Fraction(1)),
        title=only("title", {}),
        hint=only("hint", {}),
        depends=depends_on,
        visibility=cast(Visibility, only("visibility", "always")),
        deferred=item.get_closest_marker("deferred") is not None,
        limit=only("limit", None),
    )


def waits_for(plan: Plan, lacking: Iterable[str], plans: Iterable[Plan]) -> Bilingual:
    """What is told of a test that did not run: the titles of those that gave no value.

    The title of a test that its reader may not see yet is not told.
    """
    known = {name: one for one in plans for name in (one.name.partition("[")[0], one.name)}
    needed = [known[name] for name in dict.fromkeys(lacking)]
    shown = [one for one in needed if _SEEN.index(one.visibility) <= _SEEN.index(plan.visibility)]
    if not shown:
        return dict(_WAITS_UNSEEN)
    english = ", ".join(dict.fromkeys(f"“{one.title.get('en') or one.name}”" for one in shown))
    russian = ", ".join(dict.fromkeys(f"«{one.title.get('ru') or one.name}»" for one in shown))
    return {
        "en": f"Not run: it waits for {english}, where your code gave no result.",
        "ru": f"Не запускался: ждёт результата теста {russian}, а ваш код там ничего не вернул.",
    }


_SEEN = ("always", "after_due", "staff")  # the earlier, the more people are shown a test
_WAITS_UNSEEN = {
    "en": "Not run: it waits for a test that is not shown now, where your code gave no result.",
    "ru": "Не запускался: ждёт результата теста, который сейчас не показан, а ваш код там ничего не вернул.",
}


def check(plans: Iterable[Plan]) -> None:
    """Raise AssignmentFault where names repeat or a dependency does not stand, or run, before its dependent."""
    seen: set[str] = set()
    functions: set[str] = set()
    later: set[str] = set()
    for plan in plans:
        if plan.name in seen:
            raise AssignmentFault(f"two tests are called {plan.name}; names must differ within a suite")
        for needed in plan.depends:
            if needed not in seen and needed not in functions:
                raise AssignmentFault(f"{plan.name} depends on {needed}, which does not stand before it")
            if needed in later and not plan.deferred:
                raise AssignmentFault(f"{plan.name} depends on {needed}, which is deferred: defer it too")
        if plan.points < 0:
            raise AssignmentFault(f"{plan.name} is worth {plan.points} points")
        seen.add(plan.name)
        functions.add(plan.name.partition("[")[0])
        later |= {plan.name, plan.name.partition("[")[0]} if plan.deferred else set()
