"""The outline of a module, from its syntax tree alone, at a cost that hostile source cannot raise."""

from __future__ import annotations

import importlib
import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from grader.core.errors import BadInput
from grader.core.forbidden import LIBRARIES, names_of
from grader.harness import outline as child
from grader.harness import parsers
from grader.harness.outline import flow
from grader.harness.outline.libraries import MODULES, RESTART
from grader.harness.outline.syntax import parse
from grader.harness.outline.walk import follow
from grader.harness.static import NotPython, Outline, as_outline, forbidden, of_the_grader, outline, outlines

ROOT = Path(__file__).resolve().parents[2]


def read(source: str) -> Outline:
    """The outline, read in this process: there are many of them."""
    tree, told = parse(source.encode())
    assert tree is not None, told
    return as_outline("a.py", Outline(frozenset()), follow({"a.py": tree}))


def used(source: str) -> set[str]:
    return {use.name for use in read(source).uses}


def test_names_are_told_in_full_whatever_they_are_called_here():
    assert used("import numpy as np\nnp.fft.fft(1)") == {"numpy", "numpy.fft.fft"}
    assert used("from numpy import fft as f\nf.fft(1)") == {"numpy.fft", "numpy.fft.fft"}
    assert used("import scipy.fft\nscipy.fft.dct") == {"scipy.fft", "scipy.fft.dct"}
    assert used("f(x).y.z") == {"f", "x"}
    assert used("import numpy as np\ndef f(np, x): return np.fft(x, sum)") == {"numpy", "sum"}


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("import sklearn", [1]),
        ("import os\nfrom sklearn.cluster import KMeans", [2]),
        ("import numpy as np\nnp.fft.fft(1)", [2]),
        ("import numpy as np\ng = np.fft\ng.fft(1)", [2, 3]),
        ("from numpy import fft", [1]),
        ("import numpy as np\nx = np.fft" + ".a" * 500, [2]),
        ("import numpy as np\nnp.fftpack, np.linalg", []),
        ("from . import sklearn", [1]),
    ],
)
def test_what_is_forbidden_is_found_with_its_line(source, lines):
    found = forbidden(outline(source.encode(), "a.py"), ["sklearn"], ["numpy.fft"])
    assert [use.line for use in found] == lines


