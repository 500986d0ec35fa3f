"""The quarter sheet for the city's urban renewal: units, vacancy, branches, jobs and training by section of the street, for one wave.

``cells`` hides what could tell of a single business, ``ladder`` sorts businesses by whether they train, ``geometry`` cuts a section out of
its street, ``figures`` counts; ``geojson`` and ``documents`` show the same figures to programs and people.
"""
