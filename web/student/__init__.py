"""What a student sees and does: assignments, uploads, results, where they stand."""
