"""``grader grade`` as an author types it, against hostile solutions, in the sandboxes of a server."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GRADER = str(Path(sys.executable).parent / "grader")
RIGHT = (ROOT / "assignments/clustering/kmeans/accepted/with_loops.py").read_text()

# What a solution does in the one test whose data have ten objects.
DEEDS = {
    "loops for ever": ("while True: pass", "timeout"),
    "eats memory": ("hog = []\n        while True: hog.append(bytearray(10_000_000))", "memory"),
    "forks without end": (
        "import os\n        while True:\n            try: os.fork()\n            except OSError: pass",
        "timeout",
    ),
    "leaves": ("import os; os._exit(0)", "died"),
    "floods": ("while True: print('x' * 100_000)", "output"),
    "speaks over the wire": (
        "import os\n        for fd in range(3, 64):\n            try: os.write(fd, b'GRD1' + b'\\xff' * 64)\n"
        "            except OSError: pass",
        "protocol",
    ),
}
EQUAL = """
class Equal(float):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __hash__ = None
    def __array__(self, *args): raise SystemExit
    shape = (3, 2)
def kmeans(X, start, max_iter=300):
    return Equal(1), Equal(1)
"""


def grade(source: str, kind: str, tmp_path: Path) -> tuple[dict, int]:
    path = tmp_path / "mine.py"
    path.write_text(source)
    command = [GRADER, "grade", "clustering/kmeans", str(path), "--sandbox", kind, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
    assert done.stdout, done.stderr
    return json.loads(done.stdout), done.returncode


@pytest.mark.parametrize(
    "kind", [pytest.param("docker", marks=pytest.mark.docker), pytest.param("bubblewrap", marks=pytest.mark.bubblewrap)]
)
class TestGrade:
    def test_a_right_solution_gets_full_marks(self, kind, tmp_path):
        report, code = grade(RIGHT, kind, tmp_path)
        assert (report["score"], report["max_score"], code, report["sandbox"]) == (15, 15, 0, kind)
        assert set(report["tests"][0]) >= {"name", "verdict", "points", "max_points", "seconds"}

    @pytest.mark.parametrize("deed", DEEDS)
    def test_a_deed_costs_the_one_test_in_which_it_is_done(self, kind, deed, tmp_path):
        code, verdict = DEEDS[deed]
        head = "def kmeans(X, start, max_iter=300):"
        hostile = RIGHT.replace(head, f"{head}\n    if len(X) == 10:\n        {code}")
        assert hostile != RIGHT
        report, exit_code = grade(hostile, kind, tmp_path)
        verdicts = {test["name"]: test["verdict"] for test in report["tests"]}
        assert verdicts.pop("test_duplicates") == verdict
        assert set(verdicts.values()) == {"passed"}
        assert (report["score"], exit_code) == (14, 1)

    def test_what_equals_everything_gets_nothing_but_for_arguments_that_it_left_alone(self, kind, tmp_path):
        report, code = grade(EQUAL, kind, tmp_path)
        verdicts = {test["name"]: test["verdict"] for test in report["tests"]}
        assert verdicts.pop("test_unchanged") == "passed"
        assert set(verdicts.values()) == {"failed"}
        assert (report["score"], code) == (0.5, 1)


def test_the_reference_gets_full_marks_in_docker(tmp_path):
    import zipfile

    from grader.core.assignment import load
    from grader.harness.reference import reference_files

    files = reference_files(load("clustering/kmeans", ROOT / "assignments"), ROOT)
    with zipfile.ZipFile(tmp_path / "reference.zip", "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    command = [GRADER, "grade", "clustering/kmeans", str(tmp_path / "reference.zip"), "--sandbox", "docker", "--json"]
    report = json.loads(subprocess.run(command, capture_output=True, text=True, check=False, timeout=120).stdout)
    assert report["score"] == report["max_score"] == 15


test_the_reference_gets_full_marks_in_docker = pytest.mark.docker(test_the_reference_gets_full_marks_in_docker)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["grade", "no/such", "setup.py"], 2, ""),
        (["check", "no/such", __file__], 2, "There is no assignment 'no/such'"),
        (["check", "clustering/kmeans", "missing.py"], 2, "There is no file missing.py"),
        (["check", "clustering/kmeans", __file__], 2, "does not define kmeans"),
        (["grade", "clustering/kmeans", __file__, "--sandbox", "jail"], 2, ""),
        (["submit", "clustering/kmeans", __file__], 2, "not logged in"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_wrong_use_has_a_sentence_and_its_exit_code(arguments, code, told, tmp_path):
    import os

    variables = {**os.environ, "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": str(tmp_path)}
    done = subprocess.run([GRADER, *arguments], capture_output=True, text=True, check=False, timeout=60, env=variables)
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
