"""Word2Vec from scratch: vocabulary, subsampling, CBOW, skip-gram with negative sampling (lecture 7, section 35)."""
