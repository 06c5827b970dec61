"""The student's commands against a real server: what they print in both languages, keep, send and refuse."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import threading
import zipfile
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
from werkzeug.serving import make_server

from grader.cli import main, materials, server
from grader.cli.submit import _kept, how_long
from grader.core import receipts
from grader.core.assignment import assignments_folder
from grader.core.errors import OurFault
from grader.staff import bonus
from grader.store import tokens
from grader.store.models import ApiToken, Job, Submission, User
from tests.web.conftest import PASSWORDS, TESTS, Site, site  # noqa: F401 (a fixture)
from tests.web.test_course_rules import set_course

KMEANS = "clustering/kmeans"
SOLUTION = "def kmeans(X, start, max_iter=300):\n    return broken\n"
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


@pytest.fixture
def address(site: Site):  # noqa: F811
    """The application behind a real port."""
    serving = make_server("127.0.0.1", 0, site.app, threaded=True)
    thread = threading.Thread(target=serving.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{serving.server_port}"
    serving.shutdown()
    thread.join()


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run a command as a student would: own folders, English unless told otherwise. Exit code, output, errors."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    for name in ("GRADER_URL", "GRADER_TOKEN"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, language: str = "en") -> tuple[int, str, str]:
        monkeypatch.setenv("GRADER_LANGUAGE", language)
        monkeypatch.setattr("sys.argv", ["grader", *arguments])
        with pytest.raises(SystemExit) as stop:
            main()
        said = capsys.readouterr()
        return stop.value.code, said.out, said.err

    return run


@pytest.fixture
def anna(run, address):
    """The same, logged in."""
    code, _, errors = run("login", address, "--login", "anna", "--password", PASSWORDS["anna"])
    assert code == 0, errors
    return run


def grade_soon(site: Site) -> threading.Thread:  # noqa: F811
    """Grade the next upload as a worker would."""

    def work() -> None:
        for _ in range(200):
            with site.database.reading() as session:
                waiting = session.query(Submission).filter_by(result_id=None).first()
            if waiting is not None:
                site.grade(waiting.id, TESTS)
                return
            threading.Event().wait(0.05)

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_a_submission_with_its_receipt(site, anna, tmp_path):  # noqa: F811
    file = tmp_path / "mine.py"
    file.write_text(SOLUTION)
    worker = grade_soon(site)
    code, out, errors = anna("submit", KMEANS, "mine.py")
    worker.join()
    assert (code, errors) == (1, "")
    for told in (
        "Received at",
        "Receipt: mine.py.receipt.json",
        "2 of 4 points",
        "NameError at mine.py, line 2",
        "a helpful hint",
    ):
        assert told in out, told
    assert "hidden" not in out
    code, out, _ = anna("receipt", "verify", "mine.py.receipt.json", "mine.py")
    assert code == 0
    assert "mine.py is the file that was sent" in out
    told = json.loads((tmp_path / "mine.py.receipt.json").read_text())
    code, out, _ = anna("receipt", "show", told["submission"])
    assert json.loads(out) == told
    code, out, _ = anna("status", KMEANS)
    assert "2 / 4" in out
    file.write_text(file.read_text() + "# another\n")  # the same bytes would be the same upload
    assert anna("submit", KMEANS, "mine.py", "--no-wait")[0] == 0
    assert json.loads((tmp_path / "mine.py.receipt-2.json").read_text())["submission"] != told["submission"]


def test_a_receipt_that_is_changed_or_of_another_file_is_noticed_without_a_server(run, tmp_path):
    key = receipts.signing_key("some secret of an installation that is long")
    (tmp_path / "a.py").write_bytes(b"x = 1\n")
    (tmp_path / "b.py").write_bytes(b"x = 2\n")
    told = receipts.Receipt(
        "s", KMEANS, "anna", hashlib.sha256(b"x = 1\n").hexdigest(), "0" * 64, "2027-02-14T20:59:00.000000Z"
    )
    good = receipts.to_json(receipts.sign(told, key))
    (tmp_path / "good.json").write_text(json.dumps(good))
    (tmp_path / "bad.json").write_text(json.dumps({**good, "received_at": "2027-02-13T20:59:00.000000Z"}))
    (tmp_path / "none.json").write_text("[]")
    public = receipts.public_key(key)
    verify = ("receipt", "verify")
    assert run(*verify, "good.json", "a.py", "--key", public)[0] == 0
    assert run(*verify, "good.json", "--key", public)[0] == 0
    code, out, _ = run(*verify, "good.json", "b.py", "--key", public)
    assert (code, "NOT the file" in out) == (1, True)
    code, out, _ = run(*verify, "bad.json", "a.py", "--key", public)
    assert (code, "NOT GENUINE" in out) == (1, True)
    assert json.loads(run(*verify, "bad.json", "--key", public, "--json")[1])["genuine"] is False
    assert run(*verify, "none.json", "--key", public)[0] == 2
    assert run(*verify, "good.json", "--key", "AAAA")[0] == 2
    code, _, errors = run(*verify, "good.json")
    assert (code, "No key is kept" in errors) == (2, True)
    assert "НЕ тот файл" in run(*verify, "good.json", "b.py", "--key", public, language="ru")[1]


def test_a_log_in_keeps_a_token_and_the_key_of_receipts_and_a_log_out_ends_both(site, anna, address):  # noqa: F811
    account = server.kept()
    assert account.receipt_key == httpx.get(f"{address}/api/v1/receipts/key").json()["key"]
    assert oct(server.config_path().stat().st_mode)[-3:] == "600"
    with site.database.reading() as session:
        assert tokens.find(session, account.token, datetime.now(UTC)).scopes == {"read", "submit"}
    assert anna("logout")[0] == 0
    with site.database.reading() as session:
        assert session.query(ApiToken).one().revoked_at is not None
    code, _, errors = anna("status")
    assert (code, "not logged in" in errors) == (2, True)
    assert "Вы не вошли" in anna("status", language="ru")[2]
    code, _, errors = anna("login", address, "--login", "anna", "--password", "wrong", language="ru")
    assert (code, "Ошибка: Неверный логин или пароль" in errors) == (2, True)


def test_list_status_grades_in_both_languages(site, anna):  # noqa: F811
    with site.database.writing() as session:
        anna_user, boss = session.get_one(User, site.ids["anna"]), session.get_one(User, site.ids["boss"])
        bonus.add_bonus(session, anna_user, Fraction(12), "notes", actor=boss, now=datetime.now(UTC))
    for command in (("list",), ("status",), ("grades",)):
        code, english, _ = anna(*command)
        assert code == 0
        assert not CYRILLIC.search(english)
        code, russian, _ = anna(*command, language="ru")
        assert code == 0
        assert CYRILLIC.search(russian)
    assert "k-means" in anna("list")[1]
    assert "8.57" in anna("grades")[1]
    assert "8,57" in anna("grades", language="ru")[1]
    assert {item["name"] for item in json.loads(anna("list", "--json")[1])} >= {KMEANS}


def test_a_wrong_name_is_answered_with_what_may_be_meant(anna):
    code, _, errors = anna("status", "clustering/kmean")
    assert (code, errors) == (2, f"Error: There is no assignment 'clustering/kmean'. Did you mean {KMEANS}?\n")
    code, _, errors = anna("start", "kmean", language="ru")
    assert (code, errors) == (2, f"Ошибка: Задания 'kmean' нет. Возможно, вы имели в виду {KMEANS}?\n")


def test_what_cannot_be_kept_on_this_machine_is_told(run, monkeypatch):
    assert run("start", KMEANS, "/proc/nowhere")[::2] == (2, "Error: /proc/nowhere: No such file or directory\n")
    told = _kept(Path("/proc/mine.py"), {"id": "one", "receipt": {}})  # it was accepted all the same
    assert told.startswith("The receipt could not be kept beside the file (")
    assert told.endswith("Fetch it later: grader receipt show one")
    monkeypatch.setenv("GRADER_LANGUAGE", "ru")
    assert CYRILLIC.search(_kept(Path("/proc/mine.py"), {"id": "one", "receipt": {}}))


def test_a_server_that_has_moved_is_told_with_the_new_address(run):
    class Moved(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(308)
            self.send_header("Location", "https://grader.example.org/api/v1/tokens")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Moved) as moved:
        threading.Thread(target=moved.handle_request).start()
        arguments = ("login", f"http://127.0.0.1:{moved.server_port}", "--login", "anna", "--password", "p")
        code, _, errors = run(*arguments)
    assert (code, "grader login https://grader.example.org/" in errors) == (2, True)
    assert run("login", "http://[::1", "--login", "a", "--password", "p")[0] == 2


def test_what_if(anna):
    code, out, _ = anna("what-if", "--test", "54", "--item", f"{KMEANS}=15", "--bonus", "12", "--want", "60")
    assert code == 0
    # a lab of 30 points is over since ten days, two weeks have started: 22 + 40 + 50 = 112 points are still to be had
    # sqrt(54 * 15) + 60/7 = 37.03; T = (60 - 60/7)^2 / 15 = 176.33; P = (60 - 60/7)^2 / 54 = 48.98
    for told in (
        "= 37.03",
        "For 60 with P as above: T = 176.33, but at most",
        "For 60 with T as above: P = 48.98 (at most 112",
    ):
        assert told in out, told
    russian = anna("what-if", "--want", "60", "--test", "54", language="ru")[1]
    assert "Для 60 при том же T: P = 66,67" in russian
    code, _, errors = anna("what-if", "--item", f"{KMEANS}=16")
    assert (code, f"{KMEANS} must be from 0 to 15" in errors) == (2, True)


def test_start_and_check_take_the_servers_edition_where_it_is_newer(anna, tmp_path, monkeypatch):
    """Here is an older wheel: another statement, and one assignment only."""
    older = tmp_path / "older"
    shutil.copytree(assignments_folder() / KMEANS, older / KMEANS)
    statement = older / KMEANS / "statement.en.md"
    newer = statement.read_text()
    statement.write_text("# An older statement\n")
    accepted = (assignments_folder() / KMEANS / "accepted/with_loops.py").read_bytes()
    monkeypatch.setenv("GRADER_ASSIGNMENTS", str(older))
    assert materials.known(KMEANS).statement("en") == "# An older statement\n"
    code, _, errors = anna("start", KMEANS)
    assert code == 0, errors
    assert (tmp_path / "kmeans" / "statement.md").read_text() == "About 2 h of work.\n\n" + newer
    assert materials.known(KMEANS).statement("en") == newer
    (tmp_path / "kmeans" / "solution.py").write_bytes(accepted)
    code, out, errors = anna("check", "kmeans/solution.py")
    assert code == 0, out + errors
    assert anna("start", KMEANS)[0] == 2  # nothing is overwritten
    assert anna("start", "sequences/lstm", "unknown-here")[0] == 0
    assert (tmp_path / "unknown-here" / "solution.py").exists()
    assert "sequences/lstm" in materials.all_known()
    statement.write_text("# A newer wheel\n")
    assert materials.known(KMEANS).statement("en") == "# A newer wheel\n"


def test_the_starter_is_in_the_student_s_language(run, tmp_path, monkeypatch):
    shutil.copytree(assignments_folder() / KMEANS, tmp_path / "all" / KMEANS)
    (tmp_path / "all" / KMEANS / "starter.ru.py").write_text('"""Заполните."""\n', encoding="utf-8")
    monkeypatch.setenv("GRADER_ASSIGNMENTS", str(tmp_path / "all"))
    for language, shown in (("ru", "Заполните"), ("en", "fill in the function")):
        assert run("start", KMEANS, language, language=language)[0] == 0
        assert shown in (tmp_path / language / "solution.py").read_text(encoding="utf-8")


def test_the_statement_begins_with_the_work_and_what_to_do_first(run, tmp_path, monkeypatch):
    for name in ("sequences/transformer", "sequences/attention"):
        shutil.copytree(assignments_folder() / name, tmp_path / "all" / name)
    monkeypatch.setenv("GRADER_ASSIGNMENTS", str(tmp_path / "all"))
    told = {
        "en": "About 6 h of work. Do first: Self-attention and its parts (`sequences/attention`).\n\n## What",
        "ru": "Трудоёмкость — около 6 ч. Сначала сделайте: Самовнимание и его части (`sequences/attention`).\n\n## Зач",
    }
    for language, beginning in told.items():
        assert run("start", "sequences/transformer", language, language=language)[0] == 0
        assert (tmp_path / language / "statement.md").read_text(encoding="utf-8").startswith(beginning)
    assert run("start", "sequences/attention", "last")[0] == 0  # what it needs is not on this machine
    assert "Do first: `sequences/lstm`.\n" in (tmp_path / "last" / "statement.md").read_text(encoding="utf-8")


def test_without_a_server_what_is_here_will_do(run, tmp_path):
    assert run("start", KMEANS, "here")[0] == 0
    code, _, errors = run("start", "no/such")
    assert (code, "There is no assignment" in errors) == (2, True)
    assert "Задания 'no/such' нет" in run("start", "no/such", language="ru")[2]
    assert "Нет команды" in run("nonsense", language="ru")[2]
    assert "Не указан аргумент" in run("start", language="ru")[2]


def test_what_cannot_be_unpacked_is_refused(tmp_path):
    for name in ("../out.py", "/tmp/out.py"):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(name, "x")
        with pytest.raises(OurFault):
            materials._unpack(packed.getvalue(), tmp_path / "place" / "a")
        assert not (tmp_path / "place" / "a").exists()


def test_before_a_strict_deadline_is_missed_it_is_said(site, anna, tmp_path, monkeypatch):  # noqa: F811
    (tmp_path / "mine.py").write_text(SOLUTION)
    monkeypatch.setattr("web.api.views.now", lambda: datetime.now(UTC) + timedelta(days=30))
    code, out, _ = anna("submit", KMEANS, "mine.py", "--no-wait")
    assert (code, "practice" in out) == (0, True)
    assert "для тренировки" in anna("submit", KMEANS, "mine.py", "--no-wait", language="ru")[1]


def test_what_we_could_not_grade_is_told_with_what_it_takes(site, anna, tmp_path):  # noqa: F811
    set_course(site, "burst = 3")
    told = []
    for number, language in enumerate(("en", "en", "ru")):
        (tmp_path / "mine.py").write_text(f"{SOLUTION}# {number}\n")
        worker = threading.Thread(target=_break_soon, args=(site,))
        worker.start()
        code, _, errors = anna("submit", KMEANS, "mine.py", language=language)
        worker.join()
        assert code == 4
        told.append(errors)
    for text, words in zip(told, ("takes none of your uploads", "staff decides", "решат преподаватели"), strict=True):
        assert words in " ".join(text.split())


def _break_soon(site: Site) -> None:  # noqa: F811
    for _ in range(200):
        with site.database.reading() as session:
            waiting = session.query(Job).filter_by(state="queued").first()
        if waiting is not None:
            site.break_down(waiting.submission_id)
            return
        threading.Event().wait(0.05)


def test_where_one_stands_in_line_is_told_with_an_estimate(monkeypatch):
    found = {"state": "queued", "waiting_before": 3, "wait_seconds": 61.0}
    monkeypatch.setenv("GRADER_LANGUAGE", "en")
    assert how_long(found) == "waiting, 3 before it, about 2 min until the result"
    assert how_long({**found, "wait_seconds": None}) == "waiting, 3 before it"
    monkeypatch.setenv("GRADER_LANGUAGE", "ru")
    assert how_long(found) == "в очереди, впереди: 3, до результата примерно 2 мин"
