"""Clusters as dense regions: mean shift and DBSCAN (lecture 9, sections 40.2 and 40.3)."""
