"""Every write to a contribution, and the one place that says when it may be made.

`moves` holds the rule, `text` what a text is, and the rest the acts by who does them.
Each act is a function that takes who acts as `by`, locks the entry, checks, writes the
change and its event in one transaction, and raises a WorkflowError when it refuses.
"""

from kunskapsbank.workflow.addresses import change_address
from kunskapsbank.workflow.appeals import answer_appeal, appeal
from kunskapsbank.workflow.collections import (
    delete_collection,
    publish_collection,
    save_collection,
    start_collection,
    unpublish_collection,
)
from kunskapsbank.workflow.connections import (
    approve_connection,
    decline_connection,
    propose_connection,
    withdraw_connection,
)
from kunskapsbank.workflow.drafts import (
    copy_declined,
    duplicate,
    propose_change,
    save_text,
    start_draft,
    submit,
    take_back,
    why_not_editable,
)
from kunskapsbank.workflow.entries import (
    add_owner,
    hand_over,
    hide,
    object_to_hiding,
    show_again,
    uphold_hiding,
    withdraw,
)
from kunskapsbank.workflow.following import (
    change_frequency,
    confirm_following,
    follow,
    note_told,
    stop_following,
    sweep_followers,
    take_due,
)
from kunskapsbank.workflow.freshness import (
    answer_question,
    ask_freshness,
    check_open,
    confirm,
)
from kunskapsbank.workflow.helpful import receive_helpful, see_helpful
from kunskapsbank.workflow.letters import (
    answer_letter,
    ask_owners,
    close_letter,
    erase_senders,
    hide_reported,
    make_draft,
    receive_letter,
    save_mail_choice,
)
from kunskapsbank.workflow.links import check_now, heed_failure, ignore_failure
from kunskapsbank.workflow.loading import load_launch_version
from kunskapsbank.workflow.moves import ENTRY_TRANSITIONS, TRANSITIONS
from kunskapsbank.workflow.notes import (
    add_note,
    erase_note,
    remove_reply_template,
    save_reply_template,
)
from kunskapsbank.workflow.people import (
    anonymise,
    choose_name,
    erase_person,
    rename,
)
from kunskapsbank.workflow.retention import erased_at, sweep_drafts
from kunskapsbank.workflow.review import (
    check_waiting,
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
from kunskapsbank.workflow.sharing import answer_offer, offer, share, stop_sharing
from kunskapsbank.workflow.subjects import organisation_named, tags_named
from kunskapsbank.workflow.synonyms import remove_synonyms, save_synonyms
from kunskapsbank.workflow.tags import (
    allow_tag,
    forbid_tag,
    merge_tags,
    rename_tag,
    split_tag,
)

__all__ = [
    "ENTRY_TRANSITIONS",
    "TRANSITIONS",
    "add_note",
    "add_owner",
    "allow_tag",
    "anonymise",
    "answer_appeal",
    "answer_letter",
    "answer_offer",
    "answer_question",
    "appeal",
    "approve_connection",
    "ask_freshness",
    "ask_owners",
    "change_address",
    "change_frequency",
    "check_now",
    "check_open",
    "check_waiting",
    "choose_name",
    "claim",
    "close_letter",
    "confirm",
    "confirm_following",
    "copy_declined",
    "decide_each",
    "decline",
    "decline_connection",
    "delete_collection",
    "duplicate",
    "edit_and_publish",
    "erase_note",
    "erase_person",
    "erase_senders",
    "erased_at",
    "follow",
    "forbid_tag",
    "hand_over",
    "heed_failure",
    "hide",
    "hide_reported",
    "ignore_failure",
    "load_launch_version",
    "make_draft",
    "merge_tags",
    "note_told",
    "object_to_hiding",
    "offer",
    "organisation_named",
    "propose_change",
    "propose_connection",
    "publish",
    "publish_collection",
    "receive_helpful",
    "receive_letter",
    "release",
    "remove_reply_template",
    "remove_synonyms",
    "rename",
    "rename_tag",
    "return_to_author",
    "save_collection",
    "save_mail_choice",
    "save_reply_template",
    "save_synonyms",
    "save_text",
    "see_helpful",
    "share",
    "show_again",
    "split_tag",
    "start_collection",
    "start_draft",
    "stop_following",
    "stop_sharing",
    "submit",
    "suppress",
    "sweep_drafts",
    "sweep_followers",
    "tags_named",
    "take_back",
    "take_due",
    "undo_publication",
    "unpublish_collection",
    "uphold_hiding",
    "why_not_editable",
    "withdraw",
    "withdraw_connection",
]
