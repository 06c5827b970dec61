"""The file that a command of students is given: which assignment it is for, and whether that can be run here."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from grader.cli import materials
from grader.core.assignment import Assignment
from grader.core.errors import BadInput
from grader.core.similar import did_you_mean
from grader.core.text import clean

_LIBRARIES = {"sklearn": "scikit-learn"}  # a module -> what it is called where it is installed from


def assignment(path: Path, name: str | None, command: str) -> Assignment:
    """The assignment of this name, or the one that the file is for; ``command`` is what was called. Raises BadInput."""
    if not path.is_file():
        raise _no_file(path, command, alone=name is None)
    if name is not None:
        return materials.known(name)
    from grader.cli.recognition import recognise
    from grader.harness.intake import read

    return materials.known(recognise(path, read(path.name, path.read_bytes()), command))


def _no_file(path: Path, command: str, *, alone: bool) -> BadInput:
    """What is said of a file that is not there: whoever typed an assignment alone has forgotten the file."""
    if alone and str(path) in materials.all_known():
        return BadInput(
            f"{path} is an assignment: which file? grader {command} {path} FILE",
            ru=f"{path} — это задание, а какой файл? grader {command} {path} ФАЙЛ",
        )
    if path.is_dir():
        return BadInput(f"{path} is a folder: name a file in it.", ru=f"{path} — папка: укажите файл в ней.")
    en, ru = did_you_mean(path.name, _neighbours(path.parent))
    return BadInput(f"There is no file {path}.{en}", ru=f"Файла {path} нет.{ru}")


def _neighbours(folder: Path) -> list[str]:
    try:
        return [one.name for one in folder.iterdir() if one.suffix.lower() in (".py", ".ipynb", ".zip")]
    except OSError:
        return []


def need_libraries(assignment: Assignment) -> None:
    """Raise BadInput where this Python lacks what the assignment's environment has: the tests need it too."""
    faults = {_LIBRARIES.get(name, name): _fault(name) for name in sorted(assignment.libraries)}
    missing = [name for name, fault in faults.items() if fault is not None]
    if missing:
        named = ", ".join(f"{name} ({faults[name]})" if faults[name] else name for name in missing)
        install = f"{sys.executable} -m pip install {' '.join(missing)}"
        raise BadInput(
            f"{assignment.name} needs {named}, which cannot be imported here. Install it: {install}",
            ru=f"Для задания {assignment.name} нужна библиотека, которая здесь не импортируется: {named}. "
            f"Установите её: {install}",
        )


def _fault(library: str) -> str | None:
    """Why a library cannot be imported; empty where it is simply not installed, None where all is well."""
    if find_spec(library) is None:
        return ""
    try:
        import_module(library)
    except Exception as error:  # of another Python, or half of it: whatever it raises
        return clean(f"{type(error).__name__}: {error}", limit=200)
    return None
