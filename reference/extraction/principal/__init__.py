"""Principal components, their relatives, and multidimensional scaling (lecture 11, sections 47 and 49)."""
