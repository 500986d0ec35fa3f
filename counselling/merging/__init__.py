"""Making two records of one person one: what hangs on a record, what the records say, and how both come back."""
