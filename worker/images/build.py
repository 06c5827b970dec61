"""Building the sandbox images.

The libraries are unpacked by this machine's pip into the build context, for the image's Python and platform;
so the image needs neither pip nor a network. An image is built again only when what goes into it has changed.
Where the official base image cannot be pulled, a base is made from Debian packages with mmdebstrap.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import docker
from docker.errors import APIError, BuildError, DockerException, ImageNotFound

from grader.core.errors import OurFault
from grader.harness.agent import fingerprint, source_files
from worker.sandboxes.docker import REPOSITORY, image_name

OFFICIAL_BASE = "python:3.11-slim-bookworm"
DEBIAN_BASE = "grader-base:bookworm"
DEBIAN_SUITE = "bookworm"
PYTHON = "3.11"  # of both bases
INPUTS = "org.grader.inputs"
HERE = Path(__file__).resolve().parent
BUILD_SECONDS = 1800

Say = Callable[[str], None]


def build(environments: Sequence[str], *, base: str | None = None, say: Say = print) -> dict[str, str]:
    """Build what is missing; environment -> image. Raises OurFault with the end of what the build printed."""
    client = _engine()
    base = base or find_base(client, say)
    built: dict[str, str] = {}
    for environment in environments:
        name = image_name(environment)
        inputs = inputs_hash(environment, base)
        if _label(client, name) == inputs:
            say(f"{name} is up to date")
        else:
            say(f"building {name}")
            _build_one(client, environment, base, inputs)
        built[environment] = name
    remove_outdated(client, say)
    return built


def inputs_hash(environment: str, base: str) -> str:
    """A hash over everything that goes into an image."""
    digest = hashlib.sha256(f"{base}\0{fingerprint()}\0".encode())
    for path in (HERE / "Dockerfile", *_requirement_files(environment)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def find_base(client: Any, say: Say) -> str:
    """The official slim Python image, where it is there or can be pulled; else a base from Debian packages."""
    for name in (OFFICIAL_BASE, DEBIAN_BASE):
        if _exists(client, name):
            return name
    try:
        say(f"pulling {OFFICIAL_BASE}")
        client.images.pull(OFFICIAL_BASE)
    except (DockerException, OSError):
        say(f"{OFFICIAL_BASE} cannot be pulled; making {DEBIAN_BASE} from Debian packages")
        make_debian_base(client)
        return DEBIAN_BASE
    return OFFICIAL_BASE


def make_debian_base(client: Any) -> None:
    """A minimal Debian with python3, imported as an image."""
    if shutil.which("mmdebstrap") is None:
        raise OurFault("No base image: pull one, or install mmdebstrap (apt-get install mmdebstrap) and try again.")
    with tempfile.TemporaryDirectory() as folder:
        archive = os.path.join(folder, "base.tar")
        command = ["mmdebstrap", "--variant=minbase", "--include=python3", DEBIAN_SUITE, archive]
        _run(command)
        repository, _, tag = DEBIAN_BASE.partition(":")
        client.api.import_image_from_file(archive, repository=repository, tag=tag)


def remove_outdated(client: Any, say: Say) -> None:
    """Remove images of earlier agents, unless something still runs from them."""
    current = fingerprint()
    for image in client.images.list(filters={"label": INPUTS}):
        for tag in image.tags:
            if tag.startswith(REPOSITORY) and not tag.endswith(f":{current}"):
                try:
                    client.images.remove(tag)
                    say(f"removed {tag}")
                except APIError:
                    say(f"{tag} is still in use")


def _build_one(client: Any, environment: str, base: str, inputs: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        context = Path(folder)
        shutil.copy(HERE / "Dockerfile", context)
        unpack_libraries(environment, context / "site")
        for path, content in source_files().items():
            place = context / "agent" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        try:
            client.images.build(
                path=folder,
                tag=image_name(environment),
                buildargs={"BASE_IMAGE": base, "ENVIRONMENT": environment},
                labels={INPUTS: inputs},
                rm=True,
                forcerm=True,
            )
        except BuildError as error:
            log = "".join(str(part.get("stream", part.get("error", ""))) for part in error.build_log)
            raise OurFault(f"{image_name(environment)} could not be built: {log[-1500:]}") from error
        except DockerException as error:
            raise OurFault(f"{image_name(environment)} could not be built: {error}") from error


def unpack_libraries(environment: str, place: Path) -> None:
    """The environment's libraries for the image's Python, as pip would install them; every time stamp the same,
    so that the engine's cache knows the layer again.
    """
    place.mkdir()
    machine = platform.machine()
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
    command += ["--no-deps", "--only-binary=:all:", "--implementation=cp", f"--python-version={PYTHON}"]
    for tag in ("manylinux_2_28", "manylinux_2_27", "manylinux_2_17", "manylinux2014"):
        command.append(f"--platform={tag}_{machine}")
    _run([*command, f"--target={place}", "--requirement", str(HERE / "requirements" / f"{environment}.txt")])
    for path in place.rglob("*"):
        os.utime(path, (0, 0), follow_symlinks=False)


def _requirement_files(environment: str) -> list[Path]:
    return [HERE / "requirements" / f"{name}.txt" for name in sorted({environment, "numpy"})]


def _engine() -> Any:
    try:
        client = docker.from_env(timeout=BUILD_SECONDS)
        client.ping()
    except DockerException as error:
        raise OurFault(f"No Docker engine answers: start one ({error}).") from error
    return client


def _exists(client: Any, name: str) -> bool:
    try:
        client.images.get(name)
    except ImageNotFound:
        return False
    return True


def _label(client: Any, name: str) -> str | None:
    try:
        found: str | None = client.images.get(name).labels.get(INPUTS)
    except ImageNotFound:
        return None
    return found


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=BUILD_SECONDS)
    if done.returncode != 0:
        raise OurFault(f"{command[0]} failed: {done.stderr.strip()[-1500:]}")
