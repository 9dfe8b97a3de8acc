"""Who may do what, at every address of the site: the policy as data.

`tests/test_policy.py` goes through the URL resolver, fails for an address that is not
here, and tries each row: as every role, on a text in every status, with every method.

A row names the address by its url name, or by its route when it has none.
"""

from kunskapsbank.enums import Status
from tests.policy_connections import CONNECTIONS
from tests.policy_follow_up import FOLLOW_UP
from tests.rules import (
    ADMINISTRATOR,
    AUTHOR,
    BOTH,
    CONTRIBUTORS,
    MODERATORS,
    SIGNED_IN,
    WRITE,
    Rule,
    entry_pk,
    pk,
    slug,
    step,
)

EVERY_STATUS = frozenset(Status.values)
WAITING = frozenset({Status.SUBMITTED.value})
EDITABLE = frozenset({Status.DRAFT.value, Status.RETURNED.value})
HANDED_IN = frozenset(Status.values) - {Status.DRAFT.value}
PUBLISHED = frozenset({Status.PUBLISHED.value, Status.REPLACED.value})

APPLICATIONS = "tests/accounts/test_applications.py"
INVITATIONS = "tests/accounts/test_invitations.py"
SEARCHES = "tests/kunskapsbank/test_reviewing_searches.py"
REVIEWING_DESK = "tests/kunskapsbank/test_reviewing_desk.py"
COLLECTIONS = "tests/kunskapsbank/test_collections_desk.py"
TAGS = "tests/kunskapsbank/test_reviewing_tags.py"

READING = Rule()
SIGNING_IN = Rule(methods=BOTH, tried_in="tests/accounts/test_signin_pages.py")
# They need a file besides a text.
FILES = Rule(
    who=frozenset({AUTHOR}),
    methods=BOTH,
    tried_in="tests/kunskapsbank/test_files_views.py",
)
OPEN_DATA = Rule(tried_in="tests/open_data")
# Whoever may read the text may read them.
SERVED = Rule(comes_after=True, tried_in="tests/kunskapsbank/test_files_serving.py")
# Whoever has the secret.
SHARED = Rule(comes_after=True, tried_in="tests/kunskapsbank/test_life_sharing.py")

# All the addresses of a namespace, where one rule holds for them.
NAMESPACES = {
    "programme": Rule(tried_in="tests/test_crawl.py"),
    "api": OPEN_DATA,
    "admin": Rule(who=frozenset({ADMINISTRATOR}), tried_in="tests/accounts"),
}

SIGN_IN = [
    "account_login",
    "account_request_login_code",
    "account_confirm_login_code",
    "mfa_login_webauthn",
    "mfa_authenticate",
    "account_logout",
    "signed_out",
    "stay_signed_in",
    "account_inactive",
    "account_signup",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "reauthenticate_by_code",
    "mfa_reauthenticate_webauthn",
    "account_email",
    "account_email_verification_sent",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "account_password_reset_completed",
    "mfa_index",
    "mfa_activate_totp",
    "totp_picture",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "usersessions_list",
    "openid_connect_login",
    "openid_connect_callback",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "socialaccount_signup",
    "socialaccount_connections",
    "admin/login/",
    "admin/password_change/",
]

LETTER = [
    "letter",
    "report",
    "letter_answer",
    "letter_ask",
    "letter_close",
    "letter_hide",
    "letter_draft",
]

