"""The marks that make several of one."""

from fractions import Fraction

import pytest

from grader.testing import each, marks


@pytest.fixture(autouse=True)
def known(request):
    """The marks of suites, which the plugin makes known to pytest where a suite runs."""
    for description in marks.DESCRIPTIONS:
        request.config.addinivalue_line("markers", description)


def test_each_name_is_a_case_with_its_title_and_worth():
    mark = each({"fft": 1, "ifft": 2}, en="{name}: one object", ru="{name}: один объект", worth="1/3").mark
    parameter, cases = mark.args
    told = {case.id: {one.name: one.args[0] for one in case.marks} for case in cases}
    assert (mark.name, parameter, [case.values for case in cases]) == ("parametrize", "name", [("fft",), ("ifft",)])
    assert told["ifft"] == {"title": {"en": "ifft: one object", "ru": "ifft: один объект"}, "points": Fraction(1, 3)}


def test_without_a_worth_the_test_says_it():
    (case,) = each(["fft"], en="Errors", ru="Ошибки").mark.args[1]
    assert [one.name for one in case.marks] == ["title"]
