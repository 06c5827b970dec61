"""Modules that are called as libraries that are not there, as the agent's own and as runners' files are."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    shadows = ("scipy", "torch", "conftest", "sitecustomize", "harness/agent/service", "agent", "wire", "tools")
    files = {f"{name}.py": b"raise RuntimeError(__name__)" for name in shadows}
    return "a.zip", zipped({**files, "solution.py": HONEST})