POLICY: dict[str, Rule] = {
    # -- the files of a text
    "kunskapsbank:files": Rule(who=frozenset({AUTHOR}), methods=BOTH, arguments=pk),
    "kunskapsbank:file_describe": FILES,
    "kunskapsbank:file_replace": FILES,
    "kunskapsbank:file_remove": FILES,
    "kunskapsbank:file_move": FILES,
    "kunskapsbank:attachment": SERVED,
    "kunskapsbank:thumbnail": SERVED,
    # -- signing in, where what a page answers hangs on how far somebody has come
    **dict.fromkeys(SIGN_IN, SIGNING_IN),
    # -- the frame
    "start": READING,
    "about": READING,
    "search": READING,
    "suggestions": READING,
    "privacy": READING,
    "cookies": READING,
    "openness": READING,
    "openness_csv": Rule(tried_in="tests/livskvalitet/test_openness.py"),
    "site_map": READING,
    "design": READING,
    "accessibility": READING,
    "easy_read": READING,
    "in_english": READING,
    "open_data": READING,
    "open_data_api": READING,
    "open_data_everything": READING,
    "open_data_schema": READING,
    "open_data_csv": OPEN_DATA,
    "open_data_xlsx": OPEN_DATA,
    "catalogue": OPEN_DATA,
    "catalogue_file": OPEN_DATA,
    "identified_entry": Rule(comes_after=True, tried_in="tests/open_data"),
    "sitemap": READING,
    "robots.txt": READING,
    "manifest.webmanifest": READING,
    ".well-known/security.txt": READING,
    "health": Rule(comes_after=True),
    "health_live": Rule(comes_after=True),
    "favicon.ico": Rule(tried_in="tests/test_files.py"),
    **FOLLOW_UP,
    **CONNECTIONS,
    # -- people
    "accounts:local": Rule(comes_after=True, tried_in="tests/accounts/test_local.py"),
    "accounts:local_mail": Rule(
        comes_after=True, tried_in="tests/accounts/test_local.py"
    ),
    "accounts:apply": Rule(methods=BOTH),
    "accounts:applied": Rule(comes_after=True, tried_in=APPLICATIONS),
    "accounts:invitation": Rule(methods=BOTH, comes_after=True, tried_in=INVITATIONS),
    "accounts:link_asked": Rule(comes_after=True),
    "accounts:ask_for_new_link": Rule(methods=WRITE, tried_in=INVITATIONS),
    "accounts:account": Rule(who=SIGNED_IN, methods=BOTH),
    "accounts:own_data": Rule(who=SIGNED_IN),
    "accounts:download_own_data": Rule(who=SIGNED_IN),
    "accounts:choose_name": Rule(
        who=SIGNED_IN, methods=WRITE, tried_in="tests/accounts/test_own_data.py"
    ),
    "accounts:anonymise": Rule(who=SIGNED_IN, methods=BOTH),
    "accounts:stop_showing": Rule(who=SIGNED_IN, methods=BOTH),
    "accounts:erase": Rule(
        who=SIGNED_IN, methods=BOTH, tried_in="tests/accounts/test_erasure.py"
    ),
    "accounts:erased": Rule(comes_after=True),
    "accounts:applications": Rule(who=MODERATORS),
    "accounts:application": Rule(who=MODERATORS, methods=BOTH, tried_in=APPLICATIONS),
    "accounts:invitations": Rule(who=MODERATORS, methods=BOTH),
    "accounts:revoke": Rule(who=MODERATORS, methods=WRITE, tried_in=INVITATIONS),
    "accounts:send_anew": Rule(who=MODERATORS, methods=WRITE, tried_in=INVITATIONS),
    # -- the knowledge bank, read by all
    "kunskapsbank:entry_list": READING,
    "kunskapsbank:white_spots": READING,
    "kunskapsbank:collections": READING,
    # No launch contribution is in any; moderators see those that are not published.
    "kunskapsbank:collection": Rule(tried_in=COLLECTIONS),
    "kunskapsbank:tags": READING,
    "kunskapsbank:tag": Rule(tried_in="tests/kunskapsbank/test_subjects_pages.py"),
    "kunskapsbank:organisations": READING,
    "kunskapsbank:organisation": Rule(
        tried_in="tests/kunskapsbank/test_subjects_pages.py"
    ),
    "kunskapsbank:entry": Rule(arguments=slug, statuses=PUBLISHED),
    "kunskapsbank:entry_pdf": Rule(arguments=slug, statuses=PUBLISHED),
    "kunskapsbank:cite_bibtex": Rule(arguments=slug, statuses=PUBLISHED),
    "kunskapsbank:cite_ris": Rule(arguments=slug, statuses=PUBLISHED),
    "kunskapsbank:entry_history": Rule(arguments=slug, statuses=PUBLISHED),
    "kunskapsbank:entry_version": Rule(
        arguments=lambda version: slug(version) | {"number": 1}, statuses=PUBLISHED
    ),
    # -- an author's own
    "kunskapsbank:my_entries": Rule(who=SIGNED_IN),
    "kunskapsbank:my_entry": Rule(who=frozenset({AUTHOR}), arguments=pk),
    "kunskapsbank:take_back": Rule(
        who=frozenset({AUTHOR}), methods=BOTH, arguments=pk, statuses=WAITING
    ),
    "kunskapsbank:withdraw": Rule(
        who=frozenset({AUTHOR}), methods=BOTH, arguments=pk, statuses=PUBLISHED
    ),
    "kunskapsbank:duplicate": Rule(who=frozenset({AUTHOR}), methods=BOTH, arguments=pk),
    # A moderator too, since an owner may be gone; nobody else sees a draft.
    "kunskapsbank:hand_over": Rule(
        who=frozenset({AUTHOR}) | MODERATORS,
        methods=BOTH,
        arguments=pk,
        statuses=EVERY_STATUS - {Status.DRAFT.value},
    ),
    "kunskapsbank:share": Rule(who=frozenset({AUTHOR}), methods=BOTH, arguments=pk),
    "kunskapsbank:appeal": Rule(who=frozenset({AUTHOR}), methods=BOTH, arguments=pk),
    "kunskapsbank:object_to_hiding": Rule(
        who=frozenset({AUTHOR}), methods=BOTH, arguments=pk
    ),
    "kunskapsbank:copy_declined": Rule(
        who=frozenset({AUTHOR}), methods=BOTH, arguments=pk
    ),
    "kunskapsbank:answer_offer": Rule(
        who=SIGNED_IN, methods=WRITE, tried_in="tests/kunskapsbank/test_life_offers.py"
    ),
    "kunskapsbank:shared_draft": SHARED,
    "kunskapsbank:shared_file": SHARED,
    # Anybody is told how; who may write begins a draft.
    "kunskapsbank:propose_change": Rule(
        tried_in="tests/kunskapsbank/test_life_propose.py"
    ),
    "kunskapsbank:confirm": Rule(
        who=frozenset({AUTHOR}), methods=BOTH, arguments=pk, statuses=PUBLISHED
    ),
    # -- whether it still holds, and whether it helped
    "kunskapsbank:still_true": Rule(
        methods=BOTH,
        comes_after=True,
        tried_in="tests/kunskapsbank/test_freshness_answering.py",
    ),
    "kunskapsbank:helpful": Rule(methods=BOTH, arguments=slug, statuses=PUBLISHED),
    "kunskapsbank:helpful_thanks": Rule(
        arguments=slug, statuses=PUBLISHED, comes_after=True
    ),
    "kunskapsbank:review_freshness": Rule(who=MODERATORS),
    "kunskapsbank:review_confirm": Rule(
        who=MODERATORS,
        methods=BOTH,
        tried_in="tests/kunskapsbank/test_freshness_desk.py",
    ),
    "kunskapsbank:helpful_answers": Rule(who=MODERATORS),
    "kunskapsbank:see_helpful": Rule(
        who=MODERATORS, methods=BOTH, tried_in="tests/kunskapsbank/test_helpful.py"
    ),
    # -- writing
    "kunskapsbank:write_start": Rule(methods=BOTH, writers=CONTRIBUTORS),
    "kunskapsbank:write_step": Rule(
        who=frozenset({AUTHOR}), methods=BOTH, arguments=step, statuses=EDITABLE
    ),
    # For the writing form's script; it tells nothing that readers do not meet.
    "kunskapsbank:suggest_tags": Rule(who=CONTRIBUTORS),
    "kunskapsbank:autosave": Rule(
        who=frozenset({AUTHOR}), methods=WRITE, arguments=pk, statuses=EDITABLE
    ),
    "kunskapsbank:paste": Rule(who=frozenset({AUTHOR}), methods=WRITE, arguments=pk),
    "kunskapsbank:write_preview": Rule(who=frozenset({AUTHOR}), arguments=pk),
    "kunskapsbank:receipt": Rule(who=frozenset({AUTHOR}), arguments=pk),
    # -- letters from anybody, and the moderators' answers
    "kunskapsbank:how_we_review": READING,
    "kunskapsbank:tip": Rule(methods=BOTH),
    "kunskapsbank:report_accessibility": Rule(methods=BOTH),
    "kunskapsbank:report_entry": Rule(methods=BOTH, arguments=slug, statuses=PUBLISHED),
    "kunskapsbank:letter_receipt": Rule(
        comes_after=True, tried_in="tests/kunskapsbank/test_letters_sending.py"
    ),
    "kunskapsbank:letters": Rule(who=MODERATORS),
    "kunskapsbank:reports": Rule(who=MODERATORS),
    "kunskapsbank:mail_preferences": Rule(who=MODERATORS, methods=BOTH),
    **{
        f"kunskapsbank:{name}": Rule(
            who=MODERATORS, tried_in="tests/kunskapsbank/test_letters_answering.py"
        )
        for name in LETTER
    },
    # -- following a list by mail; what a signed address shows hangs on what it holds
    "kunskapsbank:follow": Rule(methods=BOTH),
    "kunskapsbank:follow_asked": Rule(comes_after=True),
    **{
        f"kunskapsbank:{act}_following": Rule(
            methods=BOTH,
            comes_after=True,
            tried_in="tests/kunskapsbank/test_following_pages.py",
        )
        for act in ("confirm", "manage", "stop")
    },
    "kunskapsbank:feed": READING,
    # -- the moderators' pages
    "kunskapsbank:review_queue": Rule(who=MODERATORS),
    "kunskapsbank:review_several": Rule(who=MODERATORS, methods=BOTH),
    "kunskapsbank:review_results": Rule(who=MODERATORS),
    "kunskapsbank:broken_links": Rule(who=MODERATORS),
    **{
        f"kunskapsbank:{name}": Rule(
            who=MODERATORS,
            methods=WRITE,
            tried_in="tests/kunskapsbank/test_reviewing_links.py",
        )
        for name in ("ignore_link_failure", "heed_link_failure", "check_link_now")
    },
    "kunskapsbank:missed_searches": Rule(who=MODERATORS),
    "kunskapsbank:synonyms": Rule(who=MODERATORS),
    "kunskapsbank:add_synonyms": Rule(who=MODERATORS, methods=BOTH),
    "kunskapsbank:change_synonyms": Rule(
        who=MODERATORS, methods=BOTH, tried_in=SEARCHES
    ),
    "kunskapsbank:remove_synonyms": Rule(
        who=MODERATORS, methods=WRITE, tried_in=SEARCHES
    ),
    "kunskapsbank:reply_templates": Rule(who=MODERATORS),
    "kunskapsbank:add_reply_template": Rule(who=MODERATORS, methods=BOTH),
    "kunskapsbank:reply_template": Rule(
        who=MODERATORS, methods=BOTH, tried_in=REVIEWING_DESK
    ),
    "kunskapsbank:remove_reply_template": Rule(
        who=MODERATORS, methods=WRITE, tried_in=REVIEWING_DESK
    ),
    "kunskapsbank:review_gaps": Rule(who=MODERATORS),
    "kunskapsbank:review_collections": Rule(who=MODERATORS),
    "kunskapsbank:start_collection": Rule(who=MODERATORS, methods=BOTH),
    **{
        f"kunskapsbank:{name}": Rule(who=MODERATORS, methods=BOTH, tried_in=COLLECTIONS)
        for name in ("review_collection", "delete_collection")
    },
    **{
        f"kunskapsbank:{name}": Rule(
            who=MODERATORS, methods=WRITE, tried_in=COLLECTIONS
        )
        for name in ("publish_collection", "unpublish_collection")
    },
    "kunskapsbank:review_tags": Rule(who=MODERATORS),
    **{
        f"kunskapsbank:{name}": Rule(who=MODERATORS, methods=BOTH, tried_in=TAGS)
        for name in ("rename_tag", "merge_tag", "split_tag")
    },
    "kunskapsbank:review_tag": Rule(who=MODERATORS, tried_in=TAGS),
    **{
        f"kunskapsbank:{name}": Rule(who=MODERATORS, methods=WRITE, tried_in=TAGS)
        for name in ("forbid_tag", "allow_tag")
    },
    "kunskapsbank:erase_note": Rule(
        who=MODERATORS, methods=WRITE, tried_in=REVIEWING_DESK
    ),
    # An appeal is there only after one: see the same file.
    "kunskapsbank:review_appeal": Rule(
        who=MODERATORS, methods=BOTH, arguments=pk, statuses=frozenset()
    ),
    "kunskapsbank:review_entry": Rule(
        who=MODERATORS, arguments=entry_pk, statuses=HANDED_IN
    ),
    **{
        f"kunskapsbank:review_{act}": Rule(
            who=MODERATORS, methods=BOTH, arguments=entry_pk, statuses=HANDED_IN
        )
        for act in ("hide", "show", "hiding", "undo", "address", "give")
    },
    "kunskapsbank:add_note": Rule(
        who=MODERATORS, methods=WRITE, arguments=entry_pk, statuses=HANDED_IN
    ),
    "kunskapsbank:diary_package": Rule(
        who=MODERATORS, arguments=entry_pk, statuses=HANDED_IN
    ),
    "kunskapsbank:review": Rule(
        who=MODERATORS, methods=BOTH, arguments=pk, statuses=HANDED_IN
    ),
    "kunskapsbank:review_edit": Rule(
        who=MODERATORS, methods=BOTH, arguments=pk, statuses=HANDED_IN
    ),
    **{
        f"kunskapsbank:review_{act}": Rule(
            who=MODERATORS, methods=WRITE, arguments=pk, statuses=HANDED_IN
        )
        for act in ("claim", "release", "check_links")
    },
    "kunskapsbank:review_suppress": Rule(
        who=MODERATORS,
        methods=BOTH,
        arguments=pk,
        statuses=frozenset({Status.REPLACED.value}),
    ),
}
