"""What an environment holds: its Python, its libraries with their versions, and the names that can be imported.

Students are told of it before they hand in. The images are built from `worker/images`, which this side cannot import;
a test holds the two together.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

PYTHON = "3.11"
VERSIONS: Mapping[str, Mapping[str, str]] = {
    "numpy": {"numpy": "2.4.6"},
    "sklearn": {"numpy": "2.4.6", "scipy": "1.17.1", "scikit-learn": "1.9.1"},
    "torch": {"numpy": "2.4.6", "torch": "2.13.0"},
}
_NUMPY = frozenset({"msgpack", "numpy"})
_TORCH = "filelock fsspec functorch isympy jinja2 markupsafe mpmath networkx setuptools sympy torch torchgen"
MODULES: Mapping[str, frozenset[str]] = {
    "numpy": _NUMPY,
    "sklearn": _NUMPY | {"cloudpickle", "joblib", "narwhals", "scipy", "sklearn", "threadpoolctl"},
    "torch": _NUMPY | set(_TORCH.split()) | {"_distutils_hack", "typing_extensions"},
}
STOOD_IN_FOR = frozenset({"IPython", "matplotlib", "mpl_toolkits", "pylab"})  # where a notebook is graded
_UNLISTED = frozenset({"__main__", "test"})  # Python's own all the same
_SINCE = frozenset({"annotationlib", "compression"})  # Python's own, that came after the environments' Python


def written(environment: str) -> str:
    """Python and the libraries of an environment, with versions, for people."""
    return ", ".join([f"Python {PYTHON}", *(f"{name} {version}" for name, version in VERSIONS[environment].items())])


def lacks(environment: str, module: str) -> bool:
    """Whether nothing in an environment is imported by this name's first part."""
    root = module.partition(".")[0]
    return root not in MODULES[environment] and not is_pythons(root)


def is_pythons(root: str) -> bool:
    """Whether a module is Python's own."""
    return root in _UNLISTED or (root in sys.stdlib_module_names and root not in _SINCE)
