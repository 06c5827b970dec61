"""What each environment holds, read from its pinned requirements; the images and bubblewrap both follow them."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "requirements"


def requirement_files(environment: str) -> list[Path]:
    """The environment's file and those that it includes."""
    found = [FOLDER / f"{environment}.txt"]
    for path in found:
        found += [path.parent / line.removeprefix("-r ").strip() for line in _lines(path) if line.startswith("-r ")]
    return found


def pinned(environment: str) -> dict[str, str]:
    """Distribution -> version."""
    lines = [line for path in requirement_files(environment) for line in _lines(path) if not line.startswith("-")]
    return dict(sorted(tuple(line.split("==", 1)) for line in lines))  # type: ignore[misc]


def _lines(path: Path) -> list[str]:
    return [text for line in path.read_text().splitlines() if (text := line.partition("#")[0].strip())]
