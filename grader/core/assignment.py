"""An assignment: a folder with its `assignment.toml`, read and checked."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from grader.core import data_files
from grader.core.errors import AssignmentFault, BadInput
from grader.core.forbidden import INSTALLED, SETS, names_of
from grader.core.similar import did_you_mean

ENVIRONMENTS = ("numpy", "sklearn", "torch")
LANGUAGES = ("en", "ru")
FIGURE = "figure.py"
RECORD = "proof.toml"


@dataclass(frozen=True)
class Limits:
    """Seconds for one call into the student's code, and for the whole submission.

    Memory, processes and the like belong to the environment, because its sandboxes start before it is
    known whose submission they will serve.
    """

    call_seconds: float = 10.0
    total_seconds: float = 120.0


@dataclass(frozen=True)
class Assignment:
    """One assignment, known by ``name``, LECTURE/NAME.

    ``required`` maps each name that a solution must define to its reference, ``package.module:object``; ``covers`` each
    row of the catalogue to the names that stand for it. ``hours`` are a student's, and ``needs`` the assignments that
    come before. Where something ``trains``, a proof needs fewer seeds. Files by the patterns of ``data`` may lie in an
    archive beside the solution; they are left out.
    """

    name: str
    folder: Path
    title: Mapping[str, str]
    kind: Literal["lab", "task"]
    covers: Mapping[str, tuple[str, ...]]
    environment: str
    required: Mapping[str, str]
    hours: int | None = None
    needs: tuple[str, ...] = ()
    trains: bool = False
    limits: Limits = Limits()
    forbidden_modules: tuple[str, ...] = ()
    forbidden_names: tuple[str, ...] = ()
    data: tuple[str, ...] = ()

    @property
    def forbids(self) -> tuple[str, ...]:
        """All that is forbidden, for people: a set by its names."""
        return (*self.forbidden_modules, *self.forbidden_names)

    @property
    def libraries(self) -> frozenset[str]:
        """The libraries that its environment has."""
        return INSTALLED[self.environment]

    @property
    def guarded(self) -> tuple[str, ...]:
        """What is forbidden of these libraries: only that has to be watched while code runs."""
        return tuple(name for name in self.forbids if name.partition(".")[0] in self.libraries)

    @property
    def lecture(self) -> str:
        return self.name.partition("/")[0]

    def statement(self, language: str) -> str:
        return (self.folder / f"statement.{language}.md").read_text(encoding="utf-8")

    def starter(self, language: str = "en") -> str:
        """What students begin with, in their language where there is such a file."""
        path = self.folder / starter_name(language)
        return (path if path.exists() else self.folder / starter_name("en")).read_text(encoding="utf-8")

    @property
    def picture(self) -> Path:
        """Where the picture lies that `figure.py` draws with the reference, if there is one."""
        return self.folder / "figures" / f"{self.name.rpartition('/')[2]}.svg"

    def suite(self, which: Literal["public", "hidden"]) -> Path:
        return self.folder / which

    def data_files(self) -> dict[str, bytes]:
        """The files that solutions read, by their paths below `data/`."""
        return data_files.read(self.folder)

    @property
    def left_out(self) -> tuple[str, ...]:
        """What may lie in an archive and is none of the solution: its own copy of the assignment's data, too."""
        return (*self.data, f"{data_files.FOLDER}/**") if data_files.sizes(self.folder) else self.data

    def probe(self) -> bytes | None:
        path = self.folder / "probe.py"
        return path.read_bytes() if path.exists() else None


def starter_name(language: str) -> str:
    """The file that students begin with, below an assignment's folder."""
    return "starter.py" if language == "en" else f"starter.{language}.py"


def student_files(assignment: Assignment) -> dict[str, bytes]:
    """What students get of an assignment, by path below its folder: what `grader check` needs, and nothing hidden."""
    folder = assignment.folder
    given = [
        folder / "assignment.toml",
        *(folder / f"statement.{language}.md" for language in LANGUAGES),
        *(folder / starter_name(language) for language in LANGUAGES),
        folder / "probe.py",
        folder / FIGURE,
        assignment.picture,
        *suite_files(assignment.suite("public")),
    ]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in given if path.exists()}
    return files | {f"{data_files.FOLDER}/{path}": content for path, content in assignment.data_files().items()}


def student_sha256(assignment: Assignment) -> str:
    """One hash over what students get: it tells one edition of an assignment from another."""
    digest = hashlib.sha256()
    for path, content in student_files(assignment).items():
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def assignments_folder() -> Path:
    """Where assignments lie: the setting GRADER_ASSIGNMENTS, else beside the package, else inside the wheel."""
    if setting := os.environ.get("GRADER_ASSIGNMENTS"):
        return Path(os.path.abspath(setting))  # what lies beside it is looked for, too
    package = Path(__file__).resolve().parent.parent
    beside = package.parent / "assignments"
    return beside if beside.is_dir() else package / "assignments"


def is_whole() -> bool:
    """Whether all of the project is here, and not what students install, which has no references and no suites."""
    return (Path(__file__).resolve().parents[1] / "harness" / "skeleton_files").is_dir()


def by_name(folder: Path) -> dict[str, Assignment]:
    """All assignments below ``folder`` by their names. Raises what `load_all` does."""
    return {assignment.name: assignment for assignment in load_all(folder)}


def names(folder: Path) -> list[str]:
    """The names of all assignments below ``folder``, sorted."""
    return sorted(p.parent.relative_to(folder).as_posix() for p in folder.glob("*/*/assignment.toml"))


def load_all(folder: Path) -> list[Assignment]:
    """Every assignment below ``folder``, in the order of names."""
    return [read_file(name, folder / name) for name in names(folder)]


