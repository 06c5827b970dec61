"""A notebook command of terminal sequences and markup, which an error quotes."""

import nbformat
from nbformat.v4 import new_code_cell, new_notebook


def upload():
    return "a.ipynb", nbformat.writes(new_notebook(cells=[new_code_cell("!\x1b[2J<script>alert(1)</script>\u202e")])).encode()
