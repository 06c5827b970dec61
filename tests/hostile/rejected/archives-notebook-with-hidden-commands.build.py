"""A notebook with a command in the middle of an expression."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tests.hostile.attacks import HONEST


def upload():
    cells = [new_code_cell(HONEST.decode()), new_code_cell("files = !ls /")]
    return "a.ipynb", nbformat.writes(new_notebook(cells=cells)).encode()
