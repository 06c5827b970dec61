"""Independent and canonical components, both by whitening (lecture 11, section 47)."""
