"""Who gets what: every route, page or interface, for every kind of actor; then the states of assignments and of jobs.

A route without a row fails. What is another's is as absent as what never was, whoever asks.
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from grader.staff import invitations
from grader.store import people, tokens
from grader.store.models import Base, BonusEntry, Job, SubmissionAuthor, User
from tests.web.conftest import PASSWORDS, SOURCE, TESTS, Site
from tests.web.test_course_rules import set_course
from web.extensions import limiter

# + answered (also: the form is not right)   - absent   L to the log-in, as after log-out
# v only looking: not allowed   1 login or password is wrong
#   for: the owner of the submission and the token, one of the same team, another student, one who was deactivated with
#   a session still open, an assistant who looks as the owner, an assistant, an instructor
PAGES = """
                                  nobody  owner  mate  other  gone  looks  tutor  boss
audit.log                   GET   L       -      -     -      L     v      +      +
auth.account                GET   L       +      +     +      L     v      +      +
auth.account                POST  L       +      +     +      L     v      +      +
auth.issue_token            POST  L       +      +     +      L     v      +      +
auth.log_in                 GET   +       +      +     +      +     v      +      +
auth.log_in                 POST  1       1      1     1      1     v      1      1
auth.log_out                POST  L       L      L     L      L     L      L      L
auth.revoke_token           POST  L       +      -     -      L     v      -      -
auth.set_language           POST  +       +      +     +      +     v      +      +
codeforces.bring            POST  L       -      -     -      L     v      -      +
codeforces.contests         GET   L       -      -     -      L     v      -      +
extending.bring             GET   L       -      -     -      L     v      -      +
extending.bring             POST  L       -      -     -      L     v      -      +
extending.extend            POST  L       -      -     -      L     v      -      +
extending.table             GET   L       -      -     -      L     v      +      +
extending.withdraw          POST  L       -      -     -      L     v      -      +
glossary.page               GET   L       +      +     +      L     +      +      +
gradebook.export            GET   L       -      -     -      L     v      +      +
gradebook.gradescope        GET   L       -      -     -      L     v      +      +
gradebook.person            GET   L       -      -     -      L     v      +      +
gradebook.table             GET   L       -      -     -      L     v      +      +
gradebook.transcript        GET   L       -      -     -      L     v      +      +
mail.again                  POST  L       -      -     -      L     v      -      +
mail.set_reminders          POST  L       +      +     +      L     v      +      +
mail.table                  GET   L       -      -     -      L     v      -      +
marking.defence_list        GET   L       -      -     -      L     v      +      +
marking.save_theory         POST  L       -      -     -      L     v      -      +
marking.theory_grid         GET   L       -      -     -      L     v      -      +
marks.clear_override        POST  L       -      -     -      L     v      -      +
marks.defend                POST  L       -      -     -      L     v      +      +
marks.enter_theory          POST  L       -      -     -      L     v      -      +
marks.extend                POST  L       -      -     -      L     v      -      +
marks.give_bonus            POST  L       -      -     -      L     v      -      +
marks.override              POST  L       -      -     -      L     v      -      +
marks.revoke_bonus          POST  L       -      -     -      L     v      -      +
marks.withdraw_defence      POST  L       -      -     -      L     v      +      +
marks.withdraw_extension    POST  L       -      -     -      L     v      -      +
operations.give_back        POST  L       -      -     -      L     v      -      +
operations.health           GET   +       +      +     +      +     v      +      +
operations.metrics          GET   -       -      -     -      -     v      +      +
operations.ready            GET   +       +      +     +      +     v      +      +
operations.retry            POST  L       -      -     -      L     v      -      +
operations.send_back        POST  L       -      -     -      L     v      -      +
operations.status           GET   L       -      -     -      L     v      +      +
people.account              GET   L       -      -     -      L     v      -      +
people.add                  POST  L       -      -     -      L     v      -      +
people.change               POST  L       -      -     -      L     v      -      +
people.export               GET   L       -      -     -      L     v      -      +
people.import_roster        GET   L       -      -     -      L     v      -      +
people.import_roster        POST  L       -      -     -      L     v      -      +
people.invitation           GET   +       +      +     +      +     v      +      +
people.invitation           POST  +       +      +     +      +     v      +      +
people.invite               POST  L       -      -     -      L     v      -      +
people.invite_all           POST  L       -      -     -      L     v      -      +
people.own_data             GET   L       +      +     +      L     v      +      +
people.remove               POST  L       -      -     -      L     v      -      +
people.set_active           POST  L       -      -     -      L     v      -      +
people.table                GET   L       -      -     -      L     v      -      +
regrades.apply              POST  L       -      -     -      L     v      -      +
regrades.roll_back          POST  L       -      -     -      L     v      -      +
regrades.show               GET   L       -      -     -      L     v      +      +
regrades.start              POST  L       -      -     -      L     v      -      +
regrades.table              GET   L       -      -     -      L     v      +      +
regrades.withdraw           POST  L       -      -     -      L     v      -      +
similarity.choice           GET   L       -      -     -      L     v      +      +
similarity.pair             GET   L       -      -     -      L     v      -      -
static                      GET   +       +      +     +      +     +      +      +
statistics.assignment       GET   L       -      -     -      L     v      +      +
statistics.table            GET   L       -      -     -      L     v      +      +
student.assignment          GET   L       +      +     +      L     +      +      +
student.download            GET   L       +      +     +      L     +      +      +
student.events              GET   L       +      +     -      L     +      +      +
student.home                GET   L       +      +     +      L     +      +      +
student.live                GET   L       +      +     -      L     +      +      +
student.picture             GET   L       +      +     +      L     +      +      +
student.receipt             GET   L       +      +     -      L     +      +      +
student.solution            GET   L       -      -     -      L     -      +      +
student.source              GET   L       +      +     -      L     +      +      +
student.standing            GET   L       +      +     +      L     +      +      +
student.submission          GET   L       +      +     -      L     +      +      +
student.transcript          GET   L       +      +     +      L     +      +      +
student.upload              POST  L       +      +     +      L     v      +      +
viewing.begin               POST  L       -      -     -      L     v      +      +
viewing.leave               POST  L       -      -     -      L     +      +      +
"""

# + answered   - absent   1 who is it?   3 not with this token, or not for this person
#   with: nothing, an instructor's cookie, the owner's token to read, and to hand in; those of one of the same team, of
#   another student, of one who was deactivated; one that has expired, and was revoked; all scopes of an assistant; an
#   instructor's to read; all scopes of an instructor, and of one who is no assistant any more
INTERFACE = """
                                 nobody cookie read submit mate other gone expired revoked tutor reader boss demoted
