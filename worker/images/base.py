"""The image that all others stand on: the official slim Python, or one made from Debian's packages.

The second is for a machine that reaches Debian's packages but no registry of images.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from typing import Any

from docker.errors import DockerException

from grader.core.errors import OurFault
from worker.images.engine import Say, identity, run

OFFICIAL = "python:3.11-slim-bookworm"
PYTHON = "3.11"  # of both bases
_SUITE = "bookworm"
_LEFT_OUT = ("doc", "man", "info", "locale", "lintian")
_COMMAND = [
    "mmdebstrap",
    "--variant=minbase",
    "--include=python3-minimal,libpython3-stdlib,media-types",
    *(f"--dpkgopt=path-exclude=/usr/share/{name}/*" for name in _LEFT_OUT),
    "--customize-hook=rm -rf $1/var/cache/* $1/var/lib/apt/lists/* $1/var/log/*",
    _SUITE,
]
DEBIAN = f"grader-base:{_SUITE}-{hashlib.sha256(' '.join(_COMMAND).encode()).hexdigest()[:8]}"


def find(client: Any, wanted: str | None, say: Say) -> str:
    """The name of a base that the engine has from now on. Raises OurFault when none can be had."""
    for name in (wanted,) if wanted else (OFFICIAL, DEBIAN):
        if identity(client, name):
            return name
    name = wanted or OFFICIAL
    say(f"pulling {name}")
    try:
        client.images.pull(name)
    except (DockerException, OSError) as error:
        if wanted:
            raise OurFault(f"The base image {wanted} is not here and cannot be pulled: {error}") from error
        say(f"{name} cannot be pulled; making {DEBIAN} from Debian's packages")
        make_debian(client)
        return DEBIAN
    return name


def make_debian(client: Any) -> None:
    """A minimal Debian with python3, imported as an image."""
    if shutil.which("mmdebstrap") is None:
        raise OurFault("No base image: pull one, or install mmdebstrap (apt-get install mmdebstrap) and try again.")
    with tempfile.TemporaryDirectory() as folder:
        archive = os.path.join(folder, "base.tar")
        run([*_COMMAND, archive])
        repository, _, tag = DEBIAN.partition(":")
        client.api.import_image_from_file(archive, repository=repository, tag=tag)