NP = "import numpy as np\n"
FOLLOWED = {  # each reads numpy.fft in line 9 or before, by way of something else
    "an alias": "lib = np\nlib.fft",
    "two aliases": "a = b = np\nb.fft",
    "an alias of an alias": "a = np\nb = a\nc = b\nc.fft",
    "a tuple": "a, (b, *c) = 1, (2, np)\nc[0].fft",
    "parentheses": "(np).fft",
    "a list": "[np][0].fft",
    "a list that grows": "kept = []\nkept.append(np)\nkept[-1].fft",
    "a list of lists": "[[np]][0][0].fft",
    "a list in place": "kept = []\nkept += [np]\nkept[0].fft",
    "a dictionary": "{'lib': np}['lib'].fft",
    "a dictionary that is set": "d = {}\nd['lib'] = np\nd.get('lib').fft",
    "a dictionary by keywords": "dict(lib=np)['lib'].fft",
    "dictionary values": "for v in {'lib': np}.values():\n    v.fft",
    "a dictionary of keywords": "def f(**kw): return kw['lib'].fft\nf(lib=np)",
    "a loop": "for m in (np,):\n    m.fft",
    "enumerate": "for i, m in enumerate([np]):\n    m.fft",
    "zip": "for i, m in zip([1], [np]):\n    m.fft",
    "a comprehension": "[m.fft for m in [np]]",
    "a generator": "next(m for m in [np]).fft",
    "a comprehension of a class": "class C:\n    lib = np\n    x = [m.fft for m in [lib]]",
    "walrus": "(m := np).fft",
    "walrus in a comprehension": "[(m := lib) for lib in [np]]\nm.fft",
    "a condition": "(None or np).fft",
    "a choice": "(np if np else 0).fft",
    "an argument": "def f(m): return m.fft\nf(np)",
    "an argument by name": "def f(*, m): return m.fft\nf(m=np)",
    "arguments": "def f(*m): return m[0].fft\nf(np)",
    "arguments spread": "def f(a, b): return b.fft\nf(*[1, np])",
    "a default": "def f(m=np): return m.fft",
    "a default by name": "def f(*, m=np): return m.fft",
    "a lambda": "(lambda m: m.fft)(np)",
    "a lambda's default": "f = lambda m=np: m.fft",
    "a result": "def f(): return np\nf().fft",
    "a result of a result": "def f():\n    def g(): return np\n    return g\nf()().fft",
    "what is yielded": "def f(): yield np\nfor m in f(): m.fft",
    "what is sent": "def f():\n    m = yield\n    m.fft\nf().send(np)",
    "a decorator": "def with_np(f): return lambda: f(np)\n@with_np\ndef g(m): return m.fft",
    "a class's attribute": "class N: lib = np\nN.lib.fft",
    "an instance's attribute": "class N:\n    def __init__(self, m): self.m = m\nN(np).m.fft",
    "a method": "class N:\n    def g(self, m): return m.fft\nN().g(np)",
    "a property": "class N:\n    @property\n    def m(self): return np\nN().m.fft",
    "a base's attribute": "class A: lib = np\nclass B(A):\n    def g(self): return self.lib.fft",
    "a data class": "from dataclasses import dataclass\n@dataclass\nclass N:\n    m: object\nN(np).m.fft",
    "a named tuple": "from collections import namedtuple\nnamedtuple('N', 'm')(np).m.fft",
    "a namespace": "from types import SimpleNamespace\nSimpleNamespace(m=np).m.fft",
    "an item": "class N:\n    def __getitem__(self, i): return np\nN()[0].fft",
    "an operator": "class N:\n    def __add__(self, other): return other.fft\nN() + np",
    "`with`": "from contextlib import nullcontext\nwith nullcontext(np) as m:\n    m.fft",
    "`with` of an own class": "class C:\n    def __enter__(self): return np\nwith C() as m:\n    m.fft",
    "a match": "match np:\n    case m: m.fft",
    "a match of a sequence": "match [np]:\n    case [m]: m.fft",
    "a match of a mapping": "match {'m': np}:\n    case {'m': m}: m.fft",
    "a match of an attribute": "match np:\n    case object(fft=f): f(1)",
    "global": "def f():\n    global m\n    m = np\ndef g(): return m.fft",
    "nonlocal": "def f():\n    m = None\n    def g():\n        nonlocal m\n        m = np\n    return m.fft",
    "getattr": "getattr(np, 'fft')",
    "getattr of an alias": "lib = np\ngetattr(lib, 'fft')",
    "setattr": "class N: pass\nsetattr(N, 'm', np)\nN.m.fft",
    "partial": "from functools import partial\npartial(lambda m: m.fft, np)()",
    "map": "list(map(lambda m: m.fft, [np]))",
    "reduce": "from functools import reduce\nreduce(lambda a, m: m.fft, [np], 0)",
    "a copy": "import copy\ncopy.copy([np])[0].fft",
    "an array": "np.array([np], dtype=object)[0].fft",
    "attrgetter": "from operator import attrgetter\nattrgetter('fft')(np)",
    "a long attrgetter": "import operator as o\no.attrgetter('fft.fft')(np)",
    "a submodule's name": "import numpy.fft as f\nf.fft(1)",
    "from … import … as": "from numpy import fft as g",
    "a star": "from numpy import *\nfft.fft",
    "a star of it": "from numpy.fft import *",
    "a star after a definition": "fft = 1\nfrom numpy import *\nfft.fft",
    "a module that hands it out": "import numpy.lib as l\nl.np.fft",
    "a name that was not bound after all": "if False: np = 1\nnp.fft",
}


@pytest.mark.parametrize("way", FOLLOWED)
def test_names_are_followed_through(way):
    found = forbidden(read(NP + FOLLOWED[way]), [], ["numpy.fft"])
    assert any(not use.hides for use in found)


