"""The site's role in the database adds to history, and cannot change it (16.4.2)."""

import re
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection, transaction

from kunskapsbank.models import ReviewEvent
from livskvalitet import soundness
from livskvalitet.doctor import keeping
from livskvalitet.doctor.findings import Examined
from programme import pdf
from tests.factories import UserFactory
from tests.kunskapsbank import stories
from tests.racing import HAS_ROW_LOCKS
from tests.uppfoljning import reporting
from uppfoljning.models import Adoption, ReportPdf
from uppfoljning.workflow import report_files

pytestmark = pytest.mark.django_db

ROLES = Path("deploy/roles.sql")
SHALLOW = Examined(is_full=False, address="")


def test_what_is_only_added_to_is_what_the_role_may_not_change():
    (revoked,) = re.findall(r"REVOKE UPDATE, DELETE ON([^;]+)FROM", ROLES.read_text())

    assert set(revoked.replace(",", " ").split()) == set(soundness.ADDED_TO)


if HAS_ROW_LOCKS:

    @pytest.fixture
    def site_role():
        """As the site runs; the role goes with the transaction of the test."""
        run(
            "CREATE ROLE livskvalitet", ROLES.read_text(), "SET LOCAL ROLE livskvalitet"
        )
        yield
        run("RESET ROLE")

    def run(*statements):
        with connection.cursor() as cursor:
            for each in statements:
                cursor.execute(each)

    @pytest.mark.usefixtures("site_role")
    def test_site_does_what_it_does_by_its_own_role(monkeypatch):
        monkeypatch.setattr(pdf, "make", lambda page: b"%PDF-")
        owner = UserFactory(document_owner=True)
        before = ReviewEvent.objects.count()

        stories.published(stories.author())
        report = reporting.a_report(owner)
        reporting.all_done(report, owner)
        reporting.adopted(report, owner)
        report_files.make_pdf(Adoption.objects.get())

        assert ReviewEvent.objects.count() > before
        assert ReportPdf.objects.count() == 1
        assert [*keeping.role(SHALLOW)] == []

    @pytest.mark.usefixtures("site_role")
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE {} SET id = id",
            "DELETE FROM {}",
            "TRUNCATE {} CASCADE",
            "DROP TRIGGER {}_no_UPDATE ON {}",
            "ALTER TABLE {} DISABLE TRIGGER ALL",
            "DROP TABLE {} CASCADE",
        ],
    )
    def test_site_s_own_role_cannot_change_history(statement):
        for table in soundness.ADDED_TO:
            with pytest.raises(ProgrammingError), transaction.atomic():
                run(statement.replace("{}", table))

    def test_triggers_that_are_disabled_are_missed():
        before = soundness.missing_triggers()
        run("ALTER TABLE kunskapsbank_reviewevent DISABLE TRIGGER USER")

        assert before == set()
        assert soundness.missing_triggers() == {
            f"kunskapsbank_reviewevent_no_{verb}" for verb in ("UPDATE", "DELETE")
        }

    def test_doctor_warns_while_the_site_owns_its_tables():
        (found,) = keeping.role(SHALLOW)

        assert "får ändra historiken" in found.text

    @pytest.mark.usefixtures("site_role")
    def test_doctor_warns_while_the_site_owns_the_database():
        """Who owns it may drop its tables, whoever owns those."""
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        run(
            "RESET ROLE",
            f"ALTER DATABASE {name} OWNER TO livskvalitet",
            "SET LOCAL ROLE livskvalitet",
        )

        (found,) = keeping.role(SHALLOW)

        assert "får ändra historiken" in found.text
