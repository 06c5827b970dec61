"""Notebooks as they are written: what is left out, what is refused, and what the module says then."""

from __future__ import annotations

import json
from types import ModuleType

import pytest

from grader.core.errors import BadInput
from grader.harness import notebooks, unpacking
from grader.harness.agent import cells, standins


def notebook(*sources, **more) -> bytes:
    made = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": source} for source in sources]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made, **more}).encode()


def module(*sources, **more) -> str:
    return notebooks.to_module("w.ipynb", notebook(*sources, **more)).source.decode()


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("%matplotlib inline\nx = 1", "pass  # %matplotlib inline\nx = 1"),
        ("if x:\n    %config X = 1\n    y = 2", "if x:\n    pass  # %config X = 1\n    y = 2"),
        ("%pip install a", "pass  # %pip install a"),
        ("!pip install a \\\n  b\nx = 1", "pass  # !pip install a \\\n#   b\nx = 1"),
        ("!python3 -m pip install a", "pass  # !python3 -m pip install a"),
        ("!{sys.executable} -m pip install a", "pass  # !{sys.executable} -m pip install a"),
        ("\n%%time\nx = 1", "\npass  # %%time\nx = 1"),
        ("%%capture out\n%%time\nx = 1", "pass  # %%capture out\npass  # %%time\nx = 1"),
        ("%%timeit\nf(1)", "# %%timeit\n# f(1)"),
        ("%%html\n<b>it's</b>", "# %%html\n# <b>it's</b>"),
        ("%time x = f(1)", "x = f(1)"),
        ("%timeit f(1)", "pass  # %timeit f(1)"),
        ("f?\n?np.mean\nf??", "pass  # f?\npass  # ?np.mean\npass  # f??"),
        ("%env", "pass  # %env"),
        ("ls", "pass  # ls"),
        ("ls -la data/", "pass  # ls -la data/"),
        ("ls = [1]\nls", "ls = [1]\nls"),
        ("  x = 1\n  y = 2", "x = 1\ny = 2"),
        ("a = (1\n % 2)\nb = 5 \\\n % 3\nc = '''\n%run x\n!ls\n'''", None),
        ("x = 1  # why?\ny = 'f?'\nz = a != b", None),
    ],
)
def test_what_only_jupyter_understands_is_left_out_and_lines_keep_their_numbers(source, made):
    assert module(source) == f"# %% cell 1\n{source if made is None else made}\n"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("x = 1\n!wget x", 2), ("%run a.py", 1), ("%cd data", 1), ("\n%%bash\nls", 2), ("%%writefile a.py\nx", 1),
        ("files = !ls", 1), ("t = %timeit -o f()", 1), ("%env A=1", 1), ("%load a.py", 1), ("x\n%%time", 2),
        ("%pylab inline", 1), ("%store x", 1), ("!ls", 1), ("%time -x f()", 1),
    ],
)  # fmt: skip
def test_other_commands_are_refused_with_their_cell_and_line(source, line):
    with pytest.raises(BadInput, match=rf"w\.ipynb, cell 2, line {line}: .* is a notebook command.*'no-grade'") as told:
        module("y = 1", source)
    assert f"ячейка 2, строка {line}" in told.value.ru


def test_what_was_left_out_is_told_with_its_cell():
    made = notebooks.to_module("w.ipynb", notebook("x = 1", "%matplotlib inline", "!pip install a"))
    assert made.notices[0]["en"] == (
        "w.ipynb: notebook commands are left out: %matplotlib inline (cell 2), !pip install a (cell 3)."
    )
    assert "(ячейка 2)" in made.notices[0]["ru"]
    assert notebooks.to_module("w.ipynb", notebook("x = 1")).notices == ()


def test_imports_from_the_future_move_to_the_top():
    made = module("import numpy", "from __future__ import (annotations,  # new\n    division)\nx = 1")
    assert made.splitlines() == [
        "from __future__ import annotations, division", "# %% cell 1", "import numpy", "# %% cell 2",
        "pass  # from __future__ import (annotations,  # new", "#     division)", "x = 1",
    ]  # fmt: skip
    assert "\nfrom __future__ import braces\n" in module("from __future__ import braces")
    assert "def f():\n    from __future__ import" in module("def f():\n    from __future__ import annotations")


OLD = {"metadata": {"_xsrf": "x"}, "worksheets": [{"cells": [{"cell_type": "code", "input": ["x = 1\n", "y = 2"]}]}]}
CELLS = [{"cell_type": "code", "id": "a", "source": "x = 1"}, {"cell_type": "markdown", "id": "a", "source": ["w"]}]