TORCH = "import torch\nfrom torch import nn\n"
HIDDEN = {  # what may reach numpy.fft or torch.lstm, and cannot be seen through
    "getattr with a computed name": "getattr(np, 'f' + 'ft')",
    "getattr as a value": "from functools import partial\npartial(getattr, np)",
    "getattr by another name": "g = getattr\ng(np, 'fft')",
    "getattr of builtins": "import builtins\nbuiltins.getattr(np, 'fft')",
    "getattr of what is unknown": "def f(m, name): return getattr(m, name)",
    "attrgetter with a computed name": "from operator import attrgetter\nattrgetter('f' + 'ft')",
    "methodcaller": "import operator\nname = 'fft'\noperator.methodcaller(name, 1)",
    "format": "'{0.fft}'.format(np)",
    "format of a template that is unknown": "def f(t): return t.format(np)",
    "string.Formatter": "import string\nstring.Formatter().get_field('0.fft', [np], {})",
    "importlib": "import importlib\nimportlib.import_module('numpy.fft')",
    "importlib of something": "from importlib import import_module as i",
    "__import__": "__import__('numpy.fft')",
    "__import__ by another name": "f = __import__",
    "eval": "eval('np.fft')",
    "exec": "exec('from numpy import fft')",
    "compile": "compile('1', '', 'eval')",
    "eval that is bound": "eval = eval\neval('1')",
    "eval that is not bound after all": "if False:\n    def eval(x): pass\neval('np.fft')",
    "sys.modules": "import sys\nsys.modules['numpy.fft']",
    "sys.modules by another name": "from sys import modules as m",
    "sys of another module": "import os\nos.sys.modules",
    "sys of a library": "np.lib.sys.modules",
    "sys.path": "import sys\nsys.path.append('/usr/lib/numpy')",
    "vars": "vars(np)['fft']",
    "globals": "globals()['np']",
    "locals": "locals()['np']",
    "__dict__": "np.__dict__['fft']",
    "__dict__ of what is unknown": "def f(m): return m.__dict__",
    "__getattribute__": "object.__getattribute__(np, 'fft')",
    "__getattr__ of a module": "np.__getattr__('fft')",
    "__subclasses__": "object.__subclasses__()",
    "__globals__": "np.mean.__globals__",
    "__self__": "len.__self__",
    "__builtins__": "__builtins__['eval']",
    "__closure__": "def f(): pass\nf.__closure__",
    "__array_namespace__": "np.zeros(1).__array_namespace__().fft",
    "a frame": "try: 1 / 0\nexcept Exception as e: e.__traceback__.tb_frame",
    "a frame of a generator": "(i for i in [1]).gi_frame",
    "an AttributeError's object": "try: np.nothing\nexcept AttributeError as e: e.obj",
    "gc": "import gc",
    "inspect": "import inspect",
    "pickle": "import pickle",
    "ctypes": "import ctypes",
    "an array's ctypes": "np.zeros(1).ctypes",
    "runpy": "import runpy",
    "pkgutil": "from pkgutil import resolve_name",
    "marshal": "import marshal",
    "pydoc": "import pydoc\npydoc.locate('numpy.fft')",
    "unittest.mock": "from unittest import mock",
    "subprocess": "import subprocess",
    "os.system": "import os\nos.system('python')",
    "types.ModuleType": "import types\ntypes.ModuleType('x')",
    "types.FunctionType": "from types import FunctionType",
    "timeit": "import timeit\ntimeit.timeit('import numpy.fft')",
    "typing": "import typing\ntyping.get_type_hints(1)",
    "inspect of another module": "import dataclasses\ndataclasses.inspect",
    "a pattern with positional parts": "class P:\n    __match_args__ = ('fft',)\nmatch np:\n    case P(f): f(1)",
    "a private module": "from numpy import _core",
    "numpy.core": "import numpy.core",
    "numpy.load": "np.load('x', allow_pickle=True)",
    "numpy.f2py": "import numpy.f2py",
    "a private attribute of a class": TORCH + "torch.Tensor._make_subclass",
    "a private attribute of instances": TORCH + "def f(m: nn.Module): return nn.Module._modules",
    "a private attribute of another class": TORCH + "nn.RNNBase._flat_weights",
    "a private attribute that a constructor sets": TORCH + "nn.Parameter._is_param",
    "a private attribute that is not known": TORCH + "from torch import Unknown\nUnknown._step",
    "a relative import": "from . import numpy",
    "a relative import of a name": "from .numpy import linalg",
    "torch._C": TORCH + "torch._C._VariableFunctions.lstm",
    "torch._VF": TORCH + "torch._VF",
    "torch.ops": TORCH + "torch.ops.aten.lstm",
    "torch.jit": TORCH + "torch.jit.CompilationUnit('')",
    "torch.load": TORCH + "torch.load('x')",
    "torch.overrides": TORCH + "from torch import overrides",
    "the main module": "import __main__",
}


