"""The public tests: small cases with their answers written out."""

from grader.testing import assert_equal, title


@title(en="The text of the statement", ru="Текст из условия")
def test_tokens_english(submission):
    assert_equal(submission.tokens("«Don’t!» — says Anne-Marie, 7"), ["don't", "says", "anne-marie", "7"])


@title(en="A Russian sentence", ru="Предложение на русском")
def test_tokens_russian(submission):
    expected = ["кто-то", "сказал", "он", "съел", "2", "пирога"]
    assert_equal(submission.tokens("«Кто-то, — сказал он, — съел 2 ПИРОГА!»"), expected)


@title(en="A table of frequencies", ru="Частотная таблица")
def test_frequencies(submission):
    words = ["to", "be", "or", "not", "to", "be"]
    assert_equal(submission.frequencies(words), [("be", 2), ("to", 2), ("not", 1), ("or", 1)])


@title(en="The word that is frequent in two letters", ru="Слово, частое в двух письмах")
def test_corpus_stopwords(submission):
    letters = [["dear", "anna", "the", "cat", "is", "well"], ["dear", "boris", "the", "dog", "is", "not"]]
    assert_equal(submission.corpus_stopwords(letters, 1, {"the", "is"}), ["dear"])


@title(en="Words are removed", ru="Слова удалены")
def test_remove(submission):
    assert_equal(submission.remove(["кит", "и", "кот", "и", "кит"], {"и", "а"}), ["кит", "кот", "кит"])


@title(en="Some words of Porter's paper", ru="Несколько слов из статьи Портера")
def test_stem(submission):
    expected = {"caresses": "caress", "feed": "feed", "hopping": "hop", "filing": "file", "relational": "relat"}
    for word, stem in {**expected, "controlling": "control", "roll": "roll", "sky": "sky"}.items():
        assert_equal(submission.stem(word), stem, what=f"stem({word!r})")


@title(en="Lemmas of the statement", ru="Леммы из условия")
def test_lemma(submission):
    rules = [("ами", ""), ("ами", "а"), ("ок", "ка")]
    lemmas = {"стол", "книга", "палка", "человек"}
    for word, lemma in {"столами": "стол", "книгами": "книга", "палок": "палка", "лодок": "лодок"}.items():
        assert_equal(submission.lemma(word, {"люди": "человек"}, rules, lemmas), lemma, what=word)
    assert_equal(submission.lemma("люди", {"люди": "человек"}, rules, lemmas), "человек", what="люди")
