"""What can be seen inside a bubblewrap sandbox: the system's libraries, this Python, one environment's packages.

Everything is read-only and bound one by one: of the installed packages those that the environment's pinned
requirements name, of the project the agent's files alone. The checkout, and with it suites and references, is
not there.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from worker.images.libraries import pinned
from worker.sandboxes.settings import SOCKET

AGENT = "/srv/agent"
SITE = "/srv/site"
_LIBRARIES = ("/lib", "/usr/lib")
_SYSTEM = ("/lib64", "/usr/lib64", "/etc/ld.so.cache", "/usr/share/zoneinfo")
_PACKAGES = ("site-packages", "python3*/site-packages", "python3*/dist-packages")
_BASE = {
    "installed_base": sys.base_prefix,
    "installed_platbase": sys.base_exec_prefix,
    "platbase": sys.base_exec_prefix,
}


def python() -> str:
    """The interpreter itself, not a virtual environment's link to it."""
    return os.path.realpath(sys.executable)


def binds(environment: str) -> list[str]:
    """The arguments for bwrap that lay out the file system, but for the agent and the temporary places."""
    bound = dict.fromkeys((*_system(), *_of_python(), shutil.which("setpriv") or "/usr/bin/setpriv"))
    made = _parents([*bound, SOCKET, AGENT, f"{SITE}/*"])
    for path in bound:
        made += ["--ro-bind-try", path, path]
    for path in _other_packages():
        made += ["--tmpfs", path, "--remount-ro", path]
    for source in libraries(environment):
        made += ["--ro-bind", str(source), f"{SITE}/{source.name}"]
    return made


def libraries(environment: str) -> list[Path]:
    """The top-level files and folders of the environment's distributions, as they are installed here."""
    found: dict[Path, None] = {}
    for name in pinned(environment):
        with suppress(PackageNotFoundError):
            found |= dict.fromkeys(_of_distribution(name))
    return [path for path in found if path.suffix != ".pth" and path.exists()]


@cache
def _of_distribution(name: str) -> tuple[Path, ...]:
    """Its top-level files and folders, looked up once in a process: torch alone lists 15,000 files.

    Raises PackageNotFoundError, each time until it is installed.
    """
    installed = distribution(name)
    tops = {file.parts[0] for file in installed.files or () if file.parts[0] not in ("..", "__pycache__")}
    return tuple(Path(str(installed.locate_file(top))) for top in sorted(tops))


def missing(environment: str) -> list[str]:
    """The environment's distributions that are not installed here."""
    names = []
    for name in pinned(environment):
        try:
            distribution(name)
        except PackageNotFoundError:
            names.append(name)
    return names


def exposed(secret: Path) -> str | None:
    """The bound folder that would show ``secret`` inside, or None."""
    place = secret.resolve()
    for path in (*_system(), *_of_python()):
        if Path(path).is_dir() and place.is_relative_to(Path(path).resolve()):
            return path
    return None


def _parents(paths: list[str]) -> list[str]:
    """Arguments that make the folders above ``paths``: those that bwrap makes by itself only root can enter."""
    folders = {parent for path in paths for parent in Path(path).parents}
    return [word for folder in sorted(folders)[1:] for word in ("--perms", "0755", "--dir", str(folder))]


def _system() -> list[str]:
    """The system's shared libraries: where they have a folder of their own (Debian), that alone."""
    own = [f"{place}/{sysconfig.get_config_var('MULTIARCH')}" for place in _LIBRARIES]
    return [*([path for path in own if os.path.isdir(path)] or _LIBRARIES), *_SYSTEM]


def _of_python() -> list[str]:
    """The interpreter, its standard library and the libraries beside it."""
    if sys.base_prefix == "/usr":
        return [python(), *dict.fromkeys(sysconfig.get_path(name, vars=_BASE) for name in ("stdlib", "platstdlib"))]
    return [python(), *(os.path.join(sys.base_prefix, name) for name in ("lib", "lib64"))]


def _other_packages() -> list[str]:
    """Folders of packages that came with the interpreter, which no environment holds."""
    found = [path for place in _of_python()[1:] for pattern in _PACKAGES for path in Path(place).glob(pattern)]
    return sorted(map(str, found))