api.add_bonus             POST   1      1      3    3      3    3     1    1       1       3     3      +    3
api.clear_override        DELETE 1      1      3    3      3    3     1    1       1       3     3      +    3
api.create_submission     POST   1      1      3    +      +    +     1    1       1       +     3      +    +
api.create_token          POST   +      +      +    +      +    +     +    +       +       +     +      +    +
api.export_gradebook      GET    1      1      3    3      3    3     1    1       1       +     3      +    3
api.extend                PUT    1      1      3    3      3    3     1    1       1       3     3      +    3
api.extend_group          PUT    1      1      3    3      3    3     1    1       1       3     3      +    3
api.get_assignment        GET    1      1      +    3      +    +     1    1       1       +     +      +    +
api.get_document          GET    +      +      +    +      +    +     +    +       +       +     +      +    +
api.get_file              GET    1      1      +    3      +    -     1    1       1       +     +      +    -
api.get_files             GET    1      1      +    3      +    +     1    1       1       +     +      +    +
api.get_gradebook         GET    1      1      3    3      3    3     1    1       1       +     3      +    3
api.get_grades            GET    1      1      +    3      +    +     1    1       1       +     +      +    +
api.get_person            GET    1      1      +    +      +    +     1    1       1       +     +      +    +
api.get_progress          GET    1      1      +    3      +    -     1    1       1       +     +      +    -
api.get_receipt           GET    1      1      +    3      +    -     1    1       1       +     +      +    -
api.get_receipt_key       GET    +      +      +    +      +    +     +    +       +       +     +      +    +
api.get_sheet             GET    1      1      3    3      3    3     1    1       1       +     3      +    3
api.get_solution          GET    1      1      -    3      -    -     1    1       1       +     +      +    -
api.get_statement         GET    1      1      +    3      +    +     1    1       1       +     +      +    +
api.get_submission        GET    1      1      +    3      +    -     1    1       1       +     +      +    -
api.list_assignments      GET    1      1      +    3      +    +     1    1       1       +     +      +    +
api.list_people           GET    1      1      3    3      3    3     1    1       1       +     3      +    3
api.list_submissions      GET    1      1      +    3      +    +     1    1       1       +     +      +    +
api.mark_defended         PUT    1      1      3    3      3    3     1    1       1       +     3      +    3
api.revoke_bonus          DELETE 1      1      3    3      3    3     1    1       1       3     3      +    3
api.revoke_token          DELETE 1      1      +    +      +    +     1    1       1       +     +      +    +
api.set_override          PUT    1      1      3    3      3    3     1    1       1       3     3      +    3
api.set_theory            PUT    1      1      3    3      3    3     1    1       1       3     3      +    3
api.what_if               GET    1      1      +    3      +    +     1    1       1       +     +      +    +
api.withdraw_defence      DELETE 1      1      3    3      3    3     1    1       1       +     3      +    3
api.withdraw_extension    DELETE 1      1      3    3      3    3     1    1       1       3     3      +    3
"""
METHODS = {"GET", "POST", "PUT", "DELETE"}
LAST = ("viewing.begin", "viewing.leave", "auth.log_out")  # after these somebody is somebody else


def _turn(rule: Rule) -> tuple[int, str]:
    return (LAST.index(rule.endpoint) if rule.endpoint in LAST else -1), rule.endpoint


class World:
    """A site with something of everything, and the values that lead to it."""

    def __init__(self, site: Site) -> None:
        self.site, now = site, datetime.now(UTC)
        anna = site.client("anna")
        self.submissions = [self._upload(anna, SOURCE + b"#" * n) for n in range(2)]
        with site.database.writing() as session:
            for login in ("mate", "gone", "carl", "helper"):
                role = "assistant" if login == "helper" else "student"
                user = people.add_user(session, login, login.title(), role=role, group="M1", password=None, now=now)
                user.password_hash = session.get_one(User, site.ids["anna"]).password_hash
                site.ids[login], PASSWORDS[login] = user.id, PASSWORDS["anna"]
            for submission in self.submissions:
                session.add(SubmissionAuthor(submission_id=submission, user_id=site.ids["mate"]))
            carl, boss = session.get_one(User, site.ids["carl"]), session.get_one(User, site.ids["boss"])
            entry = BonusEntry(user_id=carl.id, points=1, reason="x", given_by=boss.id, created_at=now)
            session.add(entry)
            session.flush()
            secret = invitations.invite(session, carl, actor=boss, now=now)
            tokens.issue(session, session.get_one(User, site.ids["anna"]), "", ["read"], now=now)
            token = tokens.of(session, session.get_one(User, site.ids["anna"]))[0].id
            job = session.query(Job).filter_by(submission_id=self.submissions[0]).one().id
        self.values = {
            "submission_id": self.submissions[0], "first": self.submissions[0], "second": self.submissions[1],
            "user_id": carl.id, "job_id": job, "token_id": token, "entry_id": entry.id, "secret": secret,
            "login": "carl", "group": "M1", "path": "mine.py", "what": "starter", "filename": "style.css",
            "kind": "csv", "regrade_id": "none", "mail_id": "none", "worker_id": "none", "lecture": "clustering",
        }  # fmt: skip

    def _upload(self, client: FlaskClient, content: bytes) -> str:
        form = {"file": (io.BytesIO(content), "mine.py")}
        return client.post("/assignments/clustering/kmeans", data=form).location.rpartition("/")[2]

    def routes(self, *, interface: bool) -> Iterator[tuple[str, str, str]]:
        """Every route: endpoint, method, path."""
        rules = sorted(self.site.app.url_map.iter_rules(), key=_turn)
        for rule in rules:
            if rule.rule.startswith("/api/") is interface:
                for method in sorted(rule.methods & METHODS):
                    yield rule.endpoint, method, self.path(rule.rule)

    def path(self, rule: str, **values: str) -> str:
        """A rule with this world's values, or those told here, put in."""
        name = "kmeans" if "<lecture>" in rule else "clustering/kmeans"
        return re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda found: {"name": name, **self.values, **values}[found[1]], rule)

    def gone(self) -> None:
        with self.site.database.writing() as session:
            session.get_one(User, self.site.ids["gone"]).active = False


