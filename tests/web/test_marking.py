"""The pages in which staff enter marks, through the forms as a browser sends them."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from openpyxl import Workbook
from sqlalchemy import event

from grader.core.assignment import assignments_folder, load
from grader.core.report import Report, TestResult
from grader.core.submission import Submission as Content
from grader.core.verdicts import Verdict
from grader.staff import extensions
from grader.store import jobs, people, submissions
from grader.store.models import AuditEntry, DefenceMark, Extension, TheoryMark
from grader.store.standings import standings
from tests.web.conftest import post, sent_by, token_of

LAB, OLD_LAB, TASK = "sequences/lstm", "autodiff/scalar-graph", "clustering/kmeans"  # worth 40, 30, 15


def graded(site, login: str, name: str, points: int = 3) -> None:
    """A graded upload with this many of four points."""
    now = datetime.now(UTC)
    with site.database.writing() as session:
        user, source = people.by_login(session, login), f"# {login}".encode()
        content = Content("a.py", {"a.py": source})
        _, job = submissions.record(session, user, load(name, assignments_folder()), content, source, now=now)
        held = jobs.claim(session, job.id, "w", now)
        test = TestResult("t", Verdict.PASSED, Fraction(points), Fraction(4))
        report = Report(name, "hidden", (test,), "docker", 0.1, provenance={"suite_sha256": "abc"})
        assert jobs.finish(session, held, report, now)


def sheet(site, login: str = "anna") -> str:
    return f"/gradebook/people/{site.ids[login]}"


def queries(site, client, path: str) -> int:
    statements: list[str] = []
    engine = site.app.extensions["grader"].database.engine
    event.listen(engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    assert client.get(path).status_code == 200
    return len(statements)


def text_of(html: str) -> str:
    """What a reader sees of a page."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def agreed(client, path: str, fields: dict[str, str], *, page: str):
    """A change of a deadline, agreed to on the page that shows whose marks change."""
    asked = post(client, path, fields, page=page)
    assert asked.status_code == 200, asked.status_code
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', asked.text))
    assert fields.items() <= hidden.items()
    return post(client, path, hidden, page=page)


def test_an_assistant_marks_a_defence_and_takes_it_back(site):
    graded(site, "anna", LAB)
    tutor, page = site.client("tutor"), "/marking/defences"
    assert "Waiting for their defence: 1" in text_of(tutor.get(page).text)
    fields = {"share": "0,5", "note": "slow", "back": "defences", "group": "M1", "lab": LAB}
    answer = post(tutor, f"{sheet(site)}/defence/{LAB}", fields, page=page)
    assert answer.location == f"{page}?group=M1&lab=sequences/lstm"
    shown = text_of(tutor.get(answer.location).text)
    assert "Waiting for their defence: 0" in shown
    assert re.search(r"Anna M1 .* 0\.50 slow .* Tutor Withdraw", shown)
    assert "15 40" in text_of(site.client("anna").get("/").text)
    post(tutor, f"{sheet(site)}/undefended/{LAB}", {"back": "defences"}, page=page)
    assert "Waiting for their defence: 1" in text_of(tutor.get(page).text)


def test_the_list_of_defences_is_filtered(site):
    for login in ("anna", "boris"):
        graded(site, login, LAB)
    with site.database.writing() as session:
        people.by_login(session, "boris").group = "M2"
    graded(site, "anna", OLD_LAB)
    tutor = site.client("tutor")
    for query, number in (("", 3), ("?group=M1", 2), ("?group=M2", 1), (f"?lab={OLD_LAB}", 1), ("?group=M9", 0)):
        assert f"Waiting for their defence: {number}" in text_of(tutor.get(f"/marking/defences{query}").text)


