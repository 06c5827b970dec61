"""What crosses between a suite and a living sandbox: functions and how long they live, values, torch modules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from textwrap import dedent
from typing import Any

import numpy as np
import pytest
import torch

from grader.core.errors import AssignmentFault
from grader.core.submission import Submission
from grader.core.verdicts import Verdict
from grader.harness.bounds import DEFAULT, Bounds
from grader.harness.process import ProcessSandboxes
from grader.harness.session import SandboxFailure, Session
from grader.testing import gradients, parameters, set_state, state, vjp
from grader.testing.remote import NotPlainData, RemoteObject
from tests.harness import suites

CODE = """
import collections, enum, gc, os, signal, threading
import numpy as np
import torch

KEPT = []
def keep(f): KEPT.append(f)
def kept(number, *arguments): return KEPT[number](*arguments)
def give_kept(number): return KEPT[number]
def same(f, g): return f is g
def scaled(x, numbers): return x * float(np.asarray(numbers).sum())
def again(): return KEPT[-1] is KEPT[-2]

class Node:  # as in micrograd: the derivative is asked for later
    def __init__(self, value, derivative):
        self.value, self.derivative, self.grad = value, derivative, 0.0
    def backward(self): self.grad = self.derivative(self.value)

def in_thread(f):
    found = []
    def run():
        try: f(1)
        except Exception as error: found.append((type(error).__name__, str(error)))
    thread = threading.Thread(target=run)
    thread.start(); thread.join()
    return found

def in_workers(f):
    class Numbers(torch.utils.data.Dataset):
        def __len__(self): return 4
        def __getitem__(self, index): return f(index)
    return list(torch.utils.data.DataLoader(Numbers(), num_workers=1))

class Bomb:
    def __init__(self, f): self.f, self.me = f, self
    def __del__(self):
        try: LOG.append(self.f(1))
        except Exception as error: LOG.append(str(error))
LOG = []
def bombs(f, count):
    gc.set_threshold(1)
    for _ in range(count): Bomb(f)
    return [f(n) for n in range(20)], [[] for _ in range(50)]
def log():
    gc.set_threshold(700)
    gc.collect()
    return [str(one) for one in LOG]

def on_signal(f):
    def handler(*_):
        try: LOG.append(f(1))
        except Exception as error: LOG.append(str(error))
    signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
def signals_off(): signal.setitimer(signal.ITIMER_REAL, 0)

class Point:
    def __init__(self, x): self.x = x
class Mood(enum.Enum): GOOD = 1
def point_keys(): return {Point(1): 2}
def moods(): return {Mood.GOOD}
def ask_with(f): return f({Point(1): 2})
def huge(): return collections.Counter(range(200_000))
class Odd(type):
    def __hash__(cls): raise SystemError("no hash")
def odd(): return Odd("Odd", (), {})()
def alive(): return True
def echo(value): return value

def draw(generator): return torch.rand(4, generator=generator)
def generator(): return torch.Generator()
def seen(generator): return type(generator).__name__

class Layer(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.tensor([[1.0, 2.0], [3.0, 4.0]]))
        self.frozen = torch.nn.Parameter(torch.ones(2), requires_grad=False)
        self.register_buffer("mean", torch.zeros(2))
        self.register_buffer("scratch", torch.zeros(3), persistent=False)
    def forward(self, x, rest=None):
        y = x @ self.weight.T + self.mean
        return y if rest is None else (y, {"z": rest[0] * 2}, torch.tensor(1))
