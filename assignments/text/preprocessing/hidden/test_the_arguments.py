"""The hidden suite of all rows: bad arguments, and arguments that stay as they were."""

from grader.testing import assert_refused, call_unchanged, each, hint

# the function: for each bad call the name that the error must tell, and the arguments
REFUSED = {
    "tokens": [("text", None), ("text", 7), ("text", ["text"])],
    "frequencies": [("tokens", "текст")],
    "corpus_stopwords": [
        ("documents", ["text", "текст"], 1, []),
        ("documents", [["a"], "b"], 1, []),
        ("top", [["a"]], 0, []),
    ],
    "remove": [("tokens", "текст", ["т"])],
}
WORDS = ["море", "и", "небо", "и", "море"]
UNCHANGED = {
    "frequencies": (WORDS,),
    "corpus_stopwords": ([WORDS, ["и", "кит"]], 2, {"и"}),
    "remove": (WORDS, ["и"]),
    "lemma": ("морями", {"шёл": "идти"}, [("и", ""), ("ями", "е"), ("ами", "о")], {"море", "идти"}),
}


@each(REFUSED, worth="1/8", en="Bad arguments: {name}", ru="Неверные аргументы: {name}")
@hint(en="ValueError with the argument's name.", ru="ValueError с именем аргумента.")
def test_errors(submission, name):
    for argument, *arguments in REFUSED[name]:
        assert_refused(argument, getattr(submission, name), *arguments)


@each(UNCHANGED, worth="1/8", en="The arguments stay as they were: {name}", ru="Аргументы не меняются: {name}")
@hint(
    en="Work on copies; sorted makes a new list, list.sort changes the old one.",
    ru="Работайте с копиями; sorted создаёт новый список, list.sort меняет старый.",
)
def test_unchanged(submission, name):
    call_unchanged(getattr(submission, name), *UNCHANGED[name])
