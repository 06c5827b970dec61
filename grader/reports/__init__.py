"""What the gradebook and results look like outside: CSV, XLSX, JSON, Canvas, Moodle, Gradescope, transcripts.

Pure: from standings and reports to text or bytes. Nothing here asks a database or decides a mark.
"""
