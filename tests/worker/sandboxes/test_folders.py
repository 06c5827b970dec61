"""The locked folders that tell whether a sandbox's owner lives."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.core.errors import SandboxUnavailable
from worker.sandboxes import folders

ROOT = Path(__file__).resolve().parents[3]


def test_a_folder_is_private_and_its_owner_lives(root: Path):
    folder = folders.make(root)
    assert root.stat().st_mode & 0o777 == folder.path.stat().st_mode & 0o777 == 0o700
    assert not folders.is_abandoned(folder.place, root)
    assert folders.remove_abandoned(root) == 0
    folder.remove()
    assert list(root.iterdir()) == []
    assert folders.is_abandoned(folder.place, root)


def test_a_folder_of_a_process_that_ended_is_abandoned(root: Path):
    kept = folders.make(root)
    made = "import pathlib, sys; from worker.sandboxes import folders; folders.make(pathlib.Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", made, str(root)], check=True, cwd=ROOT)
    (left,) = set(root.iterdir()) - {kept.path}
    assert folders.is_abandoned(f"{folders.house(root)}/{left.name}", root)
    assert folders.remove_abandoned(root) == 1
    assert list(root.iterdir()) == [kept.path]
    kept.remove()


def test_a_place_of_an_earlier_boot_is_abandoned_and_one_of_another_root_is_not(root: Path, tmp_path: Path):
    folder = folders.make(root)
    boot, house, name = folder.place.split("/")
    assert folders.is_abandoned(f"0000/{house}/{name}", root)
    assert not folders.is_abandoned(f"{boot}/1-1/gone", root)
    assert folders.is_abandoned(f"{boot}/{house}/gone", root)
    folder.remove()


def test_nobody_can_have_laid_out_the_root_for_us(tmp_path: Path):
    open_to_all = tmp_path / "open"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    for root in (open_to_all, link):
        with pytest.raises(SandboxUnavailable, match="GRADER_SOCKETS"):
            folders.make(root)


def test_what_is_not_a_folder_stays(root: Path):
    folders.make(root).remove()
    (root / "note").write_text("")
    (root / "link").symlink_to("/etc")
    assert folders.remove_abandoned(root) == 0
    assert sorted(os.listdir(root)) == ["link", "note"]


def test_a_folder_that_no_sandbox_made_stays_with_all_that_is_in_it(root: Path):
    folders.make(root).remove()
    for name in ("course", "tmpab12cd34", ".grader"):  # as in a home folder that GRADER_SOCKETS names by mistake
        (root / name).mkdir()
        (root / name / "grader.db").write_text("marks")
    assert folders.remove_abandoned(root) == 0
    assert {path.read_text() for path in root.glob("*/grader.db")} == {"marks"}
    assert len(list(root.iterdir())) == 3
