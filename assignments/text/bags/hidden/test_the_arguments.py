"""The hidden suite of both rows: bad arguments, and arguments that stay as they were."""

import numpy as np

from grader.testing import assert_refused, call_unchanged, each, hint

KNOWN, DOCUMENTS, E = {"a": 0, "b": 1}, [["b", "a", "z"], ["a"]], np.ones((2, 3))
NO_COLUMNS = ({}, {"a": 0, "b": 2}, {"a": 1, "b": 1})
OF_DOCUMENTS = [
    ("documents", [], KNOWN),
    ("documents", ["a b", "b"], KNOWN),
    *(("vocabulary", DOCUMENTS, bad) for bad in NO_COLUMNS),
]
# the function: for each bad call the name that the error must tell, and the arguments
REFUSED = {
    "vocabulary": [("documents", []), ("documents", ["a b", "b"])],
    "onehot": [("vocabulary", "a", bad) for bad in NO_COLUMNS],
    "bag": OF_DOCUMENTS,
    "text_vector": [
        ("tokens", "a b", KNOWN, E),
        ("vocabulary", ["a"], {"a": 0, "b": 2}, E),
        ("E", ["a"], KNOWN, np.ones((3, 3))),
        ("E", ["a"], KNOWN, np.ones(2)),
    ],
    "tf": OF_DOCUMENTS,
    "idf": OF_DOCUMENTS,
    "tfidf": OF_DOCUMENTS,
    "search": [
        ("query", "a b", DOCUMENTS, 1),
        ("documents", ["a"], [], 1),
        ("documents", ["a"], [[], []], 1),
        ("top", ["a"], DOCUMENTS, 0),
    ],
}


@each(REFUSED, worth="1/10", en="Wrong arguments are refused: {name}", ru="Неверные аргументы отвергаются: {name}")
@hint(
    en="ValueError with the argument's name. A text in place of a list of words is wrong too: Python would walk "
    "through its letters.",
    ru="ValueError с именем аргумента. Строка вместо списка слов — тоже ошибка: Python стал бы перебирать её буквы.",
)
def test_bad_arguments(submission, name):
    for argument, *arguments in REFUSED[name]:
        assert_refused(argument, getattr(submission, name), *arguments)


@each(("bag", "search"), worth="1/10", en="The arguments stay as they were: {name}", ru="Аргументы не меняются: {name}")
@hint(en="New words do not go into the caller's vocabulary.", ru="Новые слова не попадают в словарь вызывающего.")
def test_unchanged(submission, name):
    call_unchanged(getattr(submission, name), *((DOCUMENTS, KNOWN) if name == "bag" else (["b", "a"], DOCUMENTS, 1)))
