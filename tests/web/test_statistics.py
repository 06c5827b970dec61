"""The pages of statistics: numbers, charts without inline style, for staff alone."""

from __future__ import annotations

from tests.web.conftest import TESTS


def test_the_pages_tell_who_began_and_what_each_test_does(site, anna):
    location = site.upload(anna).location
    site.grade(location.rsplit("/", 1)[1], TESTS)
    tutor = site.client("tutor")
    page = tutor.get("/statistics/").text
    assert "/statistics/clustering/kmeans" in page
    assert "<svg" in page
    one = tutor.get("/statistics/clustering/kmeans").text
    for told in ("First", "everybody passes it", "nobody passes it", "Boris", "1 / 2", "<rect"):
        assert told in one, told
    assert "hidden message" not in one
    for text in (page, one):
        assert " style=" not in text
        assert "<script>" not in text
    russian = site.client("tutor", "ru").get("/statistics/clustering/kmeans").text
    assert "не проходит никто" in russian
    assert anna.get("/statistics/").status_code == 404
    assert tutor.get("/statistics/none/such").status_code == 400
