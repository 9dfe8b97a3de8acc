"""The part of `tests/policy.py` that is about the follow-up."""

from tests.rules import BOTH, DOCUMENT_OWNERS, EMPLOYEES, WRITE, Rule

INDICATORS = Rule(tried_in="tests/uppfoljning/test_indicator_views.py")
EDITIONS = "tests/uppfoljning/test_editions_pages.py"
INITIATIVES = "tests/uppfoljning/test_initiative_pages.py"
INITIATIVES_DESK = "tests/uppfoljning/test_initiative_desk.py"
REPORTS = "tests/uppfoljning/test_report_pages.py"

FOLLOW_UP = {
    "uppfoljning:start": Rule(),
    "uppfoljning:viljeinriktning": INDICATORS,
    "uppfoljning:viljeinriktning_csv": INDICATORS,
    "uppfoljning:fokusomrade": INDICATORS,
    "uppfoljning:fokusomrade_csv": INDICATORS,
    "uppfoljning:indicator": INDICATORS,
    "uppfoljning:indicator_csv": INDICATORS,
    "uppfoljning:indicators": INDICATORS,
    "uppfoljning:indicators_csv": INDICATORS,
    "uppfoljning:initiatives": Rule(),
    "uppfoljning:initiatives_csv": Rule(),
    # There is none until somebody tells of one.
    "uppfoljning:initiative": Rule(tried_in=INITIATIVES),
    # Anybody is told how; who may write begins a draft.
    "uppfoljning:new_initiative": Rule(methods=BOTH, writers=EMPLOYEES),
    "uppfoljning:change_initiative": Rule(tried_in=INITIATIVES_DESK),
    **{f"uppfoljning:plan{name}": Rule() for name in ("", "_sheet", "_xlsx", "_csv")},
    "uppfoljning:my_initiatives": Rule(who=EMPLOYEES),
    **{
        f"uppfoljning:{name}": Rule(
            who=EMPLOYEES, methods=BOTH, tried_in=INITIATIVES_DESK
        )
        for name in ("edit_initiative", "erase_initiative", "withdraw_initiative")
    },
    "uppfoljning:import_initiatives": Rule(
        who=EMPLOYEES,
        methods=BOTH,
        tried_in="tests/uppfoljning/test_initiative_import.py",
    ),
    "uppfoljning:initiative_template": Rule(who=EMPLOYEES),
    "uppfoljning:initiative_text": Rule(who=EMPLOYEES, tried_in=INITIATIVES_DESK),
    **{
        f"uppfoljning:{name}_initiative": Rule(
            who=EMPLOYEES, methods=WRITE, tried_in=INITIATIVES_DESK
        )
        for name in ("take_back", "copy")
    },
    "uppfoljning:review_initiatives": Rule(who=DOCUMENT_OWNERS),
    "uppfoljning:review_initiative": Rule(
        who=DOCUMENT_OWNERS, methods=BOTH, tried_in=INITIATIVES_DESK
    ),
    "uppfoljning:reopen_initiative": Rule(
        who=DOCUMENT_OWNERS, methods=WRITE, tried_in=INITIATIVES_DESK
    ),
    "uppfoljning:values_upload": Rule(who=DOCUMENT_OWNERS, methods=BOTH),
    "uppfoljning:editions": Rule(who=DOCUMENT_OWNERS),
    "uppfoljning:edition_draft": Rule(who=DOCUMENT_OWNERS, methods=BOTH),
    "uppfoljning:edition": Rule(who=DOCUMENT_OWNERS, tried_in=EDITIONS),
    "uppfoljning:edition_lineage": Rule(
        who=DOCUMENT_OWNERS, methods=WRITE, tried_in=EDITIONS
    ),
    "uppfoljning:edition_in_force": Rule(
        who=DOCUMENT_OWNERS, methods=BOTH, tried_in=EDITIONS
    ),
    "uppfoljning:edition_end": Rule(
        who=DOCUMENT_OWNERS, methods=BOTH, tried_in=EDITIONS
    ),
    "uppfoljning:reports": Rule(),
    # There is none until one is adopted.
    **{
        f"uppfoljning:{name}": Rule(tried_in=REPORTS)
        for name in (
            "report",
            "report_csv",
            "report_json",
            "report_pdf",
            "report_extract",
            "report_extract_csv",
        )
    },
    "uppfoljning:work": Rule(who=EMPLOYEES),
    "uppfoljning:start_period": Rule(
        who=DOCUMENT_OWNERS, methods=WRITE, tried_in=REPORTS
    ),
    "uppfoljning:work_on": Rule(who=EMPLOYEES, tried_in=REPORTS),
    "uppfoljning:assessment": Rule(who=EMPLOYEES, methods=BOTH, tried_in=REPORTS),
    **{
        f"uppfoljning:{name}": Rule(who=EMPLOYEES, methods=WRITE, tried_in=REPORTS)
        for name in ("autosave_assessment", "take_back_assessment")
    },
    **{
        f"uppfoljning:{name}": Rule(
            who=DOCUMENT_OWNERS, methods=WRITE, tried_in=REPORTS
        )
        for name in ("assign_areas", "make_report_pdf", "decide_assessment")
    },
    **{
        f"uppfoljning:{name}": Rule(who=DOCUMENT_OWNERS, methods=BOTH, tried_in=REPORTS)
        for name in ("adopt_report", "correct_report")
    },
    "uppfoljning:^hitta-statistik/": Rule(tried_in="tests/test_crawl.py"),
}
