"""The processes of one machine: they end with the one that started them, and a folder belongs to one at a time."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from grader.core import addresses
from grader.core.errors import BadInput
from grader.launch import demo_folder
from grader.launch.services import USUAL_PORT, Place, Service, address_of, listener_for, services_of
from tests.processes import living
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[2]

STARTS_ONE = """
import os, sys, time
from pathlib import Path
from grader.launch.services import Service
service = Service("sleeper", ["sleep", "300"], os.environ, Path(sys.argv[1]))
service.start()
print(service.process.pid, flush=True)
time.sleep(300)
"""

HOLDS_A_PLACE = """
import sys, time
from pathlib import Path
from grader.launch.services import Place
Place(Path(sys.argv[1])).prepare()
print("held", flush=True)
time.sleep(300)
"""


def started(program: str, argument: Path) -> tuple[subprocess.Popen[str], str]:
    """The program, once it has said its line."""
    command = [sys.executable, "-c", program, str(argument)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def test_a_service_ends_with_the_process_that_started_it_however_that_ends(tmp_path):
    parent, line = started(STARTS_ONE, tmp_path / "log")
    assert living([int(line)])
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    until(lambda: not living([int(line)]), 20)


def test_a_folder_is_one_installations_until_its_process_ends(tmp_path):
    place = Place(tmp_path / "data")
    holder, _ = started(HOLDS_A_PLACE, place.folder)
    kept = place.folder / "grader.db"
    kept.write_text("in use")
    with pytest.raises(BadInput, match="Another `grader up` runs"):
        place.prepare()
    assert kept.read_text() == "in use"
    holder.kill()
    holder.wait()
    place.prepare()
    assert kept.exists()


def test_a_new_folder_and_its_secret_are_for_their_owner_alone(tmp_path):
    place = Place(tmp_path / "data")
    place.prepare()
    assert {path.name for path in place.folder.iterdir()} == {"lock", "logs", "secret"}
    assert len(place.secret.read_text().strip()) == 64
    assert place.secret.stat().st_mode & 0o777 == 0o600
    assert place.folder.stat().st_mode & 0o777 == 0o700


def test_a_demonstration_takes_what_is_absent_empty_or_its_own_and_nothing_else(tmp_path):
    absent, bare, course = tmp_path / "absent", tmp_path / "bare", tmp_path / "course"
    bare.mkdir()
    course.mkdir()
    for folder in (absent, bare, absent):
        demo_folder.take(folder)
        assert demo_folder.is_marked(folder)
    for name in ("grader.db", ".hidden"):  # a file is enough, whatever it is
        (course / name).write_text("marks")
        with pytest.raises(BadInput, match="stays as it is"):
            demo_folder.take(course)
        with pytest.raises(BadInput, match="stays as it is"):
            demo_folder.empty(course, but=course / "lock")
        assert [path.read_text() for path in course.iterdir()] == ["marks"]
        (course / name).unlink()
    (course / demo_folder.MARK).symlink_to(absent / demo_folder.MARK)
    with pytest.raises(BadInput, match="stays as it is"):
        demo_folder.take(course)
    with pytest.raises(BadInput, match="stays as it is"):
        demo_folder.take(absent / demo_folder.MARK)  # a file


def test_a_reset_leaves_nothing_but_the_mark_and_follows_no_link(tmp_path):
    place = Place(tmp_path / "demonstration")
    demo_folder.take(place.folder)
    place.prepare()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "grader.db").write_text("marks")
    (place.folder / "link").symlink_to(tmp_path / "elsewhere")
    (place.folder / "logs" / "web.log").write_text("old")
    old = place.secret.read_text()
    demo_folder.set_whole(place.folder)
    demo_folder.empty(place.folder, but=place.lock)
    assert {path.name for path in place.folder.iterdir()} == {demo_folder.MARK, "lock"}
    assert not demo_folder.is_whole(place.folder)
    assert (tmp_path / "elsewhere" / "grader.db").read_text() == "marks"
    place.fill()
    assert place.secret.read_text() != old


def test_services_are_told_of_their_own_database_and_broker_alone(tmp_path, monkeypatch):
    for name in ("GRADER_DATABASE", "GRADER_BROKER"):
        (tmp_path / name).write_text("postgresql://another-course")
        monkeypatch.setenv(name, "postgresql://another-course")
        monkeypatch.setenv(f"{name}_FILE", str(tmp_path / name))
    monkeypatch.setattr(shutil, "which", lambda name: None)  # no Redis here: then there is no broker at all
    place = Place(tmp_path / "data")
    place.prepare()
    with listener_for(0) as listener:
        for service in services_of(place, sandbox="bubblewrap", listener=listener).services:
            assert addresses.database(service.variables) == place.database
            assert addresses.broker(service.variables) is None


def test_a_port_that_was_asked_for_is_had_or_refused_and_the_usual_one_gives_way():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BadInput, match=f"^Port {port} is taken: "):
            listener_for(port)
    with listener_for(port) as listener:
        assert address_of(listener) == f"http://127.0.0.1:{port}"
    with contextlib.ExitStack() as held:
        with contextlib.suppress(OSError):  # somebody has it already, which does as well
            held.enter_context(socket.create_server(("127.0.0.1", USUAL_PORT)))
        with listener_for(None) as listener:
            assert address_of(listener) != f"http://127.0.0.1:{USUAL_PORT}"


def test_a_port_is_ours_before_the_web_server_runs_and_while_it_is_started_again(tmp_path):
    """Else two that start at once could have one port, and each would take the other's server for its own."""
    with listener_for(0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(BadInput, match=f"^Port {port} is taken: "):
            listener_for(port)
        takes_one = "import socket, sys; s = socket.socket(fileno=int(sys.argv[1])); s.accept()[0].sendall(b'here')"
        command = [sys.executable, "-c", takes_one, str(listener.fileno())]
        service = Service("web", command, os.environ, tmp_path / "log", listener=listener)
        for _ in range(2):
            service.start()
            with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
                assert connection.recv(4) == b"here", service.last_words()
            assert service.process is not None
            service.process.wait(timeout=30)


@pytest.mark.parametrize(
    ("programs", "options", "told"),
    [
        (["bwrap"], [], "setpriv is not installed: apt-get install util-linux"),
        ([], ["--sandbox", "bubblewrap"], "bwrap is not installed: apt-get install bubblewrap"),
    ],
)
def test_a_program_that_is_missing_is_named_with_what_installs_it(tmp_path, programs, options, told):
    for name in programs:
        (tmp_path / name).symlink_to("/bin/true")
    program = "import os; os.getuid = lambda: 0; from grader.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "up", "--data", str(tmp_path / "data"), "--port", "0", *options],
        env={**os.environ, "PATH": str(tmp_path), "DOCKER_HOST": "unix:///nowhere.sock", "LC_ALL": "C.UTF-8"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (4, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "data").exists()


def test_a_number_that_is_no_port_is_refused():
    command = [sys.executable, "-c", "from grader.cli import main; main()", "up", "--port", "99999"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "Invalid value for '--port': 99999 is not in the range" in done.stderr