@pytest.mark.parametrize("way", HIDDEN)
def test_what_cannot_be_seen_through_is_found_where_a_library_forbids_something(way):
    found = read(NP + HIDDEN[way])
    names = ["numpy.fft", "torch.lstm", "torch.nn.LSTM"]
    assert [use for use in forbidden(found, [], names) if use.hides]
    assert not [use for use in forbidden(found, ["tensorflow"], [], ["numpy"]) if use.hides]


REACHED = {  # torch's recurrent layers, by other ways than their first names
    "in a module within": "torch.nn.modules.LSTM(1, 1)",
    "handed out by another module": "import torch.functional as f\nf.torch.lstm",
    "a class's base": "class L(nn.LSTM): pass",
    "a class's attribute": "torch.nn.RNNBase.forward",
    "an annotation": "x: nn.LSTM",
    "quantised": "torch.ao.nn.quantized.dynamic.LSTM",
}


@pytest.mark.parametrize("way", REACHED)
def test_the_same_thing_is_found_wherever_a_library_hands_it_out(way):
    found = forbidden(read(TORCH + REACHED[way]), [], names_of(["recurrent"]))
    assert any(not use.hides for use in found)


HONEST = {  # of numpy.fft, numpy.sort, torch.nn.LSTM … nothing is used here
    "an own function": "def fft(x): return x\nfft(np.zeros(3))",
    "an own function before a star": "from numpy import *\ndef ifft(y): return conj(fft(y))\ndef fft(x): return x",
    "an own method": "class T:\n    def fft(self, x): return self.fft(x[::2])\nT().fft(np.ones(4))",
    "an own attribute": "class T:\n    def __init__(self): self.fft = 1\n    def g(self): return self.fft",
    "a parameter that is called np": "def f(np): return np.fft",
    "a variable that is called np": "def f(x):\n    np = x\n    return np.fft",
    "a comprehension's variable": "[np.fft for np in range(3)]",
    "a word in a text": "print('numpy.fft')",
    "an array's method": "x = np.zeros(3)\nx.sort()\nnp.asarray(x, np.float64).sort()",
    "an array that comes back": "def f(a, dtype=np.float64): return np.asarray(a, dtype)\nf([1]).sort()",
    "an array in a dictionary": "d = {'x': np.ones(3)}\nd['x'].sort()",
    "a module of that name": "import numpy.random as fft",
    "getattr of self": "class T:\n    def g(self, name): return getattr(self, name)",
    "getattr of self by a loop": "class T:\n    def g(self): return [getattr(self, n) for n in ('a', 'b')]",
    "getattr with a literal": "def f(x): return getattr(x, 'shape', None)",
    "__dict__ of self": "class T:\n    def g(self, **kw): self.__dict__.update(kw)",
    "super": "class T(dict):\n    def __getattr__(self, n): return super().__getattribute__(n)",
    "format": "'{0.real:.2f}, {}'.format(1j, 2)",
    "special methods": "class T:\n    def __add__(self, o): return type(self).__name__ + o.__class__.__name__",
    "operator": "import operator\nsorted([1], key=operator.itemgetter(0))\noperator.attrgetter('x')",
    "sys": "import sys\nsys.setrecursionlimit(10 ** 5)\nsys.stderr, sys.maxsize, sys.float_info.epsilon",
    "os": "import os\nos.environ.get('HOME'), os.path.join('a', 'b')",
    "ordinary modules": "import math, random, itertools, functools, collections.abc, typing, dataclasses, time, re",
    "torch's utilities": TORCH + "from torch.nn.utils.rnn import pad_sequence\nnn.utils.rnn.pack_sequence",
    "torch's layers": TORCH + "class M(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
    "        self.lstm = nn.Linear(1, 1)\n    def forward(self, x): return self.lstm(x).sum()",
    "a private method where a tensor may stand, too": TORCH
    + "class M(nn.Module):\n    def _step(self, x): return x\nfor one in (M(), torch.Tensor, nn.Linear): one._step",
    "a backend by name": "def f(xp, x): return xp.exp(x).mean()\nf(np, np.ones(2))",
    "a dispatcher": "OPS = {'mean': np.mean, 'sum': np.sum}\ndef f(k, x): return OPS[k](x)",
    "an exception": "try: np.linalg.inv(1)\nexcept np.linalg.LinAlgError as e: raise ValueError(str(e)) from e",
    "a match": "match np.ones(3).ndim:\n    case int(n): n",
    "a match of own classes": "class P: pass\ndef f(x):\n    match x:\n        case P(a, b): a",
    "own names of Python's functions": "class T:\n    def compile(self): pass\ndef f(vars, eval): return vars, eval",
    "own function compile": "def compile(x): return x\ncompile(1)",
}


