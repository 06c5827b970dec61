"""``python -m tests.hostile``: writes the tables of docs/explanation/security.md: attacks, and what results tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tests.hostile import bits
from tests.hostile.attacks import CLASSES, FOLDER, Attack, attacks
from tests.hostile.bank import Program, programs

PAGE = FOLDER.parents[1] / "docs" / "explanation" / "security.md"


def table(listed: Sequence[Attack | Program]) -> str:
    """Markdown: a row a class, a column an outcome."""
    counts = Counter((attack.kind, _outcome(attack)) for attack in listed)
    lines = ["| class | attacks | " + " | ".join(OUTCOMES) + " |", "|---|--:" + "|--:" * len(OUTCOMES) + "|"]
    for kind, title in CLASSES.items():
        row = [counts[kind, outcome] for outcome in OUTCOMES]
        lines.append(f"| {title} | {sum(row)} | " + " | ".join(str(count or "") for count in row) + " |")
    sums = [sum(counts[kind, outcome] for kind in CLASSES) for outcome in OUTCOMES]
    lines.append(f"| **all** | **{sum(sums)}** | " + " | ".join(map(str, sums)) + " |")
    return "\n".join(lines) + "\n"


OUTCOMES = ("rejected at upload", "no points", "sandbox ended", "harmless", "nothing gained")
_ENDED = {"died", "memory", "output", "protocol", "timeout"}


def _outcome(attack: Attack | Program) -> str:
    if isinstance(attack, Program):
        return "nothing gained"
    if attack.verdict in _ENDED:
        return "sandbox ended"
    return {"rejected": "rejected at upload", "passed": "harmless"}.get(attack.verdict, "no points")


def page(text: str) -> str:
    """The page with today's tables in it."""
    for name, content in (("attacks", table([*attacks(), *programs()])), ("bits", bits.section())):
        begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->\n"
        head, rest = text.split(begin)
        text = head + begin + content + end + rest.split(end)[1]
    return text


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
