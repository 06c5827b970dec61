"""A notebook whose outputs are scripts, pages and pictures of markup."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tests.hostile.attacks import HONEST


def upload():
    cells = [new_markdown_cell("<script>alert(1)</script>"), new_code_cell(HONEST.decode())]
    script = {"text/html": "<script>alert(1)</script>", "application/javascript": "alert(1)", "image/svg+xml": "<svg onload='alert(1)'/>"}
    cells[1].outputs = [new_output("display_data", data=script)]
    return "a.ipynb", nbformat.writes(new_notebook(cells=cells)).encode()