def layer(): return Layer()
def detached(x): return x.detach() * 2
def largest(x): return torch.max(x, dim=0)
def seconds(x): return x ** 2, 5
"""


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    one = Session(ProcessSandboxes().start("torch"))
    one.call_seconds = 60.0
    yield one
    one.close()


@pytest.fixture(scope="module")
def loaded(session: Session) -> Any:
    return session.load(Submission("s.py", {"s.py": dedent(CODE).encode()}), None)[0]


@pytest.fixture
def inside(session: Session, loaded: Any) -> Any:
    """The module, in a test of its own; every test leaves the sandbox alive."""
    session.begin_test("test_demo")
    yield loaded
    assert session.alive
    assert loaded.alive() is True


# -- functions --------------------------------------------------------------------------------------------


def test_a_function_that_was_kept_can_be_asked_in_a_later_call(inside: Any) -> None:
    node = inside.Node(3.0, lambda x: 2 * x)
    other = inside.Node(5.0, lambda x: 3 * x)
    node.backward()
    other.backward()
    assert (node.grad, other.grad) == (6.0, 15.0)


def test_the_same_function_is_the_same_object_inside(inside: Any) -> None:
    def f() -> int:
        return 1

    assert inside.same(f, f) is True
    inside.keep(f)
    inside.keep(f)
    assert inside.again() is True
    assert inside.give_kept(-1) is f


def test_a_function_of_a_past_test_raises_inside_and_is_never_taken_for_a_new_one(
    session: Session, inside: Any
) -> None:
    asked: list[str] = []
    inside.keep(lambda: asked.append("old"))
    session.begin_test("test_next")
    inside.keep(lambda: asked.append("new"))
    with pytest.raises(RuntimeError, match="the test that gave it has ended"):
        inside.kept(-2)
    inside.kept(-1)
    assert asked == ["new"]
    with pytest.raises(TypeError, match="a function of a test that has ended"):
        inside.give_kept(-2)


def test_another_thread_cannot_ask(inside: Any) -> None:
    ((kind, text),) = inside.in_thread(lambda x: x)
    assert kind == "RuntimeError"
    assert "from another thread" in text


def test_a_worker_of_a_data_loader_cannot_ask(inside: Any) -> None:
    asked: list[int] = []
    with pytest.raises(RuntimeError, match="from another process, such as a worker of a DataLoader"):
        inside.in_workers(asked.append)
    assert asked == []


def test_destructors_and_signals_never_come_between_messages(inside: Any) -> None:
    """Whatever they are answered, each answer is the one to its own question."""
    for _ in range(8):
        answers, _ = inside.bombs(lambda n: n + 1, 20)
        assert answers == list(range(1, 21))
    inside.on_signal(lambda n: n)
    for number in range(300):
        assert inside.echo(number) == number
    inside.signals_off()
    told = set(inside.log())
    assert told <= {"1", "2", "this function of the test cannot be called when the test is not waiting for your code"}
    assert told & {"1", "2"}


def test_a_suite_that_gives_too_much_is_told_with_its_test(inside: Any) -> None:
    for value, what in (
        ([0] * (2 * DEFAULT.nodes), "a container of 262144 values"),
        ({"a": [object()]}, "a value of type object"),
        ("x" * 300_000, "a text of 300000 bytes"),
        (np.broadcast_to(0.0, (10**5, 10**5)), "arrays of 80000000000 bytes"),
    ):
        with pytest.raises(AssignmentFault, match=f"test_demo gives the submission {what}"):
            inside.echo(value)


# -- values -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("point_keys", "your code returned a dict with a key of type 'Point'; keys can be numbers"),
        ("moods", "your code returned a set with a member of type 'Mood'"),
        ("huge", "your code returned a container of 200000 values"),
    ],
)
def test_what_cannot_cross_is_a_type_error_in_words(inside: Any, call: str, told: str) -> None:
    with pytest.raises(TypeError, match=told):
        getattr(inside, call)()


def test_arguments_of_a_function_that_cannot_cross_are_a_type_error_too(inside: Any) -> None:
    with pytest.raises(
        TypeError, match="your code called a function of the test with a dict with a key of type 'Point'"
    ):
        inside.ask_with(lambda given: given)


def test_a_type_that_cannot_be_looked_at_ends_nothing(inside: Any) -> None:
    with pytest.raises(SystemError, match="no hash"):
        inside.odd()


@pytest.mark.parametrize(
    "value",
    ["x" * 256_000, [f"word {n}" for n in range(20_000)], {f"key {n}": n for n in range(10_000)}],
    ids=["text", "strings", "dict"],
)
def test_large_values_cross_both_ways(inside: Any, value: Any) -> None:
    assert inside.echo(value) == value


def test_a_torch_generator_goes_in_by_its_state_and_never_comes_back(inside: Any) -> None:
    generator = torch.Generator().manual_seed(3)
    torch.rand(5, generator=generator)
    before = generator.get_state()
    drawn = inside.draw(generator)
    assert torch.equal(generator.get_state(), before)
    assert torch.equal(drawn, torch.rand(4, generator=generator))
    back = inside.generator()
    assert isinstance(back, RemoteObject)
    assert inside.seen(back) == "Generator"


# -- torch modules ----------------------------------------------------------------------------------------


def test_the_state_of_a_module_has_its_buffers(inside: Any) -> None:
    layer = inside.layer()
    assert sorted(state(layer)) == ["frozen", "mean", "weight"]
    assert sorted(parameters(layer)) == ["frozen", "weight"]
    set_state(layer, {"mean": torch.tensor([5.0, 6.0]), "weight": torch.eye(2)})
    assert layer.mean.tolist() == [5.0, 6.0]
    assert layer(torch.tensor([1.0, 2.0])).tolist() == [6.0, 8.0]
    with pytest.raises(ValueError, match="there is no parameter or buffer scratch; there are weight, frozen, mean"):
        set_state(layer, {"scratch": torch.zeros(3)})
    with pytest.raises(ValueError, match=r"mean has shape \(2,\), expected \(3,\)"):
        set_state(layer, {"mean": torch.zeros(3)})


def test_products_with_the_jacobian(inside: Any) -> None:
    layer, x, rest = inside.layer(), torch.tensor([[1.0, -1.0]]), [torch.tensor(4.0), 7]
    given = (torch.tensor([[1.0, 10.0]]), {"z": torch.tensor(3.0)}, None)
    (y, more, _), of_arguments, of_parameters = vjp(layer, (x, rest), given, parameters=layer)
    assert y.tolist() == [[-1.0, -1.0]]
    assert more["z"].item() == 8.0
    assert of_arguments[0].tolist() == [[31.0, 42.0]]
    assert of_arguments[1][0].item() == 6.0
    assert of_arguments[1][1] is None
    assert of_parameters["weight"].tolist() == [[1.0, -1.0], [10.0, -10.0]]
    assert of_parameters["frozen"] is None
    assert gradients(layer) == {"weight": None, "frozen": None}


def test_products_by_some_arguments_leave_the_others_as_they_are(inside: Any) -> None:
    x, numbers = torch.ones(2), torch.tensor([3.0, 4.0])  # one that requires a gradient would be refused by numpy
    outputs, (of_x, of_numbers), _ = vjp(inside.scaled, [x, numbers], torch.tensor([1.0, 2.0]), by=(0,))
    assert (outputs.tolist(), of_x.tolist(), of_numbers) == ([7.0, 7.0], [7.0, 14.0], None)
    with pytest.raises(RuntimeError, match="requires grad"):
        vjp(inside.scaled, [x, numbers], torch.ones(2))
    assert vjp(inside.scaled, [x, numbers], torch.ones(2), by=()).gradients == (None, None)


def test_products_where_nothing_depends_or_nothing_fits(inside: Any) -> None:
    x = torch.ones(2)
    outputs, (gradient,), named = vjp(inside.detached, [x], torch.ones(2))
    assert (outputs.tolist(), gradient, named) == ([2.0, 2.0], None, {})
    values, (of_x,), _ = vjp(inside.largest, [torch.tensor([1.0, 9.0])], (torch.tensor(2.0), None))
    assert (values[0].item(), of_x.tolist()) == (9.0, [0.0, 2.0])
    with pytest.raises(ValueError, match=r"the result has shape \(2,\), expected \(3,\)"):
        vjp(inside.detached, [x], torch.ones(3))
    with pytest.raises(ValueError, match="the result is not a sequence of 3 parts"):
        vjp(inside.seconds, [x], (x, x, x))
    with pytest.raises(TypeError, match=r"the result\[1\] is of type int, expected a tensor"):
        vjp(inside.seconds, [x], (x, x))
    with pytest.raises(NotPlainData):
        vjp(torch.sin, [x], x)


# -- the trusted side, whatever is said inside ------------------------------------------------------------

HOSTILE = """
import gc, os
def agent(): return next(one for one in gc.get_objects() if type(one).__name__ == "Service")
def ask(number):
    service = agent()
    service.line.send(("call", service.outstanding[-1], number, (), {}), service.wrap)
    service.line.receive(service.resolve)
