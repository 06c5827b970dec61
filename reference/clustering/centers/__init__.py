"""Clusters around centres: k-means and its relatives, and the number of clusters (lecture 9, section 40.1)."""
