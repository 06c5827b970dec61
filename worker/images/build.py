"""Building the sandbox images, each in two steps: an environment's libraries, and the agent on top of them.

The libraries are unpacked by this machine's pip into the build context, for the image's Python and platform;
so the images need neither pip nor a network. An image is built again only when what goes into it has changed:
a change of the agent takes seconds, since the libraries stay.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from docker.errors import APIError

from grader.core.errors import OurFault
from grader.harness.agent import fingerprint, source_files
from grader.harness.wire import PROTOCOL
from worker.files import write
from worker.images import base as bases
from worker.images import engine
from worker.images.engine import Say
from worker.images.libraries import HERE, LIBRARIES, SANDBOX, image_name, libraries_hash, requirement_files, short_hash

OURS = "org.grader.environment"
AGENT = "org.grader.agent"
PROTOCOL_LABEL = "org.grader.protocol"
STANDS_ON = "org.grader.libraries"
KEPT = timedelta(days=7)  # a worker that still runs an earlier agent needs its image for the next sandbox


def build(environments: Sequence[str], *, base: str | None = None, say: Say = print) -> dict[str, str]:
    """Build what is missing; environment -> image. Raises OurFault with the end of what the build printed.

    All are built at the same time: one is unpacked while another waits for the network or the engine.
    """
    client = engine.connect()
    base = bases.find(client, base, say)
    with ThreadPoolExecutor() as pool:
        building = {
            one: pool.submit(_build_one, engine.connect(), one, base, say) for one in dict.fromkeys(environments)
        }
    built = {environment: image.result() for environment, image in building.items()}
    remove_outdated(client, say)
    return built


def _build_one(client: Any, environment: str, base: str, say: Say) -> str:
    libraries = libraries_name(environment, engine.identity(client, base) or base)
    if engine.identity(client, libraries) is None:
        _timed(say, libraries, lambda: build_libraries(client, environment, base, libraries))
    name = image_name(environment)
    if engine.label(client, name, STANDS_ON) == libraries:
        say(f"{name} is up to date")
    else:
        _timed(say, name, lambda: build_sandbox(client, environment, libraries))
    return name


def libraries_name(environment: str, base_identity: str) -> str:
    """The name of the image with an environment's libraries: it changes with everything that goes into it."""
    inputs = short_hash(libraries_hash(environment), base_identity, bases.PYTHON)
    return f"{LIBRARIES}-{environment}:{inputs}"


def build_libraries(client: Any, environment: str, base: str, name: str) -> None:
    """The image with an environment's libraries."""
    with tempfile.TemporaryDirectory() as folder:
        context = Path(folder)
        shutil.copy(HERE / "Dockerfile.libraries", context / "Dockerfile")
        shutil.copy(HERE / "prepare.py", context)
        unpack_libraries(environment, context / "site")
        arguments = {"BASE_IMAGE": base, "PYTHON": bases.PYTHON}
        engine.build(client, context, name, arguments=arguments, labels={OURS: environment})


def build_sandbox(client: Any, environment: str, libraries: str) -> None:
    """The image of a sandbox: the libraries and today's agent."""
    labels = {OURS: environment, AGENT: fingerprint(), PROTOCOL_LABEL: str(PROTOCOL), STANDS_ON: libraries}
    with tempfile.TemporaryDirectory() as folder:
        context = Path(folder)
        shutil.copy(HERE / "Dockerfile.agent", context / "Dockerfile")
        write(source_files(), context / "agent")
        arguments = {"LIBRARIES": libraries, "ENVIRONMENT": environment}
        engine.build(client, context, image_name(environment), arguments=arguments, labels=labels)


def unpack_libraries(environment: str, place: Path) -> None:
    """The environment's libraries for the image's Python, as pip would install them.

    Where pip's index offers torch only as the CUDA build, pip must be pointed at the CPU builds before: it reads
    PIP_FIND_LINKS and PIP_EXTRA_INDEX_URL.
    """
    place.mkdir()
    machine = platform.machine()
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
    command += ["--no-deps", "--only-binary=:all:", "--implementation=cp", f"--python-version={bases.PYTHON}"]
    for tag in ("manylinux_2_28", "manylinux_2_27", "manylinux_2_17", "manylinux2014"):
        command.append(f"--platform={tag}_{machine}")
    engine.run([*command, f"--target={place}", "--requirement", str(requirement_files(environment)[0])])
    if (place / "torch/lib/libtorch_cuda.so").exists():
        raise OurFault(
            "pip found the CUDA build of torch, which needs gigabytes that no sandbox uses. Point pip at the CPU "
            "builds (PIP_EXTRA_INDEX_URL or PIP_FIND_LINKS; pytorch.org tells the address) and try again."
        )
    shutil.rmtree(place / "bin", ignore_errors=True)
    for path in place.rglob("*"):
        os.utime(path, (0, 0), follow_symlinks=False)


def remove_outdated(client: Any, say: Say, *, now: datetime | None = None) -> None:
    """Remove sandbox images of agents of the past, and libraries that no image stands on any more."""
    before = (now or datetime.now(UTC)) - KEPT
    needed = set()
    for image in client.images.list(filters={"label": AGENT}):
        if image.labels[AGENT] == fingerprint() or _created(image) > before:
            needed.add(image.labels[STANDS_ON])
        else:
            _remove(client, image, f"{SANDBOX}-", say)
    for image in client.images.list(filters={"label": OURS}):
        if not needed & set(image.tags) and _created(image) < before:
            _remove(client, image, f"{LIBRARIES}-", say)
    client.images.prune(filters={"dangling": True, "label": OURS})


def _remove(client: Any, image: Any, prefix: str, say: Say) -> None:
    for tag in image.tags:
        if tag.startswith(prefix):
            try:
                client.images.remove(tag)
                say(f"removed {tag}")
            except APIError:
                say(f"{tag} is still in use")


def _created(image: Any) -> datetime:
    return datetime.fromisoformat(image.attrs["Created"][:19]).replace(tzinfo=UTC)


def _timed(say: Say, name: str, work: Any) -> None:
    say(f"building {name}")
    began = time.monotonic()
    work()
    say(f"built {name} in {time.monotonic() - began:.0f} s")
