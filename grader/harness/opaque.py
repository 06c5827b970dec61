"""What may reach a forbidden name without saying it, and so is refused where a library forbids something.

Tables of names, and one function over a name that a submission uses. Of Python's own modules those are allowed
that cannot look up a name, run a text, or hand out another module.
"""

from __future__ import annotations

import sys

from grader.core.forbidden import within
from grader.harness.installed import lacks
from grader.harness.outline.libraries import words

BUILTINS = words(
    """
    eval exec compile __import__ globals locals vars getattr breakpoint __builtins__ __loader__ __spec__ help
    """
)
PLAIN_MODULES = words(
    """
    __future__ abc argparse array base64 binascii bisect bz2 calendar cmath collections colorsys concurrent
    contextlib contextvars copy csv dataclasses datetime decimal difflib enum errno fnmatch fractions functools
    getopt getpass glob graphlib gzip hashlib heapq hmac html io itertools json keyword locale logging lzma math
    mimetypes multiprocessing numbers operator os pathlib platform posixpath pprint queue random re reprlib resource
    sched secrets select selectors shutil signal socket stat statistics string struct sys tempfile textwrap
    threading time timeit token tokenize tomllib traceback tracemalloc types typing unicodedata uuid warnings wave
    weakref zipfile zlib zoneinfo asyncio atexit
    """
)
OPAQUE = words(
    """
    sys.modules sys._getframe sys.path sys.meta_path sys.path_hooks sys.path_importer_cache sys.settrace
    sys.setprofile sys.monitoring sys.exc_info sys.exception sys.last_value sys.last_exc sys._current_frames
    os.system os.popen os.execl os.execle os.execlp os.execlpe os.execv os.execve os.execvp os.execvpe os.spawnl
    os.spawnle os.spawnlp os.spawnlpe os.spawnv os.spawnve os.spawnvp os.spawnvpe os.posix_spawn os.posix_spawnp
    types.FunctionType types.CodeType types.ModuleType types.MethodType types.LambdaType types.CellType
    types.GetSetDescriptorType types.MemberDescriptorType types.FrameType types.resolve_bases types.GenericAlias
    typing.get_type_hints typing.ForwardRef string.Formatter timeit.timeit timeit.repeat timeit.Timer timeit.main
    threading.settrace threading.setprofile traceback.walk_stack traceback.walk_tb traceback.StackSummary
    logging.config multiprocessing.reduction multiprocessing.connection multiprocessing.managers numpy.ctypeslib
    numpy.distutils numpy.f2py numpy.testing.runstring numpy.testing.rundocs numpy.testing.measure numpy.load
    numpy.lib.format numpy.lib.npyio numpy.core sklearn.utils.discovery sklearn.utils.all_estimators
    sklearn.externals scipy.LowLevelCallable torch.ops torch.jit torch.hub torch.package torch.load
    torch.serialization torch.library torch.fx torch.export torch.onnx torch.overrides torch.classes
    torch.utils.cpp_extension torch.utils.model_zoo torch.utils.benchmark torch.utils.bundled_inputs
    torch.multiprocessing.reductions torch.distributed torch.ao.quantization torch.custom_op
    """
)
RUNS_TEXT = "reflection"
PRIVATE = "private"
MODULE = "module"


def opaque(name: str, roots: frozenset[str]) -> str | None:
    """Why a name that is used cannot be seen through, or None; ``roots`` are the libraries that forbid something."""
    root, *parts = name.split(".")
    if name in BUILTINS or any(within(name, one) for one in OPAQUE):
        return RUNS_TEXT
    if root == "__main__" or (root in sys.stdlib_module_names and any(map(_is_other_module, (root, *parts)))):
        return MODULE
    private = [place for place, part in enumerate(parts) if part.startswith("_") and not part.endswith("__")]
    if not private or not (root in roots or root in sys.stdlib_module_names):
        return None
    holder = ".".join([root, *parts[: private[0]]])
    return None if root in roots and lacks(holder, parts[private[0]]) else PRIVATE


def _is_other_module(part: str) -> bool:
    return part in sys.stdlib_module_names and part not in PLAIN_MODULES
