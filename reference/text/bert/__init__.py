"""A small BERT: masking, pairs of sentences, the encoder with its two heads (lecture 7, section 35)."""
