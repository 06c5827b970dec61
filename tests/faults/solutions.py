"""What is uploaded, with the verdicts that each must get whatever happens around it."""

from __future__ import annotations

from dataclasses import dataclass

NAME = "faults/double"
TESTS = ("test_small", "test_large", "test_negative")
RIGHT = ("passed", "passed", "passed")


@dataclass(frozen=True)
class Kind:
    """A kind of solution: its source, and its verdicts in the order of `TESTS`."""

    source: str
    verdicts: tuple[str, ...]


_FAILS_BELOW_ZERO = "import os, signal, time\n\n\ndef double(x):\n    if x < 0:\n        {}\n    return 2 * x\n"


def _below_zero(line: str, verdict: str) -> Kind:
    return Kind(_FAILS_BELOW_ZERO.format(line), ("passed", "passed", verdict))


KINDS = {
    "right": Kind("def double(x):\n    return x + x\n", RIGHT),
    "slow": Kind("import time\n\n\ndef double(x):\n    time.sleep(1)\n    return 2 * x\n", RIGHT),
    "wrong": _below_zero("return 0", "failed"),
    "raises": _below_zero("raise ValueError(x)", "error"),
    "endless": _below_zero("time.sleep(10**6)", "timeout"),
    "leaves": _below_zero("os._exit(3)", "died"),
    "kills itself": _below_zero("os.kill(os.getpid(), signal.SIGKILL)", "died"),
    "not imported": Kind("raise ImportError\n\n\ndef double(x):\n    return 2 * x\n", ("error", "error", "error")),
}


def numbered(kind: str, number: int) -> bytes:
    """A source of this kind that is like no other, and tells which it is."""
    return f"# {kind}, {number}\n{KINDS[kind].source}".encode()


def kind_of(source: bytes) -> str:
    """The kind of a source that `numbered` made."""
    return source.decode().splitlines()[0].removeprefix("# ").rpartition(", ")[0]
