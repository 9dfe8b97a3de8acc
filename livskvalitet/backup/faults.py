"""What can be wrong; each message is for whoever runs the command."""


class BackupFault(Exception):
    """A backup could not be made or restored. Nothing half done is left."""


class ArchiveBroken(BackupFault):
    """The archive is not what was written: truncated, changed, or something else."""


class WrongKey(BackupFault):
    """BACKUP_KEY is missing, or is not the one that the archive was encrypted with."""


class NotEmpty(BackupFault):
    """There is something already where the backup would be restored."""


class ToolFailed(BackupFault):
    """A program of PostgreSQL's is missing, or has failed."""
