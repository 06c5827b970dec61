"""Regrades: what is out of date, what grading it again would change, applying and rolling back."""
