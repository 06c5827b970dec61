"""Очистка, стоп-слова, основы, леммы. Проверка: `grader check text/preprocessing solution.py`."""


def tokens(text: str) -> list[str]:
    """Слова и числа текста по порядку, в нижнем регистре."""
    raise NotImplementedError("начните отсюда: подготовьте символы, дальше регулярное выражение или цикл")


def frequencies(tokens: list[str]) -> list[tuple[str, int]]:
    """Пары (слово, количество): сначала частые, одинаково частые по алфавиту."""
    raise NotImplementedError("посчитать, затем упорядочить по двум ключам")


def corpus_stopwords(documents: list[list[str]], top: int, known: set[str]) -> list[str]:
    """`top` самых частых слов всех документов, не входящих в `known`."""
    raise NotImplementedError("все документы — один список токенов; помогут frequencies и remove")


def remove(tokens: list[str], words: set[str]) -> list[str]:
    """Токены, которых нет в `words`, по порядку."""
    raise NotImplementedError("новый список, а не list.remove")


def stem(word: str) -> str:
    """Основа английского слова по алгоритму Портера 1980 года."""
    raise NotImplementedError("сначала мера строки, потом функция одного шага, потом шаги")


def lemma(word: str, dictionary: dict[str, str], rules: list[tuple[str, str]], lemmas: set[str]) -> str:
    """Лемма: по словарю, иначе само слово, если оно лемма, иначе по правилам, иначе само слово."""
    raise NotImplementedError("четыре случая, один за другим")
