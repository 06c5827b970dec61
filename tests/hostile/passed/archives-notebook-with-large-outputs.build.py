"""A notebook with four megabytes of outputs."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tests.hostile.attacks import HONEST


def upload():
    cells = [new_code_cell(HONEST.decode())]
    cells[0].outputs = [new_output("stream", text="x" * (4 << 20))]
    return "a.ipynb", nbformat.writes(new_notebook(cells=cells)).encode()
