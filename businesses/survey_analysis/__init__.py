"""The analysis of a survey wave: the indicators of ``businesses.analysis`` on what is stored, as far as it may be shown.

``rows`` reads a wave in a fixed number of queries, ``cuts`` are its parts that may be looked at alone, ``protection`` hides, ``chapters`` reckon
and say it in figures and tables that page and paper show alike; ``comparison`` sets waves side by side.
"""
