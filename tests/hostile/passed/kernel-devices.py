"""Makes and opens devices: disks, memory, terminals, the hypervisor's, the graphics card's."""

import os
import stat

from honest import *
from tools import Escaped

for kind, major, minor in ((stat.S_IFBLK, 8, 0), (stat.S_IFCHR, 1, 1), (stat.S_IFBLK, 254, 0)):
    try:
        os.mknod("/tmp/device", kind | 0o600, os.makedev(major, minor))
        os.close(os.open("/tmp/device", os.O_RDONLY))
    except OSError:
        continue
    raise Escaped(f"device {major}:{minor}")
for path in ("/dev/mem", "/dev/kmem", "/dev/port", "/dev/kvm", "/dev/fuse", "/dev/vda", "/dev/sda", "/dev/net/tun", "/dev/vsock",
             "/dev/dri/card0", "/dev/uinput"):
    try:
        os.close(os.open(path, os.O_RDWR))
    except OSError:
        continue
    raise Escaped(path)
