"""The interface for programs, under /api/v1, with personal tokens."""
