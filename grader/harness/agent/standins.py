"""What Jupyter has and a sandbox has not: `display`, `get_ipython`, `IPython`, `matplotlib`. They do nothing.

Only where a notebook runs, and only for libraries that are not installed: they are looked for last. On a student's own
machine one may be there and another not; so each must satisfy what the others ask of it.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterator, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

LIBRARIES = frozenset({"IPython", "matplotlib", "mpl_toolkits", "pylab"})


def install() -> None:
    """Have them where a notebook looks for them."""
    for name in ("display", "get_ipython"):
        if not hasattr(builtins, name):
            setattr(builtins, name, Inert(name))
    sys.meta_path.append(Finder())


class Inert:
    """Takes every call, every attribute and every item, and gives more of its kind."""

    def __init__(self, *_: Any, **__: Any) -> None:
        """It is called with whatever the real one takes."""

    def __getattr__(self, name: str) -> Any:
        return _part(name)

    def __call__(self, *args: Any, **keywords: Any) -> Any:
        return Inert()

    def __getitem__(self, key: Any) -> Any:
        return Inert()

    def __setitem__(self, key: Any, value: Any) -> None: ...

    def __delitem__(self, key: Any) -> None: ...

    def __contains__(self, key: Any) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True

    def __enter__(self) -> Inert:
        return self

    def __exit__(self, *_: object) -> None: ...

    def __add__(self, other: Any) -> Inert:
        return self

    __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __or__ = __ror__ = __add__


class Named(Inert):
    """A function that gives several things, of which callers take as many as they know it to give."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, *args: Any, **keywords: Any) -> Any:
        if self._name == "subplots":
            return Inert(), _axes(*args, **keywords)
        return [Inert()] if self._name == "plot" else tuple(Inert() for _ in range(_GIVES[self._name]))


_GIVES = {"subplots": 2, "plot": 1, "hist": 3, "hist2d": 4, "subplot_mosaic": 2, "get_legend_handles_labels": 2}


def _part(name: str) -> Any:
    """What is held by a name: a class where it is written like one."""
    if name.startswith("__"):
        raise AttributeError(name)
    if name[:1].isupper():
        return type(name, (Inert,), {})
    return Named(name) if name in _GIVES else Inert()


def _axes(nrows: int = 1, ncols: int = 1, *, squeeze: bool = True, **_: Any) -> Any:
    """As many axes as `subplots` gives, in an array of that shape."""
    import numpy as np

    axes = np.empty((nrows, ncols), dtype=object)
    for place in np.ndindex(nrows, ncols):
        axes[place] = Inert()
    if not squeeze:
        return axes
    return axes[0, 0] if axes.size == 1 else axes.squeeze()


class StandIn(ModuleType):
    """A module that is not installed."""

    __version__ = "0"
    version_info = (0, 0, 0)  # which matplotlib asks of IPython

    def __getattr__(self, name: str) -> Any:
        return _part(name)


class Finder(MetaPathFinder, Loader):
    """Finds these libraries after everybody else has looked, and their submodules where they were found here."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        root, _, below = fullname.partition(".")
        if root not in LIBRARIES or (below and not isinstance(sys.modules.get(root), StandIn)):
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing to run."""
