"""Modules that are called as libraries, as the agent's own and as runners' files are."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    shadows = ("numpy", "msgpack", "os", "socket", "conftest", "sitecustomize", "grader/harness/agent/service", "tools")
    files = {f"{name}.py": b"raise RuntimeError(__name__)" for name in shadows}
    return "a.zip", zipped({**files, "solution.py": HONEST})
