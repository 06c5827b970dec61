"""A member that is a link to a file of the host."""

import io
import stat
import zipfile

from tests.hostile.attacks import HONEST


def upload():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("solution.py", HONEST)
        member = zipfile.ZipInfo("link.py")
        member.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(member, b"/etc/passwd")
    return "a.zip", packed.getvalue()
