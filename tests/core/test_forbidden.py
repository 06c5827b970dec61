"""The named sets: every name is one of an installed library, or told as of another version."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from grader.core.assignment import ENVIRONMENTS, load
from grader.core.errors import AssignmentFault
from grader.core.forbidden import INSTALLED, LIBRARIES, OF_OTHER_VERSIONS, SETS, names_of, within

SETTINGS = """
kind = "task"
environment = "{environment}"
[title]
en = "A"
ru = "А"
[required]
f = "none:f"
[forbidden]
{forbidden}
"""


def exists(name: str) -> bool:
    """Whether the library has it: as an attribute, or as a module."""
    parts = name.split(".")
    found = importlib.import_module(parts[0])
    for depth, part in enumerate(parts[1:], start=2):
        if not hasattr(found, part):
            try:
                importlib.import_module(".".join(parts[:depth]))
            except ImportError:
                return False
        found = getattr(found, part)
    return True


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", SETS)
def test_every_name_of_a_set_is_known_to_the_library(name):
    names = set(SETS[name])
    assert {one.partition(".")[0] for one in names} <= LIBRARIES
    assert {one for one in names - OF_OTHER_VERSIONS if not exists(one)} == set()
    assert {one for one in names & OF_OTHER_VERSIONS if exists(one)} == set()


def test_the_sets_are_those_that_the_reference_tells():
    told = (Path(__file__).parents[2] / "docs/reference/assignment-file.md").read_text()
    assert set(SETS) == {line.split("`")[1] for line in told.splitlines() if line.startswith("| `") and "set:" in line}


def assignment(folder: Path, forbidden: str, environment: str = "numpy"):
    place = folder / "demo/small"
    place.mkdir(parents=True)
    (place / "assignment.toml").write_text(SETTINGS.format(forbidden=forbidden, environment=environment))
    return load("demo/small", folder)


def test_a_set_is_all_its_names(tmp_path):
    read = assignment(tmp_path, 'names = ["numpy.dot"]\nsets = ["fourier", "recurrent"]')
    assert read.forbidden_names == ("numpy.dot", *names_of(["fourier", "recurrent"]))
    assert "numpy.fft" in read.guarded
    assert not [name for name in read.guarded if not within(name, "numpy")]


def test_what_is_not_installed_need_not_be_guarded(tmp_path):
    read = assignment(tmp_path, 'modules = ["scipy", "sklearn"]\nnames = ["torch.lstm"]', "torch")
    assert read.guarded == ("torch.lstm",)
    assert set(INSTALLED) == set(ENVIRONMENTS)


def test_an_unknown_set_is_told_with_those_there_are(tmp_path):
    known = "attention, convolution, fourier, linear-solvers, normalisation, recurrent"
    with pytest.raises(AssignmentFault, match=f"forbidden.sets must be a list of {known}"):
        assignment(tmp_path, 'sets = ["fuorier"]')
