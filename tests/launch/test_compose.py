"""The file of the deployment: no path of the host is mounted, and what serves a course waits until there is one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DONE = {"condition": "service_completed_successfully"}
BEFORE_IT = {"postgres", "redis", "engine", "database"}  # what can be there before a course is


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]


def test_only_volumes_are_mounted(services):
    mounted = [volume for service in services.values() for volume in service.get("volumes", [])]
    assert {volume.partition(":")[0] for volume in mounted} == {"engine", "database", "bell", "images"}


def test_what_serves_a_course_waits_until_there_is_one(services):
    course = services.pop("course")
    assert course["command"] == 'sh -c "grader course show > /dev/null"'
    assert (course["restart"], course["depends_on"]) == ("no", {"database": DONE})
    for name, service in services.items():
        assert (service.get("depends_on", {}).get("course") == DONE) is (name not in BEFORE_IT), name


def test_no_part_is_told_of_a_course_file(services):
    assert [name for name, service in services.items() if "GRADER_COURSE" in service.get("environment", {})] == []
