"""The seccomp profile as a BPF program, for sandboxes that are not started by an engine.

The same file that Docker gets (`seccomp.json`) is compiled by libseccomp. System calls that the machine's
libseccomp does not know stay forbidden, as everything does that is not listed.

Of some only certain requests are allowed, by number: `ioctl` may ask what a terminal or a pipe is (and `tini` who is in
front) and set a descriptor's flags; `madvise` may speak of one's own memory (give it back, huge pages, forks, dumps),
not of what is cached of files; `preadv2` and `pwritev2` take no flags.
"""

from __future__ import annotations

import json
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyseccomp

# The devices in such a sandbox are this machine's own, and cannot be bound read-only: whoever may write to one may set
# its times, where a later sandbox would read them.
_NOT_WITH_SHARED_DEVICES = {"utime", "utimes", "utimensat"}
_OPERATIONS = {"SCMP_CMP_EQ": pyseccomp.EQ, "SCMP_CMP_MASKED_EQ": pyseccomp.MASKED_EQ}


@lru_cache(maxsize=1)
def program() -> bytes:
    """The profile as a classic BPF program."""
    profile = json.loads((Path(__file__).parent / "seccomp.json").read_text())
    compiled = pyseccomp.SyscallFilter(pyseccomp.ERRNO(profile["defaultErrnoRet"]))
    for rule in profile["syscalls"]:
        action = _action(rule)
        for name in sorted({*rule["names"]} - _NOT_WITH_SHARED_DEVICES):
            _add(compiled, action, name, rule.get("args", []))
    with tempfile.TemporaryFile() as file:
        compiled.export_bpf(file)
        file.seek(0)
        return file.read()


def _action(rule: dict[str, Any]) -> Any:
    return pyseccomp.ALLOW if rule["action"] == "SCMP_ACT_ALLOW" else pyseccomp.ERRNO(rule["errnoRet"])


def _add(compiled: Any, action: Any, name: str, arguments: list[dict[str, Any]]) -> None:
    checks = [_argument(argument) for argument in arguments]
    try:
        compiled.add_rule(action, name, *checks)
    except (OSError, RuntimeError):  # a call that this libseccomp does not know
        return


def _argument(argument: dict[str, Any]) -> Any:
    operation = _OPERATIONS[argument["op"]]
    if argument["op"] == "SCMP_CMP_MASKED_EQ":
        return pyseccomp.Arg(argument["index"], operation, argument["value"], argument["valueTwo"])
    return pyseccomp.Arg(argument["index"], operation, argument["value"])
