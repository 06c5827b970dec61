"""What the building of images asks of the engine and of other programs, with errors that say what to do."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import docker
from docker.errors import BuildError, DockerException, ImageNotFound

from grader.core.errors import OurFault

BUILD_SECONDS = 1800

Say = Callable[[str], None]


def connect() -> Any:
    try:
        client = docker.from_env(timeout=BUILD_SECONDS)
        client.ping()
    except DockerException as error:
        raise OurFault(f"No Docker engine answers: start one ({error}).") from error
    return client


def identity(client: Any, name: str) -> str | None:
    """The digest of the image of this name; None when there is none."""
    try:
        return str(client.images.get(name).id)
    except ImageNotFound:
        return None


def label(client: Any, name: str, which: str) -> str | None:
    """A label of the image of this name; None when there is no such image or label."""
    try:
        found: str | None = client.images.get(name).labels.get(which)
    except ImageNotFound:
        return None
    return found


def build(client: Any, context: Path, name: str, *, arguments: Mapping[str, str], labels: Mapping[str, str]) -> None:
    """Build the Dockerfile in ``context``. Raises OurFault with the end of what the build printed."""
    try:
        client.images.build(
            path=str(context), tag=name, buildargs=dict(arguments), labels=dict(labels), rm=True, forcerm=True
        )
    except BuildError as error:
        log = "".join(str(part.get("stream", part.get("error", ""))) for part in error.build_log)
        raise OurFault(f"{name} could not be built: {log[-1500:]}") from error
    except (DockerException, OSError) as error:
        raise OurFault(f"{name} could not be built: {error}") from error


def run(command: list[str]) -> None:
    """Run a program. Raises OurFault with the end of what it said."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=BUILD_SECONDS)
    if done.returncode != 0:
        raise OurFault(f"{command[0]} failed: {(done.stderr or done.stdout).strip()[-1500:]}")