@pytest.mark.parametrize("way", HONEST)
def test_honest_code_is_not_refused(way):
    names = ["numpy.fft", "numpy.sort", *names_of(["recurrent"])]
    assert forbidden(read(NP + HONEST[way]), ["scipy"], names) == []


def uses_of(files: dict[str, str]) -> list[tuple[str, str]]:
    found = outlines({path: source.encode() for path, source in files.items()})
    return [(path, use.name) for path, one in found.items() for use in forbidden(one, [], ["numpy.fft"])]


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": "from helper import lib\nlib.fft", "helper.py": "import numpy as lib"},
        {"a.py": "import helper\nhelper.lib.fft", "helper.py": "import numpy as lib"},
        {"a.py": "from helper import *\nlib.fft", "helper.py": "import numpy as lib"},
        {"a.py": "from helper import *\nfft.fft", "helper.py": "from numpy import *"},
        {
            "a.py": "from pack.helper import lib\nlib.fft",
            "pack/__init__.py": "",
            "pack/helper.py": "import numpy as lib",
        },
        {"pack/a.py": "from .helper import lib\nlib.fft", "pack/helper.py": "import numpy as lib"},
        {"pack/a.py": "from . import np\nnp.fft", "pack/__init__.py": "import numpy as np"},
        {"a.py": "import helper, numpy\nhelper.keep(numpy)", "helper.py": "def keep(m): return m.fft"},
        {"a.py": "import helper, numpy\nhelper.m = numpy", "helper.py": "m = None\ndef f(): return m.fft"},
        {"helper.py": "import solution\nsolution.lib.fft", "main.py": "import numpy as lib"},
        {"a.py": "import numpy\nnumpy.fft", "numpy.py": "fft = 1"},
    ],
)
def test_names_are_followed_from_file_to_file(files):
    assert any(name.startswith("numpy.fft") for _, name in uses_of(files))


def test_own_modules_may_be_called_as_one_likes():
    assert uses_of({"pack/a.py": "from . import numpy\nnumpy.fft", "pack/numpy.py": "fft = 1"}) == []
    assert uses_of({"a.py": "from fft import fft\nfft([1])", "fft.py": "def fft(x): return x"}) == []


@pytest.mark.parametrize("source", ["import grader.harness.agent", "from grader import harness", "import grader as g"])
def test_the_grader_is_nobodys_library(source):
    assert [use.line for use in of_the_grader(outline(source.encode(), "a.py"))] == [1]


