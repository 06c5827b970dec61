"""An archive that is also a page and a program: other bytes stand before it."""

from tests.hostile.attacks import HONEST, zipped


def upload():
    return "a.zip", b"#!/bin/sh\nrm -rf /\n<script>alert(1)</script>" + zipped({"solution.py": HONEST})
