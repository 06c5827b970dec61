"""``grader up`` as a person runs it: what the demonstration tells can be computed again, and everything ends."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from grader.core.assignment import assignments_folder
from tests.processes import descendants

GRADER = str(Path(sys.executable).parent / "grader")
COURSE = """
timezone = "Europe/Moscow"
[title]
en = "Course"
ru = "Курс"
[[assignment]]
name = "clustering/kmeans"
points = 15
"""

pytestmark = pytest.mark.bubblewrap


class Up:
    """One run, its output read from a pipe as another program would."""

    def __init__(self, data: Path, *arguments: str, home: Path | None = None) -> None:
        command = [GRADER, "up", "--data", str(data), "--sandbox", "bubblewrap", *arguments]
        self.home = home or data.parent / "home"
        self.home.mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
            env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(self.home)},
        )  # fmt: skip
        self.lines: list[str] = []
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if "Ctrl-C stops everything" in line:
                break
        else:
            pytest.fail("\n".join(self.lines))
        self.url = self.lines[-1].split()[0]
        self.children = set(descendants(self.process.pid))

    def row(self, name: str) -> list[str]:
        """The cells of the gradebook's row of this name."""
        (cells,) = (found[1] for line in self.lines if (found := re.fullmatch(rf"{re.escape(name)} +([-\d(].*)", line)))
        return cells.split()

    def end(self, number: signal.Signals) -> tuple[int, str]:
        """Its exit code and what it said after the signal."""
        self.process.send_signal(number)
        said = self.process.stdout.read() if not self.process.stdout.closed else ""
        return self.process.wait(timeout=60), said


def are_gone(pids: set[int]) -> bool:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.1)
    return False


def gradebook_page(url: str, password: str) -> str:
    with httpx.Client(base_url=url, follow_redirects=True) as client:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/login").text)
        assert token is not None
        client.post("/login", data={"csrf_token": token.group(1), "login": "instructor", "password": password})
        return client.get("/gradebook/").text


@pytest.mark.timeout(900)
def test_the_demonstration_tells_what_can_be_computed_again_and_the_page_shows_the_same(tmp_path):
    up = Up(tmp_path / "data", "--demo")
    try:
        logins = up.lines[next(n for n, line in enumerate(up.lines) if re.match(r"\S+/\S+ of ", line)) - 1].split()
        assert set(logins) == {"anna", "boris", "clara", "dmitri"}
        finals = dict(zip(logins, map(float, up.row("final")), strict=True))
        theory, practice, bonus, softened = (
            [float(cell) for cell in up.row(name)]
            for name in ("T, theory", "P, practice", "B, bonus", "B' = 30 B / (30 + B)")
        )
        for who, t, p, b, s in zip(logins, theory, practice, bonus, softened, strict=True):
            assert s == pytest.approx(30 * b / (30 + b), abs=0.005)
            low, high = (min((t * max(p + off, 0)) ** 0.5 + 30 * b / (30 + b), 100) for off in (-0.005, 0.005))
            assert low - 0.005 <= finals[who] <= high + 0.005  # P is shown rounded, and counted exactly
        lab = next(line for line in up.lines if line.startswith("autodiff/scalar-graph of "))
        points = int(lab.split()[2])
        marks = dict(zip(logins, up.row(f"autodiff/scalar-graph of {points}"), strict=True))
        assert not [line for line in up.lines if re.match(r"\S+/\S+ of \d+/", line)]  # no fractions
        late = rf"{points}\.00 \* ([\d.]+) \(2\.00 weeks late\) = ([\d.]+)"
        penalty = re.search(late, "\n".join(up.lines))
        assert penalty is not None
        assert float(penalty.group(1)) == pytest.approx(0.6 + 0.4 / 3, abs=1e-4)
        assert float(penalty.group(2)) == pytest.approx(points * (0.6 + 0.4 / 3), abs=0.005)
        assert marks["anna"] == penalty.group(2)
        results = "\n".join(up.lines)
        partly = re.search(r"(\d+)/15  clustering/kmeans by boris", results)
        assert partly is not None, results
        assert 5 < int(partly.group(1)) < 12  # some inputs, drawn anew in each demonstration, are beyond this solution
        assert re.search(r"\b0/15  clustering/kmeans by dmitri", results), results
        password = next(line.split()[1] for line in up.lines if line.startswith("instructor "))
        page = gradebook_page(up.url, password)
        for final in finals.values():
            assert f"{final:g}" in page
    finally:
        code, said = up.end(signal.SIGINT)
    assert code == 0
    assert said.split() == ["Stopping", "…", "Stopped."]
    assert are_gone(up.children)
    again = Up(tmp_path / "data", "--demo")
    try:
        assert again.row("final") == up.row("final")
        assert f"instructor  {password}" in "\n".join(again.lines)
        assert not [line for line in again.lines if line.startswith("uploaded")]
        assert "Anna Ivanova" in gradebook_page(again.url, password)
    finally:
        again.end(signal.SIGINT)


def test_a_demonstration_touches_no_folder_of_a_course_whatever_the_variable_says(tmp_path):
    course = tmp_path / "course"
    course.mkdir()
    (course / "course.toml").write_text(COURSE)
    tried = (
        (["--demo", "--reset", "--data", str(course)], {}, 2, "stays as it is"),
        (["--demo", "--data", str(course)], {"GRADER_DATA": str(course)}, 2, "stays as it is"),
        (["--reset", "--data", str(course)], {}, 2, "--reset is only for a demonstration"),
        # The folder of the variable is not looked at: it would be refused before the sandbox is.
        (["--demo", "--sandbox", "none-such"], {"GRADER_DATA": str(course)}, 2, "none-such"),
    )
    for arguments, variables, code, said in tried:
        done = subprocess.run(
            [GRADER, "up", *arguments], capture_output=True, text=True, check=False,
            env={**os.environ, "HOME": str(tmp_path), "GRADER_ASSIGNMENTS": str(tmp_path / "a"), **variables},
        )  # fmt: skip
        assert (done.returncode, said in done.stderr) == (code, True), (arguments, done.stderr)
        assert [(path.name, path.read_text()) for path in course.iterdir()] == [("course.toml", COURSE)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM, signal.SIGKILL])
def test_everything_ends_though_nobody_reads_what_is_said(tmp_path, monkeypatch, number):
    shutil.copytree(assignments_folder() / "clustering/kmeans", tmp_path / "assignments/clustering/kmeans")
    (tmp_path / "reference").symlink_to(assignments_folder().parent / "reference")
    monkeypatch.setenv("GRADER_ASSIGNMENTS", str(tmp_path / "assignments"))  # the fewer, the sooner all of it runs
    data = tmp_path / "data"
    data.mkdir()
    (data / "course.toml").write_text(COURSE)
    up = Up(data)
    assert len(up.children) >= 4
    up.process.stdout.close()  # as in `make up | less`, or with a terminal that was closed
    up.end(number)
    assert are_gone(up.children)
    assert list(up.home.iterdir()) == []  # everything that is kept is in the one folder
