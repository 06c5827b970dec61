"""Submissions that are alike, for staff to look at. It never changes a mark."""
