"""Pictures of sound over time and frequency, and the features made of them (lecture 8, section 37)."""
