"""Data of pretext tasks, whose labels come from the images themselves (lecture 11, section 52)."""
