"""The same bytes within a minute are the same upload: one submission, one receipt, one taken from the budget."""

from __future__ import annotations

import io
import threading
from datetime import UTC, datetime, timedelta

import pytest

from grader.store.models import Job, Submission
from tests.in_force import put_in_force, text_in_force
from tests.web.conftest import SOURCE
from tests.web.test_api import API, KMEANS, Program


@pytest.fixture
def limited(site):
    """A course in which there is one upload, and no more."""
    put_in_force(site.database, text_in_force(site.database) + "\n[submissions]\nburst = 1\n")
    site.app.config["WTF_CSRF_ENABLED"] = False
    return site


def send(site, program, content: bytes = SOURCE, name: str = "mine.py"):
    form = {"assignment": KMEANS, "file": (io.BytesIO(content), name)}
    return site.app.test_client().post(f"{API}/submissions", data=form, headers=program.headers)


def counts(site) -> tuple[int, int]:
    with site.database.reading() as session:
        return session.query(Submission).count(), session.query(Job).count()


def test_two_that_come_at_once_are_one(limited):
    program, answers = Program(limited), []
    together = threading.Barrier(3)

    def hand_in() -> None:
        together.wait()
        answers.append(send(limited, program))

    threads = [threading.Thread(target=hand_in) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201] * 3
    assert len({(answer.json["id"], str(answer.json["receipt"])) for answer in answers}) == 1
    assert counts(limited) == (1, 1)


def test_pages_and_programs_count_together_and_the_page_says_so(limited):
    first = send(limited, Program(limited)).json
    for language, told in (("en", "it was counted once"), ("ru", "попытка засчитана один раз")):
        client = limited.client("anna", language)
        answer = client.post(f"/assignments/{KMEANS}", data={"file": (io.BytesIO(SOURCE), "again.py")})
        assert answer.location == f"/submissions/{first['id']}"
        assert told in client.get(answer.location).text
    assert counts(limited) == (1, 1)


def test_other_bytes_are_another_upload_another_person_s_too_and_so_is_a_later_one(limited):
    program = Program(limited)
    first = send(limited, program)
    refused = send(limited, program, SOURCE + b"#")
    assert refused.status_code == 400
    assert "1 uploads" in refused.json["detail"]
    boris = send(limited, Program(limited, "boris"))
    assert boris.status_code == 201
    assert boris.json["id"] != first.json["id"]
    with limited.database.writing() as session:
        session.get_one(Submission, first.json["id"]).received_at = datetime.now(UTC) - timedelta(seconds=61)
    assert send(limited, program).status_code == 400  # a new upload, and there are none left


def test_what_we_failed_to_grade_can_be_sent_again_at_once(limited):
    program = Program(limited)
    first = send(limited, program).json["id"]
    with limited.database.writing() as session:
        session.query(Job).one().state = "broken"
        session.get_one(Submission, first).costs = False
    assert send(limited, program).json["id"] != first
