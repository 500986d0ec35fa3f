"""Running the house: backups that can be restored, and what an administrator asks a running installation."""
