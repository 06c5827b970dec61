"""The suite of attacks is tried itself: with any one defence switched off, at least one attack succeeds.

An attack has succeeded when it gets another verdict than its folder's, or breaks an invariant.
"""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from types import SimpleNamespace

import pytest

from grader.store import jobs
from tests.hostile.attacks import FOLDER
from tests.hostile.weakened import DEFENCES

ROOT = FOLDER.parents[1]
BUBBLEWRAP = pytest.param("bubblewrap", marks=pytest.mark.bubblewrap)
DOCKER = pytest.param("docker", marks=pytest.mark.docker)
SUCCEEDS = {
    "no-filter": ["passed/kernel-keys.py", "passed/channels-locks.py", "passed/channels-page-cache-by-calls.py"],
    "nothing-is-masked": ["passed/channels-counters-of-the-kernel.py"],
    "no-limit-of-processes": ["passed/resources-fork-until-it-fails.py"],
    "no-limit-of-memory": ["memory/resources-one-gigabyte.py"],
    "no-limit-of-the-temporary-folder": ["passed/resources-fills-the-temporary-folder.py"],
    "no-network-namespace": ["passed/channels-services-of-the-host.py"],
    "no-limit-of-output": ["output/resources-prints-ten-megabytes.py"],
    "no-limit-of-structure": ["protocol/wire-a-result-of-100000-lists.py"],
    "known-request-numbers": ["protocol/wire-answers-another-request.py"],
    "loose-comparison": ["failed/forging-distances-that-are-none.py"],
    "names-as-they-are-told": [
        "error/channels-inputs-in-the-exceptions-name.py",
        "error/channels-inputs-in-the-line.py",
    ],
    "believed-archives": ["rejected/archives-path-upwards.build.py"],
    "no-deadline": ["timeout/resources-answers-late.py"],
    "every-wait-is-believed": ["timeout/resources-presses-its-own-sandbox.py"],
    "nothing-is-removed": ["passed/resources-daemon.py"],
    "attached-and-not-closed-before-the-kill": ["timeout/resources-floods-the-engines-pipe.py"],
}
OF_THE_ENGINE = (
    "no-filter",
    "no-limit-of-processes",
    "no-limit-of-memory",
    "no-network-namespace",
    "nothing-is-masked",
    "nothing-is-removed",
)


def tried(defence: str, kind: str, attack: str) -> dict[str, object]:
    """What came of an attack in a process with this defence switched off."""
    command = [sys.executable, "-m", "tests.hostile.weakened", defence, kind, attack]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=200, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def succeeded(attack: str, outcome: dict[str, object]) -> bool:
    return outcome["verdict"] != attack.partition("/")[0] or bool(outcome["broken"])


@pytest.mark.parametrize("kind", [BUBBLEWRAP])
@pytest.mark.parametrize("defence", [name for name in DEFENCES if not name.startswith("attached")])
def test_without_it_an_attack_succeeds(defence: str, kind: str):
    for attack in SUCCEEDS[defence]:
        assert succeeded(attack, tried(defence, kind, attack)), attack


@pytest.mark.parametrize("kind", [DOCKER])
@pytest.mark.parametrize("defence", OF_THE_ENGINE)
def test_without_what_the_engine_does_an_attack_succeeds(defence: str, kind: str):
    for attack in SUCCEEDS[defence]:
        assert succeeded(attack, tried(defence, kind, attack)), attack


@pytest.mark.parametrize("kind", [BUBBLEWRAP])
def test_with_all_of_them_none_does(kind: str):
    """The way it is tried is not what lets them succeed."""
    for attack in ("memory/resources-one-gigabyte.py", "protocol/wire-answers-another-request.py"):
        assert not succeeded(attack, tried("none", kind, attack)), attack


def test_without_the_fence_a_stale_worker_stores_a_result(sqlite, monkeypatch):
    act = runpy.run_path(str(FOLDER / "passed" / "queue-a-stale-worker-stores.act.py"))["act"]
    ordinary = jobs._update_held

    def unfenced(session, held, **values):
        job = session.get_one(jobs.Job, held.job_id)
        return ordinary(session, jobs.Claim(job.id, job.submission_id, job.fence, job.attempt), **values)

    monkeypatch.setattr(jobs, "_update_held", unfenced)
    with pytest.raises(AssertionError, match="two workers had"):
        act(SimpleNamespace(database=sqlite))
