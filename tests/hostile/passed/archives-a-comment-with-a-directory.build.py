"""An archive whose comment holds the end of another one."""

import io
import zipfile

from tests.hostile.attacks import HONEST


def upload():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("solution.py", HONEST)
        archive.comment = b"comment"
    return "a.zip", packed.getvalue()
