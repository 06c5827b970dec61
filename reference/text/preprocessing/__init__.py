"""Preprocessing of texts: tokens, stop words, stems, lemmas (lecture 7, section 33)."""
