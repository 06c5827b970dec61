"""The examples in docstrings are run, and every section of a lecture that has references shows one."""

from __future__ import annotations

import doctest
import inspect
import re
from importlib import import_module

import pytest

from tests.docstrings import parts

from .test_docstrings import ASKED_FOR, FILES, asked_for

MODULES = [name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in FILES]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    result = doctest.testmod(import_module(name))
    assert result.failed == 0


def test_every_section_shows_an_example():
    shown: dict[str, bool] = {}
    for where in ASKED_FOR:
        found, doc = asked_for(where)
        section = re.split(";", parts(doc)["Source"])[0]
        shown[section] = shown.get(section, False) or ">>>" in (inspect.getdoc(found) or "")
    assert [section for section, example in shown.items() if not example] == []
