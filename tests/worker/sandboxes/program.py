"""What the tests of the sandboxes run inside, as if a student had handed it in. Hostile in parts."""

import contextlib
import ctypes
import errno
import importlib
import os
import socket
import stat
import subprocess
import threading
import time


def facts():
    with open("/proc/self/status") as file:
        status = dict(line.split(":", 1) for line in file if ":" in line)
    told = {name: status[name].strip() for name in ("CapEff", "CapPrm", "CapInh", "CapAmb", "Seccomp", "NoNewPrivs")}
    return {"uids": list(os.getresuid()), "gids": [*os.getresgid(), *os.getgroups()], **told}


def uid_outside():
    """Who we are to the kernel, outside of any user namespace."""
    with open("/proc/self/uid_map") as file:
        ranges = [tuple(map(int, line.split())) for line in file]
    own = [outside + os.getuid() - inside for inside, outside, n in ranges if inside <= os.getuid() < inside + n]
    return own[0] if own else None


def connect(family, address):
    try:
        with socket.socket(getattr(socket, family)) as stream:
            stream.settimeout(1)
            stream.connect(address if isinstance(address, str) else tuple(address))
    except OSError as error:
        return type(error).__name__
    return "connected"


def writable_folders():
    """Every folder in which a file can be made; the kernel's own file systems apart."""
    found = []
    for root, folders, _ in os.walk("/"):
        if root in ("/proc", "/sys"):
            folders.clear()
        elif can_write(os.path.join(root, "made-by-a-test")):
            found.append(root)
    return found


def can_write(path):
    try:
        with open(path, "w") as file:
            file.write("x")
        os.unlink(path)
    except OSError:
        return False
    return True


def writable_settings():
    """The kernel's settings that could be opened for writing; none is written."""
    found = []
    for top in ("/proc/sys", "/sys"):
        for root, _, files in os.walk(top):
            found += [os.path.join(root, name) for name in files if opens_for_writing(os.path.join(root, name))]
    return found + [path for path in ("/proc/sysrq-trigger", "/proc/kcore", "/dev/mem") if opens_for_writing(path)]


def opens_for_writing(path):
    try:
        if stat.S_ISCHR(os.stat(path).st_mode) and not path.startswith("/dev/"):
            return False  # a mask: what is written there goes nowhere
        os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK))
    except OSError:
        return False
    return True


def privileged_files():
    """Files that would run as somebody else: marked so, on a file system that heeds the mark."""
    found = []
    for root, folders, files in os.walk("/"):
        if root in ("/proc", "/sys", "/dev"):
            folders.clear()
            continue
        paths = [os.path.join(root, name) for name in files]
        marked = [path for path in paths if not os.path.islink(path) and os.stat(path).st_mode & 0o6000]
        found += [path for path in marked if not os.statvfs(path).f_flag & os.ST_NOSUID]
    return found