def test_a_script_is_answered_with_json_and_an_old_list_overwrites_nothing(site):
    graded(site, "anna", LAB)
    tutor, page = site.client("tutor"), "/marking/defences"
    fields = {"csrf_token": token_of(tutor, page), "share": "1", "back": "defences"}
    headers = {"Accept": "application/json"}
    first = tutor.post(f"{sheet(site)}/defence/{LAB}", data=fields, headers=headers)
    assert (first.status_code, first.json["good"]) == (200, True)
    second = tutor.post(f"{sheet(site)}/defence/{LAB}", data={**fields, "share": "0"}, headers=headers)
    assert (second.status_code, second.json["good"]) == (400, False)
    assert "before" in second.json["said"]
    with site.database.reading() as session:
        assert session.query(DefenceMark).one().share == 1


def test_what_changes_more_than_a_defence_is_for_instructors(site):
    graded(site, "anna", LAB)
    tutor = site.client("tutor")
    token = {"csrf_token": token_of(tutor, "/marking/defences")}
    for path in ("theory", "bonus", "bonus/revoke", "override", "override/clear", "extension", "extension/withdraw"):
        assert tutor.post(f"{sheet(site)}/{path}", data=token).status_code == 404, path
    for path in ("/marking/theory", "/marking/extensions", "/marking/extensions/withdraw"):
        assert tutor.post(path, data=token).status_code == 404, path
    assert "extension" not in tutor.get(sheet(site)).text.partition("<main")[2].partition("/audit")[0]
    assert tutor.get("/marking/extensions").status_code == 200


def grid(site, **rows: tuple[str, str, str]) -> dict[str, object]:
    """The fields of the grid as a browser sends them, where nothing was entered before."""
    fields: dict[str, object] = {"group": "M1", "student": [site.ids[login] for login in rows]}
    for login, row in rows.items():
        for column, text in zip(("test", "minimum", "ticket"), row, strict=True):
            fields[f"{column}-{site.ids[login]}"] = text
            fields[f"was-{column}-{site.ids[login]}"] = ""
    return fields


def test_a_grid_is_saved_and_shown(site):
    boss, page = site.client("boss"), "/marking/theory"
    answer = post(boss, page, grid(site, anna=("41,5", "", ""), boris=("", "40", "35")), page=page)
    assert answer.location.startswith(f"{page}?group=M1")
    shown = boss.get(answer.location).text
    assert "Students changed: 2." in shown
    assert f'name="test-{site.ids["anna"]}" value="41.5"' in shown
    assert f'name="was-ticket-{site.ids["boris"]}" value="35"' in shown
    assert f'name="test-{site.ids["anna"]}" value="41,5"' in site.client("boss", "ru").get(answer.location).text


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Boris, exam (ticket) must be from 0 to 60, not 61."),
        ("ru", "Boris, экзамен (билет): нужно число от 0 до 60, а не 61."),
    ],
)
def test_a_wrong_cell_is_named_nothing_is_saved_and_all_that_was_typed_is_kept(site, language, told):
    boss, page = site.client("boss", language), "/marking/theory"
    answer = post(boss, page, grid(site, anna=("41,5", "", ""), boris=("", "x1", "61")), page=page)
    assert answer.status_code == 400
    assert told in text_of(answer.text)
    assert answer.text.count('aria-invalid="true"') == 2
    for login, column, typed in (("anna", "test", "41,5"), ("boris", "minimum", "x1"), ("boris", "ticket", "61")):
        assert f'name="{column}-{site.ids[login]}" value="{typed}"' in answer.text
    with site.database.reading() as session:
        assert session.query(TheoryMark).count() == 0


def test_a_row_that_was_changed_meanwhile_is_shown_and_only_then_overwritten(site):
    boss, page = site.client("boss"), "/marking/theory"
    post(boss, page, grid(site, anna=("10", "", ""), boris=("11", "", "")), page=page)
    stale = grid(site, anna=("30", "", ""), boris=("", "", ""))  # from a page of before
    answer = post(boss, page, stale, page=page)
    assert answer.status_code == 400
    assert "it is now: 10, —, —" in text_of(answer.text)
    fields = dict(re.findall(r'name="([^"]+-[0-9a-f-]{36})" value="([^"]*)"', answer.text))
    assert fields[f"test-{site.ids['anna']}"] == "30"
    assert fields[f"test-{site.ids['boris']}"] == "11"  # left alone: what is there now
    again = post(boss, page, {**fields, "group": "M1", "student": list(site.ids.values())[:2]}, page=page)
    assert again.status_code == 302
    with site.database.reading() as session:
        kept = {mark.user_id: mark.test for mark in session.query(TheoryMark)}
    assert kept == {site.ids["anna"]: 30, site.ids["boris"]: 11}


