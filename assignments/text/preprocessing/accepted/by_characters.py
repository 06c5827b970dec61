"""A walk through characters, counts in plain dicts, Porter's rules in tables of tuples."""

import unicodedata


def tokens(text):
    if type(text) is not str:
        raise ValueError("text: a str is needed")
    characters = []
    for c in unicodedata.normalize("NFC", text).lower():
        if c == "\u2019":
            c = "'"
        if unicodedata.combining(c) == 0:
            characters.append(c)
    found, current = [], ""
    for place, c in enumerate(characters):
        after = characters[place + 1] if place + 1 < len(characters) else " "
        if c.isalnum() or (c in "-'" and current and current[-1].isalnum() and after.isalnum()):
            current += c
        elif current:
            found.append(current)
            current = ""
    return found + [current] if current else found


def frequencies(tokens):
    if isinstance(tokens, str):
        raise ValueError("tokens: a list is needed")
    counts = {}
    for word in tokens:
        counts[word] = counts.get(word, 0) + 1
    by_alphabet = sorted(counts)
    by_alphabet.sort(key=counts.get, reverse=True)  # a stable sort keeps the alphabet
    return [(word, counts[word]) for word in by_alphabet]


def corpus_stopwords(documents, top, known):
    if top < 1:
        raise ValueError("top: at least 1")
    words = []
    for document in documents:
        if isinstance(document, str):
            raise ValueError("documents: each must be a list")
        words.extend(document)
    chosen = []
    for word, _ in frequencies(words):
        if len(chosen) < top and word not in known:
            chosen.append(word)
    return chosen


def remove(tokens, words):
    if isinstance(tokens, str):
        raise ValueError("tokens: a list is needed")
    return list(filter(lambda token: token not in words, tokens))


def _consonant(word, i):
    if word[i] == "y":
        return i == 0 or not _consonant(word, i - 1)
    return word[i] not in "aeiou"


def _m(word):
    changes = 0
    for i in range(1, len(word)):
        if _consonant(word, i) and not _consonant(word, i - 1):
            changes += 1
    return changes


def _vowel(word):
    return not all(_consonant(word, i) for i in range(len(word)))


def _double(word):
    return len(word) > 1 and word[-1] == word[-2] and _consonant(word, len(word) - 1)


def _o(word):
    n = len(word)
    if n < 3 or word[-1] in ("w", "x", "y"):
        return False
    return _consonant(word, n - 3) and not _consonant(word, n - 2) and _consonant(word, n - 1)


STEP2 = """ational ate/tional tion/enci ence/anci ance/izer ize/abli able/alli al/entli ent/eli e/ousli ous/ization ize/
ation ate/ator ate/alism al/iveness ive/fulness ful/ousness ous/aliti al/iviti ive/biliti ble"""
STEP3 = "icate ic/ative /alize al/iciti ic/ical ic/ful /ness "
STEP4 = "al ance ence er ic able ible ant ement ment ent ion ou ism ate iti ous ive ize".split()


def _table(text):
    pairs = [line.lstrip("\n").split(" ") for line in text.split("/")]
    return sorted(((old, new.strip()) for old, new in pairs), key=lambda pair: len(pair[0]), reverse=True)


def _first(word, table, m):
    for old, new in table:
        if word.endswith(old):
            start = word[: len(word) - len(old)]
            return start + new if _m(start) > m else word
    return word


def stem(word):
    if len(word) < 3 or set(word) - set("abcdefghijklmnopqrstuvwxyz"):
        return word
    if word.endswith(("sses", "ies")):
        word = word[:-2]
    elif word[-1] == "s" and word[-2:] != "ss":
        word = word[:-1]
    if word.endswith("eed"):
        if _m(word[:-3]):
            word = word[:-1]
    else:
        for old in ("ed", "ing"):
            if word.endswith(old) and _vowel(word[: -len(old)]):
                word = word[: -len(old)]
                if word[-2:] in ("at", "bl", "iz"):
                    word += "e"
                elif _double(word):
                    word = word if word[-1] in "lsz" else word[:-1]
                elif _m(word) == 1 and _o(word):
                    word += "e"
                break
    if word.endswith("y") and _vowel(word[:-1]):
        word = word[:-1] + "i"
    word = _first(word, _table(STEP2), 0)
    word = _first(word, _table(STEP3), 0)
    for old in sorted(STEP4, key=len, reverse=True):
        if word.endswith(old):
            start = word[: len(word) - len(old)]
            if _m(start) > 1 and (old != "ion" or start[-1] in "st"):
                word = start
            break
    if word.endswith("e"):
        start = word[:-1]
        if _m(start) > 1 or (_m(start) == 1 and not _o(start)):
            word = start
    if _m(word) > 1 and word.endswith("ll"):
        word = word[:-1]
    return word


def lemma(word, dictionary, rules, lemmas):
    found = dictionary.get(word)
    if found is None and word in lemmas:
        found = word
    length = len(word)
    while found is None and length >= 0:
        for old, new in rules:
            candidate = word[: len(word) - length] + new
            if found is None and old == word[len(word) - length :] and candidate in lemmas:
                found = candidate
        length -= 1
    return word if found is None else found