@pytest.fixture
def world(site, monkeypatch) -> World:
    monkeypatch.setattr(limiter, "enabled", False)
    monkeypatch.setattr("web.student.views.STREAM_SECONDS", 0.01)
    site.app.config["WTF_CSRF_ENABLED"] = False
    return World(site)


def table(text: str) -> tuple[list[str], dict[tuple[str, str], str]]:
    """The actors, and what each gets, by route and method."""
    head, *rows = [line.split() for line in text.strip().splitlines()]
    return head, {(endpoint, method): "".join(cells) for endpoint, method, *cells in rows}


def browsers(world: World) -> dict[str, FlaskClient]:
    logins = {"owner": "anna", "mate": "mate", "other": "boris", "gone": "gone", "looks": "helper", "tutor": "tutor"}
    found = {"nobody": world.site.app.test_client()}
    found |= {actor: world.site.client(login) for actor, login in logins.items()}
    found["boss"] = world.site.client("boss")
    assert found["looks"].post(f"/viewing/begin/{world.site.ids['anna']}").status_code == 302
    world.gone()
    return found


def got(answer) -> str:
    if answer.status_code == 302 and answer.headers["Location"].startswith("/login"):
        return "L"
    if answer.status_code == 401 and 'id="log-in-error"' in answer.text:  # a form: the page to log in, at once
        return "L"
    return {404: "-", 403: "v", 401: "1"}.get(answer.status_code, "+" if answer.status_code < 500 else "!")


