"""The OpenAPI document is true: whatever is sent, answers are those that it tells, and none is a failure of ours.

Schemathesis makes requests from the document, good ones and bad ones, with the tokens of every role.
"""

from __future__ import annotations

import io
import re
from dataclasses import fields
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from grader.core import report as core
from grader.core.verdicts import Verdict
from grader.store import people, tokens
from grader.store.engine import Database
from grader.store.migrations import upgrade
from tests.in_force import put_in_force, small_course
from tests.web.conftest import SOURCE, TESTS, Site
from web import Settings, create_app
from web.api import shapes
from web.extensions import limiter

API = "/api/v1"
SCOPES = {"student": ("read", "submit"), "assistant": tokens.SCOPES, "instructor": tokens.SCOPES}
SENT = 6  # requests for each operation, kind of data and kind of path
CHECKS = (
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
)
QUICK = settings(
    max_examples=SENT,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The application with somebody of every role, their tokens, and paths that lead to something."""
    folder, now = tmp_path_factory.mktemp("contract"), datetime.now(UTC)
    database = Database(f"sqlite:///{folder / 'grader.db'}")
    upgrade(database.engine)
    put_in_force(database, small_course(now))
    secrets = {}
    with database.writing() as session:
        for role, scopes in SCOPES.items():
            user = people.add_user(session, role, role.title(), role=role, group="M1", password=None, now=now)
            secrets[role] = tokens.issue(session, user, "", scopes, now=now)
    url = database.engine.url.render_as_string()
    app = create_app(Settings(database=url, secret="x" * 40, insecure_http=True))
    was, limiter.enabled = limiter.enabled, False  # it would answer for everybody
    form = {"assignment": "clustering/kmeans", "file": (io.BytesIO(SOURCE), "mine.py")}
    headers = {"Authorization": f"Bearer {secrets['student']}"}
    submission = app.test_client().post(f"{API}/submissions", data=form, headers=headers).json["id"]
    Site(app, database, {}).grade(submission, TESTS)
    known = {
        "lecture": "clustering", "name": "kmeans", "login": "student", "group": "M1", "submission_id": submission,
        "entry_id": "none",
    }  # fmt: skip
    yield app, secrets, known
    limiter.enabled = was
    database.close()


def operations(app):
    """Every operation but the one that would end the token."""
    schema = schemathesis.openapi.from_wsgi(f"{API}/openapi.json", app)
    found = [result.ok() for result in schema.get_all_operations()]
    return [operation for operation in found if operation.label != "DELETE /tokens/current"]


def ask(operation, path, mode, headers) -> set[int]:
    """Send requests, check every answer against the document; the statuses that there were."""
    statuses = set()

    @QUICK
    @given(case=operation.as_strategy(generation_mode=mode, path_parameters=path))
    def asked(case):
        answer = case.call(headers=headers)
        statuses.add(answer.status_code)
        case.validate_response(answer, checks=list(CHECKS), headers=headers)

    try:
        asked()
    except Unsatisfiable:  # nothing wrong can be sent to what takes nothing
        assert mode is GenerationMode.NEGATIVE
        assert not operation.body
        assert not operation.query
    return statuses


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("role", list(SCOPES))
def test_answers_are_those_that_the_document_tells(served, role, mode):
    app, secrets, known = served
    headers = {"Authorization": f"Bearer {secrets[role]}"}
    answers: dict[str, set[int]] = {}
    for operation in operations(app):
        named = {parameter.name: known[parameter.name] for parameter in operation.path_parameters}
        for path in [named, None] if named else [None]:
            answers.setdefault(operation.label, set()).update(ask(operation, path, mode, headers))
    assert len(answers) > 25
    assert 500 not in set().union(*answers.values())
    reached = {label for label, codes in answers.items() if codes & {200, 201, 204}}
    if mode is GenerationMode.POSITIVE:
        assert {"GET /grades", "GET /submissions/{submission_id}", "GET /assignments"} <= reached
        assert ("GET /gradebook" in reached) == (role != "student")


def test_without_a_token_nothing_is_told(served):
    app, _, known = served
    document = app.test_client().get(f"{API}/openapi.json").json
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            status = app.test_client().open(f"{API}{path.format(**known)}", method=method.upper()).status_code
            if operation.get("security"):
                assert status == 401, (method, path)
            else:
                assert status in (200, 400), (method, path)


def test_every_route_is_in_the_document(served):
    app, _, _ = served
    document = app.test_client().get(f"{API}/openapi.json").json
    told = {operation["operationId"] for methods in document["paths"].values() for operation in methods.values()}
    routes = {rule.endpoint.partition(".")[2] for rule in app.url_map.iter_rules() if rule.rule.startswith(API)}
    assert told == routes


def test_every_operation_is_in_the_reference(served):
    app, _, _ = served
    document = app.test_client().get(f"{API}/openapi.json").json
    told = (Path(__file__).resolve().parents[2] / "docs/reference/api.md").read_text()
    for path, methods in document["paths"].items():
        plain = path.replace("{submission_id}", "{id}")
        for method in methods:
            mentioned = rf"\b{method.upper()}\b(`, `DELETE)? {re.escape(plain)}[`?]"
            shared = rf"`PUT`, `{method.upper()} {re.escape(plain)}`"
            assert re.search(mentioned, told) or re.search(shared, told), (method, path)


def test_the_shape_of_a_report_is_the_report():
    """A field that is added to reports must be told here too."""
    raised = core.Raised("E", "a.py", 1, "x")
    test = core.TestResult("t", Verdict.ERROR, Fraction(0), Fraction(1), raised=raised)
    report = core.Report("a/b", "hidden", (test,), "docker", 1.0, core.ImportFault(Verdict.ERROR, raised))
    data = core.to_json(report)
    assert set(data) == set(shapes.Report.model_fields)
    assert set(data["tests"][0]) == set(shapes.Test.model_fields)
    assert {field.name for field in fields(core.Raised)} == set(shapes.Raised.model_fields)
    assert shapes.Report(**data)
