"""Every page has a budget: what it costs the database does not grow with what it does not show.

All routes that are only asked for are opened in a course, and again when there are twice as many students, the new ones
with twice as many uploads each; whoever looks has the same marks and uploads as before. A route without a budget fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from sqlalchemy import func, select, text

from grader.core.report import Report, TestResult, to_json
from grader.core.verdicts import Verdict
from grader.staff import invitations, regrades
from grader.store import tokens
from grader.store.models import Submission, User
from tests.crowd import Size, fill
from tests.in_force import put_in_force, text_in_force
from tests.web.conftest import SOURCE, TESTS, Site
from tests.web.costs import Cost, measured
from web import Settings, create_app

STUDENTS = 110  # a page of a list holds 100
TASK, CLOSED = "clustering/kmeans", "text/bags"
IS_CLOSED = (
    f'[[assignment]]\nname = "{CLOSED}"\npoints = 1\ndeadline = 2020-01-01T00:00:00\nsolutions = "after_closed"\n'
)
REPORT = to_json(Report(TASK, "hidden", (TestResult("t", Verdict.PASSED, Fraction(1), Fraction(1)),), "docker", 0.1))
ALIKE = 1.03, 300  # the same cost but for this part of it, and so many steps or rows more


@dataclass(frozen=True)
class Look:
    """A page, who opens it, and what each further student may cost it.

    ``steps`` are those of SQLite's machine, ``rows`` those that PostgreSQL goes through. Where they are not 0, ``why``
    says what the page shows of everybody; where they are None it is not opened.
    """

    endpoint: str
    who: str
    path: str
    steps: int | None = 0
    rows: int | None = 0
    why: str = ""


NUMBER = 35, 3, "their number and their groups, from an index"
CURRENT = 30, 4, "whether anybody's marks are old, from two indexes"
SORTED = 160, 12, "one number each, to sort by; whether marks are old"
NAMES = 60, 6, "all names are searched"
ALL = None, None, "everybody, and so it may cost what it likes"
LOOKS = (
    Look("static", "nobody", "/static/style.css"),
    Look("auth.log_in", "nobody", "/login"),
    Look("auth.account", "anna", "/account"),
    Look("student.home", "anna", "/"),
    Look("student.assignment", "anna", "/assignments/{task}"),
    Look("glossary.page", "anna", "/glossary/"),
    Look("student.picture", "anna", "/pictures/{task}"),
    Look("student.solution", "anna", "/solutions/{closed}"),
    Look("student.download", "anna", "/download/starter/{task}"),
    Look("student.submission", "anna", "/submissions/{mine}"),
    Look("student.submission", "anna", "/submissions/{waiting}"),
    Look("student.source", "anna", "/submissions/{mine}/source/mine.py"),
    Look("student.receipt", "anna", "/submissions/{mine}/receipt.json"),
    Look("student.live", "anna", "/submissions/{waiting}/live"),
    Look("student.events", "anna", "/submissions/{mine}/events"),
    Look("student.standing", "anna", "/standing"),
    Look("student.standing", "anna", "/standing?test=50&want=60"),
    Look("student.transcript", "anna", "/standing/transcript"),
    Look("gradebook.table", "boss", "/gradebook/", *NUMBER),
    Look("gradebook.table", "boss", "/gradebook/?sort=-name", *NUMBER),
    Look("gradebook.table", "boss", "/gradebook/?group=M01", *NUMBER),
    Look("gradebook.table", "boss", "/gradebook/?sort=-final", *SORTED),
    Look("gradebook.table", "boss", "/gradebook/?sort={task}", *SORTED),
    Look("gradebook.table", "boss", "/gradebook/?search=anna", *NAMES),
    Look("gradebook.export", "boss", "/gradebook/export/csv", *ALL),
    Look("gradebook.person", "boss", "/gradebook/people/{anna}"),
    Look("gradebook.transcript", "boss", "/gradebook/people/{anna}/transcript"),
    Look("gradebook.gradescope", "boss", "/gradebook/submissions/{mine}/results.json"),
    Look("marking.defence_list", "boss", "/marking/defences", 60, 8, "the number of labs that wait"),
    Look("marking.defence_list", "boss", "/marking/defences?lab={lab}", 60, 8, "the number of labs that wait"),
    Look("marking.theory_grid", "boss", "/marking/theory", *NUMBER),
    Look("extending.table", "boss", "/marking/extensions", *NUMBER),
    Look("extending.bring", "boss", "/marking/extensions/import"),
    Look("codeforces.contests", "boss", "/codeforces/"),
    Look("similarity.choice", "boss", "/similarity/"),
    Look("similarity.choice", "boss", "/similarity/?assignment={task}", *ALL),
    Look("similarity.pair", "boss", "/similarity/{mine}/{other}/{task}", *ALL),
    Look("people.table", "boss", "/people", *NUMBER),
    Look("people.table", "boss", "/people?search=anna", *NAMES),
    Look("people.account", "boss", "/people/{anna}"),
    Look("people.export", "boss", "/people/{anna}/data.zip"),
    Look("people.own_data", "anna", "/account/data.zip"),
    Look("people.import_roster", "boss", "/people/import"),
    Look("mail.table", "boss", "/mail"),
    Look("people.invitation", "nobody", "/invitation/{secret}"),
    Look("audit.log", "boss", "/audit/"),
    Look("audit.log", "boss", "/audit/?subject=anna"),
    Look("audit.log", "boss", "/audit/?actor=anna"),
    Look("audit.log", "boss", "/audit/?action=regrade"),
    Look("audit.log", "boss", "/audit/?subject={task}", 2000, 100, "all subjects are searched for their end"),
    Look("statistics.table", "boss", "/statistics/", *CURRENT),
    Look("statistics.assignment", "boss", "/statistics/{task}", *CURRENT),
    Look("regrades.table", "boss", "/regrades/", *CURRENT),
    Look("regrades.show", "boss", "/regrades/{regrade}"),
    Look("operations.health", "nobody", "/healthz"),
    Look("operations.ready", "nobody", "/readyz"),
    Look("operations.metrics", "boss", "/metrics"),
    Look("operations.status", "boss", "/status"),
    Look("api.get_document", "nobody", "/api/v1/openapi.json"),
    Look("api.get_receipt_key", "nobody", "/api/v1/receipts/key"),
    Look("api.get_person", "anna's token", "/api/v1/me"),
    Look("api.list_assignments", "anna's token", "/api/v1/assignments"),
    Look("api.get_assignment", "anna's token", "/api/v1/assignments/{task}"),
    Look("api.get_statement", "anna's token", "/api/v1/assignments/{task}/statement"),
    Look("api.get_files", "anna's token", "/api/v1/assignments/{task}/files.zip"),
    Look("api.get_solution", "anna's token", "/api/v1/assignments/{closed}/solution"),
    Look("api.list_submissions", "anna's token", "/api/v1/submissions"),
    Look("api.list_submissions", "anna's token", "/api/v1/submissions?assignment={task}"),
    Look("api.get_submission", "anna's token", "/api/v1/submissions/{mine}"),
    Look("api.get_progress", "anna's token", "/api/v1/submissions/{waiting}/progress"),
    Look("api.get_receipt", "anna's token", "/api/v1/submissions/{mine}/receipt"),
    Look("api.get_file", "anna's token", "/api/v1/submissions/{mine}/file"),
    Look("api.get_grades", "anna's token", "/api/v1/grades"),
    Look("api.what_if", "anna's token", "/api/v1/what-if?test=50&want=60"),
    Look("api.get_gradebook", "boss's token", "/api/v1/gradebook", *NUMBER),
    Look("api.export_gradebook", "boss's token", "/api/v1/gradebook/export", *ALL),
    Look("api.list_people", "boss's token", "/api/v1/people", *ALL),
    Look("api.list_people", "boss's token", "/api/v1/people?role=instructor", *NUMBER),
    Look("api.get_sheet", "boss's token", "/api/v1/people/anna"),
)

OPENED = [look for look in LOOKS if look.steps is not None]


class Course:
    """A site with a crowd in it, and somebody who looks at each page."""

    def __init__(self, site: Site) -> None:
        self.site, self.crowd = site, 0
        limits = "submissions = { burst = 9, refill_minutes = 60 }\n"
        put_in_force(
            site.database, limits + text_in_force(site.database).replace("points = 20", "points = 19") + IS_CLOSED
        )
        clients = {"nobody": site.client(), "anna": site.client("anna"), "boss": site.client("boss")}
        mine, waiting = (site.upload(clients["anna"], content=SOURCE + b"#" * n).location for n in range(2))
        self.values = {
            "task": TASK,
            "closed": CLOSED,
            "mine": mine.rpartition("/")[2],
            "waiting": waiting.rpartition("/")[2],
            "anna": site.ids["anna"],
        }
        site.grade(self.values["mine"], TESTS)
        self.course = site.app.extensions["grader"].applied.current()
        lab = next(item.name for item in self.course.items if item.kind == "lab")
        now = datetime.now(UTC)
        with site.database.writing() as session:
            anna, boss = (session.get_one(User, site.ids[login]) for login in ("anna", "boss"))
            secret = invitations.invite(session, session.get_one(User, site.ids["boris"]), actor=boss, now=now)
            for login, user, scope in (("anna", anna, ["read"]), ("boss", boss, ["read", "staff"])):
                clients[f"{login}'s token"] = site.client()
                bearer = f"Bearer {tokens.issue(session, user, '', scope, now=now)}"
                clients[f"{login}'s token"].environ_base["HTTP_AUTHORIZATION"] = bearer
        regrade = regrades.start(
            site.database, self.course, TASK, only=self.values["mine"], why="x", actor=boss, now=now
        )
        self.values |= {"lab": lab, "secret": secret, "regrade": regrade}
        self.clients = clients

    def grow(self, uploads: int) -> None:
        names = [item.name for item in self.course.items]
        fill(self.site.database, names, Size(STUDENTS, 0, uploads), first=self.crowd, report=REPORT, logged=True)
        self.crowd += STUDENTS
        if self.site.database.engine.dialect.name == "postgresql":
            with self.site.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("vacuum analyze"))

    def costs(self) -> dict[Look, Cost]:
        """What each page costs, once it was opened before."""
        engine, found = self.site.app.extensions["grader"].database.engine, {}
        for look in OPENED:
            client, path = self.clients[look.who], look.path.format(**self.values)
            client.get(path)
            with measured(engine) as cost:
                answer = client.get(path)
                assert answer.status_code == 200, (path, answer.status_code)
                answer.get_data()
            found[look] = cost
        return found


@pytest.fixture
def course(site: Site) -> Course:
    return Course(site)


def test_every_route_that_is_only_asked_for_has_a_budget():
    app = create_app(Settings(database="sqlite://", secret="x" * 40))
    routes = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    assert routes == {look.endpoint for look in LOOKS}


def test_what_a_page_costs_does_not_grow_with_what_it_does_not_show(course):
    course.grow(2)
    with measured(course.site.database.engine) as scan, course.site.database.reading() as database:
        number = database.scalar(select(func.count()).where(Submission.entry != "none"))
    assert scan.read >= number > 2 * STUDENTS  # what goes through a table is seen
    before = course.costs()
    course.grow(4)
    after = course.costs()
    kind = course.site.database.engine.dialect.name
    over = []
    for look in OPENED:
        was, now = before[look], after[look]
        more = (look.steps if kind == "sqlite" else look.rows) * STUDENTS
        if len(now.queries) > len(was.queries) or now.read > was.read * ALIKE[0] + ALIKE[1] + more:
            over.append((look.path, len(was.queries), len(now.queries), was.read, now.read))
    assert over == []
