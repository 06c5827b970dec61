"""A tar archive that is called a zip."""

import io
import tarfile


def upload():
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        member = tarfile.TarInfo("../../etc/x")
        member.type = tarfile.SYMTYPE
        member.linkname = "/etc/passwd"
        archive.addfile(member)
    return "a.zip", packed.getvalue()
