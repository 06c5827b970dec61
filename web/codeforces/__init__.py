"""Results from Codeforces, brought as saved answers: the web itself asks nobody."""
