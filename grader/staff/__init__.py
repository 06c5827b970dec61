"""What staff do in a term: one module a job, used by the command line and by the web alike.

Functions take ``(session, ..., actor, now)``, raise BadInput before anything is changed, write one entry to the
audit log for each change of what counts, and touch the records that it changes. They know no Flask and no terminal.
An import of many (a roster, theory points, Codeforces) is a plan first, which can be shown, and then applied.
"""
