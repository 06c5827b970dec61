"""The pages on similarity, for staff; source is shown as text."""

from __future__ import annotations

import re

from tests.core.test_similarity import LONG, renamed

EVIL = "\n\nevil = '<script>alert(1)</script>'\n\n\ndef kmeans(X, start, max_iter=300):\n    return X\n"
SOURCE = LONG + EVIL


def test_a_copy_is_listed_and_shown_beside(site):
    site.upload(site.client("anna"), content=SOURCE.encode())
    site.upload(site.client("boris"), content=(renamed(LONG) + EVIL).encode())
    tutor = site.client("tutor")
    listed = tutor.get("/similarity/?assignment=clustering/kmeans").text
    link = re.search(r'href="(/similarity/[^"?]+/clustering/kmeans)"', listed).group(1)
    assert "Submissions compared: 2" in listed
    page = tutor.get(link).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert 'class="line unusual"' in page


def test_it_is_for_staff_alone(site):
    anna = site.client("anna")
    for path in ("/similarity/", "/similarity/?assignment=clustering/kmeans", "/similarity/a/b/clustering/kmeans"):
        assert anna.get(path).status_code == 404


def test_what_is_not_there_is_told(site):
    tutor = site.client("tutor")
    assert tutor.get("/similarity/?assignment=no/such").status_code == 404
    assert tutor.get("/similarity/a/b/no/such").status_code == 404
    answer = tutor.get("/similarity/a/b/clustering/kmeans")
    assert answer.status_code == 404
    assert "not two submissions that count" in answer.text
    assert "Submissions compared: 0" in tutor.get("/similarity/?assignment=clustering/kmeans").text
