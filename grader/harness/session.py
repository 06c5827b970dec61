"""One sandbox in use: loads the submission, asks for operations, answers callbacks, ends it when it fails.

All of it is the trusted side's. Whatever goes wrong becomes a `SandboxFailure` with a verdict that was found
from outside: our deadline first, then the kernel's memory signal, then byte budgets, then the grammar; that
the process ended is the last resort, and its exit code only explains.
"""

from __future__ import annotations

import builtins
import os
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from weakref import WeakValueDictionary

import numpy as np

from grader.core.errors import AssignmentFault, SandboxUnavailable
from grader.core.forbidden import within
from grader.core.report import Bilingual
from grader.core.submission import Submission
from grader.core.text import clean
from grader.core.verdicts import Verdict
from grader.harness import names
from grader.harness.bounds import DEFAULT, Bounds
from grader.harness.channel import Channel, ChannelFailure, Trigger
from grader.harness.deadlines import Deadline, Reading, lost
from grader.harness.refusals import reached
from grader.harness.sandbox import Death, Sandbox
from grader.harness.usage import Usage, of_this_thread
from grader.harness.watch import Watch
from grader.harness.wire import (
    Callback,
    Frame,
    Handle,
    RemoteException,
    TorchState,
    Unencodable,
    WireError,
    encode,
    torch_state,
)
from grader.testing.remote import RemoteObject

_SHORT_SECONDS = 0.2  # of calls since it was last asked what was lost in them


class SandboxFailure(BaseException):
    """The sandbox ended. Not an Exception, so that `pytest.raises(Exception)` does not take it for theirs."""

    def __init__(self, verdict: Verdict, detail: str, hint: Bilingual | None = None) -> None:
        super().__init__(detail)
        self.verdict = verdict
        self.detail = detail
        self.hint = hint  # what the student is told instead of the test's


class NotDefined(BaseException):
    """The suite asked for a required name that the submission does not define; no Exception, for the same reason."""

    def __init__(self, told: Bilingual) -> None:
        super().__init__(told["en"])
        self.told = told


class LoadFailed(Exception):
    """The submission could not be imported; nothing hidden was inside yet, so all of it may be told."""

    def __init__(self, remote: RemoteException, traceback: str) -> None:
        super().__init__(remote.text)
        self.remote = remote
        self.traceback = traceback


class StudentError(Exception):
    """An exception of the student's code that has no ordinary built-in type, such as SystemExit."""


