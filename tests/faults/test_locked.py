"""The database is locked, slow or gone for a while (trust R18, R26, R29)."""

import psycopg
import pytest

from tests.faults import databases
from tests.racing import HAS_ROW_LOCKS

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture(scope="module")
def prepared(site):
    return site.run("inside.prepare(2)")


@pytest.fixture(scope="module")
def served(site, prepared):
    with site.served() as running:
        yield running


@pytest.mark.trust("R26")
def test_a_write_that_meets_a_lock_is_given_back_and_saved_when_it_is_gone(
    served, prepared
):
    draft, session = prepared["drafts"][0], prepared["session"]

    with databases.locked(served.url):
        refused = served.submit(draft, session)

    assert refused.status == 503
    assert refused.headers["retry-after"] == "60"
    assert f'name="key" value="{draft["key"]}"' in refused.text
    assert served.submit(draft, session).status == 302
    assert served.run(f"inside.wholeness({draft['pk']})") == "whole"


if HAS_ROW_LOCKS:
    HIDE = "ALTER TABLE programme_term RENAME TO hidden_term"
    SLOW = (
        "CREATE VIEW programme_term AS SELECT hidden_term.* "
        "FROM hidden_term, pg_sleep(30)"
    )
    SHOW = (
        "DROP VIEW programme_term",
        "ALTER TABLE hidden_term RENAME TO programme_term",
    )

    @pytest.mark.trust("R26")
    def test_a_slow_question_is_ended_and_the_next_is_answered(served):
        with psycopg.connect(served.url, autocommit=True) as link:
            link.execute(HIDE)
            link.execute(SLOW)
            slow = served.get("/ordlista/")
            for statement in SHOW:
                link.execute(statement)

        assert slow.status == 503
        assert slow.headers["retry-after"] == "60"
        assert served.get("/ordlista/").status == 200

    @pytest.mark.trust("R29")
    def test_a_migration_that_meets_a_lock_does_nothing_and_can_be_run_again(site):
        before = site.run("inside.applied('livskvalitet')")
        with psycopg.connect(site.url) as link:
            link.execute("LOCK TABLE livskvalitet_readonly IN ACCESS SHARE MODE")
            said = site.run("inside.migrate('livskvalitet', 'zero')")
            link.rollback()

        meanwhile = site.run("inside.applied('livskvalitet')")
        again = site.run("inside.migrate('livskvalitet', 'zero')")
        forward = site.run("inside.migrate('livskvalitet')")

        assert "run it again" in said
        assert meanwhile == before
        assert (again, forward) == ("", "")
        assert site.run("inside.applied('livskvalitet')") == before
