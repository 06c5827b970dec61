"""The audit log: one entry for each change of what counts, found again by whom and what it is about."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, event, select, update

from grader.core.scoring import LECTURE
from grader.staff import audit_log, bonus, defences, extensions, overrides, theory, theory_file
from grader.staff.audit_log import Filter
from grader.staff.extensions import Whom
from grader.store import audit
from grader.store.models import AuditEntry, BonusEntry, User
from tests.staff.conftest import COURSE, DUE, LAB, NOW, TASK, F

LATE = DUE + timedelta(days=1)


def entry_of(session):
    return session.scalars(select(BonusEntry)).one().id


def applied(session, u, c):
    plan = theory_file.plan(session, "login,test\nboris,7\n", LECTURE)
    return theory_file.apply(session, plan, LECTURE, **c)


# Every function of this package that changes what counts, in an order in which each can.
CHANGES = {
    "extension.given": lambda s, u, c: extensions.extend(s, Whom(u["anna"]), COURSE.item(TASK), LATE, "ill", **c),
    "extension.changed": lambda s, u, c: extensions.extend(s, Whom(u["anna"]), COURSE.item(TASK), LATE, "worse", **c),
    "extension.withdrawn": lambda s, u, c: extensions.withdraw(s, Whom(u["anna"]), TASK, **c),
    "defence.marked": lambda s, u, c: defences.mark_defended(s, u["anna"], COURSE.item(LAB), **c),
    "defence.withdrawn": lambda s, u, c: defences.withdraw(s, u["anna"], LAB, **c),
    "theory.set": lambda s, u, c: theory.set_theory(s, u["anna"], theory.Theory(F(5)), LECTURE, **c),
    "theory.set in the grid": lambda s, u, c: theory.save(
        s, [theory.Entry(u["anna"].id, {"test": "6"}, {"test": "5"})], LECTURE, **c
    ),
    "theory.set by a file": applied,
    "bonus.added": lambda s, u, c: bonus.add_bonus(s, u["anna"], F(5), "notes", **c),
    "bonus.revoked": lambda s, u, c: bonus.revoke_bonus(s, entry_of(s), **c),
    "override.set": lambda s, u, c: overrides.set_override(s, u["anna"], COURSE.item(LAB), F(3), "paper", **c),
    "override.cleared": lambda s, u, c: overrides.clear_override(s, u["anna"], LAB, **c),
}


def versions(session):
    return dict(session.execute(select(User.login, User.record_version)).all())


def test_every_change_is_in_the_log_once_and_touches_the_record(term):
    common = {"actor": term.users["boss"], "now": NOW}
    for name, change in CHANGES.items():
        with term.database.writing() as session:
            before, known = versions(session), len(session.scalars(select(AuditEntry)).all())
            change(session, term.users, common)
            entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()[known:]
            assert [entry.action for entry in entries] == [name.split()[0]], name
            whom = "boris" if "file" in name else "anna"
            changed = {login for login, version in versions(session).items() if version != before[login]}
            assert changed == {whom}, name
            assert entries[0].actor == term.users["boss"].id
            assert entries[0].subject.partition("/")[0] == term.users[whom].id
            assert entries[0].before != entries[0].after or entries[0].action == "extension.changed"


def test_the_log_holds_ids_and_nothing_personal(term):
    for change in CHANGES.values():
        with term.database.writing() as session:
            change(session, term.users, {"actor": term.users["boss"], "now": NOW})
    for entry in term.log():
        told = f"{entry.subject} {entry.before} {entry.after}".lower()
        assert not [login for login in term.users if login in told], told


@pytest.fixture
def full(term):
    """A term in which everything has happened once."""
    term.upload("boris", TASK)
    for change in CHANGES.values():
        with term.database.writing() as session:
            change(session, term.users, {"actor": term.users["boss"], "now": NOW})
    with term.database.writing() as session:
        later = {"actor": term.users["tutor"], "now": NOW + timedelta(days=1)}
        defences.mark_defended(session, term.users["clara"], COURSE.item(LAB), **later)
        extensions.extend(session, Whom(group="M1"), COURSE.item(TASK), LATE, "moved", **later)
    return term


def found(term, **wanted):
    with term.database.reading() as session:
        page = audit_log.page(session, COURSE, Filter(**wanted))
    assert page.total == len(page.lines)
    return page.lines


def test_the_newest_comes_first_with_names_that_are_not_in_the_log(full):
    newest = found(full)[0]
    assert (newest.actor, newest.subject, newest.user_id) == ("Tutor", f"M1, {TASK}", None)
    upload = found(full, action="submission")[0]
    assert (upload.subject, upload.user_id) == (f"Boris, {TASK}", full.users["boris"].id)
    change = found(full, action="theory.set", subject="boris")[0]
    assert change.changes == [("test", None, "7")]


def test_filters(full):
    actions = [line.entry.action for line in found(full, subject="anna")]
    assert set(actions) == {"user.added", *(name.split()[0] for name in CHANGES)}
    assert {line.entry.action for line in found(full, subject="boris")} == {
        "user.added", "submission.received", "theory.set"
    }  # fmt: skip
    assert [line.entry.action for line in found(full, subject="M1")] == ["extension.given"]
    assert len(found(full, subject=LAB)) == 5
    assert found(full, subject="%") == []
    assert {line.entry.action for line in found(full, action="bonus")} == {"bonus.added", "bonus.revoked"}
    assert len(found(full, action="bonus.added")) == 1
    assert found(full, action="bon") == []
    assert len(found(full, actor="tutor")) == 3  # the account, a defence, an extension
    assert found(full, actor="nobody") == []
    assert len(found(full, since=NOW + timedelta(hours=1))) == 2
    assert [line.entry.action for line in found(full, subject="clara", actor="tutor")] == ["defence.marked"]


def test_pages(full):
    with full.database.reading() as session:
        total = audit_log.page(session, COURSE, Filter()).total
        pages = [audit_log.page(session, COURSE, Filter(), number=n, size=5) for n in range(1, 6)]
    numbers = [line.entry.number for page in pages[: pages[0].pages] for line in page.lines]
    assert numbers == list(range(total, 0, -1))
    assert pages[4].number == pages[0].pages  # beyond the last there is the last


def test_a_page_takes_a_constant_number_of_queries(full):
    counts = []
    for size in (2, 15):
        with full.database.reading() as session:
            statements: list[str] = []
            event.listen(full.database.engine, "before_cursor_execute", lambda *a, s=statements: s.append(a[2]))
            audit_log.page(session, COURSE, Filter(), size=size)
            counts.append(len(statements))
    assert counts[0] == counts[1] > 0


def test_a_person_who_is_gone_leaves_an_id(full):
    with full.database.writing() as session:
        audit.append(session, "an-id-of-old", "override.set", f"another-id/{LAB}", None, {"points": "1"}, now=NOW)
    line = found(full, actor="an-id-of-old")[0]
    assert (line.actor, line.subject, line.user_id) == ("an-id-of-old", f"another-id, {LAB}", None)


@pytest.mark.parametrize(
    "damage",
    [
        update(AuditEntry).where(AuditEntry.number == 9).values(after={"test": "60"}),
        update(AuditEntry).where(AuditEntry.number == 9).values(actor="somebody else"),
        delete(AuditEntry).where(AuditEntry.number == 9),
    ],
    ids=["changed", "another actor", "taken out"],
)
def test_a_changed_or_missing_entry_breaks_the_chain(full, damage):
    with full.database.reading() as session:
        assert audit.first_break(session) is None
    with full.database.writing() as session:
        session.execute(damage)
    with full.database.reading() as session:
        assert audit.first_break(session) == 9
