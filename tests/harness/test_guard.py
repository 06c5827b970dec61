"""Guards inside the sandbox: who calls or subclasses what is forbidden is refused, by the file of the calling frame.

They change libraries for good, so every group of cases has a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from textwrap import dedent

import pytest

from grader.core.report import from_json, to_json
from grader.core.verdicts import Verdict
from grader.harness.process import ProcessSandboxes
from tests.harness import suites

CHILD = """
import json, sys
from grader.core.forbidden import names_of
from grader.harness.agent.guard import Guards
given = json.load(sys.stdin)
__import__(given["library"])
reached = []
Guards(given["names"], {"solution.py"}, lambda name, file, line: reached.append((name, line)))
answers = []
for source in given["sources"]:
    reached.clear()
    try:
        exec(compile(source, "solution.py", "exec"), {"__name__": "solution"})
        ended = "fine"
    except Exception as error:
        ended = type(error).__name__
    answers.append([ended, *reached[:1]])
print(json.dumps(answers))
"""


def run(library: str, names: list[str], cases: dict[str, object]) -> dict[str, object]:
    """What each source got: how it ended, and what it reached in which line."""
    given = json.dumps({"library": library, "names": names, "sources": list(cases)})
    done = subprocess.run([sys.executable, "-c", CHILD], input=given, capture_output=True, text=True, check=True)
    answers = json.loads(done.stdout.splitlines()[-1])
    return {
        source: answer[0] if len(answer) == 1 else tuple(answer[1])
        for source, answer in zip(cases, answers, strict=True)
    }


def test_what_a_forbidden_library_takes_from_others_stays_allowed():
    cases = {
        "import numpy as np\nnp.array([1.0])": "fine",
        "import numpy as np\nnp.add(1, 2)\nnp.exp(0.0)": "fine",
        "from scipy.special import expit\nexpit(0.0)": "fine",
        "from scipy.sparse import csr_array\ncsr_array((2, 2))": "fine",
        "from scipy.optimize import minimize\nminimize(abs, 1.0)": "fine",
        "from sklearn.preprocessing import StandardScaler\nStandardScaler()": (
            "sklearn.StandardScaler",
            2,
        ),
        "from sklearn.utils.extmath import randomized_svd\nrandomized_svd(None, 1)": ("sklearn.randomized_svd", 2),
    }
    assert run("sklearn.feature_extraction.text", ["sklearn"], cases) == cases
    cases = {
        "from scipy.special import expit\n\nexpit(0.0)": ("scipy.expit", 3),
        "import numpy\nnumpy.exp(0.0)": "fine",
    }
    assert run("scipy.special", ["scipy"], cases) == cases


@pytest.mark.parametrize(
    ("library", "forbids", "allowed"),
    [
        ("numpy", "numpy.fft", ("numpy.sqrt(4.0)", "numpy.conj(1j)", "numpy.conjugate(1j)", "numpy.reciprocal(2.0)")),
        ("numpy", "numpy._core.einsumfunc", ("numpy.multiply(2, 3)", "numpy.matmul([1], [2])")),
        ("scipy.stats", "scipy.stats", ("scipy.special.xlogy(1, 2)", "scipy.special.gammaln(2.0)")),
    ],
)
def test_what_a_forbidden_module_imports_from_elsewhere_in_its_library_stays_allowed(library, forbids, allowed):
    cases: dict[str, object] = {f"import {library.partition('.')[0]}\n{call}": "fine" for call in allowed}
    assert run(library, [forbids], cases) == cases


def test_numpys_functions_refuse_the_students_file_alone():
    cases = {
        "import numpy as np\nnp.fft.fft([1.0, 2.0])": ("numpy.fft.fft", 2),
        "from numpy.fft import *\nfftfreq(3)": ("numpy.fft.fftfreq", 2),
        "import numpy.fft._pocketfft_umath as u\nu.fft([1.0, 2.0], 1.0)": ("numpy.fft.fft", 2),
        "from numpy.fft._pocketfft import _raw_fft\n\n_raw_fft([1.0], None, -1, True, True, None)": (
            "numpy.fft._raw_fft",
            3,
        ),
        "import numpy as np\nlist(map(np.fft.rfft, [[1.0, 2.0]]))": ("numpy.fft.rfft", 2),
        "import numpy as np\nsorted([1], key=np.einsum)": ("numpy.einsum", 2),
        "try:\n    import numpy\n    numpy.matrix([[1]]).getI()\nexcept Exception: pass": ("numpy.matrix.getI", 3),
        "from numpy import *\nfft, einsum": "fine",
        "import numpy as np\nnp.linalg.svd(np.eye(3))\nnp.polynomial.Polynomial([1, 2])(3)": "fine",
        "import numpy as np\nassert np.fft.fft.__name__ == 'fft' and np.fft.fft.__doc__": "fine",
        "import inspect, numpy as np\nassert list(inspect.signature(np.fft.fft).parameters)[0] == 'a'": "fine",
    }
    names = ["numpy.fft", "numpy.einsum", "numpy.matrix.getI", "numpy.no.such.name", "nolibrary.name"]
    assert run("numpy", names, cases) == cases


def test_torchs_functions_and_classes_refuse_the_students_file_alone():
    cases = {
        "from torch import nn\nnn.LSTM(1, 1)": ("torch.nn.LSTM", 2),
        "from torch import nn\nclass L(nn.LSTM): pass": ("torch.nn.LSTM", 2),
        "from torch import nn\nnn.LSTM.forward(1, 2)": ("torch.nn.LSTM", 2),
        "import torch\ntorch.lstm_cell(1, 2, 3)": ("torch.lstm_cell", 2),
        "import torch\ntorch._VF.lstm(1, 2, 3)": ("torch.lstm", 2),
        "import torch\ntorch.conv2d(1)": ("torch.conv2d", 2),
        "import torch\ntorch.fft.fft(torch.ones(2))": ("torch.fft.fft", 2),
        "import torch\n\ntorch.ones(1, 1).inverse()": ("torch.Tensor.inverse", 3),
        "from torch import nn\nm = nn.Conv2d(1, 1, 2)\nimport torch\nm(torch.ones(1, 1, 3, 3))": "fine",
        "from torch import *\nlstm, conv2d": "fine",
        "import torch\nm = torch.nn.Linear(2, 2)\ntorch.optim.Adam(m.parameters())\nm(torch.ones(2))": "fine",
        "import torch\nassert not isinstance(torch.nn.Linear(1, 1), torch.nn.LSTM)": "fine",
    }
    names = [
        *("torch.nn.LSTM", "torch.nn.modules.rnn", "torch.lstm", "torch.lstm_cell", "torch.conv2d", "torch.fft"),
        "torch.Tensor.inverse",
    ]
    assert run("torch", names, cases) == cases


SETTINGS = suites.SETTINGS + '[forbidden]\nnames = ["numpy.matrix.getI"]\n'
SUITE = """
@hint(en="Ask for one.", ru="Спросите единицу.")
def test_fine(submission): assert_equal(submission.f(1), 1)
@hint(en="Ask for two.", ru="Спросите двойку.")
def test_reached(submission): assert_equal(submission.f(2), 1)
def test_fine_again(submission): assert_equal(submission.f(1), 1)
"""


def test_a_guard_that_is_reached_is_a_refusal_whatever_becomes_of_its_exception(tmp_path):
    solution = """
    import numpy as np
    def f(x):
        if x == 2:
            try: np.asmatrix(np.eye(2)).getI()
            except BaseException: pass
        return 1
    """
    report = suites.grade(suites.write(tmp_path, SUITE, settings=SETTINGS), ProcessSandboxes(), dedent(solution))
    assert suites.verdicts(report) == {"test_fine": "passed", "test_reached": "refused", "test_fine_again": "passed"}
    assert not report.refused  # other tests were run
    assert report.refusals == (
        {
            "en": "The assignment forbids numpy.matrix.getI (mine.py, line 5).",
            "ru": "В этом задании нельзя использовать numpy.matrix.getI (mine.py, строка 5).",
        },
    )
    assert (report.tests[1].hint, report.tests[1].message) == ({}, "")
    assert report.tests[0].hint["en"] == "Ask for one."


def test_a_refusal_is_told_once_however_many_tests_it_costs(tmp_path):
    suite = """
    def test_two(submission): submission.f(2)
    def test_two_again(submission): submission.f(2)
    def test_three(submission): submission.f(3)
    @visibility("staff")
    def test_four(submission): submission.f(4)
    """
    solution = """
    import numpy as np
    def f(x):
        if x == 2: np.asmatrix(np.eye(2)).getI()
        if x == 3: np.asmatrix(np.eye(2)).getI()
        if x == 4: np.asmatrix(np.eye(2)).getI()
    """
    report = suites.grade(suites.write(tmp_path, suite, settings=SETTINGS), ProcessSandboxes(), dedent(solution))
    assert set(suites.verdicts(report).values()) == {"refused"}
    assert [told["en"].rpartition(" ")[2] for told in report.refusals] == ["4).", "5)."]
    assert [test.hint.get("en", "")[-3:] for test in report.tests] == ["", "", "", "6)."]  # of what is not shown to all
    old = to_json(report)
    del old["refusals"]
    for test in old["tests"][:2]:
        test["hint"] = dict(report.refusals[0])
    old["tests"][2]["hint"] = dict(report.refusals[1])
    assert from_json(old) == report


def test_what_is_reached_while_it_is_imported_refuses_every_test(tmp_path):
    solution = "import numpy as np\nnp.asmatrix(np.eye(2)).getI()\ndef f(x): return 1"
    report = suites.grade(suites.write(tmp_path, SUITE, settings=SETTINGS), ProcessSandboxes(), solution)
    assert set(suites.verdicts(report).values()) == {"refused"}
    assert report.import_fault is not None
    assert report.import_fault.verdict is Verdict.REFUSED


def test_a_probe_may_use_what_is_forbidden(tmp_path):
    probe = "import numpy as np\ndef inverse(): return np.asarray(np.asmatrix(np.eye(2)).getI())"
    suite = "def test_probe(submission, probe): assert_equal(probe.inverse(), np.eye(2))"
    folder = suites.write(tmp_path, suite, settings=SETTINGS, probe=probe)
    assert suites.grade(folder, ProcessSandboxes(), "def f(x): return 1").all_passed


@pytest.mark.parametrize(
    ("solution", "said"),
    [
        ("import numpy as np\nm = getattr(np, 'ma' + 'trix')", "write the name out"),
        ("import pickle", "the module `pickle`"),
        ("import grader.harness", "cannot use the grader"),
        ("from numpy._core import umath", "private part"),
    ],
)
def test_what_hides_names_is_refused_with_the_reason(tmp_path, solution, said):
    folder = suites.write(tmp_path, SUITE, settings=SETTINGS)
    report = suites.grade(folder, ProcessSandboxes(), f"{solution}\ndef f(x): return 1")
    assert set(suites.verdicts(report).values()) == {"refused"}
    (told,) = report.refusals
    assert said in told["en"]
    assert "mine.py, line" in told["en"]
    assert "mine.py, строка" in told["ru"]
    assert all(not test.hint and not test.message for test in report.tests)


def test_where_no_library_forbids_anything_nothing_else_is_asked(tmp_path):
    settings = suites.SETTINGS + '[forbidden]\nmodules = ["sklearn"]\n'
    folder = suites.write(tmp_path, SUITE, settings=settings)
    solution = "import pickle, numpy as np\ndef f(x): return getattr(np, 'o' + 'nes')(1).sum() and 1"
    assert suites.grade(folder, ProcessSandboxes(), solution).all_passed
    refused = suites.grade(folder, ProcessSandboxes(), "import grader\ndef f(x): return 1")
    assert refused.refused
