"""What a solution answers to the calls that its assignment has prepared for a defence.

An expression of `calls.toml` is computed here, as a suite would be: the required names in it are objects of the
sandbox, and whatever is done with them is asked of it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from grader.core.assignment import Assignment
from grader.core.companions import Call, calls, libraries
from grader.core.errors import AssignmentFault
from grader.core.submission import Submission
from grader.harness.sandbox import SandboxSource
from grader.harness.session import LoadFailed, NotDefined, SandboxFailure, Session
from grader.testing.remote import RemoteObject

CALL_SECONDS = 1.0
_ANSWERED = {"torch": ("torch",), "sklearn": ("scipy.sparse",)}  # by environment: what must be here to read an answer


@dataclass(frozen=True)
class Answer:
    """What came of a call: a value, or the name and the text of an exception, or of what ended the sandbox."""

    value: Any = None
    error: str = ""
    text: str = ""


def answers(assignment: Assignment, solution: Submission, asked: Iterable[Call], source: SandboxSource) -> list[Answer]:
    """What a solution answers to each of these calls. One that ends its sandbox does not keep it from the others.

    Raises LoadFailed for what cannot be imported, SandboxFailure where the import ends the sandbox, AssignmentFault
    for an expression that gives the solution what cannot be given.
    """
    for library in _ANSWERED.get(assignment.environment, ()):
        import_module(library)
    given: list[Answer] = []
    session: Session | None = None
    modules: tuple[Any, Any] = (None, None)
    try:
        for number, call in enumerate(asked, 1):
            if session is None or not session.alive:
                session = Session(source.acquire())
                modules = session.load(
                    solution,
                    assignment.probe(),
                    data=assignment.data_files(),
                    required=assignment.required,
                    forbidden=assignment.guarded,
                )
            session.begin_test(f"call {number}")
            session.call_seconds = CALL_SECONDS
            given.append(_answer(call, assignment, *modules))
    finally:
        if session is not None and session.alive:
            session.close()
    return given


def _answer(call: Call, assignment: Assignment, module: Any, probe: Any) -> Answer:
    code = compile(call.expression, "calls.toml", "eval")
    known: dict[str, Any] = {"probe": probe}
    used = {node.id for node in ast.walk(ast.parse(call.expression, mode="eval")) if isinstance(node, ast.Name)}
    known |= {name: import_module(library) for name, library in libraries(assignment).items() if name in used}
    try:
        known |= {name: getattr(module, name) for name in assignment.required if name in used}
        return Answer(eval(code, known))  # noqa: S307 - by the author, like a suite
    except AssignmentFault:
        raise
    except NotDefined as lacking:
        return Answer(error="NameError", text=lacking.told["en"])
    except SandboxFailure as ended:
        return Answer(error=ended.verdict.name.lower(), text=ended.detail)
    except Exception as error:
        return Answer(error=type(error).__name__, text=str(error))


def faults(assignment: Assignment, right: Mapping[str, Submission], source: SandboxSource) -> list[str]:
    """What is wrong with the answers of these right solutions, told in a line each."""
    told: list[str] = []
    try:
        asked = calls(assignment)
    except AssignmentFault:  # told with the folder
        return []
    for who, solution in right.items():
        try:
            given = answers(assignment, solution, asked, source)
        except AssignmentFault as fault:
            return [f"calls.toml: {fault}"]
        except (LoadFailed, SandboxFailure):  # told by the grading of this solution
            continue
        for number, (call, answer) in enumerate(zip(asked, given, strict=True), 1):
            if wrong := _wrong_with(answer, call):
                told.append(f"calls.toml: call {number} of {who} {wrong}")
    return told


def _wrong_with(answer: Answer, call: Call) -> str:
    if answer.error and not call.raises:
        return f"ends with {answer.error}: {answer.text}"
    if answer.error != call.raises:
        return f"ends with {answer.error or 'a value'}, not with {call.raises}"
    return "gives an object of the solution's own, which tells nothing" if _holds_an_object(answer.value) else ""


def _holds_an_object(value: Any) -> bool:
    """Whether something of an answer stayed inside."""
    if isinstance(value, dict):
        return any(map(_holds_an_object, value.values()))
    if isinstance(value, list | tuple | set | frozenset):
        return any(map(_holds_an_object, value))
    return isinstance(value, RemoteObject)