def load(name: str, folder: Path) -> Assignment:
    """The assignment LECTURE/NAME below ``folder``.

    Raises BadInput when there is none of that name, AssignmentFault when its file is wrong.
    """
    if name not in (known := names(folder)):
        raise unknown(name, known)
    return read_file(name, folder / name)


def read_file(name: str, place: Path) -> Assignment:
    """The assignment of this name whose folder is ``place``. Raises AssignmentFault when its file is wrong."""
    return _read(name, place, (place / "assignment.toml").read_bytes())


@lru_cache(maxsize=1024)
def _read(name: str, place: Path, content: bytes) -> Assignment:
    """What a file's content says; a server asks for the same ones again and again."""
    try:
        data = tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AssignmentFault(f"{name}/assignment.toml: {error}") from error
    return _Reader(name, data).assignment(place)


def unknown(name: str, known: Iterable[str]) -> BadInput:
    """What is said of an assignment that does not exist: those that may be meant, or else all that there are."""
    listed = sorted(known)
    en, ru = did_you_mean(name, listed)
    if not en:
        en = f" Those there are: {', '.join(listed) or 'none'}."
        ru = f" Есть такие: {', '.join(listed) or 'никаких'}."
    return BadInput(f"There is no assignment {name[:100]!r}.{en}", ru=f"Задания {name[:100]!r} нет.{ru}")


_KEYS = {
    "title",
    "kind",
    "covers",
    "environment",
    "hours",
    "needs",
    "trains",
    "data",
    "required",
    "limits",
    "forbidden",
}


@dataclass(frozen=True)
class _Reader:
    """Reads one file's keys, and says which key is wrong and what was expected there."""

    name: str
    data: Mapping[str, Any]

    def fault(self, key: str, expected: str) -> AssignmentFault:
        return AssignmentFault(f"{self.name}/assignment.toml: {key} must be {expected}")

    def assignment(self, place: Path) -> Assignment:
        self._no_unknown(self.data, _KEYS)
        title = self._texts("title")
        if set(title) != set(LANGUAGES):
            raise self.fault("[title]", "given in en and ru")
        kind = self.data.get("kind")
        if kind not in ("lab", "task"):
            raise self.fault("kind", '"lab" or "task"')
        environment = self.data.get("environment")
        if environment not in ENVIRONMENTS:
            raise self.fault("environment", f"one of {', '.join(ENVIRONMENTS)}")
        forbidden = self.data.get("forbidden", {})
        self._no_unknown(forbidden, {"modules", "names", "sets"}, "forbidden.")
        return Assignment(
            name=self.name,
            folder=place,
            title=title,
            kind=kind,
            covers=self._covers(),
            environment=environment,
            required=self._texts("required"),
            hours=self._hours(),
            needs=self._list(self.data, "needs"),
            trains=self._trains(),
            limits=self._limits(),
            forbidden_modules=self._list(forbidden, "modules", "forbidden."),
            forbidden_names=(*self._list(forbidden, "names", "forbidden."), *self._sets(forbidden)),
            data=self._list(self.data, "data"),
        )

    def _covers(self) -> dict[str, tuple[str, ...]]:
        table = self.data.get("covers", {})
        if not isinstance(table, dict):
            raise self.fault("[covers]", 'a table of rows with the names that stand for them: "L09.dft" = ["dft"]')
        covers = {row: self._list(table, row, "covers.") for row in table}
        required = self._texts("required")
        for row, names in covers.items():
            if not names or not set(names) <= set(required):
                raise self.fault(f'covers."{row}"', f"a list of names of [required]: {', '.join(required)}")
        return covers

    def _hours(self) -> int | None:
        hours = self.data.get("hours")
        if hours is not None and (not isinstance(hours, int) or isinstance(hours, bool) or hours < 1):
            raise self.fault("hours", "a whole number of hours that a student needs")
        return hours

    def _trains(self) -> bool:
        trains = self.data.get("trains", False)
        if not isinstance(trains, bool):
            raise self.fault("trains", "true or false")
        return trains

    def _sets(self, forbidden: Mapping[str, Any]) -> tuple[str, ...]:
        sets = self._list(forbidden, "sets", "forbidden.")
        if not set(sets) <= set(SETS):
            raise self.fault("forbidden.sets", f"a list of {', '.join(sorted(SETS))}")
        return names_of(sets)

    def _no_unknown(self, table: Mapping[str, Any], known: set[str], prefix: str = "") -> None:
        for key in table:
            if key not in known:
                raise self.fault(prefix + key, f"one of {', '.join(sorted(known))}")

    def _texts(self, key: str) -> dict[str, str]:
        table = self.data.get(key)
        if not isinstance(table, dict) or not table or not all(isinstance(v, str) for v in table.values()):
            raise self.fault(f"[{key}]", "a table of texts")
        return table

    def _list(self, table: Mapping[str, Any], key: str, prefix: str = "") -> tuple[str, ...]:
        values = table.get(key, [])
        if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
            raise self.fault(prefix + key, "a list of texts")
        return tuple(values)

    def _limits(self) -> Limits:
        table = self.data.get("limits", {})
        self._no_unknown(table, {"call_seconds", "total_seconds"}, "limits.")
        for key, value in table.items():
            if not isinstance(value, int | float) or isinstance(value, bool) or value <= 0:
                raise self.fault(f"limits.{key}", "a positive number of seconds")
        return Limits(**{key: float(value) for key, value in table.items()})


def suite_files(folder: Path) -> Iterator[Path]:
    """Every file of a suite, in one order, without what Python or pytest leave behind."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path
