"""What is written to the database while something is only read (trust 3.5.3)."""

from contextlib import contextmanager

from django.db import connection

from tests.crawling import READS

# When somebody was last here, and what the next page is to say to them.
OF_THE_SESSION = ('"django_session"',)


@contextmanager
def caught():
    """A list of what was written, but for the person's own session."""
    written = []

    def look(execute, sql, params, many, context):
        is_write = not sql.lstrip().upper().startswith(READS)
        if is_write and not any(table in sql for table in OF_THE_SESSION):
            written.append(sql[:100])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield written
