"""Coming from spreadsheets: a file is read, its columns are named, every row is checked, and all come in or none.

How a file goes through this room:

    reading.py     which sheet is read; the reading itself, as all that is not about clients, is iqquadrat.core.importing
    columns.py     what can come in, and by which names people call it                 guessing.py knows a column and a value again
    cleaning.py    a row goes through the forms' own rules, or its errors are named    matching.py is the person here already?
    writing.py     everything comes in, in one transaction                             undoing.py takes it back for 30 days
    services.py    the verbs that the pages call                                       tasks.py what a worker does for them
"""
