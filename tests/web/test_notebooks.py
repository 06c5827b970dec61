"""Uploads from Jupyter: large notebooks, what the page says of them, and that no log holds a word of one."""

from __future__ import annotations

import io
import json
import logging
import random
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from fractions import Fraction

from grader.core.report import ImportFault, Raised, Report, TestResult
from grader.core.verdicts import Verdict
from grader.harness.intake import _ROOT
from grader.store import jobs
from grader.store.models import Job
from tests.web.conftest import Site

PAGE = "/assignments/clustering/kmeans"
FINE = "def kmeans(X, start, max_iter=300):\n    pass\n"
WORD = "Zyxwvut"  # stands for a name, and for whatever else a student writes


def cell(source, **more):
    return {
        "cell_type": "code",
        "id": "a",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": source,
        **more,
    }


def notebook(*cells, **more) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells, **more}).encode()


def test_the_page_names_python_and_libraries(site):
    assert "Python 3.11, numpy 2.4.6" in site.client("anna").get(PAGE).text


def test_a_notebook_of_large_outputs_is_taken_in_and_its_notices_are_shown(site):
    outputs = [{"output_type": "display_data", "metadata": {}, "data": {"image/png": "A" * (6 << 20)}}]
    content = notebook(cell("%matplotlib inline\nimport matplotlib\n" + FINE, outputs=outputs))
    for language, words in (("en", "notebook commands are left out"), ("ru", "команды ноутбука пропущены")):
        client = site.client("anna", language)
        answer = site.upload(client, "work.ipynb", content)
        page = client.get(answer.location).text
        assert words in page
        assert "matplotlib" in page


def test_a_result_tells_a_cell_that_fails_and_an_import_that_cost_nothing(site):
    client = site.client("anna")
    shown = {}
    for name, facts in {
        "cell": {"cell_fault": Raised("ZeroDivisionError", "work.ipynb", 4, "division by <zero>")},
        "import": {"import_fault": ImportFault(Verdict.ERROR, None, "Traceback <x>", at_first=True)},
    }.items():
        content = notebook(cell(FINE), cell("1/0"), cell(f"# {name}"))
        identity = site.upload(client, "work.ipynb", content).location.rpartition("/")[2]
        tests = (TestResult("t", Verdict.ERROR, Fraction(0), Fraction(4)),)
        finish(site, identity, Report("clustering/kmeans", "hidden", tests, "docker", 0.1, **facts))
        shown[name] = client.get(f"/submissions/{identity}").text
    assert "A cell of your notebook fails" in shown["cell"]
    assert "ZeroDivisionError: division by &lt;zero&gt;" in shown["cell"]
    assert "Traceback &lt;x&gt;" in shown["import"]
    assert "A cell of your notebook fails" not in shown["import"]


def finish(site: Site, identity: str, report: Report) -> None:
    """Store a report as a worker would."""
    with site.database.writing() as session:
        job = session.query(Job).filter_by(submission_id=identity).one()
        held = jobs.claim(session, job.id, "test", datetime.now(UTC))
        assert held is not None
        assert jobs.finish(session, held, report, datetime.now(UTC))


def odd_files(count: int) -> list[tuple[str, bytes]]:
    """Files as nobody's reader expects them, each with the word in its name, metadata and code."""
    chance, made = random.Random(0), []
    odd = [None, [], {}, 3, WORD, [WORD], {WORD: WORD}, {"language": WORD}, True, [[WORD]]]
    lines = [f"%{WORD}", f"!{WORD}", f"x = '{WORD}'", f"({WORD}"]
    for number in range(count):
        book = {
            "nbformat": chance.choice([1, 2, 3, 4, 4, 4, 5, WORD, None]),
            "nbformat_minor": chance.choice([0, 5, 9, WORD]),
            "metadata": {"authors": [WORD], "kernelspec": chance.choice(odd), WORD: chance.choice(odd)},
            "cells": [cell(f"# {WORD}\n{FINE}"), cell(chance.choice(lines))],
            "_xsrf": WORD,
        }
        place = chance.choice(["metadata", "cells", "worksheets", "nbformat", "cell", "source", "id", "tags", "none"])
        if place in ("cell", "source", "id", "tags"):
            inner = book["cells"][0]
            inner[{"cell": "cell_type", "tags": "metadata"}.get(place, place)] = chance.choice(odd)
        elif place != "none":
            book[place] = chance.choice(odd)
        content = json.dumps(book).encode()
        if number % 5 == 4:
            content = content[: chance.randrange(len(content))]
        if number % 7 == 6:
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w") as archive:
                archive.writestr(f"{WORD}/{WORD}.ipynb", content)
                archive.writestr(
                    f"{WORD}/{chance.choice([WORD, 'утиль', 'a b'])}.{chance.choice(['py', 'txt'])}", f"({WORD}"
                )
            content = packed.getvalue()
            made.append((f"{WORD}{number}.zip", content[: chance.choice([None, -30])]))
        else:
            made.append((f"{WORD}{number}.{'py' if number % 11 == 10 else 'ipynb'}", content))
    return made


READER = """
import json, logging, pathlib, sys, warnings
sys.path.insert(0, sys.argv[1])
from grader.core import logs
from grader.core.errors import BadInput
from grader.harness import unpacking
from grader.harness.outline.syntax import parse
logs.set_up()
logging.getLogger().setLevel(logging.DEBUG)
warnings.simplefilter("always")
for line in sys.stdin:
    name, content = json.loads(line)
    try:
        for path, source in unpacking.read(name, content.encode("latin-1")).files.items():
            parse(source, path, compiles=True)
    except BadInput:
        pass
print("read")
"""


def test_nothing_that_is_read_reaches_a_log_or_a_terminal(tmp_path):
    """The readers of uploads have their outputs closed; here they are open, and see hundreds of odd files."""
    given = "".join(json.dumps((name, content.decode("latin-1"))) + "\n" for name, content in odd_files(400))
    said = subprocess.run(
        [sys.executable, "-c", READER, str(_ROOT)],
        input=given,
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert (said.stdout, said.stderr) == ("read\n", "")
    assert list(tmp_path.iterdir()) == []


def test_no_log_of_the_web_holds_a_word_of_what_was_uploaded(site, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    client = site.client("anna")
    codes = {site.upload(client, name, content).status_code for name, content in odd_files(9)}
    assert codes == {400}
    assert len(caplog.records) >= 9  # each request is told
    for record in caplog.records:
        assert WORD not in record.getMessage() + str(vars(record))
    assert WORD not in "".join(capfd.readouterr())