def test_every_page_for_everybody(world):
    actors, expected = table(PAGES)
    clients = browsers(world)
    assert set(clients) == set(actors)
    found: dict[tuple[str, str], dict[str, str]] = {}
    for actor in actors:
        for endpoint, method, path in world.routes(interface=False):
            found.setdefault((endpoint, method), {})[actor] = got(clients[actor].open(path, method=method))
    assert set(found) == set(expected), "a route without a row, or a row without a route"
    assert {route: "".join(row[actor] for actor in actors) for route, row in found.items()} == expected


def bearers(world: World) -> dict[str, dict[str, str]]:
    """The heads that programs send, by actor."""
    now, ids = datetime.now(UTC), world.site.ids
    with world.site.database.writing() as session:

        def token(login: str, *scopes: str, before: timedelta = timedelta(0)) -> str:
            user, made = session.get_one(User, ids[login]), now - before
            return tokens.issue(session, user, "", scopes, now=made, expires_at=made + timedelta(hours=1))

        found = {
            "read": token("anna", "read"), "submit": token("anna", "submit"), "mate": token("mate", "read", "submit"),
            "other": token("boris", "read", "submit"), "gone": token("gone", "read", "submit"),
            "expired": token("anna", "read", "submit", before=timedelta(hours=2)),
            "revoked": token("anna", "read", "submit"), "tutor": token("tutor", *tokens.SCOPES),
            "reader": token("boss", "read"), "boss": token("boss", *tokens.SCOPES),
        }  # fmt: skip
        carl = session.get_one(User, ids["carl"])
        carl.role = "assistant"
        found["demoted"] = token("carl", *tokens.SCOPES)
        carl.role = "student"
        held = tokens.find(session, found["revoked"], now)
        assert held is not None
        assert tokens.revoke(session, held.user, held.token.id, now)
    world.gone()
    return {"nobody": {}, **{actor: {"Authorization": f"Bearer {secret}"} for actor, secret in found.items()}}


