"""Which assignment a file is for, where nobody has said: by what it defines, where it lies, what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from grader.cli import materials
from grader.core.errors import BadInput
from grader.core.submission import Submission


def recognise(path: Path, submission: Submission, command: str = "check") -> str:
    """The one assignment that a file is for. Raises BadInput where it could be none, or several."""
    known = materials.all_known()
    whole, some = _by_definitions(submission, known)
    named = _by_name(path, known)
    for guess in (whole, [name for name in whole if name in named], *([] if whole else [named, some])):
        if len(guess) == 1:
            return guess[0]
    listed = ", ".join(whole or named or some or known)
    raise BadInput(
        f"Which assignment is {path.name} for? Name it: grader {command} ASSIGNMENT {path}. One of {listed}.",
        ru=f"Для какого задания {path.name}? Укажите его: grader {command} ЗАДАНИЕ {path}. Одно из: {listed}.",
    )


def _by_definitions(submission: Submission, known: Iterable[str]) -> tuple[list[str], list[str]]:
    """The assignments all of whose required names a file defines; and those of which it defines the largest part."""
    defined = _defines(submission)
    shares = {name: _share(defined, materials.known(name).required) for name in known}
    most = max(shares.values(), default=0.0)
    return [name for name in shares if shares[name] == 1], [name for name in shares if shares[name] == most > 0]


def _defines(submission: Submission) -> frozenset[str]:
    """The names that the submission defines; none where it cannot be parsed, which is told when it is taken in."""
    from grader.harness.static import NotPython, outline

    try:
        return frozenset(outline(submission.files[submission.entry], submission.entry).defines)
    except NotPython:
        return frozenset()


def _share(defined: frozenset[str], required: Iterable[str]) -> float:
    names = set(required)
    return len(names & defined) / len(names) if names else 0.0


def _by_name(path: Path, known: Iterable[str]) -> list[str]:
    """The assignments whose name is in that of the file, or of the folder that `grader start` has made for it."""
    place = path.resolve()
    texts = _runs(place.stem) | (_runs(place.parent.name) if (place.parent / "statement.md").exists() else set())
    called = {name: "".join(_words(name.rpartition("/")[2])) for name in known}
    found = {name: own for name, own in called.items() if own in texts}
    return [name for name, own in found.items() if not any(own in other != own for other in found.values())]


def _runs(name: str) -> set[str]:
    """``My k-means (1)`` -> my, myk, mykmeans, k, kmeans, means: whoever writes a name divides it otherwise."""
    words = _words(name)
    return {"".join(words[begin:end]) for begin in range(len(words)) for end in range(begin + 1, len(words) + 1)}


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\W_\d]+", name.lower()) if word]
