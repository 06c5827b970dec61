"""The attacks: every file in a folder that is called as the verdict it must get.

``VERDICT/CLASS-what-it-does.py`` is a program, uploaded beside `honest.py`. ``….build.py`` makes an upload: its
function `upload` gives a file's name and bytes. ``….act.py`` does something to a running system, beside an honest
submission. The first line of each says what it tries. Those on real assignments are in `bank`.
"""

from __future__ import annotations

import ast
import io
import runpy
import zipfile
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
HONEST = (FOLDER / "honest.py").read_bytes()
TOOLS = (FOLDER / "tools.py").read_bytes()
NOT_VERDICTS = {"assignments", "bank", "reference", "__pycache__"}

CLASSES = {
    "forging": "Forging results",
    "reading": "Reading what is hidden",
    "wire": "Wire and data",
    "resources": "Exhausting resources",
    "kernel": "Kernel and escape surface",
    "channels": "Exfiltration and covert channels",
    "archives": "Archives and notebooks",
    "queue": "Worker and queue",
    "text": "Text that attacks the terminal, the page or the spreadsheet",
}


@dataclass(frozen=True)
class Attack:
    """One file; ``verdict`` is its folder's name: what it must get, or `rejected` before anything runs."""

    path: Path

    @property
    def verdict(self) -> str:
        return self.path.parent.name

    @property
    def name(self) -> str:
        return f"{self.verdict}/{self.path.name.split('.')[0]}"

    @property
    def kind(self) -> str:
        """Its class, a key of `CLASSES`."""
        return self.path.name.partition("-")[0]

    @property
    def acts(self) -> bool:
        """Whether it is something done to the system, and not an upload."""
        return self.path.name.endswith(".act.py")

    @property
    def title(self) -> str:
        return (ast.get_docstring(ast.parse(self.path.read_bytes())) or "").partition("\n")[0]

    def upload(self) -> tuple[str, bytes]:
        """The file that is uploaded."""
        if self.path.name.endswith(".build.py"):
            name, content = runpy.run_path(str(self.path))["upload"]()
            return name, content
        return "attack.zip", zipped({"solution.py": self.path.read_bytes(), "honest.py": HONEST, "tools.py": TOOLS})


def zipped(files: dict[str, bytes]) -> bytes:
    """An archive as a student would make it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def attacks() -> list[Attack]:
    """All of them, by name."""
    folders = [folder for folder in FOLDER.iterdir() if folder.is_dir() and folder.name not in NOT_VERDICTS]
    return sorted((Attack(path) for folder in folders for path in folder.glob("*.py")), key=lambda a: a.name)