def test_a_long_chain_of_names_is_told_once_and_cut():
    assert used("v" + ".a" * 900) == {"v"}
    assert max(name.count(".") for name in used("import v\nv" + ".a" * 900)) <= child.PARTS


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\nx = np\n" + "x = x.a\n" * 3000,
        "import numpy as np\n"
        + "".join(f"def f{i}(m): return f{(i + 1) % 800}(m.lib)\n" for i in range(800))
        + "f0(np)",
        "import numpy as np\nx = " + "[" * 90 + "np" + "]" * 90 + "\n" + "y = x[0]\nx = y\n" * 2000,
        "x = " + "f(" * 90 + "1" + ")" * 90 + "\n" + "g(x)(x)(x)(x)(x)\n" * 3000,
        "def f(a, b): return b(a)\n" + "f(f, f)\n" * 3000,
        "class A:\n" + "".join(f"    def m{i}(self, x): return self.m{i // 2}(self)\n" for i in range(2000)),
        "import numpy as np\n" + " = ".join(f"a{i}" for i in range(20_000)) + " = np\n",
        "a" + ".b()" * 300 + "\n" + "x = x + x @ x - x\n" * 4000,
    ],
)
def test_the_work_of_following_is_bounded(source):
    began = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = outline(f"import numpy\n{source}".encode(), "a.py")
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert ended.ru_utime - began.ru_utime < child.CPU_SECONDS
    assert found.uses or found.hidden


def test_what_is_too_much_to_follow_is_refused_where_a_library_forbids_something(monkeypatch):
    monkeypatch.setattr(flow, "STEPS", 50)
    found = read(NP + "x = [np]\n" * 50)
    assert [use.hides for use in forbidden(found, [], ["numpy.fft"])] == ["size"]
    assert forbidden(found, ["torch"], [], ["numpy"]) == []


def public_modules(libraries: list[str]) -> Iterator[tuple[str, str]]:
    """(library, name) for every public module that a public module of it holds, once it is imported."""
    for library in libraries:
        pending, seen = [importlib.import_module(library)], set()
        while pending:
            module = pending.pop()
            seen.add(module.__name__)
            for name, value in list(vars(module).items()):
                if name.startswith("_") or not isinstance(value, ModuleType):
                    continue
                own = value.__name__.split(".")
                if own[0] not in LIBRARIES and own[0] not in sys.stdlib_module_names:
                    continue  # somebody else's, such as what a library can do without
                yield library, name
                if own[0] == library and value.__name__ not in seen and not any(p.startswith("_") for p in own):
                    pending.append(value)


TELL = """
import json
from tests.harness.test_static import public_modules
print(json.dumps(sorted(set(public_modules(["numpy", "torch", "scipy", "sklearn"])))))
"""


def test_modules_lists_hold_the_modules_of_what_is_installed():
    """Else names are not followed through a module that was added. Told by a process that has imported nothing else."""
    done = subprocess.run([sys.executable, "-c", TELL], capture_output=True, check=True, cwd=ROOT)
    missing = [
        f"{library}: {name}"
        for library, name in json.loads(done.stdout)
        if name not in MODULES[library] and name not in RESTART and name not in sys.stdlib_module_names
    ]
    assert missing == []


def test_several_modules_are_told_by_their_names_whatever_their_bytes():
    latin = "# coding: latin-1\né = 1\n".encode("latin-1")
    found = outlines({"b.py": b"x = 1", "a.py": "\N{CYRILLIC SMALL LETTER YA} = 2".encode(), "c.py": latin})
    assert {path: set(one.defines) for path, one in found.items()} == {"b.py": {"x"}, "a.py": {"я"}, "c.py": {"é"}}


@pytest.mark.parametrize(
    ("broken", "told"),
    [(b"x = = 1", "broken.py, line 1: SyntaxError"), (b"-" * 1_000_000 + b"1", "broken.py: this source cannot be")],
)
def test_the_module_that_cannot_be_read_is_named(broken, told):
    with pytest.raises(BadInput, match=told):
        outlines({"fine.py": b"x = 1", "broken.py": broken, "z.py": b"y = 1"})


def test_a_module_that_takes_too_long_is_named(monkeypatch, tmp_path):
    slow = tmp_path / "outline"
    slow.mkdir()
    (slow / "__init__.py").write_text("")
    program = 'def main(follow):\n    print(\'{"defines": {}, "imports": []}\', flush=True)\n    while True: pass'
    (slow / "program.py").write_text(program)
    monkeypatch.setattr(child, "__file__", str(slow / "__init__.py"))
    with parsers.allowance() as mine:
        mine.left = 1.0
        with pytest.raises(BadInput, match=r"slow\.py: this source takes too long") as caught:
            outlines({"fine.py": b"x = 1", "slow.py": b"x = 1", "z.py": b"y = 1"})
    assert not isinstance(caught.value, NotPython)
