"""The part of `tests/policy.py` that is about the follow-up."""

from tests.rules import Rule

INDICATORS = Rule(tried_in="tests/uppfoljning/test_indicator_views.py")

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
    "uppfoljning:^hitta-statistik/": Rule(tried_in="tests/test_crawl.py"),
}