def asked(answer) -> str:
    known = {401: "1", 403: "3", 404: "-"}
    return known.get(answer.status_code, "+" if answer.status_code < 500 else "!")


def test_every_operation_of_the_interface_for_every_token(world):
    actors, expected = table(INTERFACE)
    heads = bearers(world)
    assert set(heads) | {"cookie"} == set(actors)
    found: dict[tuple[str, str], dict[str, str]] = {}
    for actor in actors:
        client = world.site.client("boss") if actor == "cookie" else world.site.app.test_client()
        routes = list(world.routes(interface=True))
        for endpoint, method, path in sorted(routes, key=lambda route: route[0] == "api.revoke_token"):
            answer = client.open(path, method=method, headers=heads.get(actor, {}))
            found.setdefault((endpoint, method), {})[actor] = asked(answer)
    assert set(found) == set(expected), "a route without a row, or a row without a route"
    assert {route: "".join(row[actor] for actor in actors) for route, row in found.items()} == expected


# + there, taken   p taken as practice   r refused in words   - absent: to a student, then to an assistant
STATES = """
                          before  open  after  elsewhere
student.assignment        ++      ++    ++     --
student.download          -+      ++    ++     --
student.picture           -+      ++    ++     --
student.upload            r+      ++    pp     --
student.solution          -+      -+    ++     --
api.get_solution          -+      -+    ++     --
api.get_assignment        ++      ++    ++     --
api.get_statement         -+      ++    ++     --
api.get_files             -+      ++    ++     --
api.create_submission     r+      ++    pp     --
"""
SHOWN = 'solutions = "after_closed"'
COURSES = {
    "before": ("opens = 2099-01-01T00:00:00Z", SHOWN),
    "open": (SHOWN,),
    "after": ("deadline = 2020-01-01T00:00:00Z", SHOWN),
    "elsewhere": (),
}
ELSEWHERE = '[title]\nen = "Other"\nru = "Другой"\n[[assignment]]\nname = "audio/fourier"\npoints = 15\n'


def test_an_assignment_in_each_of_its_states(world):
    head, *rows = [line.split() for line in STATES.strip().splitlines()]
    found = {endpoint: dict.fromkeys(head, "") for endpoint, *_ in rows}
    clients = {login: world.site.client(login) for login in ("anna", "tutor")}
    heads = {login: token_of_their_own(world, login, "read", "submit") for login in clients}
    for state, lines in COURSES.items():
        set_course(world.site, *lines, **({"head": ELSEWHERE} if state == "elsewhere" else {}))
        for login, client in clients.items():
            for endpoint in found:
                answer = _ask(world, client, endpoint, heads[login])
                found[endpoint][state] += _became(client, answer)
    assert found == {endpoint: dict(zip(head, cells, strict=True)) for endpoint, *cells in rows}


def token_of_their_own(world: World, login: str, *scopes: str) -> dict[str, str]:
    with world.site.database.writing() as session:
        user = session.get_one(User, world.site.ids[login])
        secret = tokens.issue(session, user, "", scopes, now=datetime.now(UTC))
    return {"Authorization": f"Bearer {secret}"}


_NUMBERS = itertools.count()


def _ask(world: World, client: FlaskClient, endpoint: str, headers: dict[str, str], **values: str):
    (rule,) = [rule for rule in world.site.app.url_map.iter_rules() if rule.endpoint == endpoint]
    source = SOURCE + b"# %d" % next(_NUMBERS)  # the same bytes would be the same upload
    form = {"assignment": "clustering/kmeans", "file": (io.BytesIO(source), "a.py")}
    data = form if "POST" in rule.methods else None
    path = world.path(rule.rule, **values)
    return client.open(path, method="POST" if data else "GET", headers=headers, data=data)


