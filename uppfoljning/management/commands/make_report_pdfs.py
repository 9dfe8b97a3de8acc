"""manage.py make_report_pdfs: make the files of adopted reports that have none, for
instance since WeasyPrint was installed later. They are made of what was adopted."""

from django.core.management.base import BaseCommand, CommandError

from programme import pdf
from uppfoljning.models import Adoption
from uppfoljning.workflow.report_files import make_pdf


class Command(BaseCommand):
    help = "Make the PDF files of adopted reports that have none."

    def handle(self, *args: object, **options: object) -> None:
        """Raises CommandError where WeasyPrint or Pango is missing."""
        waiting = Adoption.objects.without_pdf().select_related("report")
        if waiting and not pdf.is_available():
            raise CommandError("WeasyPrint, or the Pango that it needs, is missing.")
        for adoption in waiting:
            made = make_pdf(adoption)
            self.stdout.write(f"{adoption.report.year}: {made.sha256}")
        self.stdout.write(f"Made: {len(waiting)}.")
