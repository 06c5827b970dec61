"""The client against a server that speaks the documented protocol: envelopes, failures, limits, signatures."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from grader.cli.codeforces_api import PAUSE, Api, Key, fetch, read_key
from grader.core.codeforces import signature
from grader.core.course import Contest
from grader.core.errors import BadInput, OurFault
from tests.core.test_codeforces import START, party, row, standings, submission

CONTEST = Contest(566, ("A", "B"))
KEY = Key("the-key", "the-very-secret")


class Codeforces(ThreadingHTTPServer):
    """Answers in order what it was given, and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.answers: list[tuple[int, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/api"


class Handler(BaseHTTPRequestHandler):
    server: Codeforces

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.server.asked.append((parts.path.rpartition("/")[2], dict(parse_qsl(parts.query))))
        status, answer = self.server.answers.pop(0)
        body = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Codeforces]:
    made = Codeforces()
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def api(server: Codeforces, waits: list[float]) -> Iterator[Api]:
    with httpx.Client() as client:
        yield Api(client, server.url, KEY, sleep=waits.append)


def ok(result: Any) -> tuple[int, Any]:
    return 200, {"status": "OK", "result": result}


def test_a_request_is_signed_over_all_that_is_sent(server, api):
    server.answers = [ok([])]
    assert api.call("user.status", handle="anna", count="5") == []
    ((method, asked),) = server.asked
    signed = asked.pop("apiSig")
    assert asked["apiKey"] == "the-key"
    assert signature(method, asked, KEY.secret, signed[:6]) == signed
    assert KEY.secret not in str(server.asked)


def test_one_request_in_two_seconds(server, api, waits):
    server.answers = [ok([])] * 3
    for _ in range(3):
        api.call("user.status", handle="anna")
    assert len(waits) == 2
    assert all(1.5 < wait <= PAUSE for wait in waits)


@pytest.mark.parametrize(
    "trouble",
    [
        (503, "<html>busy</html>"),
        (500, {}),
        (200, "nonsense"),
        (400, {"status": "FAILED", "comment": "Call limit exceeded"}),
    ],
)
def test_a_passing_trouble_is_tried_again_with_growing_pauses(server, api, waits, trouble):
    server.answers = [trouble, trouble, ok([7])]
    assert api.call("user.status", handle="anna") == [7]
    assert len(server.asked) == 3
    assert waits[1] > waits[0] > 0


def test_a_lasting_trouble_is_ours_and_tells_no_key(server, api):
    server.answers = [(503, "")] * 5
    with pytest.raises(OurFault, match="does not answer") as caught:
        api.call("user.status", handle="anna")
    assert KEY.key not in str(caught.value)
    assert KEY.secret not in repr(KEY)


def test_a_failure_is_told_at_once(server, api):
    server.answers = [(400, {"status": "FAILED", "comment": "handles: User with handle x not found"})]
    with pytest.raises(BadInput, match="User with handle x not found"):
        api.call("contest.standings", contestId="566")
    assert len(server.asked) == 1


def test_nobody_there(waits):
    with httpx.Client() as client, pytest.raises(OurFault, match="ConnectError"):
        Api(client, "http://127.0.0.1:9/api", sleep=waits.append).call("user.status")


def test_who_has_no_time_in_the_standings_is_asked_for(server, api):
    rows = [
        row(party("anna"), (1, 90), (0, None), (0, None)),
        row(party("boris", kind="PRACTICE"), (1, None), (0, None), (0, None)),
    ]
    server.answers = [ok(standings(*rows)), ok([submission(5, handles=("boris",), at=START + 7)])]
    found = fetch(api, CONTEST, ["anna", "boris"])
    assert {(one.handle, int(one.at.timestamp()) - START) for one in found.accepted} == {("anna", 90), ("boris", 7)}
    assert found.untimed == frozenset()
    assert server.asked[0][1]["handles"] == "anna;boris"
    assert [method for method, _ in server.asked] == ["contest.standings", "user.status"]


def unknown(*names, field="handles"):
    return 400, {"status": "FAILED", "comment": f"{field}: User with handle {names[0]} not found"}


def test_unknown_handles_are_told_and_the_others_asked_for(server, api):
    server.answers = [
        unknown("Boris"),
        unknown("clara"),
        ok(standings(row(party("anna"), (1, 90), (0, None), (0, None)))),
    ]
    found = fetch(api, CONTEST, ["anna", "boris", "clara"])
    assert found.unknown == {"boris", "clara"}
    assert [one.handle for one in found.accepted] == ["anna"]
    assert found.asked == {"anna"}
    assert [asked["handles"] for _, asked in server.asked] == ["anna;boris;clara", "anna;clara", "anna"]


def test_where_nobody_is_known_standings_of_everybody_are_not_asked_for(server, api):
    server.answers = [unknown("anna")]
    found = fetch(api, CONTEST, ["anna"], ["anna"])
    assert (found.unknown, found.accepted, len(server.asked)) == ({"anna"}, (), 1)


def test_a_refusal_that_names_no_handle_is_searched_for_by_halves(server, api):
    bad = 400, {"status": "FAILED", "comment": "handles: Field should contain between 3 and 24 characters"}
    server.answers = [bad, ok(standings()), bad]
    found = fetch(api, CONTEST, ["anna", "x"])
    assert (found.unknown, found.asked) == ({"x"}, {"anna"})


def test_a_refusal_about_the_contest_is_told(server, api):
    server.answers = [(400, {"status": "FAILED", "comment": "contestId: Contest with id 566 not found"})]
    with pytest.raises(BadInput, match="Contest with id 566 not found"):
        fetch(api, CONTEST, ["anna", "boris"])


def test_whose_submissions_told_something_before_is_asked_again(server, api):
    server.answers = [ok(standings()), unknown("anna", field="handle"), ok([submission(5, handles=("boris",))])]
    found = fetch(api, CONTEST, ["anna", "boris"], ["anna", "boris"])
    assert (found.unknown, [one.handle for one in found.accepted]) == ({"anna"}, ["boris"])
    assert [(one.handle, one.first) for one in found.listed] == [("boris", 0)]


def test_a_key_file_must_be_its_owners_alone(tmp_path):
    path = tmp_path / "key"
    path.write_text("the-key\nthe-very-secret\n")
    path.chmod(0o644)
    with pytest.raises(BadInput, match="chmod 600"):
        read_key(path)
    path.chmod(0o600)
    assert read_key(path) == KEY
    path.write_text("only-one\n")
    with pytest.raises(BadInput, match="two lines"):
        read_key(path)
