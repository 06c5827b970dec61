"""A Docker engine of the tests' own, which can be restarted: the machine's engine belongs to others too.

It has no network, and holds the one image that was copied into it.
"""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import docker
from docker.errors import DockerException

from grader.harness.wire import PROTOCOL
from worker.images.libraries import image_name

START_SECONDS = 120
IMAGE = image_name("numpy")
KEPT = "kept:numpy"
_VALUES = "/srv/site/grader/harness/wire/values.py"


class Engine:
    """`dockerd` in a network of its own, with everything else that it keeps in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = f"unix://{folder / 'docker.sock'}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        places = [f"--{what}={self.folder / what}" for what in ("data-root", "exec-root", "pidfile")]
        apart = ["--bridge=none", "--iptables=false", f"--host={self.address}"]
        with (self.folder / "engine.log").open("ab") as log:
            command = ["unshare", "--net", "dockerd", *places, *apart]
            self.process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        end = time.monotonic() + START_SECONDS
        while not self.answers():
            if time.monotonic() > end or self.process.poll() is not None:
                raise RuntimeError((self.folder / "engine.log").read_text(errors="replace")[-3000:])
            time.sleep(0.1)

    def stop(self) -> None:
        """As a service manager stops it: its containers end with it."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=120)

    def answers(self) -> bool:
        with suppress(DockerException, OSError):
            return bool(self.client().ping())
        return False

    def client(self) -> Any:
        return docker.DockerClient(base_url=self.address, timeout=120)

    def copy_image(self) -> None:
        """Take the sandbox's image over from the machine's engine."""
        with (self.folder / "image.tar").open("w+b") as file:
            for chunk in docker.from_env(timeout=120).images.get(IMAGE).save(named=True):
                file.write(chunk)
            file.seek(0)
            self.client().images.load(file)
        os.unlink(self.folder / "image.tar")
        self.client().images.get(IMAGE).tag(KEPT)

    def put_image_back(self) -> None:
        self.client().images.get(KEPT).tag(IMAGE)

    def remove_image(self) -> None:
        self.client().images.remove(IMAGE, force=True)  # the name alone: the other one stays

    def put_other_protocol(self) -> None:
        """An image by the right name, whose agent speaks another protocol."""
        container = self.client().containers.create(KEPT, "true", network_mode="none")
        packed = io.BytesIO(b"".join(container.get_archive(_VALUES)[0]))
        with tarfile.open(fileobj=packed) as archive:
            (member,) = archive.getmembers()
            source = archive.extractfile(member)
            assert source is not None
            changed = source.read().replace(b"PROTOCOL = %d\n" % PROTOCOL, b"PROTOCOL = %d\n" % (PROTOCOL + 1))
        assert b"PROTOCOL = %d\n" % (PROTOCOL + 1) in changed
        member.size, member.mtime = len(changed), member.mtime + 60  # its byte code is older
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w") as archive:
            archive.addfile(member, io.BytesIO(changed))
        container.put_archive(os.path.dirname(_VALUES), packed.getvalue())
        name, _, tag = IMAGE.partition(":")
        container.commit(repository=name, tag=tag)
        container.remove()
