"""The register as a list: going out as CSV, XLSX or GeoJSON, and coming in again.

    columns.py    the columns of a list, in both directions                 exporting.py rows out, one by one, in three formats
    cleaning.py   a row goes through the form of the register               checking.py  the dry run: new, changed, same, or in doubt
    values.py     values that nobody knows, and what they mean              streets.py   streets as lists write them
    matching.py   is this business in the register already?
    writing.py    all rows come in, in one transaction                      undoing.py   and go out again for 30 days
    services.py   the verbs that the pages call                             tasks.py     what a worker does for them

Reading a file and knowing columns and values again is ``iqquadrat.core.importing``. What goes out comes in again without a loss: a business
is known by its number (its own one, else the one of its address here), else by its door and its folded name.
"""
