"""The file of the deployment: without a course file no container is made, and with a wrong one nothing starts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]


def test_no_path_of_the_host_is_made_by_docker(services):
    binds = [volume for service in services.values() for volume in service.get("volumes", [])]
    named = {volume.partition(":")[0] for volume in binds if isinstance(volume, str)}
    assert named == {"engine", "database", "bell", "images"}  # the short form makes a folder of whatever is missing
    long = [volume for volume in binds if not isinstance(volume, str)]
    assert len(long) == 4
    assert all(volume["bind"] == {"create_host_path": False} and volume["read_only"] for volume in long)


def test_everything_waits_until_the_course_file_was_read(services):
    course = services.pop("course")
    assert (course["command"], course["restart"], course["depends_on"]) == ("grader course check", "no", {})
    for name, service in services.items():
        assert service["depends_on"]["course"] == {"condition": "service_completed_successfully"}, name
