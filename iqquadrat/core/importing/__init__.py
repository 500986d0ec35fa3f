"""What all rooms that take in lists share: a file becomes rows of text, columns and values are known again, errors are named.

    child.py      runs alone, under limits, and turns any file into rows of text     reading.py starts it and stages the rows
    columns.py    what a column of a list is                                         guessing.py knows a column and a value again
    states.py     where a file is on its way in                                      models.py what is stored of it meanwhile
    problems.py   errors as the page and the spreadsheet show them                   working.py what a worker does with a run

What comes in, by which rules and into which tables, each room says for itself (``counselling.imports``, ``businesses.register_import``).
"""
