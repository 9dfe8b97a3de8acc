"""What can go wrong with a contribution, in words for the person who tried."""


class WorkflowError(Exception):
    """Base of every refusal; `user_message` is Swedish and may be shown."""

    user_message = "Det gick inte att ändra bidraget."


class InvalidTransition(WorkflowError):
    user_message = "Bidraget är inte längre i det läget. Ladda om sidan."
