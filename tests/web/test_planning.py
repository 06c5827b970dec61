"""What-if on the page of where one stands: a form whose address can be kept; nothing is saved."""

from __future__ import annotations

from sqlalchemy import event

from grader.store.models import AuditEntry, TheoryMark

FORM = "/standing?test=54&item.clustering/kmeans=7,5&bonus=12&want=91"


def test_the_form_computes_and_keeps_what_was_typed(site, anna):
    page = anna.get(FORM).text
    # sqrt(54 * 7.5) + 60/7 = 28.70; (91 - 60/7)^2 / 7.5 = 905.93, / 54 = 125.83
    for told in ("28.7", "T = 905.93", "P = 125.83", "It cannot be reached any more", 'value="7,5"', 'value="91"'):
        assert told in page, told
    russian = site.client("anna", "ru").get(FORM).text
    for told in ("28,7", "T = 905,93", "Это уже недостижимо"):
        assert told in russian, told
    assert "It can still be reached" in anna.get("/standing?test=54&want=60").text
    assert "What if" in anna.get("/standing").text
    assert "still be reached" not in anna.get("/standing?test=54").text


def test_what_cannot_be_is_told_and_the_form_stays_filled_in(site, anna):
    page = anna.get("/standing?test=61&item.clustering/kmeans=3").text
    assert "test must be from 0 to 60" in page
    assert 'value="61"' in page
    assert "&lt;b&gt;" in anna.get("/standing?want=<b>").text


def test_nothing_is_saved(site, anna):
    statements: list[str] = []
    engine = site.app.extensions["grader"].database.engine
    with site.database.reading() as session:
        before = session.query(AuditEntry).count()
    event.listen(engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    anna.get(FORM)
    assert statements
    assert not [text for text in statements if text.lower().startswith(("insert", "update", "delete"))]
    with site.database.reading() as session:
        assert session.query(AuditEntry).count() == before
        assert session.query(TheoryMark).count() == 0


def test_the_receipt_is_offered_as_a_file(site, anna):
    from grader.core import receipts
    from tests.web.conftest import SOURCE

    location = site.upload(anna).location
    assert f'href="{location}/receipt.json"' in anna.get(location).text
    answer = anna.get(location + "/receipt.json")
    assert answer.headers["Content-Disposition"] == "attachment; filename=mine.py.receipt.json"
    signed = receipts.from_json(answer.json)
    assert receipts.is_of(signed.receipt, SOURCE)
    assert receipts.genuine(signed, receipts.public_key(receipts.signing_key("x" * 40)))
