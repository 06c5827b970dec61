"""Modules' outlines from their syntax trees: a program of its own, with limits on itself (`program.py`).

It reads source that may be hostile, so it stands alone: nothing of the project is imported here, and whatever the
parser suffers ends with its process.

`syntax` parses and compiles, and tells what a module defines; `newer` whether it is written for a later Python, `needs`
what it imports. `flow` holds what every expression may be, and carries it along
until nothing changes; `walk` turns the syntax trees into what `flow` carries; `scopes` knows which name is whose.
"""

LANGUAGE = (3, 11)  # the Python that solutions run with; whoever checks at home may have a newer one
CPU_SECONDS = 10
MEMORY_BYTES = 1 << 30
PARTS = 16  # of a dotted name; what an assignment forbids has fewer
APART = 12  # how many own objects are told apart in one place
STEPS = 500_000  # of following names; an ordinary submission takes some thousands
