"""The part of `tests/policy.py` that is about what ties prioriteringar."""

from tests.rules import BOTH, MODERATORS, SIGNED_IN, Rule

READING = Rule()
PAGES = "tests/kunskapsbank/test_connection_pages.py"
DESK = "tests/kunskapsbank/test_connection_desk.py"

CONNECTIONS: dict[str, Rule] = {
    "kunskapsbank:connections": READING,
    "kunskapsbank:connection_pair": Rule(tried_in=PAGES),
    "kunskapsbank:connection": Rule(tried_in=PAGES),
    # Anybody is told how.
    "kunskapsbank:propose_connection": Rule(methods=BOTH, writers=SIGNED_IN),
    "kunskapsbank:my_connections": Rule(who=SIGNED_IN),
    "kunskapsbank:review_connections": Rule(who=MODERATORS),
    "kunskapsbank:review_connection": Rule(who=MODERATORS, methods=BOTH, tried_in=DESK),
    "kunskapsbank:goal_chain": Rule(tried_in=PAGES),
}
