"""Errors by whose fault they are. The command line turns each into its exit code."""

from __future__ import annotations


class GraderError(Exception):
    """What went wrong, where, and what to do; the text is shown to a person as it is.

    Errors that students meet are told in Russian too, as ``ru``; the others are for authors and operators.
    """

    exit_code = 4

    def __init__(self, en: str, *, ru: str = "") -> None:
        super().__init__(en)
        self.ru = ru

    def told(self, language: str) -> str:
        """The text in the reader's language, as far as there is one."""
        return self.ru if language == "ru" and self.ru else str(self)


class BadInput(GraderError):
    """The person who called us gave something that cannot be used. Nothing was stored."""

    exit_code = 2


class NoCourse(GraderError):
    """No course is in force yet."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__(
            "No course is set yet. An instructor sets it: grader course apply course.toml.",
            ru="Курс ещё не задан. Его задаёт преподаватель: grader course apply course.toml.",
        )


class AssignmentFault(GraderError):
    """An assignment or its suite is broken: its author must fix it, and no student loses a point."""

    exit_code = 3


class OurFault(GraderError):
    """The grader or its machine failed: a job is tried again, and never counts as a zero."""

    exit_code = 4


class SandboxUnavailable(OurFault):
    """No sandbox could be started: no engine, no image, another protocol version, no room."""


class JudgesUnavailable(OurFault):
    """The warm parent of the judges does not start: nothing of any submission was looked at."""
