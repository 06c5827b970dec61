"""What nobody waits for: help, the version and Tab import no library that they do not need."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import click
import pytest

from grader.cli import commands

HEAVY = {"numpy", "scipy", "sklearn", "torch", "pytest", "sqlalchemy", "httpx", "rich", "cryptography", "msgpack"}
PROGRAM = """
import json, sys
sys.argv = ["grader", *json.loads(sys.argv[1])]
from grader.cli import main
try:
    main()
finally:
    print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
"""


def run(*arguments: str, **variables: str) -> tuple[str, set[str]]:
    """What a command prints, and which modules it has imported, by their first names."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(arguments)], capture_output=True, text=True, timeout=60, check=True,
        env={**os.environ, "LC_ALL": "C.UTF-8", "GRADER_LANGUAGE": "en", **variables},
    )  # fmt: skip
    return done.stdout, set(json.loads(done.stderr.splitlines()[-1]))


def tab(*words: str) -> tuple[list[str], set[str]]:
    """What bash is offered behind these words, the last of which is not complete yet."""
    asked = {
        "_GRADER_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(["grader", *words]),
        "COMP_CWORD": str(len(words)),
    }
    out, modules = run(**asked)
    return [line.partition(",")[2] for line in out.splitlines()], modules


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("-h",)])
def test_help_and_version_import_nothing_heavy(arguments):
    out, modules = run(*arguments)
    assert out.startswith(("Usage: grader", "grader, version"))
    assert modules & HEAVY == set()


def test_every_command_has_its_line_in_both_languages(monkeypatch):
    for language in ("en", "ru"):
        out, _ = run("--help", GRADER_LANGUAGE=language)
        for name, entry in commands.COMMANDS.items():
            line = next(line for line in out.splitlines() if line.split()[:1] == [name])
            assert line.split(maxsplit=1)[1] == getattr(entry, language)
    for name in commands.COMMANDS:
        assert isinstance(commands.load(name), click.Command)
        assert commands.load(name).name == name


def test_tab_offers_commands_assignments_and_files():
    offered, modules = tab("st")
    assert offered == ["start", "statistics", "status"]
    assert modules & HEAVY == set()
    for words in (("check", "clust"), ("start", "clust"), ("submit", "clust"), ("status", "clust")):
        offered, modules = tab(*words)
        assert "clustering/kmeans" in offered
        assert all(name.startswith("clustering/") for name in offered)
        assert modules & (HEAVY - {"rich"}) == set(), words
    assert tab("grade", "kme")[0] == ["clustering/kmeans"]
    assert tab("what-if", "--item", "clustering/km")[0] == ["clustering/kmeans="]
    assert tab("check", "clustering/kmeans", "so")[0] == ["so"]  # the shell itself completes a file
    assert "--json" in tab("check", "--")[0]
