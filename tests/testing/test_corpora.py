"""The corpora: their size, their topics, and the difficulties that suites rely on."""

from __future__ import annotations

import hashlib
import re

import pytest

from grader.testing.corpora import TOPICS, corpus

SENTENCES = {  # suites ask for these texts: another corpus is added, none is changed
    "en": "cdd4edc4411c7744",
    "ru": "c8f588366477236c",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_the_sentences_are_never_changed(language):
    assert hashlib.sha256("\n".join(corpus(language)).encode()).hexdigest()[:16] == SENTENCES[language]


@pytest.mark.parametrize("language", SENTENCES)
def test_twenty_sentences_a_topic_and_no_sentence_twice(language):
    sentences = corpus(language)
    assert len(sentences) == len(set(sentences)) == 80
    assert [corpus(language, topic) for topic in TOPICS] == [sentences[i : i + 20] for i in range(0, 80, 20)]
    assert all(3 <= len(sentence.split()) <= 11 for sentence in sentences)
    assert 200 <= len(set(re.findall(r"\w+", " ".join(sentences).lower()))) <= 360


@pytest.mark.parametrize(
    ("language", "signs"),
    [
        ("en", ["“", "”", "—", "'", "’", "-", "...", "?", "!", ";"]),
        ("ru", ["«", "»", "—", "-", "...", "?", "!", "ё", ";"]),
    ],
)
def test_difficulties_are_there(language, signs):
    text = "\n".join(corpus(language))
    assert [sign for sign in signs if sign not in text] == []
    assert re.search(r"\w-\w", text)
    assert re.search(r"\d", text)


def test_words_of_a_topic_stay_in_it():
    words = {topic: set(re.findall(r"\w{5,}", " ".join(corpus("en", topic)).lower())) for topic in TOPICS}
    for topic, own in words.items():
        others = set().union(*(words[other] for other in TOPICS if other != topic))
        assert len(own & others) < 0.25 * len(own), topic


@pytest.mark.parametrize(("arguments", "name"), [(("de",), "language"), (("en", "war"), "topic")])
def test_unknown_languages_and_topics(arguments, name):
    with pytest.raises(ValueError, match=name):
        corpus(*arguments)
