"""One file a noun: signing in, passwords, the own account, the accounts of the centre."""