def _became(client: FlaskClient, answer) -> str:
    place = answer.headers.get("Location", "")
    if answer.status_code == 404:
        return "-"
    if answer.status_code == 400 or (answer.status_code == 302 and "/submissions/" not in place):
        return "r"
    if answer.status_code == 201:
        return "p" if answer.json["practice"] else "+"
    if answer.status_code == 302:
        return "p" if "practice" in client.get(place).text else "+"
    return "+" if answer.status_code == 200 else "!"


OF_SUBMISSIONS = (
    "student.submission", "student.receipt", "student.source", "student.live", "student.events",
    "api.get_submission", "api.get_progress", "api.get_receipt", "api.get_file",
)  # fmt: skip


@pytest.mark.parametrize("state", ["queued", "running", "graded", "broken"])
def test_a_submission_is_its_authors_and_staffs_in_each_state_of_its_job(world, state):
    submission = world.submissions[0]
    if state == "graded":
        world.site.grade(submission, TESTS)
    else:
        with world.site.database.writing() as session:
            session.query(Job).filter_by(submission_id=submission).one().state = state
    for login, status in {"anna": 200, "mate": 200, "boris": 404, "tutor": 200, "boss": 200}.items():
        client, headers = world.site.client(login), token_of_their_own(world, login, "read")
        for endpoint in OF_SUBMISSIONS:
            answer = _ask(world, client, endpoint, headers)
            assert answer.status_code == status, (login, endpoint)
            if status == 404:
                never = _ask(world, client, endpoint, headers, submission_id="never")
                assert _plain(never.text) == _plain(answer.text), endpoint


def _plain(page: str) -> str:
    """A page without the tokens of its forms and the address that leads back to it."""
    return re.sub(r'value="[^"]*"', "", page)


def rows_of(world: World) -> dict[str, list[tuple]]:
    """Everything that is stored, but for when a token was used last, and what is only kept to be quick."""
    with world.site.database.reading() as session:
        return {
            found.name: session.execute(select(*_kept(found)).order_by(*found.primary_key)).all()
            for found in Base.metadata.sorted_tables
            if found.name not in ("standings", "kept_marks", "figures")
        }


def _kept(found) -> list:
    return [column for column in found.columns if column.name != "last_used_at"]


def test_nothing_that_is_only_asked_for_changes_anything(world):
    clients, heads = browsers(world), bearers(world)
    before = rows_of(world)
    for interface, actors in ((False, clients), (True, heads)):
        for actor in actors:
            client = clients[actor] if not interface else world.site.app.test_client()
            for _endpoint, method, path in world.routes(interface=interface):
                if method == "GET":
                    client.open(path, method="GET", headers=heads[actor] if interface else {})
                    client.open(path, method="HEAD", headers=heads[actor] if interface else {})
    assert rows_of(world) == before


def test_nothing_is_changed_by_a_form_without_its_token(world):
    clients = browsers(world)
    world.site.app.config["WTF_CSRF_ENABLED"] = True
    before, sent = rows_of(world), 0
    for endpoint, method, path in world.routes(interface=False):
        if method == "GET":
            continue
        for actor in ("nobody", "owner", "boss", "looks"):
            for data in ({}, {"csrf_token": "wrong"}):
                status = clients[actor].open(path, method=method, data=data).status_code
                expected = {"nobody": (400, 401), "owner": (400, 404), "looks": (400, 403)}.get(actor, (400,))
                if (actor, endpoint) == ("nobody", "auth.log_out"):
                    expected = (302,)
                assert status in expected, (actor, endpoint, status)
                sent += 1
    for _endpoint, method, path in world.routes(interface=True):
        if method != "GET" and not path.endswith("/tokens"):
            assert clients["boss"].open(path, method=method, json={}).status_code == 401  # a cookie is no token
    assert sent > 200
    assert rows_of(world) == before
