"""Runs once in the build of an image, as root: takes out what a sandbox must not have, and lets Python find /srv/site.

Stands alone: nothing of the project is there yet.
"""

import os
import shutil
import site
import stat
import sys
import sysconfig

SITE = "/srv/site"
INSTALLERS = ("pip", "setuptools", "wheel", "pkg_resources", "_distutils_hack", "ensurepip")


def main(wanted: str) -> None:
    have = "{}.{}".format(*sys.version_info[:2])
    if have != wanted:
        sys.exit(f"The base image has Python {have}; the libraries were chosen for {wanted}.")
    for folder in {*site.getsitepackages(), "/usr/lib/python3/dist-packages", sysconfig.get_path("stdlib")}:
        remove_installers(folder)
    for folder in ("/usr/local/bin", "/usr/bin"):
        remove_commands(folder)
    own = site.getsitepackages()[0]
    os.makedirs(own, exist_ok=True)
    with open(os.path.join(own, "srv.pth"), "w") as file:
        file.write(SITE + "\n")
    for path in files_on_this_disk("/"):
        mode = os.lstat(path).st_mode
        if mode & (stat.S_ISUID | stat.S_ISGID):
            os.chmod(path, stat.S_IMODE(mode) & ~(stat.S_ISUID | stat.S_ISGID))


def remove_installers(folder: str) -> None:
    """A library that installs others; and its metadata."""
    for name in os.listdir(folder) if os.path.isdir(folder) else ():
        if name in INSTALLERS or name.split("-")[0] in INSTALLERS or name == "distutils-precedence.pth":
            path = os.path.join(folder, name)
            shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)


def remove_commands(folder: str) -> None:
    for name in os.listdir(folder):
        if name.startswith(("pip", "wheel")):
            os.remove(os.path.join(folder, name))


def files_on_this_disk(top: str) -> "list[str]":
    """Regular files below ``top``, without those of other file systems."""
    device, found = os.stat(top).st_dev, []
    for root, folders, names in os.walk(top):
        folders[:] = [name for name in folders if os.lstat(os.path.join(root, name)).st_dev == device]
        found += [path for name in names if stat.S_ISREG(os.lstat(path := os.path.join(root, name)).st_mode)]
    return found


if __name__ == "__main__":
    main(sys.argv[1])
