"""One file that holds a whole course, the same from both kinds of database.

It is a zip archive: ``manifest.json`` (format, schema revision, rows and hashes of every part), a part of JSON lines a
table, and, if asked for, the installation's secret. What is derived or of the moment is left out:
the kept standings, the table of workers.
"""

from grader.store.backup.reading import Backup, opened
from grader.store.backup.restoring import Restored, restore
from grader.store.backup.writing import write

__all__ = ["Backup", "Restored", "opened", "restore", "write"]
