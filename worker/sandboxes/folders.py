"""The private folder of each sandbox, locked for as long as the process lives that started the sandbox.

The kernel drops the lock when that process ends, however it ends. So what was left behind can be told from
what is in use by trying the lock: across containers, whatever the process numbers are, and without clocks.
All workers that share an engine share the folder ``root`` in which these folders lie.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from grader.core.errors import SandboxUnavailable

SOCKET_NAME = "agent.sock"
_PREFIX = "sandbox-"  # no folder of another name is ever removed, whatever GRADER_SOCKETS names


@dataclass(frozen=True)
class Folder:
    """One sandbox's folder; ``place`` names it, and the machine and root that it belongs to, on labels and groups."""

    path: Path
    place: str
    lock: int

    @property
    def socket(self) -> str:
        return str(self.path / SOCKET_NAME)

    def remove(self) -> None:
        """Remove it with all that is in it, and then give up the lock."""
        shutil.rmtree(self.path, ignore_errors=True)
        with suppress(OSError):
            os.close(self.lock)


def default_root() -> Path:
    """Where sandboxes meet their hosts: GRADER_SOCKETS, else a folder of this user below the temporary one."""
    return Path(
        os.environ.get("GRADER_SOCKETS") or os.path.join(tempfile.gettempdir(), f"grader-sockets-{os.getuid()}")
    )


def make(root: Path) -> Folder:
    """A new folder, locked by this process. Raises SandboxUnavailable where ``root`` cannot be used."""
    try:
        _own(root)
        with _guarded(root):
            path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=root))
            return Folder(path, f"{house(root)}/{path.name}", _try_lock(path))
    except OSError as error:
        raise SandboxUnavailable(f"No folder for a sandbox can be made in {root} (GRADER_SOCKETS): {error}") from error


def house(root: Path) -> str:
    """What the places of all folders of ``root`` begin with: the machine since its last boot, and the folder."""
    status = root.stat()
    return f"{_boot()}/{status.st_dev:x}-{status.st_ino:x}"


def is_abandoned(place: str, root: Path) -> bool:
    """Whether the process is gone that made the folder at ``place``; of other roots only those of an earlier boot."""
    boot, _, rest = place.partition("/")
    if boot != _boot():
        return True
    if not root.is_dir() or f"{boot}/{rest.partition('/')[0]}" != house(root):
        return False
    with _guarded(root):
        return _is_free(root / rest.partition("/")[2])


def remove_abandoned(root: Path) -> int:
    """Remove the folders whose makers are gone; how many."""
    if not root.is_dir():
        return 0
    removed = 0
    with _guarded(root):
        for path in root.glob(f"{_PREFIX}*"):
            if path.is_dir() and not path.is_symlink() and _is_free(path):
                shutil.rmtree(path, ignore_errors=True)
                removed += 1
    return removed


def _own(root: Path) -> None:
    """Make ``root`` where it is missing; nobody else may have made it or be able to look into it."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = root.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise PermissionError(f"{root} must be a folder of user {os.getuid()} with mode 0700")


@contextmanager
def _guarded(root: Path) -> Iterator[None]:
    """Between making a folder and locking it nobody may look."""
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _try_lock(path: Path) -> int:
    """The locked descriptor of a folder. Raises BlockingIOError when another holds it."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _is_free(path: Path) -> bool:
    try:
        os.close(_try_lock(path))
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
