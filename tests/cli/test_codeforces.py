"""`grader codeforces import` on an installation: from saved answers and from a server, a plan first."""

from __future__ import annotations

import json

from tests.cli.test_codeforces_api import ok, server  # noqa: F401 - a fixture
from tests.core.test_codeforces import START, party, row, standings, submission
from tests.in_force import put_in_force

CONTEST = """
[[codeforces]]
name = "codeforces/warm-up"
title = { en = "Warm-up", ru = "Разминка" }
points = 2
contest = 566
problems = ["A", "B"]
deadline = 2033-05-18T03:33:20Z
"""


def prepared(place):
    course = place.folder / "course.toml"
    text = course.read_text().replace("points = 20", "points = 18").replace("points = 15", "points = 14")
    put_in_force(place.database, text + CONTEST)
    assert place("people", "set", "anna", "--codeforces", "Anna_CF").code == 0


def test_saved_answers_are_looked_at_then_imported(place):
    prepared(place)
    saved = place.folder / "status.json"
    saved.write_text(
        json.dumps({"status": "OK", "result": [submission(5, handles=("anna_cf",)), submission(6, handles=("x",))]})
    )
    command = ("codeforces", "import", "codeforces/warm-up", "--from", str(saved))
    looked = place(*command)
    assert looked.code == 0
    assert "1.00 of 2" in looked.out
    assert "nobody's handles: x" in looked.out
    assert "without a handle: boris" in looked.out
    assert place(*command, "--json").json["applied"] is False
    done = place(*command, "--apply", "--json").json
    assert [(c["login"], c["points"], len(c["new"])) for c in done["changes"]] == [("anna", 1, 1)]
    assert place(*command, "--json").json["unchanged"] == 1


def test_without_a_file_codeforces_is_asked(place, server):  # noqa: F811
    prepared(place)
    server.answers = [ok(standings(row(party("anna_cf"), (1, 90), (1, 91), (0, None))))]
    done = place("codeforces", "import", "codeforces/warm-up", "--api", server.url, "--apply", "--json")
    assert (done.code, done.json["changes"][0]["points"]) == (0, 2)
    assert server.asked[0][1]["handles"] == "Anna_CF"
    assert START < 1_900_000_000  # the standings' start is before the deadline


def test_an_unknown_handle_and_a_running_contest_are_told_in_both_languages(place, server, monkeypatch):  # noqa: F811
    prepared(place)
    assert place("people", "set", "boris", "--codeforces", "gone_cf").code == 0
    refused = 400, {"status": "FAILED", "comment": "handles: User with handle gone_cf not found"}
    running = ok(standings(row(party("anna_cf"), (1, 90), (0, None), (0, None)), phase="CODING"))
    command = ("codeforces", "import", "codeforces/warm-up", "--api", server.url)
    server.answers = [refused, running]
    looked = place(*command).out
    assert "unknown to Codeforces (renamed or mistyped): gone_cf" in looked
    assert "provisional: the contest is running" in looked
    server.answers = [refused, running]
    done = place(*command, "--apply", "--json").json
    assert (done["unknown"], done["phases"], done["provisional"]) == (["gone_cf"], ["CODING"], ["anna"])
    monkeypatch.setenv("GRADER_LANGUAGE", "ru")
    server.answers = [refused, ok(standings(row(party("anna_cf"), (0, None), (0, None), (0, None))))]
    looked = place(*command).out
    assert "отозвано у anna: A (больше не принято)" in looked
    assert "переименованы или опечатка): gone_cf" in looked


def test_wrong_input_is_told(place, tmp_path):
    prepared(place)
    bad = tmp_path / "bad.json"
    bad.write_text("{")
    for command, said in (
        (("codeforces/warm-up", "--from", str(bad)), "is no JSON"),
        (("codeforces/warm-up", "--from", str(tmp_path / "none")), "cannot be read"),
        (("clustering/kmeans", "--from", str(bad)), "not judged on Codeforces; what is: codeforces/warm-up"),
    ):
        done = place("codeforces", "import", *command)
        assert done.code == 2
        assert said in done.err
