"""The images of the sandboxes: when they are built anew, and what is said when they cannot be."""

from __future__ import annotations

import subprocess
import sys

import pytest

from grader.core.errors import OurFault
from worker.images import base, build, engine, libraries, prepare


def test_libraries_are_built_anew_when_what_goes_into_them_changes(monkeypatch):
    names = {build.libraries_name(environment, identity) for environment in ("numpy", "torch") for identity in "ab"}
    assert len(names) == 4
    monkeypatch.setattr(base, "PYTHON", "3.12")
    assert build.libraries_name("numpy", "a") not in names


def test_a_change_of_the_agent_renames_the_sandbox_and_not_the_libraries(monkeypatch):
    sandbox, below = libraries.image_name("numpy"), build.libraries_name("numpy", "base")
    monkeypatch.setattr(libraries, "fingerprint", lambda: "another")
    assert libraries.image_name("numpy") != sandbox
    assert build.libraries_name("numpy", "base") == below


def test_torch_holds_what_numpy_holds():
    assert libraries.pinned("numpy").items() <= libraries.pinned("torch").items()


def test_a_base_of_another_python_is_refused():
    done = subprocess.run([sys.executable, prepare.__file__, "2.7"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "The base image has Python 3." in done.stderr
    assert "2.7" in done.stderr


@pytest.mark.docker
def test_a_base_that_cannot_be_had_is_named():
    with pytest.raises(OurFault, match="grader-base-of-nobody:none"):
        base.find(engine.connect(), "grader-base-of-nobody:none", lambda text: None)


@pytest.mark.docker
def test_a_failing_build_tells_how_it_ended(tmp_path):
    (tmp_path / "Dockerfile").write_text("FROM scratch\nCOPY missing /\n")
    with pytest.raises(OurFault, match="missing"):
        engine.build(engine.connect(), tmp_path, "grader-test:none", arguments={}, labels={})


@pytest.mark.docker
def test_what_is_built_is_known_again():
    said: list[str] = []
    assert build.build(["numpy"], say=said.append) == {"numpy": libraries.image_name("numpy")}
    assert said[0].endswith("is up to date")
