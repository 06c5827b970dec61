"""Raises terminal sequences and markup while it is imported, where the whole traceback is shown."""

from honest import *

raise RuntimeError("\x1b[2J<script>alert(1)</script>\u202e=cmd|' /C calc'!A0" * 1000)
