"""Second-order methods (lecture 2, section 13)."""
