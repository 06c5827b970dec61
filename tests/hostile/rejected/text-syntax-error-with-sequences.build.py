"""A line that is no Python, of terminal sequences, markup and a formula, which an error would quote."""


def upload():
    return "a.py", "def \x1b[31m<script>alert(1)</script>=cmd|' /C calc'!A0".encode()
