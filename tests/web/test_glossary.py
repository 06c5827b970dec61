"""The glossary's page, its links in statements, and what is told of the order of assignments."""

from __future__ import annotations

import re
import shutil

from grader.core.assignment import assignments_folder
from tests.web.test_course_rules import set_course
from web import Settings, create_app

CENTERS = ("[[assignment]]", 'name = "clustering/centers"', "points = 15")
SEARCH = ("[[assignment]]", 'name = "hyperparameters/evolutionary-search"', "points = 15")
LATER = "opens = 2099-01-01T00:00:00"


def entry(page: str, anchor: str) -> str:
    found = re.search(rf'<div id="{anchor}">.*?</div>', page, re.DOTALL)
    assert found is not None, anchor
    return found[0]


def order(page: str) -> str:
    found = re.search(r'<div class="order">.*?</div>', page, re.DOTALL)
    return re.sub(r"\s+", " ", found[0]) if found else ""


def test_a_term_has_its_meaning_both_names_and_the_assignments_that_define_it(site, anna):
    page = anna.get("/glossary/").text
    cluster = entry(page, "cluster")
    assert "<dfn>cluster</dfn>" in cluster
    assert '<span class="quiet" lang="ru">кластер</span>' in cluster
    assert "A group of objects" in cluster
    assert '<a href="/assignments/clustering/kmeans">' in cluster
    rate = entry(site.client("anna", "ru").get("/glossary/").text, "gate")
    assert '<dfn>фильтр (вентиль)</dfn> <span class="quiet" lang="en">gate</span>' in rate
    assert 'id="hessian"' not in page  # of an assignment that the course does not set


def test_what_is_not_open_is_linked_for_staff_alone(site, anna):
    set_course(site, LATER)
    link = '<a href="/assignments/clustering/kmeans">'
    assert link not in entry(anna.get("/glossary/").text, "cluster")
    assert link in entry(site.client("tutor").get("/glossary/").text, "cluster")


def test_a_statement_links_terms_in_the_reader_s_language(site, anna):
    page = anna.get("/assignments/clustering/kmeans").text
    assert re.search(r'<a class="term" href="/glossary/#cluster" title="A group of objects[^"]*">cluster</a>', page)
    page = site.client("anna", "ru").get("/assignments/clustering/kmeans").text
    assert re.search(r'<a class="term" href="/glossary/#centre-of-a-cluster" title="[^"]*">центру</a>', page)


def test_a_course_without_terms(site, tmp_path):
    shutil.copytree(assignments_folder() / "clustering/kmeans", tmp_path / "clustering/kmeans")
    (tmp_path / "clustering/kmeans/terms.toml").unlink()
    set_course(site)
    settings = Settings(
        database=str(site.database.engine.url), secret="x" * 40, insecure_http=True, assignments=tmp_path
    )
    site.app = create_app(settings)
    anna = site.client("anna")
    assert "explain no terms" in anna.get("/glossary/").text
    page = anna.get("/assignments/clustering/kmeans")
    assert page.status_code == 200
    assert 'class="term"' not in page.text


def test_what_to_do_first_is_told_with_what_was_handed_in(site, anna):
    set_course(site, *CENTERS, *SEARCH)
    centers = "/assignments/clustering/centers"
    first = 'Do first: <a href="/assignments/clustering/kmeans">k-means: Lloyd&#39;s algorithm</a>'
    assert first in order(anna.get(centers).text)
    assert "handed in" not in order(anna.get(centers).text)
    site.upload(anna)
    assert f'{first} <small class="quiet">handed in</small>' in order(anna.get(centers).text)
    assert "handed in" not in order(site.client("boris").get(centers).text)
    assert f'Prepares for: <a href="{centers}">' in order(anna.get("/assignments/clustering/kmeans").text)
    page = anna.get("/assignments/hyperparameters/evolutionary-search").text
    assert "about 8 h" in page
    absent = re.search(r"Do first: ([^<]+) <small class=\"quiet\">not set in this course</small> </p>", order(page))
    assert absent is not None
    assert "hyperparameters/" not in absent[1]  # the title