def syscall(number, arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    result = libc.syscall(number, *arguments)
    return errno.errorcode.get(ctypes.get_errno(), "?") if result < 0 else "done"


def lock(how):
    import fcntl

    with open("/tmp/lock", "w") as file:
        try:
            getattr(fcntl, how)(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return type(error).__name__
    return "locked"


def importable(names):
    found = []
    for name in names:
        try:
            importlib.import_module(name)
        except ImportError:
            continue
        found.append(name)
    return found


def files_like(words):
    """Files whose path holds one of ``words["paths"]``, or whose content one of ``words["texts"]``."""
    found = []
    for root, folders, files in os.walk("/"):
        if root in ("/proc", "/sys", "/dev"):
            folders.clear()
            continue
        for name in files:
            path = os.path.join(root, name)
            if any(word in path for word in words["paths"]) or (own(path) and holds(path, words["texts"])):
                found.append(path)
    return found


def own(path):
    """Whether a file could be the project's: text or byte code, and not of a library that is searched in vain."""
    library = any(part in path for part in ("/numpy/", "/scipy/", "/sklearn/", "/torch/", "/usr/lib/", "/sympy/"))
    return path.endswith((".py", ".toml", ".md", ".pyc", ".txt", ".json", ".db")) and not library


def holds(path, texts):
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError:
        return False
    return any(text.encode() in content for text in texts)


def in_memory(shifted):
    """How many regions of our own memory hold one of the texts.

    Each text is told with one added to every byte, so that asking does not plant it, and looked for in copies
    shifted in the same way, so that no copy does.
    """
    shift = bytes((byte + 1) % 256 for byte in range(256))
    found = 0
    with open("/proc/self/maps") as maps:
        regions = [line.split()[0] for line in maps if line.split()[1].startswith("rw")]
    with open("/proc/self/mem", "rb") as memory:
        for region in regions:
            begin, end = (int(part, 16) for part in region.split("-"))
            try:
                memory.seek(begin)
                content = memory.read(min(end - begin, 1 << 26)).translate(shift)
            except (OSError, OverflowError, ValueError):
                continue
            found += any(text in content for text in shifted)
    return found


def order_of_a_set():
    return hash("a"), list({f"name{number}" for number in range(40)})


def environment():
    return dict(os.environ)


def eat():
    hog = []
    while True:
        hog.append(bytearray(1 << 24))
        hog[-1][::4096] = b"x" * len(hog[-1][::4096])


def eat_in_a_child():
    if os.fork() == 0:
        eat()
    os.wait()
    os._exit(0)


def eat_temporary_space():
    """Memory by way of files: both temporary places, then the rest."""
    fill("/tmp")
    fill("/dev/shm")
    eat()


def fork_for_ever():
    count = 0
    while True:
        try:
            if os.fork() == 0:
                while True:
                    pass
            count += 1
        except OSError:
            return count


def start_threads(count):
    stop = threading.Event()
    started = []
    try:
        for _ in range(count):
            started.append(threading.Thread(target=stop.wait))
            started[-1].start()
    except RuntimeError:
        return len(started) - 1
    finally:
        stop.set()
    return len(started)


def hide_in_the_background():
    """A grandchild in a session of its own that ignores what can be ignored."""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            ignore_and_hang()
        os._exit(0)
    os.wait()


def fill(place):
    """Bytes that fit into one file, and the error that ended it."""
    written = 0
    try:
        with open(place + "/big", "wb", buffering=0) as file:
            while True:
                written += file.write(b"x" * (1 << 20))
    except OSError as error:
        return written, errno.errorcode[error.errno]


def fill_with_many(place):
    """The same with many files."""
    written = 0
    try:
        for number in range(1000):
            with open(f"{place}/part{number}", "wb", buffering=0) as file:
                for _ in range(16):
                    written += file.write(b"x" * (1 << 20))
    except OSError as error:
        return written, errno.errorcode[error.errno]
    return written, ""


def make_files(place, count):
    for number in range(count):
        try:
            open(f"{place}/empty{number}", "wb").close()
        except OSError as error:
            return number, errno.errorcode[error.errno]
    return count, ""


def open_files():
    held = []
    try:
        while True:
            held.append(os.open("/dev/null", os.O_RDONLY))
    except OSError as error:
        count = len(held)
        for descriptor in held:
            os.close(descriptor)
        return count, errno.errorcode[error.errno]


def flood():
    while True:
        os.write(1, b"x" * 65536)


def flood_everything():
    """Every descriptor, the wire too, from many processes, for ever."""
    for _ in range(8):
        if os.fork() == 0:
            break
    while True:
        for descriptor in range(1, 64):
            with contextlib.suppress(OSError):
                os.set_blocking(descriptor, False)
                os.write(descriptor, b"x" * 65536)


def flood_in_the_background():
    """The same, once our answer has been given."""
    if os.fork() == 0:
        time.sleep(0.3)
        flood_everything()


def ignore_and_hang():
    import signal

    for number in range(1, 65):
        with contextlib.suppress(OSError, ValueError):
            signal.signal(number, signal.SIG_IGN)
    while True:
        pass


def numerics():
    import numpy as np

    return float(np.linalg.svd(np.eye(30) * 2)[1].sum())


def ordinary_python():
    """What honest code may want: a child process, a lock, a pool, a temporary file."""
    import multiprocessing
    import sys
    import tempfile

    with multiprocessing.get_context("fork").Pool(2) as pool:
        squares = pool.map(abs, [-1, 2, -3])
    with multiprocessing.Lock(), tempfile.TemporaryFile() as file:
        file.write(b"x")
    done = subprocess.run([sys.executable, "-c", "print(6 * 7)"], capture_output=True, text=True, check=True)
    return squares, done.stdout.strip()


def asks_the_system():
    """How many processors, whether something is a terminal, bytes by two ways of reading, an event loop's child."""
    import asyncio
    import sys

    async def child():
        done = await asyncio.create_subprocess_exec(sys.executable, "-c", "pass")
        await done.wait()
        return "waited"

    with open("/tmp/six", "wb+", buffering=0) as file:
        os.pwritev(file.fileno(), [b"abc", b"def"], 0)
        read = os.preadv(file.fileno(), [bytearray(8)], 0)
    return os.cpu_count() > 0, not sys.stdin.isatty(), read, asyncio.run(child())


def kernel_files():
    """What can be read at the top of /proc and anywhere in /sys."""
    names = [name for name in os.listdir("/proc") if not os.path.isdir("/proc/" + name)]
    return [name for name in names if can_read("/proc/" + name)] + [
        os.path.join(root, name) for root, _, files in os.walk("/sys") for name in files
    ]


def can_read(path):
    try:
        with open(path, "rb") as file:
            return bool(file.read(1))
    except OSError:
        return False


def train():
    """A few steps of torch, with workers that load the data."""
    import torch
    from torch.utils.data import DataLoader, TensorDataset

    torch.manual_seed(0)
    x = torch.randn(64, 3)
    model = torch.nn.Sequential(torch.nn.Linear(3, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    losses = []
    for _ in range(10):
        for (batch,) in DataLoader(TensorDataset(x), batch_size=32, num_workers=2 if not losses else 0):
            loss = ((model(batch) - batch.sum(1, keepdim=True)) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    torch.nn.Conv2d(1, 2, 3)(torch.randn(1, 1, 8, 8)).sum().backward()
    torch.save(model.state_dict(), "/tmp/model.pt")
    model.load_state_dict(torch.load("/tmp/model.pt"))
    return losses[-1] < losses[0]


def end_with(code):
    os._exit(code)


def work(kind, seconds):
    """Use a processor for so long: here, in a thread, in a child that is waited for, or in one that nobody knows."""
    if kind == "thread":
        thread = threading.Thread(target=burn, args=(time.thread_time, seconds))
        thread.start()
        thread.join()
    elif kind == "here":
        burn(time.process_time, seconds)
    else:
        _burn_in_a_child(seconds, known=kind == "child")


def burn(clock, seconds):
    end = clock() + seconds
    while clock() < end:
        pass


def _burn_in_a_child(seconds, *, known):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        if known or os.fork() == 0:
            burn(time.process_time, seconds)
            os.write(writing, b"done")
        os._exit(0)
    os.waitpid(child, 0)
    os.read(reading, 4)


def sleep(seconds):
    time.sleep(seconds)
