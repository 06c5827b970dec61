"""The parts of the reader of tables, which `grader.staff.csv_file` puts together.

`encoding` and `workbook` make text of bytes, `rows` divides it, `head` finds which column is which by `words`, and
`lines` makes each person's line.
"""
