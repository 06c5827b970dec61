"""What each environment holds, read from its pinned requirements, and the names of the images that hold it.

The images and bubblewrap both follow the requirements. Nothing here talks to an engine.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from grader.harness.agent import fingerprint

HERE = Path(__file__).resolve().parent
SANDBOX = "grader-sandbox"
LIBRARIES = "grader-libraries"


def requirement_files(environment: str) -> list[Path]:
    """The environment's file and those that it includes."""
    found = [HERE / "requirements" / f"{environment}.txt"]
    for path in found:
        found += [path.parent / line.removeprefix("-r ").strip() for line in _lines(path) if line.startswith("-r ")]
    return found


def pinned(environment: str) -> dict[str, str]:
    """Distribution -> version."""
    lines = [line for path in requirement_files(environment) for line in _lines(path) if not line.startswith("-")]
    return dict(sorted(tuple(line.split("==", 1)) for line in lines))  # type: ignore[misc]


def image_name(environment: str) -> str:
    """The image of a sandbox: its name changes with the agent, the libraries and the way in which they get in."""
    recipe = libraries_hash(environment), (HERE / "Dockerfile.agent").read_text()
    return f"{SANDBOX}-{environment}:{fingerprint()}-{short_hash(*recipe)[:8]}"


def libraries_hash(environment: str) -> str:
    """A hash over what makes the image of an environment's libraries, but for the image it stands on."""
    recipe = [HERE / "Dockerfile.libraries", HERE / "prepare.py", *requirement_files(environment)]
    return short_hash(*(path.read_text() for path in recipe))


def short_hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _lines(path: Path) -> list[str]:
    return [text for line in path.read_text().splitlines() if (text := line.partition("#")[0].strip())]
