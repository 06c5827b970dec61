"""The agent: the small program inside a sandbox that runs the student's code for the judge.

It earns no trust. The student's code shares its process and can do to it whatever it likes; every check
that counts stands on the other side of the wire. Its own checks only give honest code clear errors.

A sandbox image holds exactly the files of `source_files`; `fingerprint` tells whether it holds these.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

_PARTS = (
    "__init__.py",
    "harness/__init__.py",
    "harness/bounds.py",
    "harness/wire/*.py",
    "harness/agent/*.py",
)


def source_files() -> dict[str, bytes]:
    """The agent's files by path below the site-packages folder that they are put into."""
    package = Path(__file__).resolve().parent.parent.parent
    found = sorted(path for part in _PARTS for path in package.glob(part))
    return {f"grader/{path.relative_to(package).as_posix()}": path.read_bytes() for path in found}


def fingerprint() -> str:
    """A hash over the agent's files: the agent says it in its hello, and the host compares."""
    digest = hashlib.sha256()
    for path, content in source_files().items():
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:16]
