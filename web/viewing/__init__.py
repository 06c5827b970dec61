"""Seeing a student's pages exactly as the student sees them; nothing can be changed meanwhile."""
