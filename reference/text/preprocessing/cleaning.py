"""From a text to its tokens, in Russian and in English (lecture 7, section 33, L07.tokens).

M. Davis, K. Whistler, "Unicode normalization forms", Unicode standard annex 15 (Unicode consortium 2023).
"""

from __future__ import annotations

import re
import unicodedata

from reference.checks.text import text as checked_text

TOKEN = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")


def tokens(text: str) -> list[str]:
    """The words and numbers of a text, in lower case and in the order of the text.

    The text is brought to NFC and to lower case; combining marks that are left, such as the marks of stress, are
    dropped; the typographic apostrophe becomes the plain one. A token is then a longest run of letters and digits,
    with single hyphens or apostrophes inside. The letter ё stays.

    Parameters: ``text``, perhaps empty.
    Returns: a list of texts, none of them empty.
    Raises: ValueError naming ``text`` (not a text).
    Complexity: O(l) for l characters.
    Source: lecture 7, section 33; Davis, Whistler 2023.

    >>> tokens("Don’t tell Anne-Marie: it’s 7 p.m.!")
    ["don't", 'tell', 'anne-marie', "it's", '7', 'p', 'm']
    """
    lowered = unicodedata.normalize("NFC", checked_text("text", text)).lower()
    plain = "".join(character for character in lowered if not unicodedata.combining(character))
    return TOKEN.findall(plain.replace("’", "'"))
