"""What an administrator finds of people, and of what is done beside the pages."""

from accounts.admin import people, tasks  # noqa: F401 - they register themselves