def test_an_extension_is_given_in_the_course_s_time_and_withdrawn(site):
    boss, page = site.client("boss"), "/marking/extensions"
    fields = {"name": TASK, "student": "anna", "group": "", "until": "2099-02-14T23:59", "reason": "ill"}
    post(boss, page, fields, page=page)
    with site.database.reading() as session:
        assert session.query(Extension).one().deadline == datetime(2099, 2, 14, 20, 59, tzinfo=UTC)  # Moscow
    assert re.search(r"Anna .* 14 Feb 2099, 23:59 .* ill .* Boss", text_of(boss.get(page).text))
    assert "14 Feb 2099, 23:59" in site.client("anna").get("/").text
    assert "14 Feb 2099" not in site.client("boris").get("/").text
    post(boss, f"{page}/withdraw", {"name": TASK, "student": "anna"}, page=page)
    assert "2099" not in boss.get(page).text


LONG_AGO = {"name": OLD_LAB, "student": "", "group": "M1", "until": "2099-02-14T23:59", "reason": "moved"}


def points(site, name=OLD_LAB) -> Fraction:
    with site.database.reading() as session:
        user = people.by_login(session, "anna")
    found = standings(site.database, site.app.extensions["grader"].applied.current(), [user])
    return next(mark.points for mark in found[site.ids["anna"]].marks if mark.assignment == name)


def test_whose_marks_change_by_an_extension_is_shown_and_agreed_to_first(site):
    graded(site, "anna", OLD_LAB, 4)
    boss, page = site.client("boss"), "/marking/extensions"
    late = points(site)
    asked = post(boss, page, LONG_AGO, page=page)
    assert asked.status_code == 200
    assert re.search(
        r"Anna anna autodiff/scalar-graph [\d.]+ → 30 .* → Sat 14 Feb 2099, 23:59 MSK", text_of(asked.text)
    )
    assert "lower" not in text_of(asked.text).partition("Whose marks change")[2]
    assert points(site) == late < 30
    assert post(boss, page, {**LONG_AGO, "agreed": "0" * 32}, page=page).status_code == 200  # to something else
    assert points(site) == late
    assert agreed(boss, page, LONG_AGO, page=page).status_code == 302
    assert points(site) == 30
    taken = {"name": OLD_LAB, "group": "M1"}
    asked = post(boss, f"{page}/withdraw", taken, page=page)
    assert "Marks that get lower: 1." in asked.text
    assert points(site) == 30
    kept = post(boss, f"{page}/withdraw", {**taken, "agreed": "x", "keep_used": "1"}, page=page)
    assert kept.status_code == 302
    assert points(site) == 30
    assert agreed(boss, f"{page}/withdraw", {"name": OLD_LAB, "student": "anna"}, page=page).status_code == 302
    assert points(site) == late


def test_a_change_of_group_keeps_what_was_used_and_shows_what_rises(site):
    graded(site, "anna", OLD_LAB, 4)
    boss, page = site.client("boss"), f"/people/{site.ids['anna']}"
    late = points(site)
    agreed(boss, "/marking/extensions", LONG_AGO, page="/marking/extensions")
    fields = {"name": "Anna", "role": "student", "group": "M7", "team": "", "email": "", "codeforces": ""}
    assert post(boss, page, fields, page=page).status_code == 302  # nobody's mark changes
    assert points(site) == 30
    with site.database.reading() as session:
        assert session.query(Extension).one().reason == "moved"
    withdraw = {"name": OLD_LAB, "student": "anna"}
    agreed(boss, "/marking/extensions/withdraw", withdraw, page="/marking/extensions")
    assert points(site) == late
    assert agreed(boss, page, {**fields, "group": "M1"}, page=page).status_code == 302
    assert points(site) == 30


