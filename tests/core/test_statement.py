"""Statements as readers get them: formulas are set, HTML is not passed on, and what goes wrong is told to authors."""

import pytest

from grader.core.statement import faults, html, mathml


def test_formulas_become_mathml_in_the_line_and_displayed():
    shown = html("Let $x_i$ be\n$$\\sum_i x_i^2$$\nthe sum.")
    assert shown.count("<math xmlns") == 2
    assert 'display="inline"' in shown
    assert 'display="block"' in shown
    assert "$" not in shown


@pytest.mark.parametrize("before", ["text\n", "- item\n  ", "1. first\n2. second\n   "])
def test_a_displayed_formula_ends_the_paragraph_before_it(before):
    assert 'display="block"' in html(f"{before}$$x$$\n")


def test_html_is_not_passed_on():
    shown = html("<script>alert(1)</script> and <b>bold</b>")
    assert "<script" not in shown
    assert "<b>" not in shown


def test_tables_and_code():
    shown = html("| a | points |\n| --- | --- |\n| b | 1 |\n\n```python\ndef f(): pass\n```\n")
    assert "<table>" in shown
    assert '<span class="k">def</span>' in shown


def test_a_formula_that_cannot_be_set_is_shown_as_it_is_written():
    assert "<code>\\nonsense &lt; 1</code>" in html("so $\\nonsense < 1$")
    with pytest.raises(ValueError, match=r"\\nonsense, which is not known"):
        mathml("\\nonsense < 1")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("all $x = 1$ is well, `$HOME` too\n\n```\n$ ls\n```", []),
        ("broken $x^$ here", ["cannot be set"]),
        ("unknown $\\nonsense x$", [r"\nonsense, which is not known"]),
        ("costs 5$ only", ["a $ opens no formula, after “costs 5”"]),
        ("lost $ x\n\n here$", ["after “lost”", "here”"]),
    ],
)
def test_faults_are_told(text, said):
    found = list(faults(text))
    assert len(found) == len(said)
    assert all(part in fault for part, fault in zip(said, found, strict=True))
