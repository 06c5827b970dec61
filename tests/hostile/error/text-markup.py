"""Raises an exception whose text and name are markup of pages, templates and tables."""

from honest import *


def nearest(X, centres):
    name = "<script>alert(1)</script>{{7*7}}[bold]*"
    raise type(name, (Exception,), {})("<img src=x onerror=alert(1)>{{config}}[red]|=cmd|' /C calc'!A0")
