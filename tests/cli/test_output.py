"""Where lines are broken: for a screen, and where somebody asks for it, but not for a file or another program."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

import click
import pytest

LONG = "a-folder-whose-name-is-longer-than-a-line-" * 4
COMMAND = [sys.executable, "-c", "from grader.cli import main; main()", "restore"]


@pytest.fixture
def backup(place, run) -> list[str]:
    """The command that restores into a folder with a long name, whose secret is another one."""
    (place.folder / "secret").write_text("s" * 64)
    file, other = place.folder / "course.backup", place.folder / LONG
    assert run("backup", str(file), "--with-secret", "--data", str(place.folder)).code == 0
    assert run("restore", str(file), "--data", str(other)).code == 0
    (other / "secret").write_text("t" * 64)
    return [*COMMAND, str(file), "--data", str(other), "--replace"]


def on_a_screen(command: list[str]) -> str:
    here, there = pty.openpty()
    termios.tcsetwinsize(there, (25, 80))
    subprocess.run(command, stdin=there, stdout=there, check=True, env={**os.environ, "TERM": "xterm"})
    os.close(there)
    shown = b""
    with os.fdopen(here, "rb") as screen:
        try:
            while chunk := screen.read1(4096):
                shown += chunk
        except OSError:  # Linux's way to say that nobody has the other side open
            pass
    return click.unstyle(shown.decode())


def test_another_program_gets_whole_lines(backup):
    printed = subprocess.run(backup, stdout=subprocess.PIPE, text=True, check=True).stdout
    folder = Path(backup[backup.index("--data") + 1])
    note = f"{folder / 'secret.restored'} was written; {folder / 'secret'} is another one and was left as it is"
    assert note in printed.splitlines()
    assert all(len(line) < 1000 for line in printed.splitlines())  # nor are lines filled up to that width


def test_lines_are_broken_for_a_screen_and_where_it_is_asked_for(backup):
    assert max(len(line) for line in on_a_screen(backup).splitlines()) == 80
    asked = subprocess.run(backup, stdout=subprocess.PIPE, text=True, check=True, env={**os.environ, "COLUMNS": "60"})
    assert max(len(line) for line in asked.stdout.splitlines()) == 60
