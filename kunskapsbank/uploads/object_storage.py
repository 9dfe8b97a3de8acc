"""Files in an S3-compatible store, named by S3_BUCKET: for more than one machine.

The package comes with requirements-server.txt alone.
"""

from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage


class ObjectStorage(S3Storage):
    """What goes wrong is an OSError, as on a disk. The store itself keeps an object
    whole or not at all."""

    def _save(self, name, content):
        try:
            return super()._save(name, content)
        except (BotoCoreError, ClientError) as fault:
            raise OSError(f"the file store says {type(fault).__name__}") from fault

    def delete(self, name):
        try:
            super().delete(name)
        except (BotoCoreError, ClientError) as fault:
            raise OSError(f"the file store says {type(fault).__name__}") from fault
