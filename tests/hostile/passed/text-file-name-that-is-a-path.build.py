"""A file whose name is a path upwards: only its last part is kept."""

from tests.hostile.attacks import HONEST


def upload():
    return "../../../etc/cron.d/mine.py", HONEST
