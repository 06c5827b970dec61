"""By index arrays and products of sparse matrices; the bag is a product, tf a diagonal matrix times it."""

import numpy as np
from scipy import sparse


def need(condition, name):
    if not condition:
        raise ValueError(f"{name} is wrong")


def check_documents(documents):
    need(len(documents) > 0 and all(not isinstance(document, str) for document in documents), "documents")


def check_vocabulary(vocabulary):
    need(vocabulary and set(vocabulary.values()) == set(range(len(vocabulary))), "vocabulary")


def vocabulary(documents):
    check_documents(documents)
    words = sorted(set().union(*documents))
    return dict(zip(words, range(len(words)), strict=True))


def onehot(word, vocabulary):
    check_vocabulary(vocabulary)
    row = sparse.lil_matrix((1, len(vocabulary)), dtype=int)
    if word in vocabulary:
        row[0, vocabulary[word]] = 1
    return row.tocsr()


def bag(documents, vocabulary):
    check_documents(documents)
    check_vocabulary(vocabulary)
    pairs = [(i, vocabulary[w]) for i, document in enumerate(documents) for w in document if w in vocabulary]
    rows, columns = np.array(pairs, dtype=int).reshape(-1, 2).T
    shape = (len(documents), len(vocabulary))
    return sparse.coo_matrix((np.ones(len(pairs), dtype=int), (rows, columns)), shape).tocsr()


def text_vector(tokens, vocabulary, E):
    need(not isinstance(tokens, str), "tokens")
    check_vocabulary(vocabulary)
    need(np.ndim(E) == 2 and len(E) == len(vocabulary), "E")
    return (bag([tokens], vocabulary) @ np.asarray(E)).ravel()


def tf(documents, vocabulary):
    counts = bag(documents, vocabulary)
    lengths = [1 / max(len(document), 1) for document in documents]
    return (sparse.diags(lengths) @ counts).tocsr()


def idf(documents, vocabulary):
    having = np.asarray((bag(documents, vocabulary) > 0).sum(axis=0)).ravel()
    result = np.zeros(len(vocabulary))
    some = having > 0
    result[some] = np.log(len(documents)) - np.log(having[some])
    return result


def tfidf(documents, vocabulary):
    made = (tf(documents, vocabulary) @ sparse.diags(idf(documents, vocabulary))).tocsr()
    made.eliminate_zeros()
    return made


def search(query, documents, top):
    need(not isinstance(query, str), "query")
    need(top >= 1, "top")
    words = vocabulary(documents)
    need(len(words) > 0, "documents")
    matrix = tfidf(documents, words)
    mine = np.asarray(tf([query], words).multiply(idf(documents, words)).todense()).ravel()
    length = np.linalg.norm(mine)
    cosines = []
    for i in range(matrix.shape[0]):
        row = matrix[[i]]
        own = np.sqrt((row.data**2).sum())
        cosine = (row @ mine)[0] / own / length if own and length else 0.0
        cosines.append((-round(float(cosine), 12), i))
    return np.array([i for _, i in sorted(cosines)[:top]])
