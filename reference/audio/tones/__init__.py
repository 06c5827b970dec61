"""What is heard of a tone and what sampling leaves of it, and features in time (lecture 8, sections 36 and 37)."""
