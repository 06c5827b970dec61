"""The pages of people: who may see them, the roster's preview, invitations from the link to the log-in."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

import pytest
from openpyxl import Workbook

from grader.staff import accounts
from grader.store import mails
from grader.store.models import Mail, User
from tests.in_force import put_in_force, text_in_force
from tests.web.conftest import post, sent_by, token_of

ROSTER = "логин,имя,группа\nnew,Новая Студентка,M3\nanna,,M3\n"


@pytest.fixture
def boss(site):
    return site.client("boss")


def invite(boss, site, login):
    """A new link for this person, as a path."""
    page = f"/people/{site.ids[login]}"
    answer = post(boss, f"{page}/invite", {}, page=page)
    return re.search(r'<code id="link">http://localhost(/invitation/[\w-]+)</code>', answer.text).group(1)


@pytest.mark.parametrize("login", ["anna", "tutor", None])
def test_only_instructors_see_people(site, login):
    client = site.client(login)
    for page in ("/people", f"/people/{site.ids['boris']}", "/people/import", f"/people/{site.ids['boris']}/data.zip"):
        assert client.get(page).status_code == (404 if login else 302)


def test_the_list_is_searched_and_filtered(site, boss):
    assert all(name in boss.get("/people").text for name in ("Anna", "Boris", "Tutor"))
    found = boss.get("/people?search=ann").text
    assert "Anna" in found
    assert "Boris" not in found
    assert "Nobody is found" in boss.get("/people?group=M9").text


def test_a_person_is_added_changed_and_deactivated(site, boss):
    answer = post(boss, "/people", {"login": "new", "name": "<b>New</b>", "role": "student"}, page="/people")
    page = answer.headers["Location"]
    assert "&lt;b&gt;New&lt;/b&gt;" in boss.get(page).text
    post(boss, page, {"name": "Newer", "role": "assistant", "group": "M5"}, page=page)
    post(boss, f"{page}/active", {"active": "0"}, page=page)
    shown = boss.get(page).text
    assert "Newer" in shown
    assert "deactivated" in shown
    answer = post(boss, "/people", {"login": "anna", "name": "x", "role": "student"}, page="/people")
    assert answer.status_code == 400
    assert "is taken" in answer.text


def with_mail(site, login="boris"):
    """Mail is on, as a sweeper notes it, and somebody has an address."""
    with site.database.writing() as session:
        mails.note_service(session, active=True, error="", now=datetime.now(UTC))
        user = accounts.found(session, login)
        user.password_hash, user.email = "", f"{login}@example.org"


def test_everybody_without_a_password_is_invited_at_once_by_links(site, boss):
    with_mail(site)
    answer = post(boss, "/people/invite", {"how": "links"}, page="/people")
    links = re.findall(r"<code>http://localhost(/invitation/[\w-]+)</code>", answer.text)
    assert len(links) == 1
    assert "Boris" in site.client().get(links[0]).text
    answer = post(boss, "/people/invite", {"how": "links", "group": "M9"}, page="/people")
    assert "Everybody has a password already" in answer.text


def test_invitations_by_mail_are_queued_once_and_no_link_is_shown(site, boss):
    with_mail(site)
    page = f"/people/{site.ids['boris']}"
    assert "Send links by e-mail" in boss.get("/people").text
    answer = post(boss, "/people/invite", {"how": "mail"}, page="/people")
    assert "Will be sent in a minute: 1." in answer.text
    assert "/invitation/" not in answer.text
    post(boss, f"{page}/invite", {"how": "mail"}, page=page)
    with site.database.reading() as session:
        assert [(row.kind, row.state, row.details) for row in session.query(Mail)] == [("invitation", "queued", {})]
    post(boss, page, {"name": "Boris", "role": "student", "email": ""}, page=page)
    answer = post(boss, f"{page}/invite", {"how": "mail"}, page=page)
    assert (answer.status_code, "no e-mail address" in answer.text) == (400, True)


def test_where_mail_is_off_it_is_not_offered_and_refused(site, boss):
    assert "by e-mail" not in boss.get("/people").text
    answer = post(boss, "/people/invite", {"how": "mail"}, page="/people")
    assert (answer.status_code, "Mail is off" in answer.text) == (400, True)


def test_staff_see_what_was_not_delivered_and_send_it_again(site, boss):
    assert "Mail is off" in boss.get("/mail").text
    with_mail(site)
    post(boss, "/people/invite", {"how": "mail"}, page="/people")
    now = datetime.now(UTC)
    with site.database.writing() as session:
        (mail_id,) = mails.due(session, now, 5)
        mails.take(session, mail_id, now)
        mails.note(session, mail_id, mails.FAILED, "refused (550)", now)
    page = boss.get("/mail").text
    assert "refused (550)" in page
    assert "could not be delivered" in page
    post(boss, f"/mail/{mail_id}/again", {}, page="/mail")
    with site.database.reading() as session:
        assert mails.due(session, datetime.now(UTC), 5) == [mail_id]
    assert post(boss, f"/mail/{mail_id}/again", {}, page="/mail").status_code == 400


def test_a_student_switches_reminders_off_and_on(site):
    anna = site.client("anna")
    for sent, wanted in (({}, False), ({"reminders": "1"}, True)):
        post(anna, "/account/reminders", sent, page="/account")
        with site.database.reading() as session:
            assert accounts.found(session, "anna").reminders is wanted


def test_a_link_lets_in_once(site, boss):
    link = invite(boss, site, "boris")
    guest = site.client()
    assert "Boris" in guest.get(link).text
    assert guest.get(link).status_code == 200  # looking uses nothing up
    answer = post(guest, link, {"new": "a new password", "again": "a new password"}, page=link)
    assert answer.headers["Location"] == "/"
    assert "Boris" in guest.get("/").text
    assert guest.get(link).status_code == 404
    other = site.client()
    assert post(other, "/login", {"login": "boris", "password": "a new password"}, page="/login").status_code == 302


def test_used_old_and_invented_links_look_the_same(site, boss):
    old = invite(boss, site, "boris")
    invite(boss, site, "boris")
    guest = site.client()
    answers = [guest.get(link) for link in (old, "/invitation/invented")]
    assert {answer.status_code for answer in answers} == {404}
    texts = {re.sub(r'value="[^"]*"', "", answer.text) for answer in answers}
    assert len({re.sub(r"/invitation/[\w-]+", "", text) for text in texts}) == 1
    assert answers[0].headers["Referrer-Policy"] in ("same-origin", "no-referrer")


def test_a_short_password_keeps_the_link_good(site, boss):
    link = invite(boss, site, "boris")
    guest = site.client()
    assert post(guest, link, {"new": "short", "again": "short"}, page=link).status_code == 400
    other = post(guest, link, {"new": "a new password", "again": "other one"}, page=link)
    assert (other.status_code, "The two passwords differ." in other.text) == (400, True)
    assert guest.get(link).status_code == 200


def test_a_roster_is_looked_at_and_then_applied(site, boss):
    sent = {"file": (io.BytesIO(ROSTER.encode()), "r.csv")}
    preview = post(boss, "/people/import", sent, page="/people/import")
    assert "Новая Студентка" in preview.text
    with site.database.reading() as session:
        assert accounts.found(session, "anna").group == "M1"
    text = re.search(r'<textarea name="text" hidden>\n(.*?)</textarea>', preview.text, re.DOTALL).group(1)
    answer = post(boss, "/people/import", {"text": text, "apply": "1"}, page="/people/import")
    assert answer.status_code == 302
    with site.database.reading() as session:
        assert accounts.found(session, "anna").group == "M3"
        assert accounts.found(session, "new").name == "Новая Студентка"


def test_bad_lines_are_all_shown_and_cannot_be_applied(site, boss):
    sent = {"file": (io.BytesIO(b"login,name\na b,X\nnew,\n"), "r.csv")}
    answer = post(boss, "/people/import", sent, page="/people/import")
    assert answer.status_code == 400
    assert "line 2" in answer.text
    assert "line 3" in answer.text
    assert 'name="apply"' not in answer.text
    sent = {"file": (io.BytesIO(b"\xff\xfe\n\0"), "r.csv"), "deactivate_missing": "1"}
    answer = post(boss, "/people/import", sent, page="/people/import")
    assert answer.status_code == 400
    assert "The table is empty.<br>The file has to be chosen again." in answer.text
    assert 'name="deactivate_missing" value="1" checked' in answer.text
    sent = {"file": (io.BytesIO(b"login\n" + b"x" * 400_000), "r.csv")}
    answer = post(boss, "/people/import", sent, page="/people/import")
    assert answer.status_code == 413
    assert "at most 0.4 MiB" in answer.text


def test_a_workbook_is_looked_at_read_by_other_columns_and_applied(site, boss):
    book = Workbook()
    book.active.append(["Фамилия", "Имя", "Ник", "Зачётка"])
    book.active.append(['"Первый', "Студент", "one", 77])
    content = io.BytesIO()
    book.save(content)
    sent = {"file": (io.BytesIO(content.getvalue()), "r.xlsx"), "deactivate_missing": "1"}
    preview = post(boss, "/people/import", sent, page="/people/import").text
    assert "there is no column with logins, &#34;Зачётка&#34; is taken" in preview
    assert "<td>77</td>" in preview
    fields = sent_by(preview, "columns")
    assert fields["column-name"] == ["Фамилия", "Имя", ""]
    again = post(boss, "/people/import", {**fields, "column-login": ["Ник"]}, page="/people/import").text
    assert "<td>one</td>" in again
    fields = sent_by(again, "apply")
    assert (fields["column-login"], fields["deactivate_missing"]) == (["Ник"], ["1"])
    assert post(boss, "/people/import", fields, page="/people/import").status_code == 302
    with site.database.reading() as session:
        assert accounts.found(session, "one").name == '"Первый Студент'
        assert not accounts.found(session, "anna").active


@pytest.mark.parametrize(
    ("language", "told", "asked"),
    [
        ("en", "login is missing among &#34;Кто&#34;, &#34;Группа&#34;", "Which column of the file is which?"),
        ("ru", "среди «Кто», «Группа» нет login", "Какой столбец файла что означает?"),
    ],
)
def test_a_table_whose_columns_cannot_be_told_is_asked_about(site, language, told, asked):
    boss = site.client("boss", language)
    sent = {"file": (io.BytesIO("Кто;Группа\nanna;M8\n".encode("cp866")), "r.csv")}
    answer = post(boss, "/people/import", sent, page="/people/import")
    assert answer.status_code == 400
    assert told in answer.text
    assert asked in answer.text
    fields = sent_by(answer.text, "columns")
    assert (fields["column-login"], fields["column-group"]) == ([""], ["Группа"])
    preview = post(boss, "/people/import", {**fields, "column-login": "Кто"}, page="/people/import")
    assert (preview.status_code, "M8" in preview.text) == (200, True)


def test_a_long_roster_in_russian_comes_back_from_its_preview(site, boss):
    lines = "".join(f"stud{number};Студент с длинным именем {number};M3\n" for number in range(3000))
    sent = {"file": (io.BytesIO(("логин;ФИО;группа\n" + lines).encode("utf-8")), "r.csv")}
    preview = post(boss, "/people/import", sent, page="/people/import").text
    assert '<form method="post" enctype="multipart/form-data"><input' in preview  # the other kind triples Russian text
    fields = {**sent_by(preview, "apply"), "apply": "", "csrf_token": token_of(boss, "/people/import")}
    answer = boss.post("/people/import", data=fields, content_type="multipart/form-data")
    assert (answer.status_code, "stud2999" in answer.text) == (200, True)


@pytest.mark.parametrize(("language", "told"), [("en", "аnn looks like ann"), ("ru", "аnn выглядит как ann")])
def test_a_login_that_looks_like_another_one_is_asked_about(site, language, told):
    boss = site.client("boss", language)
    post(boss, "/people", {"login": "ann", "name": "Ann", "role": "student"}, page="/people")
    typed = {"login": "аnn", "name": "Other Ann", "role": "student", "group": "M7"}  # a Cyrillic а
    asked = post(boss, "/people", typed, page="/people")
    assert asked.status_code == 400
    assert told in asked.text
    assert 'name="login" value="аnn" aria-describedby="add-error"' in asked.text
    assert 'name="group" value="M7"' in asked.text
    assert post(boss, "/people", {**typed, "is_another": "on"}, page="/people").status_code == 302

    text = "login,name\n0leg,Oleg\noleg,Oleg\n"
    preview = post(boss, "/people/import", {"file": (io.BytesIO(text.encode()), "r.csv")}, page="/people/import")
    assert preview.status_code == 200
    assert "oleg" in preview.text.partition('name="are_others"')[0]
    refused = post(boss, "/people/import", {"text": text, "apply": "1"}, page="/people/import")
    assert refused.status_code == 400
    assert 'id="apply-error"' in refused.text
    with site.database.reading() as session:
        assert session.query(User).filter(User.login.in_(["oleg", "0leg"])).count() == 0
    sent = {"text": text, "apply": "1", "are_others": "on"}
    assert post(boss, "/people/import", sent, page="/people/import").status_code == 302
    with site.database.reading() as session:
        assert session.query(User).filter(User.login.in_(["oleg", "0leg"])).count() == 2


def test_a_removal_asks_for_the_login(site, boss):
    page = f"/people/{site.ids['boris']}"
    answer = post(boss, f"{page}/remove", {"login": "anna"}, page=page)
    assert '<details id="remove" open>' in answer.text
    assert 'name="login" value="anna" aria-describedby="remove-error"' in answer.text
    assert boss.get(page).status_code == 200
    post(boss, f"{page}/remove", {"login": "boris"}, page=page)
    assert boss.get(page).status_code == 404


def test_everybody_can_have_their_own_data(site, anna):
    answer = anna.get("/account/data.zip")
    assert "anna" in zipfile.ZipFile(io.BytesIO(answer.data)).read("person.json").decode()


def test_before_an_upload_a_student_sees_for_whom_it_counts(site, boss):
    text = text_in_force(site.database)
    put_in_force(site.database, text.replace('name = "clustering/kmeans"', 'name = "clustering/kmeans"\nteam = true'))
    page, anna = "/assignments/clustering/kmeans", site.client("anna")
    assert "counts for you alone" in anna.get(page).text
    for login in ("anna", "boris"):
        account = f"/people/{site.ids[login]}"
        post(boss, account, {"name": login.title(), "role": "student", "team": "Blue"}, page=account)
    assert "Anna, Boris" in anna.get(page).text
    submission = site.upload(anna).headers["Location"]
    assert site.client("boris").get(submission).status_code == 200
