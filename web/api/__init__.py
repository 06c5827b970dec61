"""The interface for programs, under /api/v1, with personal tokens: what the command line uses, and anybody else may."""
