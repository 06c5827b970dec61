"""The store: models, queries, jobs and migrations. The database is the truth, and the queue.

Functions take ``(session, ..., now)``; nothing here reads a clock or a setting of its own.
"""
