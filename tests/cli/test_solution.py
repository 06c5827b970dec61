"""``grader solution`` against a real server: when it is given, what it prints and writes, and what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from grader.cli.solution import _write
from grader.core.errors import OurFault
from tests.cli.test_student import KMEANS, address, anna, run, site  # noqa: F401 (fixtures)
from tests.web.conftest import PASSWORDS
from tests.web.test_course_rules import set_course

MODULE = "reference/clustering/centers/kmeans.py"
OVER, SHOWN = "deadline = 2020-01-01T00:00:00", 'solutions = "after_closed"'


def test_before_it_is_shown_the_reason_is_told_in_both_languages(site, anna, tmp_path):  # noqa: F811
    set_course(site, OVER)
    assert anna("solution", KMEANS)[::2] == (
        2,
        f"Error: The reference solution of {KMEANS} is not shown in this course.\n",
    )
    set_course(site, "deadline = 2099-01-01T00:00:00", SHOWN)
    code, _, said = anna("solution", KMEANS, "--output", "there", language="ru")
    assert (code, "то есть не раньше чем чт 1 янв. 2099, 00:00 UTC" in said) == (2, True)
    assert not (tmp_path / "there").exists()
    assert anna("solution", "clustering/none")[0] == 2


def test_it_is_printed_or_written_so_that_it_can_be_run(site, anna, tmp_path):  # noqa: F811
    set_course(site, OVER, SHOWN)
    code, out, said = anna("solution", KMEANS)
    assert (code, said) == (0, "")
    assert out.startswith(f"# {MODULE}\n")
    assert "def kmeans(" in out
    assert "def matrix(" not in out
    told = json.loads(anna("solution", KMEANS, "--json")[1])
    assert (told["names"], told["withheld"], told["shown"]) == ({"kmeans": MODULE}, [], True)
    assert {one["path"]: one["role"] for one in told["files"]}["reference/checks/arrays.py"] == "check"
    code, out, _ = anna("solution", KMEANS, "--output", "there", language="ru")
    assert (code, out) == (0, f"Модулей записано в папку there: {len(told['files'])}.\n")
    program = "from reference.clustering.centers.kmeans import kmeans; print(kmeans([[0.0], [9.0]], [[1.0]])[0])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path / "there", capture_output=True, text=True, check=True
    )
    assert done.stdout == "[[4.5]]\n"
    assert anna("solution", KMEANS, "--output", "there")[0] == 0  # the same files once more
    (tmp_path / "there" / MODULE).write_text("mine")
    code, _, said = anna("solution", KMEANS, "--output", "there")
    assert (code, "is there already" in said) == (2, True)
    assert (tmp_path / "there" / MODULE).read_text() == "mine"


def test_staff_are_told_that_students_cannot_read_it(site, address, run):  # noqa: F811
    set_course(site, SHOWN)
    assert run("login", address, "--login", "tutor", "--password", PASSWORDS["tutor"])[0] == 0
    code, out, said = run("solution", KMEANS)
    assert (code, "def kmeans(" in out, "not shown to students" in said) == (0, True, True)


@pytest.mark.parametrize("path", ["../out.py", "/tmp/out.py", "a\\..\\out.py", "c:out.py", "run.sh", "a/../../b.py"])
def test_a_server_cannot_write_elsewhere(tmp_path, path):
    with pytest.raises(OurFault):
        _write(tmp_path / "there", {"good.py": "", path: ""})
    assert list(tmp_path.rglob("*")) == []