def part(name): return agent().do.__globals__[name]
def state():
    service, TorchState = agent(), part("TorchState")
    service.line.send(("result", service.outstanding[-1], TorchState(bytes(5056))), service.wrap)
def handles(f):
    made = []
    service = agent()
    Handle = part("Handle")
    def handle(value): return Handle(os.urandom(16), "V" * 64, True)
    service.objects.handle = handle
    for _ in range(4): f([object()] * 20_000)
def take(f): pass
"""


def hostile(bounds: Bounds = DEFAULT) -> tuple[Session, Any]:
    session = Session(ProcessSandboxes().start("numpy"), bounds=bounds)
    session.call_seconds = 60.0
    session.begin_test("one")
    module, _ = session.load(Submission("s.py", {"s.py": HOSTILE.encode()}), None)
    return session, module


def test_a_number_that_was_not_given_or_is_not_any_more_ends_the_sandbox() -> None:
    for number in (1, 2):  # of the test before, and of none
        session, module = hostile()
        module.take(lambda: None)
        session.begin_test("two")
        with pytest.raises(SandboxFailure) as caught:
            module.ask(number)
        assert caught.value.verdict is Verdict.PROTOCOL
        assert not session.alive


def test_a_generator_that_comes_back_ends_the_sandbox() -> None:
    _, module = hostile()
    with pytest.raises(SandboxFailure) as caught:
        module.state()
    assert caught.value.verdict is Verdict.PROTOCOL


def test_tokens_to_forget_are_bounded_here_and_in_each_request() -> None:
    session, module = hostile(replace(DEFAULT, handles=50_000))
    module.handles(lambda objects: None)
    assert len(session._forgotten) == 50_000
    before = len(session._forgotten)
    kept = module.ask
    assert isinstance(kept, RemoteObject)
    assert len(session._forgotten) == before - DEFAULT.forgotten
    session.close()


def test_a_fault_of_a_suite_is_told_with_the_tests_name(tmp_path) -> None:
    suite = "def test_first(submission): pass\ndef test_much(submission): submission.f([0] * 10**6)"
    folder = suites.write(tmp_path, suite, reference="def f(x): return 1")
    with pytest.raises(AssignmentFault, match="test_much gives the submission a container of 1000000 values"):
        suites.grade(folder, ProcessSandboxes(), "def f(x): return 1")
