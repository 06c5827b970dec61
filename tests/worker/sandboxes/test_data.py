"""The data of an assignment in every kind of sandbox: there while a submission is imported, and whole in every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.harness.process import ProcessSandboxes
from grader.harness.sandbox import Sandboxes
from tests.harness import suites
from worker.sandboxes.bubblewrap import BubblewrapSandboxes
from worker.sandboxes.docker import DockerSandboxes, Settings

KIND = ProcessSandboxes()
WAYS = (
    "writes", "forces", "appends_to_an_open_file", "adds", "adds_a_folder", "removes_one", "removes_all",
    "removes_the_folder_above", "links_the_folder", "links_a_file", "links_a_folder_inside", "puts_a_file_there",
    "makes_a_pipe", "swaps", "closes", "closes_the_folders", "goes_away", "moves_the_folder_above", "breaks_the_agent",
)  # fmt: skip
SOLUTION = """
import os, pathlib, shutil
AT_IMPORT = open("data/table.csv").read()
HERE = os.getcwd()
TABLE, WORDS = "data/table.csv", "data/more/words.txt"

def f(x): return x
def at_import(): return AT_IMPORT
def beside(): return (pathlib.Path(__file__).parent / TABLE).read_text()
def whole():
    files = {str(p) for p in pathlib.Path("data").rglob("*")}
    return files == {TABLE, "data/more", WORDS} and (open(TABLE).read(), open(WORDS).read()) == ("1,2\\n", "да\\n")

def refused(path):
    try: open(path, "w").close()
    except PermissionError: return True
    return False
def permits():
    for path in ("data", "data/more", TABLE, WORDS): os.chmod(path, 0o700)

def writes():
    if not refused(TABLE) and os.getuid(): raise RuntimeError("it may write")
    if not refused("data/new") and os.getuid(): raise RuntimeError("it may add")
def forces(): permits(); open(TABLE, "w").write("9,9\\n")
def appends_to_an_open_file(): permits(); global file; file = open(WORDS, "a"); file.write("x"); file.flush()
def adds(): permits(); open("data/more/new.txt", "w").write("x")
def adds_a_folder(): permits(); os.mkdir("data/empty")
def removes_one(): permits(); os.unlink(WORDS)
def removes_all(): permits(); shutil.rmtree("data")
def removes_the_folder_above(): permits(); shutil.rmtree(HERE)
def links_the_folder(): permits(); os.rename("data", "other"); os.symlink("other", "data")
def links_a_file(): permits(); os.rename(TABLE, "other.csv"); os.symlink("../other.csv", TABLE)
def links_a_folder_inside(): permits(); os.rename("data/more", "more"); os.symlink("../more", "data/more")
def puts_a_file_there(): permits(); shutil.rmtree("data"); open("data", "w").write("x")
def makes_a_pipe():
    permits(); os.unlink(TABLE)
    try: os.mkfifo(TABLE)
    except PermissionError: pass  # no sandbox of a server lets it
def swaps(): permits(); os.rename(TABLE, "x"); os.rename(WORDS, TABLE); os.rename("x", WORDS)
def closes(): os.chmod(TABLE, 0)
def closes_the_folders(): os.chmod("data/more", 0); os.chmod("data", 0)
def goes_away(): os.chdir("/")
def moves_the_folder_above(): os.rename(HERE, HERE + "-moved"); os.symlink(HERE + "-moved", HERE)
def breaks_the_agent(): os.chdir = None
"""
SUITE = f"""
@pytest.mark.parametrize("way", {(*WAYS, "at_import")})
def test_whole(submission, way):
    assert submission.whole() is True
    assert submission.beside() == "1,2\\n"
    getattr(submission, way)()

def test_at_import(submission):
    assert submission.at_import() == "1,2\\n"
"""


@pytest.fixture(
    params=[
        "process",
        pytest.param("docker", marks=pytest.mark.docker),
        pytest.param("bubblewrap", marks=pytest.mark.bubblewrap),
    ]
)
def every_kind(request: pytest.FixtureRequest, root: Path) -> Sandboxes:
    kinds = {"process": ProcessSandboxes, "bubblewrap": lambda: BubblewrapSandboxes(root)}
    return DockerSandboxes(Settings(sockets=root)) if request.param == "docker" else kinds[request.param]()


def with_data(folder: Path, suite: str) -> Path:
    assignments = suites.write(folder, suite)
    data = assignments / suites.NAME / "data"
    (data / "more").mkdir(parents=True)
    (data / "table.csv").write_text("1,2\n")
    (data / "more" / "words.txt").write_text("да\n")
    return assignments


def test_whatever_a_test_does_the_next_one_has_whole_data(every_kind, tmp_path):
    report = suites.grade(with_data(tmp_path, SUITE), every_kind, SOLUTION)
    wrong = {test.name: (str(test.verdict), test.message) for test in report.tests if not test.passed}
    assert wrong == {}
    assert len(report.tests) == len(WAYS) + 2


def test_what_the_import_has_done_is_undone_as_well(tmp_path):
    solution = "import os, shutil\nshutil.rmtree('data')\nos.chdir('/')\ndef f(x): return open('data/table.csv').read()"
    report = suites.grade(
        with_data(tmp_path, "def test(submission): assert submission.f(1) == '1,2\\n'"), KIND, solution
    )
    assert suites.verdicts(report) == {"test": "passed"}


def test_who_destroys_it_at_every_moment_fails_without_end(tmp_path):
    """A fresh sandbox does not help a submission whose import leaves nothing to work with: it is not tried for ever."""
    solution = "import os\nos.chdir = None\ndef f(x): return 1"
    suite = "def test_one(submission): submission.f(1)\ndef test_two(submission): submission.f(1)"
    report = suites.grade(with_data(tmp_path, suite), KIND, solution)
    assert suites.verdicts(report) == {"test_one": "protocol", "test_two": "protocol"}


def test_without_data_the_working_directory_is_left_alone(tmp_path):
    suite = "def test(submission): assert submission.f() is False"
    solution = "import os\ndef f(): return os.path.exists('data') or os.getcwd() == os.path.dirname(__file__)"
    assert suites.verdicts(suites.grade(suites.write(tmp_path, suite), KIND, solution)) == {"test": "passed"}


def test_hidden_data_lies_beside_the_hidden_tests(tmp_path):
    suite = """
    from pathlib import Path
    def test(submission):
        assert_close(submission.f(1), float((Path(__file__).parent / "tables" / "answer.csv").read_text()))
    """
    assignments = suites.write(tmp_path, suite)
    (assignments / suites.NAME / "hidden" / "tables").mkdir()
    (assignments / suites.NAME / "hidden" / "tables" / "answer.csv").write_text("7\n")
    report = suites.grade(assignments, KIND, "def f(x): return 7.0")
    assert suites.verdicts(report) == {"test": "passed"}
