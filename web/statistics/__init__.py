"""Statistics: what happened at the assignments, and in their tests."""
