"""``python -I -m grader.harness.agent --connect unix:PATH --environment NAME``: connect, warm up, serve."""

from __future__ import annotations

import argparse
import gc
import os
import socket
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.harness.agent import fingerprint, warmup
from grader.harness.agent.line import Line
from grader.harness.agent.service import Service
from grader.harness.wire import PROTOCOL


def main() -> None:
    parser = argparse.ArgumentParser(prog="agent")
    parser.add_argument("--connect", required=True, help="unix:PATH or tcp:HOST:PORT:TOKEN")
    parser.add_argument("--environment", required=True, choices=sorted(warmup.STEPS))
    arguments = parser.parse_args()
    wire = connect(arguments.connect)
    output = connect(arguments.connect)
    take_over_output(output)
    serve(wire, load(arguments.environment))


def load(environment: str) -> dict[str, Any]:
    """Have everything that an environment needs in memory, for good; the versions of its libraries."""
    versions = warmup.warm(environment)
    forget_checkout()
    gc.collect()
    gc.freeze()
    return versions


def serve(wire: socket.socket, versions: dict[str, Any]) -> None:
    """Say hello, and answer until the host goes."""
    line = Line(wire)
    line.send(("hello", PROTOCOL, fingerprint(), versions))
    service = Service(line)
    forget_agent()
    service.serve()


def forget_agent() -> None:
    """From now on whoever imports the agent's modules gets others of the same name, of which nothing is in use.

    It keeps nobody from finding those that are: the submission is in the same process. It only makes lying about the
    arguments after a call (`call_and_show`) more work than leaving them alone.
    """
    package = __package__.partition(".")[0]
    for name in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
        del sys.modules[name]
    sys.modules["__main__"] = ModuleType("__main__")


def connect(address: str) -> socket.socket:
    """One connection to the host; over TCP (where there are no Unix sockets) a token proves who we are."""
    scheme, _, rest = address.partition(":")
    if scheme == "unix":
        wire = socket.socket(socket.AF_UNIX)
        wire.connect(rest)
        return wire
    host, port, token = rest.split(":")
    wire = socket.create_connection((host, int(port)))
    wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    wire.sendall(bytes.fromhex(token))
    return wire


def forget_checkout() -> None:
    """Where the agent runs from a checkout (the `process` sandbox), nothing else of it can be imported."""
    root = Path(__file__).resolve().parents[3]
    if (root / "pyproject.toml").exists():
        sys.path[:] = [place for place in sys.path if Path(place or ".").resolve() != root]


def take_over_output(output: socket.socket) -> None:
    """What the student's code prints goes to its own connection, where the host counts it."""
    if os.name != "posix":
        sys.stdout = sys.stderr = output.makefile("w", buffering=1, encoding="utf-8", errors="replace")
        return
    for target in (1, 2):
        os.dup2(output.fileno(), target)
    output.close()


if __name__ == "__main__":
    main()
