"""Environments as students are told of them are those that are built; letters that look alike are told apart."""

from __future__ import annotations

import sys
from importlib.metadata import packages_distributions

import pytest

from grader.core.assignment import ENVIRONMENTS
from grader.core.environments import MODULES, PYTHON, STOOD_IN_FOR, VERSIONS, is_pythons, lacks, written
from grader.core.lookalikes import foreign, in_latin, lookalike
from grader.harness.agent.standins import LIBRARIES
from grader.harness.outline import LANGUAGE
from worker.images.base import PYTHON as BUILT
from worker.images.libraries import pinned


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_libraries_and_versions_are_those_that_are_built(environment):
    built = pinned(environment)
    assert VERSIONS[environment].items() <= built.items()
    canonical = {name.replace("-", "_") for name in built}
    for module, names in packages_distributions().items():
        if {name.lower().replace("-", "_") for name in names} & canonical and not module.startswith("__"):
            assert module in MODULES[environment] or module == "pkg_resources"  # which the images do without
    assert not any(map(is_pythons, MODULES[environment]))
    assert BUILT == PYTHON == ".".join(map(str, LANGUAGE))


def test_an_environment_is_written_for_people():
    assert written("sklearn") == "Python 3.11, numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1"
    assert lacks("numpy", "scipy.linalg")
    assert not lacks("sklearn", "scipy.linalg")
    assert not lacks("numpy", "os.path")
    assert lacks("torch", "tqdm")
    assert sys.stdlib_module_names >= {"statistics"}
    assert STOOD_IN_FOR == LIBRARIES


@pytest.mark.parametrize(
    ("typed", "wanted", "letters"),
    [
        ("kmeаns", "kmeans", [(4, "а", "Cyrillic")]),
        ("КМеаns", "KMeans", [(1, "К", "Cyrillic"), (2, "М", "Cyrillic"), (3, "е", "Cyrillic"), (4, "а", "Cyrillic")]),
        ("sсоrе", "score", [(2, "с", "Cyrillic"), (3, "о", "Cyrillic"), (5, "е", "Cyrillic")]),
        ("ανα", "ava", [(1, "α", "Greek"), (2, "ν", "Greek"), (3, "α", "Greek")]),
        ("ｋmeаns", "kmeans", [(4, "а", "Cyrillic")]),
    ],
)
def test_a_word_that_only_looks_like_another_is_found_with_its_letters(typed, wanted, letters):
    assert lookalike(wanted, ["other", typed]) == typed
    assert in_latin(typed) == wanted
    assert foreign(typed) == letters


def test_other_words_do_not_look_alike():
    assert lookalike("kmeans", ["kmeans", "kmean", "Kmeans", "kmедоиды"]) is None
