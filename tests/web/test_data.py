"""The data of an assignment on its page: listed with sizes, to be saved, and only once the assignment is open."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.core.assignment import assignments_folder
from tests.web.test_course_rules import PAGE, set_course

DATA = "/download/data/clustering/kmeans?file="
SECRET = "answers.csv"


@pytest.fixture
def kmeans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an assignment with data; the site of a test comes after it."""
    copied = tmp_path / "all"
    for name in ("clustering/kmeans", "sequences/lstm"):
        shutil.copytree(assignments_folder() / name, copied / name)
    place = copied / "clustering/kmeans"
    (place / "data/more").mkdir(parents=True)
    (place / "data/table & co.csv").write_text("1,2\n")
    (place / "data/more/tone.wav").write_bytes(bytes(123_456))
    (place / "hidden" / SECRET).write_text("7")
    (place / "data" / SECRET).symlink_to(place / "hidden" / SECRET)
    monkeypatch.setenv("GRADER_ASSIGNMENTS", str(copied))
    return place


def test_they_are_listed_with_their_sizes_and_can_be_saved(kmeans, site):
    anna = site.client("anna")
    page = anna.get(PAGE).text
    assert "data/more/tone.wav" in page
    assert "123.5 kB" in page
    assert f'href="{DATA}table+%26+co.csv"' in page
    assert SECRET not in page
    answer = anna.get(f"{DATA}table+%26+co.csv")
    assert (answer.status_code, answer.data) == (200, b"1,2\n")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert anna.get(f"{DATA}more/tone.wav").data == bytes(123_456)
    russian = site.client("anna", language="ru").get(PAGE).text
    assert "123,5 кБ" in russian
    assert "Данные" in russian


@pytest.mark.parametrize(
    "path", ["", "../hidden/test_kmeans.py", "more", "/etc/passwd", SECRET, "more/../table & co.csv"]
)
def test_nothing_else_can_be_asked_for(kmeans, site, path):
    assert site.client("anna").get("/download/data/clustering/kmeans", query_string={"file": path}).status_code == 404


def test_before_the_assignment_opens_they_are_the_staffs(kmeans, site):
    set_course(site, "opens = 2999-03-01T09:00:00")
    path = f"{DATA}more/tone.wav"
    assert "tone.wav" not in site.client("anna").get(PAGE).text
    assert site.client("anna").get(path).status_code == 404
    assert site.client("tutor").get(path).status_code == 200
    assert site.app.test_client().get(path).status_code == 302


def test_an_assignment_without_data_says_nothing_of_it(kmeans, site):
    page = site.client("anna").get("/assignments/sequences/lstm").text
    assert 'id="data"' not in page