class Session:
    """The conversation with one sandbox. ``call_seconds`` is set by the judge before each test."""

    def __init__(self, sandbox: Sandbox, *, bounds: Bounds = DEFAULT, watch: Watch | None = None) -> None:
        self.sandbox = sandbox
        self.watch = watch or Watch()
        self.channel = Channel(sandbox.wire, sandbox.output, bounds)
        self.bounds = bounds
        self._of_requests = bounds.of_requests()
        self.call_seconds = 10.0
        self.alive = True
        self.doubtful = False  # it may have been ended from outside: another one will tell
        self.machine_is_short = False  # it was ended for memory that others have taken
        self._busy = 0.0  # seconds within calls, by the clock, and
        self._own = Usage(0.0)  # what this process has used and lost in them
        self._entered: tuple[float, Usage] | None = None  # the call that is outstanding now, if one is
        self._first: Reading | None = None
        self._last: Reading | None = None
        self._objects: WeakValueDictionary[bytes, RemoteObject] = WeakValueDictionary()
        self._forgotten: set[bytes] = set()
        self._test = ""
        self._callbacks: dict[int, Callable[..., Any]] = {}  # given by the test that runs now
        self._numbers: dict[int, int] = {}  # of these functions, by identity
        self._given = 0  # functions, ever: no number stands for two
        self._oldest = 1  # the first number of the test that runs now
        self._callback_errors: list[BaseException] = []
        self._deadlines: list[Deadline] = []
        self._module: RemoteObject | None = None
        self._required: frozenset[str] = frozenset()
        self.names_asked: set[str] = set()  # of the required ones, by the test that runs now
        self._submission: Submission | None = None
        self._forbidden: tuple[str, ...] = ()
        self.cell_failure: RemoteException | None = None  # of a notebook, which could be imported all the same

    def begin_test(self, name: str = "") -> None:
        """Another test begins: functions that were given before are not known any more."""
        self._test = name
        self.names_asked.clear()
        self._callbacks.clear()
        self._numbers.clear()
        self._oldest = self._given + 1

    # -- asking ------------------------------------------------------------------------------------------

    def load(
        self,
        submission: Submission,
        probe: bytes | None,
        *,
        data: Mapping[str, bytes] | None = None,
        required: Iterable[str] = (),
        forbidden: Iterable[str] = (),
    ) -> tuple[Any, Any]:
        """Import the submission inside; the modules `solution` and `probe`, as remote objects.

        The files of ``data``, by their paths below `data/`, lie in its working directory meanwhile and afterwards.

        Whoever asks the module for a ``required`` name gets what can be called, or an AssertionError, or NotDefined. A
        call of what is ``forbidden``, by a file of the submission, is told by the agent, and ends the sandbox.

        Raises LoadFailed with the student's own exception, SandboxFailure when the sandbox ended.
        """
        self._look()
        files, beside = (_arrays(given) for given in (submission.files, data or {}))
        self._submission, self._forbidden = submission, tuple(forbidden)
        beside_it = _bytes_array(probe) if probe is not None else None
        self._required = frozenset(required)
        starts = submission.cell_starts(submission.entry)
        asked = (beside, list(self._forbidden), starts, sorted(self._required))
        answer = self._ask(("load", submission.entry, files, beside_it, *asked))
        match answer:
            case ("result", (RemoteObject() as module, beside, RemoteException() | None as failure)):
                self._module = module
                self.cell_failure = failure if starts else None
                return module, beside
            case ("raised", RemoteException() as error, str() as traceback):
                raise LoadFailed(error, clean(traceback, limit=4000))
        raise self._end(Trigger.GRAMMAR, "it did not answer as the agent does")

    def restore(self) -> None:
        """Have the data inside as it was given, whatever the submission has made of it. Raises SandboxFailure."""
        if self._ask(("restore",))[0] != "result":
            raise self._end(Trigger.GRAMMAR, "the assignment's data cannot be put back")

    def do(self, operation: str, target: RemoteObject, *args: Any, **kwargs: Any) -> Any:
        """One operation on an object inside. The student's exceptions come as their built-in type."""
        of_required = operation == "getattr" and target is self._module and args[0] in self._required
        if of_required:
            self.names_asked.add(args[0])
        answer = self._ask(("do", operation, target, args, kwargs, self._take_forgotten(), self._oldest))
        match answer:
            case ("result", value):
                if of_required:
                    _check_callable(args[0], value)
                return value
            case ("raised", RemoteException() as error, str()):
                if of_required:
                    self._check_defined(args[0], error)
                raise as_exception(error)
        raise self._end(Trigger.GRAMMAR, "it did not answer as the agent does")

    def forget(self, token: bytes) -> None:
        """The suite holds this object no longer; the sandbox is told with the next request.

        One that made more objects than it may is not told of all: their number is its own choice.
        """
        if len(self._forgotten) < self.bounds.handles:
            self._forgotten.add(token)

    def processor_seconds(self) -> float:
        """What all of the sandbox has used of processors so far. Raises SandboxFailure when it has ended."""
        if not self.alive:
            raise SandboxFailure(Verdict.DIED, "the sandbox of this object has ended")
        try:
            return self.sandbox.usage().processor
        except ProcessLookupError:
            raise self._end(Trigger.GONE, "it has ended") from None

    @property
    def busy_seconds(self) -> float:
        """Within calls, by the clock, without what others had of it, as far as is known."""
        kept = lost(self._first, self._last) if self._first and self._last else 0.0
        return self._busy - kept

    @property
    def busy_computing(self) -> float:
        """Within calls, of a processor, in this process."""
        return self._own.processor

    def settle(self) -> None:
        """Between calls: know what was lost in those so far, unless they were short."""
        if self.alive and self._last is not None and self._busy - self._last.clock > _SHORT_SECONDS:
            self._look()

    def close(self) -> Death:
        """End the sandbox."""
        self.alive = False
        return self.sandbox.close()

    @property
    def printed(self) -> str:
        """What the student's code has printed, cleaned; for public tests only."""
        if self.alive:
            try:
                self.channel.drain()
            except ChannelFailure as failure:
                raise self._end(failure.trigger, failure.detail) from None
        return clean(self.channel.printed.decode(errors="replace"), limit=10_000)

    # -- the conversation --------------------------------------------------------------------------------

    def _ask(self, request: tuple[Any, ...]) -> tuple[Any, ...]:
        """Send a request and wait for its answer, within one deadline that nested requests share."""
        if not self.alive:
            raise SandboxFailure(Verdict.DIED, "the sandbox of this object has ended")
        if len(self._deadlines) >= self.bounds.nesting:
            raise self._end(Trigger.BUDGET, f"callbacks within callbacks, more than {self.bounds.nesting} deep")
        outermost = not self._deadlines
        if outermost:
            self._entered = time.monotonic(), of_this_thread()
        deadline = Deadline(self.call_seconds, self._look) if outermost else self._deadlines[-1]
        self._deadlines.append(deadline)
        self._watch_until(deadline)
        number = os.urandom(16)
        try:
            self._send((request[0], number, *request[1:]), deadline)
            return self._answer_to(number, deadline)
        except ChannelFailure as failure:
            raise self._end(failure.trigger, failure.detail) from None
        except MemoryError:
            self.close()  # in the middle of a frame
            raise
        finally:
            self._deadlines.pop()
            if outermost:
                self._busy, self._own = self._so_far()
                self._entered = None
                self.watch.allow(self.call_seconds)

    def _so_far(self) -> tuple[float, Usage]:
        """Seconds within calls, that which is outstanding among them; what this process has used and lost in them."""
        if self._entered is None:
            return self._busy, self._own
        began, before = self._entered
        return self._busy + time.monotonic() - began, self._own + (of_this_thread() - before)

    def _look(self) -> Reading | None:
        """What was used and lost by now; None where the sandbox has ended, or nobody answers."""
        try:
            usage = self.sandbox.usage()
        except (ProcessLookupError, SandboxUnavailable):
            return None
        clock, own = self._so_far()
        self._last = Reading(clock, usage, own)
        self._first = self._first or self._last
        return self._last

    def _watch_until(self, deadline: Deadline) -> None:
        """What this process computes meanwhile ends with the call; it must be able to read what comes until then."""
        self.watch.allow(deadline.limit - deadline.counted + self.bounds.judge_slack_seconds)

    def _answer_to(self, number: bytes, deadline: Deadline) -> tuple[Any, ...]:
        """Read frames until the answer, serving callbacks meanwhile."""
        errors_before = len(self._callback_errors)
        for _ in range(self.bounds.frames_per_call):
            tree, buffers = self.channel.receive(deadline)
            message = self.channel.build(tree, buffers, self._resolve)
            match message:
                case ("result", bytes() as told, value) if told == number:
                    self._raise_callback_error(errors_before)
                    return "result", value
                case ("raised", bytes() as told, error, traceback) if told == number:
                    self._raise_callback_error(errors_before)
                    return "raised", error, traceback
                case ("refused", bytes() as told, str() as name, str() as file, int() as line) if told == number:
                    raise self._refused(name, file, line)
                case ("call", bytes() as told, int() as which, tuple() as args, dict() as kwargs) if told == number:
                    self._serve_callback(which, args, kwargs, deadline)
                case _:
                    raise ChannelFailure(Trigger.GRAMMAR, "a message that does not belong here")
        raise ChannelFailure(Trigger.BUDGET, f"more than {self.bounds.frames_per_call} callbacks in one call")

    def _serve_callback(self, which: int, args: tuple[Any, ...], kwargs: dict[str, Any], deadline: Deadline) -> None:
        function = self._callbacks.get(which)
        if function is None or not all(type(name) is str for name in kwargs):
            raise ChannelFailure(Trigger.GRAMMAR, "a callback that was not given")
        self.watch.allow(deadline.limit - deadline.counted + deadline.step)  # it was looked one step ago, or later
        try:
            answer: tuple[Any, ...] = ("answer", True, function(*args, **kwargs))
        except (SandboxFailure, KeyboardInterrupt):
            raise
        except BaseException as error:  # pytest's own outcomes are no Exceptions
            if len(self._callback_errors) < self.bounds.nesting:  # one is raised; all of them could be many
                self._callback_errors.append(error)
            answer = ("answer", False, "the function of the test raised an error")
        self._watch_until(deadline)
        try:
            self._send(answer, deadline)
        except AssignmentFault:
            self.close()  # it waits for an answer that cannot come
            raise

    def _raise_callback_error(self, before: int) -> None:
        """What a function of the suite raised reaches the suite, whatever the student's code did about it."""
        if len(self._callback_errors) > before:
            error = self._callback_errors[before]
            del self._callback_errors[before:]
            raise error

    def _send(self, message: tuple[Any, ...], deadline: Deadline) -> None:
        try:
            frame = encode(message, wrap=self._wrap, bounds=self._of_requests)
        except Unencodable as error:
            test = self._test or "a test"
            raise AssignmentFault(f"{test} gives the submission {error}, which cannot cross the wire") from None
        self.channel.send(frame, deadline)

    def _wrap(self, value: Any) -> Any:
        if isinstance(value, RemoteObject):
            if value._connection is not self:
                raise SandboxFailure(Verdict.DIED, "the sandbox of this object has ended")
            return Handle(value._token)
        if callable(value):
            return Callback(self._number_of(value))
        if (state := torch_state(value)) is not None:
            return state
        raise Unencodable(f"a value of type {type(value).__name__}")

    def _number_of(self, function: Callable[..., Any]) -> int:
        """The same function has the same number until its test ends."""
        number = self._numbers.get(id(function))
        if number is None:
            self._given += 1
            number = self._numbers[id(function)] = self._given
            self._callbacks[number] = function
        return number

    def _resolve(self, reference: Handle | Callback | TorchState) -> Any:
        if isinstance(reference, TorchState):
            raise WireError("a generator that cannot come back")
        if isinstance(reference, Callback):
            if reference.number not in self._callbacks:
                raise WireError("a callback that was not given")
            return self._callbacks[reference.number]
        self._forgotten.discard(reference.token)
        known = self._objects.get(reference.token)
        if known is None:
            if len(self._objects) >= self.bounds.handles:
                raise WireError("too many objects kept")
            name = clean(reference.type_name, limit=self.bounds.type_name)
            known = RemoteObject(self, reference.token, name, reference.callable)
            self._objects[reference.token] = known
        return known

    def _take_forgotten(self) -> list[bytes]:
        return [self._forgotten.pop() for _ in range(min(len(self._forgotten), self.bounds.forgotten))]

    def _refused(self, name: str, file: str, line: int) -> SandboxFailure:
        """The agent says that the submission called what it may not; it can say nothing but what we know."""
        known = self._submission
        if known is None or file not in known.files or not any(within(name, one) for one in self._forbidden):
            raise ChannelFailure(Trigger.GRAMMAR, "a refusal of what is not forbidden")
        self.close()
        hint = reached(known, clean(name, limit=100), file, line if known.has_line(file, line) else None)
        return SandboxFailure(Verdict.REFUSED, hint["en"], hint)

    def _check_defined(self, name: str, error: RemoteException) -> None:
        if error.builtin == "AttributeError" and self._submission is not None:
            raise NotDefined(names.not_defined(self._submission.entry, name))

    # -- the end -----------------------------------------------------------------------------------------

    def _end(self, trigger: Trigger, detail: str) -> SandboxFailure:
        """End the sandbox and find the verdict, in the order of what can be trusted."""
        death = self.close()
        if trigger is Trigger.DEADLINE:
            return SandboxFailure(Verdict.TIMEOUT, detail)
        self.machine_is_short = death.oom == "machine"
        if death.memory:
            self.doubtful = death.doubtful
            return SandboxFailure(Verdict.MEMORY, "it needed more memory than it may")
        if trigger is Trigger.BUDGET:
            return SandboxFailure(Verdict.OUTPUT, detail)
        if trigger is Trigger.GRAMMAR:
            return SandboxFailure(Verdict.PROTOCOL, detail)
        self.doubtful = death.doubtful
        code = "" if death.exit_code is None else f" (exit code {death.exit_code})"
        return SandboxFailure(Verdict.DIED, f"the process ended in the middle of a call{code}")