@pytest.mark.parametrize(
    "content",
    [
        {**OLD, "nbformat": 3}, {**OLD, "nbformat": 2}, {"nbformat": 4, "cells": CELLS},
        {"nbformat": 4, "nbformat_minor": 0, "metadata": None, "cells": CELLS},
        {"nbformat": 4, "_xsrf": "2|x", "metadata": {"widgets": {"a": "b" * 9}, "kernelspec": None}, "cells": CELLS},
        {"nbformat": 4, "metadata": {"language_info": {"name": "python"}}, "cells": [{**CELLS[0], "attachments": {}}]},
    ],
)  # fmt: skip
def test_formats_and_oddities_that_jupyter_opens_are_read_in_silence(content, capfd):
    made = notebooks.to_module("w.ipynb", json.dumps(content).encode())
    assert made.source.decode().startswith("# %% cell 1\nx = 1\n")
    assert made.notices == ()
    assert capfd.readouterr() == ("", "")


def test_formats_that_are_not_read_and_other_languages_get_a_sentence():
    with pytest.raises(BadInput, match="its format is 5, and formats 2 to 4 are read"):
        module("x = 1", nbformat=5)
    with pytest.raises(BadInput, match="a notebook in julia; solutions are in Python"):
        module("x = 1", metadata={"kernelspec": {"language": "julia"}})


def test_of_a_notebook_only_code_counts_to_the_size():
    large = {"output_type": "display_data", "data": {"image/png": "A" * (6 << 20)}, "metadata": {}}
    cell = {"cell_type": "code", "source": "x = 1", "outputs": [large], "attachments": {"a": "B" * (2 << 20)}}
    content = json.dumps({"nbformat": 4, "cells": [cell], "metadata": {"widgets": "C" * (2 << 20)}}).encode()
    assert unpacking.read("w.ipynb", content).files == {"w.ipynb": b"# %% cell 1\nx = 1\n"}


def run(*sources, required=("f",)):
    source = "".join(f"# %% cell\n{text}\n" for text in sources).encode()
    starts = [number for number, line in enumerate(source.decode().split("\n"), start=1) if line.startswith("# %%")]
    made = ModuleType("solution")
    return made, cells.run(made, source, "w.ipynb", starts, required)


def test_a_cell_may_fail_once_everything_is_defined_and_the_next_ones_run():
    made, failure = run("def f(): return 1", "1/0", "x = missing", "y = 3")
    assert type(failure) is ZeroDivisionError
    assert made.y == 3
    assert run("def f(): return 1")[1] is None
    assert type(run("def f(): pass", "raise SystemExit(1)")[1]) is SystemExit


@pytest.mark.parametrize(
    ("sources", "required"),
    [
        (("1/0", "def f(): pass"), ("f",)),
        (("def f(): pass\n1/0\ndef g(): pass",), ("f", "g")),
        (("def f(): pass", "1/0", "if True:\n    from math import sqrt as g"), ("f", "g")),
        (("def f(): pass", "1/0", "for g in [abs]: pass"), ("f", "g")),
        (("1/0",), ("f",)),
    ],
)  # fmt: skip
def test_before_that_its_failure_is_the_notebooks(sources, required):
    with pytest.raises(ZeroDivisionError):
        run(*sources, required=required)


def test_what_the_notebook_never_defines_is_not_waited_for():
    assert type(run("def f(): pass", "1/0", required=("f", "g"))[1]) is ZeroDivisionError


def test_cells_may_await_and_share_what_is_asked_of_the_future():
    made, failure = run(
        "from __future__ import annotations\nimport asyncio", "lock = asyncio.Lock()\nasync def g(): return 7",
        "x = await g()\nasync with lock:\n    y = [i async for i in aiter_()] if 0 else 8", "def f(a: nowhere): pass",
    )  # fmt: skip
    assert failure is None
    assert (made.x, made.y) == (7, 8)
    assert made.f.__annotations__ == {"a": "nowhere"}


def test_stand_ins_take_what_people_write():
    plt = standins.StandIn("matplotlib.pyplot")
    fig, ax = plt.subplots(figsize=(3, 3))
    _fig, axes = plt.subplots(2, 3)
    assert axes.shape == (2, 3)
    assert plt.subplots(1, 2)[1].shape == (2,)
    assert plt.subplots(squeeze=False)[1].shape == (1, 1)
    axes[0, 1].plot([1], [2], label="a")
    (line,) = ax.plot([1], [2])
    _counts, _bins, _patches = plt.hist([1])
    plt.rcParams["figure.figsize"] = (3, 3)
    with plt.style.context("ggplot"):
        fig.colorbar(ax.imshow([[1]]), ax=axes.ravel().tolist()).set_label("x")
    assert isinstance(line, standins.Inert)
    assert not isinstance(3, plt.Axes)

    class Own(plt.Figure):
        pass

    assert Own(1, a=2).savefig("x") is not None
    with pytest.raises(AttributeError):
        _ = plt.__path_of_nothing__


def test_a_stand_in_is_for_what_is_not_installed(monkeypatch):
    finder = standins.Finder()
    assert finder.find_spec("matplotlib.pyplot", None) is None  # its package is not a stand-in
    monkeypatch.setitem(standins.sys.modules, "matplotlib", standins.StandIn("matplotlib"))
    assert finder.find_spec("matplotlib.pyplot", None) is not None
    assert finder.find_spec("numpy", None) is None
    assert finder.find_spec("IPython", None) is not None