def test_a_roster_that_changes_marks_shows_them_and_is_applied_as_shown(site):
    graded(site, "anna", OLD_LAB, 4)
    boss, page = site.client("boss"), "/people/import"
    agreed(boss, "/marking/extensions", {**LONG_AGO, "group": "M1"}, page="/marking/extensions")
    agreed(boss, "/marking/extensions/withdraw", {"name": OLD_LAB, "group": "M1"}, page="/marking/extensions")
    with site.database.writing() as session:
        people.by_login(session, "boris").group = "M9"
    agreed_to = {**LONG_AGO, "group": "M9"}
    assert post(boss, "/marking/extensions", agreed_to, page="/marking/extensions").status_code == 302
    text = "login,group\nanna,M9\n"
    shown = post(boss, page, {"file": (io.BytesIO(text.encode()), "r.csv")}, page=page)
    assert re.search(r"Anna anna autodiff/scalar-graph [\d.]+ → 30", text_of(shown.text))
    assert post(boss, page, {"text": text, "apply": "1"}, page=page).status_code == 400  # not agreed to
    digest = re.search(r'name="agreed" value="(\w+)"', shown.text).group(1)
    assert post(boss, page, {"text": text, "apply": "1", "agreed": digest}, page=page).status_code == 302
    assert points(site) == 30


def test_extensions_come_from_a_file_and_for_all_assignments(site):
    graded(site, "anna", OLD_LAB, 4)
    boss, page = site.client("boss"), "/marking/extensions/import"
    text = f"логин;задание;срок;причина\nanna;{OLD_LAB};14.02.2099 23:59;болела\n"
    shown = post(boss, page, {"file": (io.BytesIO(text.encode()), "e.csv")}, page=page)
    assert "болела" in shown.text
    assert "→ 30" in text_of(shown.text)
    assert points(site) < 30
    digest = re.search(r'name="agreed" value="(\w+)"', shown.text).group(1)
    assert post(boss, page, {"text": text, "agreed": "old"}, page=page).status_code == 400
    assert post(boss, page, {"text": text, "agreed": digest}, page=page).status_code == 302
    assert points(site) == 30
    bad = post(boss, page, {"text": "login,assignment,days\nnobody,all,3\n", "agreed": digest}, page=page)
    assert bad.status_code == 400
    assert "line 2" in bad.text
    fields = {"name": "all", "student": "boris", "until": "2098-01-01T10:00", "reason": "ill"}
    assert post(boss, "/marking/extensions", fields, page="/marking/extensions").status_code == 302
    with site.database.reading() as session:
        names = {one.assignment for one in session.query(Extension) if one.user_id == site.ids["boris"]}
    assert {TASK, LAB, OLD_LAB} <= names


def test_extensions_come_from_a_workbook_and_it_is_asked_which_column_is_which(site):
    boss, page = site.client("boss"), "/marking/extensions/import"
    book = Workbook()
    book.active.append(["Кто", "Задание", "Срок", "За что", "Оценка"])
    book.active.append(["anna", LAB, datetime(2099, 2, 14, 23, 59), "болела", 5])
    content = io.BytesIO()
    book.save(content)
    asked = post(boss, page, {"file": (io.BytesIO(content.getvalue()), "e.xlsx")}, page=page)
    assert (asked.status_code, "login or group" in asked.text) == (400, True)
    fields = sent_by(asked.text, "columns")
    assert (fields["column-assignment"], fields["column-reason"]) == (["Задание"], ["За что"])
    shown = post(boss, page, {**fields, "column-login": ["Кто"]}, page=page)
    assert (shown.status_code, "14 Feb 2099, 23:59" in text_of(shown.text)) == (200, True)
    assert "columns left out: &#34;Оценка&#34;" in shown.text
    assert post(boss, page, sent_by(shown.text, "apply"), page=page).status_code == 302
    with site.database.reading() as session:
        assert {one.assignment for one in session.query(Extension) if one.user_id == site.ids["anna"]} == {LAB}


