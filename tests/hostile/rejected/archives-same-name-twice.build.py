"""The same member twice, of which readers take different ones."""

import io
import warnings
import zipfile

from tests.hostile.attacks import HONEST


def upload():
    packed = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("solution.py", HONEST)
        archive.writestr("solution.py", b"import os")
    return "a.zip", packed.getvalue()
