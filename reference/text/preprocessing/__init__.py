"""What is done to texts before anything is learned from them: tokens, stop words, stems, lemmas (lecture 7, section 33)."""
