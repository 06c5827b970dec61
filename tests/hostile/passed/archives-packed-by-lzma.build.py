"""An archive packed by LZMA with an ordinary dictionary, and with a name that is decomposed: it is taken as it is meant."""

import io
import zipfile

from tests.hostile.attacks import HONEST


def upload():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("solution.py", HONEST)
        archive.writestr("cafe\u0301.py", "x = 1")
    return "a.zip", packed.getvalue()