def test_a_deadline_tells_what_is_left_and_has_seconds_beside_uploads(site):
    page = f"/assignments/{TASK}"
    anna, ruslan = site.client("anna"), site.client("anna", "ru")
    before = text_of(anna.get(page).text)
    assert re.search(r"Deadline (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ \w{3}( \d{4})?, \d\d:\d\d MSK, \d+ \w+ left", before)
    assert re.search(r"(пн|вт|ср|чт|пт|сб|вс) \d+ \S+( \d{4})?, \d\d:\d\d МСК, ещё \d+ ", text_of(ruslan.get("/").text))
    assert "over" in text_of(anna.get("/").text)
    graded(site, "anna", TASK)
    after = text_of(anna.get(page).text)
    assert re.search(r"Deadline \w{3} \d+ \w{3}( \d{4})?, \d\d:\d\d:59 MSK, ", after)
    assert re.search(r"My uploads \d+ \w{3} \d{4}, \d\d:\d\d:\d\d ", after)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"student": "", "group": ""}, "a student or a group"),
        ({"student": "anna", "group": "M1"}, "a student or a group"),
        ({"student": "nobody"}, "no student"),
        ({"student": "anna", "until": "soon"}, "not a time"),
        ({"student": "anna", "until": "2001-01-01T00:00"}, "not later"),
        ({"student": "anna", "reason": ""}, "reason is missing"),
        ({"student": "anna", "name": "no/such"}, "not set in this course"),
    ],
)
def test_what_is_wrong_with_an_extension_is_told(site, fields, told):
    boss, page = site.client("boss"), "/marking/extensions"
    good = {"name": TASK, "student": "", "group": "", "until": "2099-02-14T23:59", "reason": "ill"}
    answer = post(boss, page, {**good, **fields}, page=page)
    assert answer.status_code == 400
    assert told in answer.text
    with site.database.reading() as session:
        assert extensions.extensions(session) == []


def test_points_set_by_staff_are_shown_everywhere_with_what_was_computed(site):
    graded(site, "anna", TASK, 2)  # half of 15
    boss, page = site.client("boss"), sheet(site)
    post(boss, f"{page}/override", {"name": TASK, "points": "12", "reason": "on <paper>"}, page=page)
    assert "Set by staff: 12 instead of 7.50. on &lt;paper&gt; (Boss" in boss.get(page).text
    assert "12* 7.50" in text_of(boss.get("/gradebook/").text)
    student = text_of(site.client("anna").get("/standing").text)
    assert "12 7.50 set by staff: on &lt;paper&gt; 15" in student
    assert "12 7.50" in text_of(site.client("anna").get("/").text)
    post(boss, f"{page}/override/clear", {"name": TASK}, page=page)
    assert "instead of" not in boss.get(page).text


def test_a_bonus_is_seen_by_its_student_and_struck_through_when_it_is_taken_back(site):
    boss, page = site.client("boss"), sheet(site)
    fields = {"points": "12", "kind": "visualiser", "reason": "a <tool>", "link": "https://example.org/?a=1&b=2"}
    post(boss, f"{page}/bonus", fields, page=page)
    mine = site.client("anna").get("/standing").text
    assert "a &lt;tool&gt;" in mine
    assert 'href="https://example.org/?a=1&amp;b=2"' in mine
    assert "visualiser" in mine
    assert "8.57" in mine  # 30 * 12 / 42
    assert "tool" not in site.client("boris").get("/standing").text
    entry = re.search(r'name="entry" value="([^"]+)"', boss.get(page).text).group(1)
    post(boss, f"{page}/bonus/revoke", {"entry": entry}, page=page)
    mine = site.client("anna").get("/standing").text
    assert "<s>12</s>" in mine
    assert "8.57" not in mine
    answer = post(boss, f"{page}/bonus", {**fields, "link": "javascript:alert(1)"}, page=page)
    assert "must begin with https://" in answer.text


