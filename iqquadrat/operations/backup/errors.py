"""What can go wrong with a backup. Each message is a sentence for whoever sits at the terminal: what is wrong, and what to do."""


class BackupError(Exception):
    """A backup could not be made, tried or brought back."""


class TargetExistsError(BackupError):
    """There is a file of this name already; nothing is ever overwritten."""


class DamagedBackupError(BackupError):
    """The file is not what was written: cut off, changed, or no backup at all."""


class LockedBackupError(BackupError):
    """The file is encrypted, and the passphrase or key at hand does not open it."""


class VersionError(BackupError):
    """The file is sound, but made by a version that this site or this server does not know."""


class MissingProgramError(BackupError):
    """A program of PostgreSQL or GnuPG is not installed, or too old."""


class ProgramError(BackupError):
    """A program of PostgreSQL or GnuPG failed."""


class TargetInUseError(BackupError):
    """The database to restore into holds data or is being used."""


class NotPermittedError(BackupError):
    """The role that the site signs in with may not do this in the database."""


class ErasureListError(BackupError):
    """Who was erased since the backup cannot be known, so the restored data must not be used."""
