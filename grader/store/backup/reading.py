"""Reading a backup: all of it is looked at before anything is done with it."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.core.errors import BadInput
from grader.store.backup.rows import FORMAT

_CHUNK = 1 << 20
_LINE_BYTES = 256 << 20  # a row of the largest blob, in base64
_MANIFEST_BYTES = 1 << 20
# RuntimeError: one flipped bit tells zipfile that a part is encrypted. ValueError: a name that is no text.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError)


@dataclass(frozen=True)
class Backup:
    """A file that was found whole."""

    path: Path
    archive: zipfile.ZipFile
    manifest: dict[str, Any]

    @property
    def revision(self) -> str:
        return str(self.manifest["revision"])

    def count(self, table: str) -> int:
        return int(self.manifest["parts"].get(f"tables/{table}.jsonl", {}).get("rows", 0))

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """The lines of a table; none where the backup is from before there was such a table."""
        name = f"tables/{table}.jsonl"
        if name not in self.manifest["parts"]:
            return
        with self.archive.open(name) as part:
            while line := part.readline(_LINE_BYTES):
                yield json.loads(line)

    def file(self, name: str) -> bytes | None:
        """One of the files that were kept as they were."""
        part = f"files/{name}"
        return self.archive.read(part) if part in self.manifest["parts"] else None


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """A backup whose every part has the hash that its manifest tells. Raises BadInput for what is none, or damaged."""
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(path))
            manifest = _manifest(path, archive)
            _check_parts(path, archive, manifest)
        except FileNotFoundError:
            raise BadInput(f"There is no file {path}.") from None
        except OSError as error:
            raise BadInput(f"{path} cannot be read: {error.strerror or error}.") from error
        except DAMAGED as error:
            raise BadInput(f"{path} is damaged or no backup ({error}). Nothing was changed.") from error
        yield Backup(path, archive, manifest)


def _manifest(path: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        with archive.open("manifest.json") as part:
            manifest = json.loads(part.read(_MANIFEST_BYTES))
        if manifest["format"] != FORMAT:
            raise BadInput(f"{path} has format {manifest['format']}; this grader reads {FORMAT}: use a newer one.")
        if not isinstance(manifest["revision"], str) or not all(
            "sha256" in part for part in manifest["parts"].values()
        ):
            raise ValueError
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
        raise BadInput(f"{path} is no backup: its manifest is missing or not one. Nothing was changed.") from None
    found: dict[str, Any] = manifest
    return found


def _check_parts(path: Path, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    for name, told in manifest["parts"].items():
        digest = hashlib.sha256()
        try:
            with archive.open(name) as part:
                while chunk := part.read(_CHUNK):
                    digest.update(chunk)
        except KeyError:
            raise BadInput(f"{path} is damaged: {name} is missing. Nothing was changed.") from None
        if digest.hexdigest() != told["sha256"]:
            raise BadInput(f"{path} is damaged: {name} is not what was written. Nothing was changed.")