def test_the_sheet_shows_and_changes_everything_of_one_student(site):
    for name in (LAB, OLD_LAB, TASK):
        graded(site, "anna", name)
    boss, page = site.client("boss"), sheet(site)
    post(boss, f"{page}/defence/{LAB}", {"share": "0.75", "note": "weak on gates"}, page=page)
    agreed(boss, f"{page}/extension", {"name": OLD_LAB, "until": "2099-01-01T10:00", "reason": "ill"}, page=page)
    post(boss, f"{page}/theory", {"test": "33,5", "minimum": "", "ticket": "", "was-test": ""}, page=page)
    shown = text_of(boss.get(page).text)
    for part in (
        "weak on gates",
        "Thu 1 Jan 2099, 10:00 MSK, ",
        "days left. ill (Boss",
        "Uploads",
        "defence.marked",
        "extension.given",
    ):
        assert part in shown, part
    assert 'name="test" value="33.5"' in boss.get(page).text
    assert "theory.set" in shown
    assert "weak on gates" not in site.client("anna").get("/standing").text
    agreed(boss, f"{page}/extension/withdraw", {"name": OLD_LAB}, page=page)
    assert "Thu 1 Jan 2099, 10:00 MSK" not in text_of(boss.get(page).text)


def test_staff_who_are_no_students_have_a_sheet_without_forms(site):
    shown = site.client("boss").get(sheet(site, "tutor")).text
    assert 'method="post"' not in shown.partition("<main")[2]


def test_the_audit_log_is_a_page_with_filters(site):
    graded(site, "anna", TASK)
    boss = site.client("boss")
    post(boss, f"{sheet(site)}/bonus", {"points": "2", "reason": "notes"}, page=sheet(site))
    shown = text_of(boss.get("/audit/").text)
    assert "bonus.added" in shown
    assert "submission.received" in shown
    shown = text_of(boss.get("/audit/?subject=anna&action=bonus.added&actor=boss").text)
    assert "1 entries" in shown
    assert re.search(r"Boss bonus\.added Anna .* points: 2 .* notes", shown)
    later = (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    assert "No entries." in boss.get(f"/audit/?since={later}").text
    assert "is not a time" in boss.get("/audit/?since=yesterday").text
    assert site.client("anna").get("/audit/").status_code == 404
    with site.database.reading() as session:
        assert "Anna" not in "".join(f"{e.subject} {e.before} {e.after}" for e in session.query(AuditEntry))


@pytest.mark.parametrize("page", ["/marking/defences", "/marking/theory", "/marking/extensions", "/audit/"])
def test_the_number_of_queries_does_not_grow(site, page):
    boss, counts = site.client("boss"), []
    for batch in range(2):
        for number in range(4):
            login = f"more{batch}{number}"
            with site.database.writing() as session:
                user = people.add_user(session, login, login, group="M1", password=None, now=datetime.now(UTC))
                site.ids[login] = user.id
                session.add(
                    Extension(
                        user_id=user.id, assignment=TASK, deadline=datetime.now(UTC), reason="ill",
                        given_by=site.ids["boss"], created_at=datetime.now(UTC),
                    )
                )  # fmt: skip
            graded(site, login, LAB)
        boss.get(page)  # what is counted once is counted now
        counts.append(queries(site, boss, page))
    assert counts[0] == counts[1]


def test_the_number_of_queries_of_a_sheet_does_not_grow(site):
    boss, page, counts = site.client("boss"), sheet(site), []
    for name in (LAB, OLD_LAB, TASK):
        graded(site, "anna", name)
        if name != TASK:
            post(boss, f"{page}/defence/{name}", {"share": "1"}, page=page)
        post(boss, f"{page}/override", {"name": name, "points": "1", "reason": "x"}, page=page)
        post(boss, f"{page}/bonus", {"points": "1", "reason": "x"}, page=page)
        counts.append(queries(site, boss, page))
    assert len(set(counts)) == 1
