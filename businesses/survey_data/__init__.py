"""The answers of a survey as files for other programs: CSV, XLSX, SPSS and Stata, with a codebook.

``variables`` says what the columns are, ``frames`` what stands around the answers, ``rows`` reads the database once and keeps the rows on
disk, ``science`` holds the rules of the file that leaves the house; the other modules write one format each, ``bundle`` puts them together.
"""
