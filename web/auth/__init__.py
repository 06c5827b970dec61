"""Logging in and out, the account, the language."""
