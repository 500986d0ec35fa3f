"""The indicators of the business survey: pure functions on plain data, each with formula, source, units, errors and caveats.

Nothing here reads the database: who asks hands over numbers and answers. Shares lie between 0 and 1 (pages multiply by 100); what
cannot be told, because there is nothing to divide by, is None and never 0. Response rates are ``businesses.outcomes.Rates``.
``catalogue`` says in words what every indicator is; ``disclosure`` says what of it may be shown.
"""
