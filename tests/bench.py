"""``make bench``: what the boundary costs, as ratios measured in one run.

For k-means and LSTM: the wall time from an acknowledged upload to its stored result, and the CPU seconds a
submission, each against a cold ``python -m pytest`` of the same suite with the solution in the same process. The two
are measured in turn. CPU is the whole machine's busy time over a stretch, less what it did before while idle: so it
counts engine, containers and refilled spares too, and wants a machine that does nothing else. On a busy one the
figures of CPU are left out, and a line says so.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from grader.core.assignment import Assignment, load
from grader.core.submission import Submission as Content
from grader.launch.services import Place, Service, private_redis
from grader.store import people, submissions
from grader.store.engine import Database
from grader.store.migrations import upgrade
from grader.store.models import Job, Result
from worker.app import make_app, ring

ROOT = Path(__file__).resolve().parents[1]
ASSIGNMENTS = ("clustering/kmeans", "sequences/lstm")
ROUNDS = 7
SETTLE_SECONDS = 4.0  # until the spare is there again
QUIET = 0.2  # CPUs that may be busy with other things


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="grader-bench-") as name:
        place = Place(Path(name))
        place.prepare()
        database = Database(place.database)
        upgrade(database.engine)
        services = start(place)
        try:
            heads = ("upload to result", "cold pytest", "ratio", "CPU each", "CPU pytest", "ratio")
            print(" " * 20, *(f"{head:>{width}}" for head, width in zip(heads, (17, 12, 7, 9, 11, 7), strict=True)))
            busy = [tell(name, measure(load(name, ROOT / "assignments"), database, place)) for name in ASSIGNMENTS]
            if max(busy) > QUIET:
                print(f"{max(busy):.1f} CPUs were busy with other things: CPU is left out, and wall times may mislead.")
        finally:
            for service in reversed(services):
                service.stop()
            database.close()


def tell(name: str, row: tuple[float, float, float, float, float]) -> float:
    """Print a line; how many CPUs were busy with other things."""
    wall, cold, cpu, cold_cpu, busy = row
    quiet = f"{cpu:7.2f} s {cold_cpu:9.2f} s {cpu / cold_cpu:7.2f}" if busy <= QUIET else f"{'-':>7} {'-':>11} {'-':>9}"
    print(f"{name:20} {wall:15.3f} s {cold:10.3f} s {wall / cold:7.2f} {quiet}")
    return busy


def start(place: Place) -> list[Service]:
    """A private Redis and one worker with Docker and a spare of each environment."""
    variables = {**os.environ, "GRADER_DATABASE": place.database, "GRADER_SANDBOX": "docker"}
    variables["GRADER_BROKER"] = f"redis+socket://{place.folder / 'redis.sock'}"
    logs = place.folder / "logs"
    services = [
        Service("redis", private_redis(place), variables, logs / "redis.log"),
        Service("worker", [sys.executable, "-m", "worker"], variables, logs / "worker.log"),
    ]
    for service in services:
        service.start()
    time.sleep(15)
    return services


def measure(assignment: Assignment, database: Database, place: Place) -> tuple[float, float, float, float, float]:
    """Medians of wall seconds and of CPU seconds a submission, for us and for pytest; CPUs busy before we began."""
    solution = sorted((assignment.folder / "accepted").glob("*.py"))[0]
    graded(assignment, solution, database, place)  # warm-up
    time.sleep(2 * SETTLE_SECONDS)
    idle = busy_over(lambda: time.sleep(SETTLE_SECONDS)) / SETTLE_SECONDS
    walls, colds, cpus, cold_cpus = [], [], [], []
    for _ in range(ROUNDS):
        began, busy = time.monotonic(), busy_seconds()
        walls.append(graded(assignment, solution, database, place))
        time.sleep(SETTLE_SECONDS)
        cpus.append(busy_seconds() - busy - idle * (time.monotonic() - began))
        began, busy = time.monotonic(), busy_seconds()
        cold_pytest(assignment, solution)
        colds.append(time.monotonic() - began)
        cold_cpus.append(busy_seconds() - busy - idle * colds[-1])
    wall, cold, cpu, cold_cpu = (statistics.median(figures) for figures in (walls, colds, cpus, cold_cpus))
    return wall, cold, cpu, cold_cpu, idle


def graded(assignment: Assignment, solution: Path, database: Database, place: Place) -> float:
    """Upload, ring, and wait: seconds from the acknowledgement to the stored result."""
    source, now = solution.read_bytes(), datetime.now(UTC)
    with database.writing() as session:
        user = people.by_login(session, "bench") or people.add_user(session, "bench", "B", password=None, now=now)
        content = Content("solution.py", {"solution.py": source})
        submission, job = submissions.record(session, user, assignment, content, source, now=now)
        ids = submission.id, job.id, job.queue
    began = time.monotonic()
    ring(make_app(f"redis+socket://{place.folder / 'redis.sock'}"), ids[1], ids[2])
    while time.monotonic() - began < 120:
        with database.reading() as session:
            if session.get_one(Job, ids[1]).state == "graded":
                seconds = time.monotonic() - began
                result = session.scalars(select(Result).where(Result.submission_id == ids[0])).one()
                assert result.score == result.max_score, "the accepted solution must get full marks"
                return seconds
        time.sleep(0.005)
    raise SystemExit("no result:\n" + (place.folder / "logs" / "worker.log").read_text()[-3000:])


def cold_pytest(assignment: Assignment, solution: Path) -> None:
    options = ["-q", "--import-mode=importlib", "-p", "no:cacheprovider", "-c", os.devnull]
    command = [sys.executable, "-m", "pytest", str(assignment.suite("hidden")), *options]
    variables = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    plugin = ["-p", "tests.bench_plugin", "--solution", str(solution)]
    done = subprocess.run([*command, *plugin], env=variables, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]


def busy_seconds() -> float:
    """CPU seconds that the whole machine has been busy since it started."""
    fields = [int(text) for text in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    user, nice, system, _, _, irq, softirq, steal = fields[:8]
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def busy_over(action: object) -> float:
    before = busy_seconds()
    action()  # type: ignore[operator]
    return busy_seconds() - before


if __name__ == "__main__":
    main()
