"""The required names that a submission lacks: which they are, and what is said of them.

One that is missing costs the tests that ask for it; the others run. A file in which none of them stands is refused at
its upload, and costs nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from grader.core.report import Bilingual

EVERYTHING = "*"  # what an outline tells of a module that takes all names of another: nobody knows which


def missing(required: Iterable[str], defined: Collection[str]) -> tuple[str, ...]:
    """The required names that a module with these names does not define, as far as that can be read."""
    return () if EVERYTHING in defined else tuple(name for name in required if name not in defined)


def not_defined(entry: str, name: str) -> Bilingual:
    """The verdict's sentence for a test that asked for this name."""
    return {"en": f"{entry} does not define {name}.", "ru": f"В {entry} не определено имя {name}."}


def notice(entry: str, absent: Collection[str]) -> Bilingual:
    """What is told with an upload, or before a check, that lacks some of the names."""
    listed = ", ".join(absent)
    return {
        "en": f"{entry} does not define {listed}: the tests that ask for that will fail, and the others run.",
        "ru": f"В {entry} не определены имена: {listed}. Тесты, которым они нужны, не будут пройдены, остальные "
        "выполнятся.",
    }
