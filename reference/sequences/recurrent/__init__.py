"""Recurrent layers, and networks made of them (lecture 6, sections 26-29)."""
