"""A file that is called as a formula of a spreadsheet is."""

from tests.hostile.attacks import HONEST


def upload():
    return "=HYPERLINK(\"http://attacker.example\").py", HONEST
