"""The public version of a report: which numbers may be shown, so that nobody who adds and subtracts finds a small one."""
