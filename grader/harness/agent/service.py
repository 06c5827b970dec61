"""Serving the judge: one request at a time, and its callbacks while a request is outstanding."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from grader.harness.agent.data import Data
from grader.harness.agent.exceptions import describe, own_traceback
from grader.harness.agent.guard import Guards
from grader.harness.agent.line import Line
from grader.harness.agent.loading import Loader
from grader.harness.agent.objects import Objects
from grader.harness.agent.operations import OPERATIONS
from grader.harness.wire import Callback, Handle, RemoteException, TorchState, Unencodable, torch_generator


class Asked(Exception):
    """The judge's own function raised: the student's code sees an exception at the place of its call."""


class JudgeFunction:
    """A function of the judge's, as the student's code sees it: an ordinary callable, until its test ends."""

    def __init__(self, service: Service, number: int) -> None:
        self._service = service
        self._number = number

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._service.ask(self._number, args, kwargs)


def flush_output() -> None:
    """What was printed goes before the reply, so that it is told with the test that printed it.

    The student's code may have closed the stream, or put something else in its place.
    """
    with suppress(Exception):
        sys.stdout.flush()


class Service:
    """Holds the objects that stay inside, and answers requests until the host goes.

    ``oldest`` is the number of the first function that the test which runs now may give; numbers only grow.
    ``listening`` while the student's code runs and the judge waits for it. Destructors and handlers of signals run at
    other times too, and what they sent would end up between messages that belong together.
    """

    def __init__(self, line: Line) -> None:
        self.line = line
        self.objects = Objects()
        self.loader = Loader()
        self.data = Data(self.loader.folder, {})
        self.outstanding: list[bytes] = []
        self.listening = False
        self.oldest = 0
        self.functions: dict[int, JudgeFunction] = {}
        self.process = os.getpid()
        self.thread = threading.get_ident()
        self.reached: list[tuple[str, str, int]] = []  # forbidden names, with file and line of the call
        self.requests: dict[str, Callable[..., Any]] = {"load": self.load, "do": self.do, "restore": self.restore}

    def serve(self) -> None:
        try:
            while True:
                self.answer(self.line.receive(self.resolve))
        except (EOFError, OSError):
            return

    def answer(self, message: Any) -> None:
        """One request, and its one reply."""
        kind, number, *rest = message
        self.outstanding.append(number)
        self.listening = True
        try:
            result = self.requests[kind](*rest)
            reply: tuple[Any, ...] = ("result", number, result)
        except BaseException as error:
            reply = ("raised", number, *self.told(error, whole=kind == "load"))
        finally:
            flush_output()
            self.listening = False
            self.outstanding.pop()
        if self.reached:  # whatever the student's code made of the exception
            reply = ("refused", number, *self.reached[0])
            self.reached.clear()
        self.send(reply)

    def told(self, error: BaseException, *, whole: bool) -> tuple[RemoteException, str]:
        told = describe(error, self.loader.own)  # first: the traceback changes a SyntaxError's file name
        return told, own_traceback(error, self.loader.own) if whole else ""

    def load(
        self,
        entry: str,
        files: dict[str, Any],
        probe: Any,
        data: dict[str, Any],
        forbidden: Any,
        starts: Any,
        required: Any,
    ) -> tuple[Any, Any, RemoteException | None]:
        """Import the submission, and the probe beside it; both modules stay inside. The assignment's ``data`` is there
        before.

        What is forbidden refuses calls from the student's files; the probe and the libraries may use it. Of a notebook
        the lines are told on which cells ``starts``, and last a failure of a cell after which it could go on.
        """
        self.loader.put({path: content.tobytes() for path, content in files.items()})
        self.data = Data(self.loader.folder, {path: content.tobytes() for path, content in data.items()})
        self.data.restore()
        if forbidden:
            Guards(forbidden, self.loader.places(files), self.note)
        module, failure = self.loader.run(entry, starts, required)
        beside = self.loader.run_probe(probe.tobytes()) if probe is not None else None
        return module, beside, None if failure is None else describe(failure, self.loader.own)

    def restore(self) -> None:
        """Have the assignment's data whole again, before another test begins."""
        self.data.restore()

    def note(self, name: str, file: str, line: int) -> None:
        self.reached.append((name, self.loader.submitted(file), line))

    def do(self, operation: str, target: Any, args: Any, kwargs: Any, released: Any, oldest: int) -> Any:
        self.objects.release(released)
        if oldest > self.oldest:
            self.oldest = oldest
            self.functions = {number: one for number, one in self.functions.items() if number >= oldest}
        return OPERATIONS[operation](target, *args, **kwargs)

    def ask(self, number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a function of the judge's, answering whatever it asks in between."""
        if reason := self.cannot_ask(number):
            raise RuntimeError(f"this function of the test cannot be called {reason}")
        self.listening = False
        try:
            self.line.send(("call", self.outstanding[-1], number, args, kwargs), self.wrap)
            while True:
                message = self.line.receive(self.resolve)
                if message[0] != "answer":
                    self.answer(message)
                    continue
                _, fine, value = message
                if fine:
                    return value
                raise Asked(value)
        except Unencodable as error:
            raise TypeError(f"your code called a function of the test with {error}") from None
        finally:
            self.listening = True

    def cannot_ask(self, number: int) -> str:
        """Why the judge would not understand a call now; nothing if it would."""
        if os.getpid() != self.process:
            return "from another process, such as a worker of a DataLoader"
        if threading.get_ident() != self.thread:
            return "from another thread"
        if not self.listening:
            return "when the test is not waiting for your code"
        if number < self.oldest:
            return "any more: the test that gave it has ended"
        return ""

    def send(self, reply: tuple[Any, ...]) -> None:
        try:
            self.line.send(reply, self.wrap)
            return
        except Unencodable as error:
            told = RemoteException("TypeError", "TypeError", f"your code returned {error}")
        except OSError:  # the host has gone
            raise
        except Exception as error:  # of a library's or the student's own type, when its value was asked for
            told = describe(error, self.loader.own)
        self.line.send(("raised", reply[1], told, ""))

    def wrap(self, value: Any) -> Any:
        if type(value) is JudgeFunction:
            if value._number < self.oldest:
                raise Unencodable("a function of a test that has ended")
            return Callback(value._number)
        return self.objects.handle(value)

    def resolve(self, reference: Any) -> Any:
        """The object, function or generator that a message tells of; the same function is the same object."""
        if type(reference) is Handle:
            return self.objects.find(reference)
        if type(reference) is TorchState:
            return torch_generator(reference)
        return self.functions.setdefault(reference.number, JudgeFunction(self, reference.number))
