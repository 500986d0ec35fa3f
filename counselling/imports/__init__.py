"""Coming from spreadsheets: a file is read, its columns are named, every row is checked, and all come in or none.

How a file goes through this room:

    child.py       runs alone, under limits, and turns any file into rows of text      reading.py starts it, stages the rows
    columns.py     what can come in, and by which names people call it                 guessing.py knows a column and a value again
    cleaning.py    a row goes through the forms' own rules, or its errors are named    matching.py is the person here already?
    writing.py     everything comes in, in one transaction                             undoing.py takes it back for 30 days
    services.py    the verbs that the pages call                                       tasks.py what a worker does for them
"""
