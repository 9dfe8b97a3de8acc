"""Backups: the database and every file that it names, in one archive (ADR 0028).

`making` writes an archive and `restoring` reads it back; `archive` knows its form,
`sealing` its encryption, `databases` each engine, `folder` where archives are kept and
`verifying` what must hold of a database that was restored.
"""
