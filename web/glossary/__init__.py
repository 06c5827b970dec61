"""The glossary of the course: its page, and the links to it in statements."""
