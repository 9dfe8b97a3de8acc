"""Every write to a contribution, and the one place that says when it may be made.

`moves` holds the rule, `text` what a text is, and the rest the acts by who does them.
Each act is a function that takes who acts as `by`, locks the entry, checks, writes the
change and its event in one transaction, and raises a WorkflowError when it refuses.
"""

from kunskapsbank.workflow.addresses import change_address
from kunskapsbank.workflow.appeals import answer_appeal, appeal
from kunskapsbank.workflow.drafts import (
    copy_declined,
    duplicate,
    propose_change,
    save_text,
    start_draft,
    submit,
    take_back,
)
from kunskapsbank.workflow.entries import (
    add_owner,
    hand_over,
    hide,
    show_again,
    withdraw,
)
from kunskapsbank.workflow.loading import load_launch_version
from kunskapsbank.workflow.moves import ENTRY_TRANSITIONS, TRANSITIONS
from kunskapsbank.workflow.people import anonymise
from kunskapsbank.workflow.review import (
    claim,
    decide_each,
    decline,
    edit_and_publish,
    publish,
    release,
    return_to_author,
    suppress,
    undo_publication,
)

__all__ = [
    "ENTRY_TRANSITIONS",
    "TRANSITIONS",
    "add_owner",
    "anonymise",
    "answer_appeal",
    "appeal",
    "change_address",
    "claim",
    "copy_declined",
    "decide_each",
    "decline",
    "duplicate",
    "edit_and_publish",
    "hand_over",
    "hide",
    "load_launch_version",
    "propose_change",
    "publish",
    "release",
    "return_to_author",
    "save_text",
    "show_again",
    "start_draft",
    "submit",
    "suppress",
    "take_back",
    "undo_publication",
    "withdraw",
]
