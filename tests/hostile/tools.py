"""What several attacks need. It is uploaded beside them, as `honest.py` is."""

import ctypes
import errno
import gc
import os
import platform

_X86 = platform.machine() == "x86_64"
# name -> number on x86-64 and on the machines that share the generic table (arm64)
NUMBERS = {
    "acct": (163, 89), "add_key": (248, 217), "adjtimex": (159, 171), "bpf": (321, 280), "cachestat": (451, 451),
    "capset": (126, 91), "chroot": (161, 51), "clock_settime": (227, 112), "clone3": (435, 435),
    "delete_module": (176, 106), "fadvise64": (221, 223), "fanotify_init": (300, 262), "finit_module": (313, 273),
    "fsopen": (430, 430), "init_module": (175, 105), "inotify_init1": (294, 26), "io_setup": (206, 0),
    "io_uring_setup": (425, 425), "ioctl": (16, 29), "kcmp": (312, 272), "kexec_load": (246, 104),
    "keyctl": (250, 219), "landlock_create_ruleset": (444, 444), "madvise": (28, 233), "mincore": (27, 232),
    "mount": (165, 40), "move_mount": (429, 429), "mq_open": (240, 180), "msgget": (68, 186),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "open_tree": (428, 428),
    "perf_event_open": (298, 241), "personality": (135, 92), "pidfd_open": (434, 434), "pivot_root": (155, 41),
    "preadv2": (327, 286), "process_madvise": (440, 440), "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271), "ptrace": (101, 117), "pwritev2": (328, 287), "quotactl": (179, 60),
    "readahead": (187, 213), "reboot": (169, 142), "request_key": (249, 218), "semget": (64, 190),
    "setdomainname": (171, 162), "sethostname": (170, 161), "setns": (308, 268), "settimeofday": (164, 170),
    "shmget": (29, 194), "splice": (275, 76), "swapoff": (168, 225), "swapon": (167, 224),
    "sync_file_range": (277, 84), "sysinfo": (99, 179), "syslog": (103, 116), "tee": (276, 77), "umount2": (166, 39),
    "unshare": (272, 97), "userfaultfd": (323, 282), "vhangup": (153, 58), "vmsplice": (278, 75),
}  # fmt: skip
_libc = ctypes.CDLL(None, use_errno=True)


class Escaped(Exception):
    """Something worked that must not."""


def syscall(name, *arguments):
    """The name of the error, or None when it worked."""
    number = NUMBERS[name][0 if _X86 else 1]
    ctypes.set_errno(0)
    answer = _libc.syscall(ctypes.c_long(number), *(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments))
    return errno.errorcode.get(ctypes.get_errno(), "?") if answer < 0 else None


def must_fail(name, *arguments):
    """Raise Escaped when the kernel does it, or would have if the arguments had been better."""
    answer = syscall(name, *arguments)
    if answer not in ("EPERM", "ENOSYS", "EACCES"):
        raise Escaped(f"{name}: {answer}")


def agent():
    """The service that answers the judge, found in memory."""
    return next(one for one in gc.get_objects() if type(one).__name__ == "Service")


def own(name):
    """One of the agent's own classes: what can be imported under its name is another one."""
    found = type(agent()).do.__globals__
    return found[name] if name in found else found["describe"].__globals__[name]


def number():
    """The request that waits for an answer now."""
    return agent().outstanding[-1]


def send(message):
    """A message of the agent's own grammar."""
    service = agent()
    service.line.send(message, service.wrap)


def frame(control, buffers=b"", announced=None):
    """A frame, byte by byte; ``announced`` are the two lengths that its header tells."""
    lengths = announced or (len(control), len(buffers))
    return b"GRD1" + lengths[0].to_bytes(4, "big") + lengths[1].to_bytes(8, "big") + control + buffers


def reply(tree, buffers=b""):
    """Send a result whose value is this tree of the wire's own tags, whatever it says."""
    import msgpack

    control = msgpack.packb(["t", "result", number(), tree])
    agent().line.wire.sendall(frame(control, buffers))
    wait()


def wait():
    """Do nothing more, so that nothing else is answered."""
    while True:
        os.read(os.open("/dev/zero", os.O_RDONLY), 1)
        __import__("time").sleep(60)


def instead(message):
    """Send a message of the agent's own grammar in the place of the next reply."""
    service = agent()
    send(message)
    ordinary = service.send

    def swallow(reply):
        service.send = ordinary

    service.send = swallow