def _check_callable(name: str, value: Any) -> None:
    """Told here, because calling plain data would look like a mistake of the suite."""
    if not (isinstance(value, RemoteObject) and value._callable):
        raise AssertionError(f"{name} must be a function or a class; here it is {_short_type(value)}")


def _short_type(value: Any) -> str:
    return value._type_name if isinstance(value, RemoteObject) else type(value).__name__


def as_exception(remote: RemoteException) -> Exception:
    """The student's exception as an instance of its built-in type, marked as theirs."""
    kind = getattr(builtins, remote.builtin, None)
    text = clean(remote.text)
    error: Exception = StudentError(f"{remote.name}: {text}")
    if isinstance(kind, type) and issubclass(kind, Exception) and kind not in (StopIteration, StopAsyncIteration):
        try:
            error = kind(text)
        except TypeError:  # UnicodeDecodeError and its like want more than a text
            error = StudentError(f"{remote.name}: {text}")
    error.__dict__["remote"] = remote
    return error


def remote_of(error: BaseException) -> RemoteException | None:
    """The student's exception behind one that was raised here, if it is theirs."""
    found = error.__dict__.get("remote") if isinstance(error, Exception) else None
    return found if isinstance(found, RemoteException) else None


def innermost(frames: tuple[Frame, ...], files: Mapping[str, bytes]) -> Frame | None:
    """The innermost frame that lies in a file of the submission."""
    return next((frame for frame in reversed(frames) if frame.file in files), None)


def _arrays(files: Mapping[str, bytes]) -> dict[str, np.ndarray[Any, np.dtype[np.uint8]]]:
    return {path: _bytes_array(content) for path, content in files.items()}


def _bytes_array(content: bytes) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.frombuffer(content, dtype=np.uint8)
