"""Files that are kept in memory and put into a folder: the agent's, for a sandbox and for an image."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write each of the files, by its path below ``folder``; folders are made where they are missing."""
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
