"""The interface for programs: tokens, uploads, results, errors as problems."""

from __future__ import annotations

import io

from grader.core.report import from_json
from tests.web.conftest import PASSWORDS, SOURCE, TESTS


def authorised(site, login="anna"):
    client = site.app.test_client()
    answer = client.post("/api/v1/tokens", json={"login": login, "password": PASSWORDS[login]})
    assert answer.status_code == 201
    return client, {"Authorization": f"Bearer {answer.json['token']}"}


def test_an_upload_and_its_report(site):
    client, headers = authorised(site)
    form = {"assignment": "clustering/kmeans", "file": (io.BytesIO(SOURCE), "mine.py")}
    answer = client.post("/api/v1/submissions", data=form, headers=headers)
    assert answer.status_code == 201
    place = f"/api/v1/submissions/{answer.json['id']}"
    assert client.get(place, headers=headers).json["state"] == "queued"
    site.grade(answer.json["id"], TESTS)
    shown = client.get(place, headers=headers).json
    assert shown["state"] == "graded"
    assert [test.name for test in from_json(shown["report"]).tests] == ["test_a", "test_b"]
    assert "hidden" not in str(shown["report"]["tests"])
    listed = client.get("/api/v1/submissions?assignment=clustering/kmeans", headers=headers).json
    assert [(s["score"], s["max_score"]) for s in listed] == [(2, 4)]
    other, others = authorised(site, "boris")
    assert other.get(place, headers=others).status_code == 404


def test_assignments_and_grades(site):
    client, headers = authorised(site)
    names = [a["name"] for a in client.get("/api/v1/assignments", headers=headers).json]
    assert "clustering/kmeans" in names
    grades = client.get("/api/v1/grades", headers=headers).json
    assert (grades["theory"], grades["practice"], grades["final"]) == (0, 0, 0.0)


def test_errors_are_problems(site):
    client, headers = authorised(site)
    cases = [
        (client.get("/api/v1/grades"), 401),
        (client.get("/api/v1/grades", headers={"Authorization": "Bearer grd_wrong"}), 401),
        (client.post("/api/v1/tokens", json={"login": "anna", "password": "no"}), 401),
        (client.post("/api/v1/tokens", data="nonsense"), 400),
        (client.get("/api/v1/submissions/none", headers=headers), 404),
        (client.post("/api/v1/submissions", data={"assignment": "no/such"}, headers=headers), 404),
        (client.post("/api/v1/submissions", data={"assignment": "clustering/kmeans"}, headers=headers), 400),
    ]
    for answer, code in cases:
        assert answer.status_code == code
        assert answer.content_type == "application/problem+json"
        assert answer.json["status"] == code
    form = {"assignment": "clustering/kmeans", "file": (io.BytesIO(b"x = 1"), "mine.py")}
    refused = client.post("/api/v1/submissions", data=form, headers=headers)
    assert refused.status_code == 400
    assert "does not define kmeans" in refused.json["detail"]


def test_a_session_cookie_is_no_token(site, anna):
    assert anna.get("/api/v1/grades").status_code == 401


def test_health(site):
    assert site.app.test_client().get("/healthz").json == {"database": True}
