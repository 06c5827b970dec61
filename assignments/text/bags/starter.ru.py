"""Мешок слов, TF-IDF и поиск: допишите функции ниже.

Проверить файл дома: `grader check text/bags solution.py`.
"""

import numpy as np
from scipy import sparse


def vocabulary(documents: list[list[str]]) -> dict[str, int]:
    """Столбец для каждого встретившегося слова, с 0, в порядке sorted()."""
    raise NotImplementedError("соберите разные слова всех документов")


def onehot(word: str, vocabulary: dict[str, int]) -> sparse.csr_array:
    """Матрица (1, V) с единицей в столбце слова; нули, если слово неизвестно."""
    raise NotImplementedError("это мешок документа из одного слова")


def bag(documents: list[list[str]], vocabulary: dict[str, int]) -> sparse.csr_array:
    """Матрица (n, V) с числом вхождений; неизвестные слова пропускаются."""
    raise NotImplementedError("соберите значения, столбцы и концы строк: csr_array((values, columns, ends), shape)")


def text_vector(tokens: list[str], vocabulary: dict[str, int], E: np.ndarray) -> np.ndarray:
    """Сумма (d,) строк E (V, d), соответствующих словам."""
    raise NotImplementedError("слово, встретившееся дважды, прибавляется дважды")


def tf(documents: list[list[str]], vocabulary: dict[str, int]) -> sparse.csr_array:
    """Матрица (n, V): число вхождений / длина; неизвестные слова входят в длину."""
    raise NotImplementedError("какова длина пустого документа?")


def idf(documents: list[list[str]], vocabulary: dict[str, int]) -> np.ndarray:
    """ln(N / df) для каждого слова, (V,); 0, если df равно 0."""
    raise NotImplementedError("df — число документов, в которых есть слово")


def tfidf(documents: list[list[str]], vocabulary: dict[str, int]) -> sparse.csr_array:
    """Матрица (n, V): tf * idf; нули не хранятся."""
    raise NotImplementedError("каждый столбец tf умножается на число")


def search(query: list[str], documents: list[list[str]], top: int) -> np.ndarray:
    """Номера top документов по косинусу векторов TF-IDF: лучшие первыми, при равенстве — меньший номер."""
    raise NotImplementedError("произведения, длины, округление до 12 знаков, сортировка")
