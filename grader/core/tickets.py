"""Tickets of an oral exam: questions by lecture from a plain file, drawn by a seed. Pure.

The file is Markdown that a lecturer keeps: a heading (``# Lecture 1``) begins a lecture, a list item (``- `` or ``1.``)
is a question, which goes on over the lines below it. The same file, seed and number give the same tickets on every
machine: the order comes from hashes, not from a generator of a library.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.core.errors import BadInput

MOST = 1000
_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*")
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+(.*)")


@dataclass(frozen=True)
class Question:
    lecture: str
    text: str


@dataclass(frozen=True)
class Ticket:
    """What one student answers; numbers begin with 1."""

    number: int
    questions: tuple[Question, ...]


def read(text: str) -> list[Question]:
    """The questions of a file. Raises BadInput naming the line that is neither a lecture nor a question."""
    questions: list[Question] = []
    lecture, level, begun, in_it = "", 0, 0, 0
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if heading := _HEADING.fullmatch(bare):
            deeper = len(heading[1]) > level
            if begun and not in_it and not deeper:
                raise _no_questions(lecture, begun)
            lecture, level, begun, in_it = heading[2], len(heading[1]), number, 0
        elif line[:1] not in (" ", "\t") and (item := _ITEM.fullmatch(bare)):
            if not begun:
                raise BadInput(
                    f"line {number}: a question stands before the first lecture; begin with a line `# Lecture 1`.",
                    ru=f"строка {number}: вопрос стоит раньше первой лекции; начните со строки «# Лекция 1».",
                )
            questions.append(Question(lecture, item[1]))
            in_it += 1
        elif bare and in_it:
            before = questions.pop()
            questions.append(Question(before.lecture, f"{before.text}\n{bare}"))
        elif bare:
            raise BadInput(
                f"line {number} is neither a lecture (`# …`) nor a question (`- …`).",
                ru=f"строка {number}: это не лекция («# …») и не вопрос («- …»).",
            )
    if begun and not in_it:
        raise _no_questions(lecture, begun)
    if not questions:
        raise BadInput("There are no questions in this file.", ru="В этом файле нет вопросов.")
    return questions


def draw(questions: Sequence[Question], count: int, each: int, seed: str) -> list[Ticket]:
    """So many tickets with ``each`` questions of as many lectures. Raises BadInput where there are too few lectures.

    All questions are used equally often, as far as the lectures allow; no question comes twice in a ticket.
    """
    lectures = list(dict.fromkeys(one.lecture for one in questions))
    if not 1 <= count <= MOST:
        raise BadInput(f"Tickets: from 1 to {MOST}, not {count}.", ru=f"Билеты: от 1 до {MOST}, а не {count}.")
    if not 1 <= each <= len(lectures):
        raise BadInput(
            f"{each} questions of different lectures are asked for in a ticket; the file has {len(lectures)} lectures.",
            ru=f"В билете должно быть вопросов из разных лекций: {each}; лекций в файле: {len(lectures)}.",
        )
    uses = [0] * len(questions)
    drawn = [_one(questions, uses, each, seed, number) for number in range(count)]
    drawn.sort(key=lambda pair: _hash(seed, "ticket", pair[0]))
    return [Ticket(number, tuple(chosen)) for number, (_, chosen) in enumerate(drawn, 1)]


def hand_out(logins: Iterable[str], seed: str) -> list[str]:
    """The order in which students get the tickets 1, 2, 3 …"""
    return sorted(logins, key=lambda login: _hash(seed, "student", login))


def _one(
    questions: Sequence[Question], uses: list[int], each: int, seed: str, number: int
) -> tuple[int, list[Question]]:
    """Questions for one ticket: those that were used least, first of the lectures that have the most of them left."""
    chosen: list[int] = []
    while len(chosen) < each:
        taken = {questions[index].lecture for index in chosen}
        free = [index for index, one in enumerate(questions) if one.lecture not in taken]
        least = min(uses[index] for index in free)
        free = [index for index in free if uses[index] == least]
        left = Counter(questions[index].lecture for index in free)
        best = min(free, key=lambda i: (-left[questions[i].lecture], _hash(seed, "question", number, i)))
        chosen.append(best)
        uses[best] += 1
    return number, [questions[index] for index in sorted(chosen)]


def _hash(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()


def _no_questions(lecture: str, line: int) -> BadInput:
    return BadInput(
        f"line {line}: the lecture {lecture[:60]!r} has no questions.",
        ru=f"строка {line}: у лекции «{lecture[:60]}» нет вопросов.",
    )
