"""What can be wrong with a table that somebody uploads."""


class SheetFault(Exception):
    """The file cannot be read as a table; `user_message` says why and what to do."""

    def __init__(self, user_message: str) -> None:
        super().__init__(user_message)
        self.user_message = user_message
