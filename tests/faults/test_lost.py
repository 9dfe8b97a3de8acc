"""PostgreSQL is stopped as by kill -9, while people write (trust R17, R18)."""

import threading

import pytest

from tests import postgres
from tests.faults import databases
from tests.faults.site import Site
from tests.racing import HAS_ROW_LOCKS

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
DRAFTS = 24

if HAS_ROW_LOCKS:

    @pytest.fixture
    def cluster(database_template):
        """A server of its own that keeps what it has said yes to."""
        with postgres.server(is_durable=True) as running:
            running.fill_from(databases.address_of(database_template))
            yield running

    @pytest.mark.trust("R17", "R18")
    def test_all_that_was_acknowledged_is_there_when_the_server_is_back(
        cluster, tmp_path
    ):
        with Site(tmp_path, cluster.url).beside() as site, site.served(workers=2):
            prepared = site.run(f"inside.prepare({DRAFTS})")
            accepted, crashed, half = [], [], threading.Event()
            threads = [
                threading.Thread(
                    target=_submit,
                    args=[site, prepared, part, accepted, crashed, half],
                )
                for part in range(3)
            ]
            for each in threads:
                each.start()
            half.wait(60)

            cluster.stop_at_once()

            for each in threads:
                each.join()
            lost = site.get("/ordlista/")
            refused = site.submit(prepared["drafts"][-1], prepared["session"])
            cluster.start_again()
            site.wait_for(lambda: site.get("/ordlista/").status == 200)
            found = {pk: site.run(f"inside.wholeness({pk})") for pk in accepted}
            others = [each["pk"] for each in prepared["drafts"]]
            whole = [site.run(f"inside.wholeness({pk})") for pk in others]
            again = site.submit(prepared["drafts"][-1], prepared["session"])

        assert accepted
        assert not crashed, crashed
        assert found == dict.fromkeys(accepted, "whole")
        assert [each for each in whole if each not in ("whole", "nothing")] == []
        for answer in (lost, refused):
            assert (answer.status, answer.headers["retry-after"]) == (503, "60")
        assert again.status == 302


def _submit(site, prepared, part, accepted, crashed, half):
    """Send in each third draft until the server is gone."""
    for draft in prepared["drafts"][part:-1:3]:
        answer = site.submit(draft, prepared["session"])
        if answer.status == 302:
            accepted.append(draft["pk"])
        elif answer.status != 503:
            crashed.append((answer.status, answer.text[:300]))
        if len(accepted) >= DRAFTS // 3:
            half.set()
