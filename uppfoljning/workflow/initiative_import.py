"""Many initiatives at once, from a table."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from accounts.models import User
from uppfoljning.models import InitiativeText
from uppfoljning.workflow.initiative_texts import start_initiative
from uppfoljning.workflow.initiatives import submit_initiative


@transaction.atomic
def import_initiatives(
    rows: Sequence[Mapping[str, Any]], *, by: User, key: UUID, is_ready: bool
) -> list[InitiativeText]:
    """A draft of each row, handed in if it `is_ready`; all of them or none.

    The same `key` again gives the same texts. Raises what `start_initiative` and
    `submit_initiative` raise.
    """
    texts = [
        start_initiative(by=by, key=uuid5(key, str(place)), **values)
        for place, values in enumerate(rows)
    ]
    if is_ready:
        for text in texts:
            submit_initiative(text, by=by, lock=text.lock)
    return texts
