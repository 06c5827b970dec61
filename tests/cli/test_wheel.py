"""The student's wheel: installs alone, checks a solution, and holds nothing that is hidden."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


def test_nothing_hidden_is_in_it(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        contents = b"".join(archive.read(name) for name in names)
    for part in (
        "/hidden/",
        "/accepted/",
        "mutants.toml",
        "questions.toml",
        "calls.toml",
        "reference/",
        "worker/",
        "web/",
        "grader/store",
        "tests/",
    ):
        assert not [name for name in names if part in f"/{name}"], part
    for secret in (b"Numbers far from zero", b"Lloyd's algorithm (lecture 9", b"with_loops"):
        assert secret not in contents
    assert "grader/assignments/clustering/kmeans/public/test_kmeans.py" in names
    assert "grader/assignments/clustering/kmeans/statement.ru.md" in names
    assert "grader/assignments/clustering/kmeans/starter.ru.py" in names
    starters = {path.relative_to(ROOT).as_posix() for path in (ROOT / "assignments").glob("*/*/starter*.py")}
    assert {f"grader/{path}" for path in starters} <= set(names)


def test_it_installs_alone_and_checks(wheel, tmp_path):
    python = tmp_path / "env" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "env")], check=True)
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", str(wheel)], check=True, capture_output=True)
    grader = str(python.parent / "grader")
    solution = tmp_path / "my.py"
    solution.write_bytes((ROOT / "assignments/clustering/kmeans/accepted/with_loops.py").read_bytes())

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([grader, *arguments], capture_output=True, text=True, check=False, cwd=tmp_path)

    fine = run("check", "clustering/kmeans", "my.py")
    assert fine.returncode == 0, fine.stdout + fine.stderr
    assert "4 of 4 points" in fine.stdout
    solution.write_text("def kmeans(X, start, max_iter=300): return nonsense")
    wrong = run("check", "my.py")
    assert wrong.returncode == 1
    assert "NameError at my.py, line 1" in wrong.stdout
    assert run("start", "clustering/kmeans").returncode == 0
    assert "raise NotImplementedError" in (tmp_path / "kmeans" / "solution.py").read_text()
    assert run("list").returncode == 0
    offline = run("receipt", "verify", "my.py")
    assert offline.returncode == 2
    assert run("final", "--test", "50", "--labs", "60", "--json").returncode == 0
    listed = run("--help").stdout
    assert "what-if" in listed
    assert "gradebook" not in listed
    russian = subprocess.run(
        [grader, "nonsense"], capture_output=True, text=True, check=False, env={"GRADER_LANGUAGE": "ru"}
    )
    assert "Нет команды" in russian.stderr  # the catalogue is in the wheel
    for server_only in (["gradebook"], ["verify"], ["grade", "clustering/kmeans", "my.py"], ["images", "build"]):
        refused = run(*server_only)
        assert refused.returncode in (2, 3, 4)
        assert "Traceback" not in refused.stderr
