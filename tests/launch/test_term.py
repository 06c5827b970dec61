"""A whole term by the page that tells how to run one: its very lines, on real processes, up to the final XLSX."""

from __future__ import annotations

import io
import os
import re
import subprocess
import tomllib
from datetime import UTC, datetime
from math import sqrt
from pathlib import Path

import httpx
import openpyxl
import pytest

from grader.core.assignment import assignments_folder
from tests.launch.test_up import Up

PAGE = Path(__file__).resolve().parents[2] / "docs/how-to/run-a-course.md"
BIN = str(Path(__file__).resolve().parents[2] / ".venv/bin")
RIGHT = {"scalar-graph/solution.py": "autodiff/scalar-graph", "kmeans.py": "clustering/kmeans"}

pytestmark = [pytest.mark.bubblewrap, pytest.mark.timeout(600)]


def commands() -> list[str]:
    """Every command of the page, with the lines of its here-document."""
    found: list[str] = []
    inside = False
    for line in PAGE.read_text().splitlines():
        if line.startswith("    $ "):
            found.append(line[6:])
            inside = "<<END" in line
        elif inside and line.startswith("    "):
            found[-1] += "\n" + line[4:]
            inside = line.strip() != "END"
    return found


class Term:
    """A shell in a folder of its own, in which one line after another is typed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.variables = {
            **os.environ, "HOME": str(folder), "PATH": f"{BIN}:{os.environ['PATH']}",
            "GRADER_LANGUAGE": "en", "XDG_CONFIG_HOME": str(folder / "config"),
        }  # fmt: skip
        self.up: Up | None = None
        self.said: dict[str, str] = {}

    def type(self, line: str) -> None:
        if line == "grader up":
            self.up = Up(Path(self.variables["GRADER_DATA"]), home=self.folder)
            return
        if line.startswith("export "):
            for word in line.split()[1:]:
                name, _, value = word.partition("=")
                self.variables[name] = value.replace("$HOME", str(self.folder))
            return
        if " check " in line and "solution.py" in line:
            self.solve()
        done = subprocess.run(
            ["bash", "-c", self.here(line)],
            cwd=self.folder,
            env=self.variables,
            text=True,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, f"$ {line}\n{done.stdout}\n{done.stderr}"
        self.said[line] = done.stdout
        if "people invite" in line:
            self.open_links(done.stdout)

    def here(self, line: str) -> str:
        """The line for this run: the course begins today, and the server may have another port."""
        line = line.replace("2027-02-08", datetime.now(UTC).date().isoformat()).replace("2027-05-01", "2037-05-01")
        return line.replace("http://127.0.0.1:8000", self.up.url) if self.up else line

    def solve(self) -> None:
        """The student writes right solutions."""
        for path, name in RIGHT.items():
            (accepted, *_) = sorted((assignments_folder() / name / "accepted").glob("*.py"))
            (self.folder / path).write_text(accepted.read_text())

    def open_links(self, printed: str) -> None:
        """Everybody who was invited opens the link and sets a password."""
        for login, link in re.findall(r"(\w+)  http://[^/]+(/invitation/\S+)", printed):
            with httpx.Client(base_url=self.up.url) as browser:
                token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(link).text).group(1)
                password = f"the password of {login}"
                answer = browser.post(link, data={"csrf_token": token, "new": password, "again": password})
                assert answer.status_code == 302


def test_a_term_by_the_page(tmp_path):
    term = Term(tmp_path)
    try:
        for line in commands():
            term.type(line)
    finally:
        if term.up is not None:
            term.up.process.terminate()
            term.up.process.wait(60)
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "final.xlsx").read_bytes()))
    head, *rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    marks = {row[head.index("login")]: dict(zip(head, row, strict=True)) for row in rows if row[0]}
    anna, boris = marks["anna"], marks["boris"]
    course = tomllib.loads((Path(term.variables["GRADER_DATA"]) / "course.toml").read_text())
    points = {item["name"]: item["points"] for item in course["assignment"]}
    lab, task = points["autodiff/scalar-graph"], points["clustering/kmeans"]  # the more assignments, the fewer
    final = sqrt(50 * (lab + task)) + 30 * 12 / 42
    assert (anna["autodiff/scalar-graph"], anna["clustering/kmeans"], anna["T"]) == (lab, task, 50)
    assert (anna["P"], round(anna["final"], 2)) == (lab + task, round(final, 2))
    assert (boris["T"], boris["clustering/kmeans"], round(boris["final"], 2)) == (83, 0.5, 6.44)  # sqrt(83 * 0.5)
    assert marks["clara"]["final"] == 0
    assert f"{final:.2f}" in term.said["grader transcript anna"]
    assert "each fits to the one before it" in term.said["grader audit verify"]
    assert "anna" in (tmp_path / "canvas.csv").read_text()


def test_the_page_tells_a_whole_term():
    typed = "\n".join(commands())
    for step in ("people import", "submit", "extend", "defence mark", "theory import", "regrade", "export final.xlsx"):
        assert step in typed
