"""How good a generator is: distances of distributions, collapsed modes, copies (lecture 12, sections 54, 57 and 58)."""
