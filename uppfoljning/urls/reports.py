"""Reports, and where they are made."""

from django.urls import path, register_converter

from uppfoljning.views.reports import adopting, reading, work, writing


class AreaConverter:
    """The number of a fokusområde: 4.1.1 is written 4-1-1."""

    regex = "[0-9]+-[0-9]+-[0-9]+"

    def to_python(self, value):
        return value.replace("-", ".")

    def to_url(self, value):
        return value.replace(".", "-")


class YearConverter:
    regex = "[0-9]{4}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


register_converter(AreaConverter, "omrade")
register_converter(YearConverter, "ar")

_REPORT = "uppfoljning/rapporter/<ar:year>/"
_EXTRACT = f"{_REPORT}utdrag/<ar:of_year>/"
_WORK = "uppfoljning/arbete/<ar:year>/"
_AREA = f"{_WORK}<omrade:place>/"

urlpatterns = [
    path("uppfoljning/rapporter/", reading.reports, name="reports"),
    path(_REPORT, reading.report, name="report"),
    path(f"{_REPORT}rapport.csv", reading.report_csv, name="report_csv"),
    path(f"{_REPORT}rapport.json", reading.report_json, name="report_json"),
    path(f"{_REPORT}rapport.pdf", reading.report_pdf, name="report_pdf"),
    path(_EXTRACT, reading.extract, name="report_extract"),
    path(f"{_EXTRACT}utdrag.csv", reading.extract_csv, name="report_extract_csv"),
    path("uppfoljning/arbete/", work.work, name="work"),
    path("uppfoljning/arbete/ny/", work.start_period, name="start_period"),
    path(_WORK, work.work_on, name="work_on"),
    path(f"{_WORK}fordela/", work.assign_areas, name="assign_areas"),
    path(f"{_WORK}faststall/", adopting.adopt, name="adopt_report"),
    path(f"{_WORK}ratta/", adopting.correct, name="correct_report"),
    path(f"{_WORK}gor-pdf/", work.make_pdf_again, name="make_report_pdf"),
    path(_AREA, writing.assessment, name="assessment"),
    path(f"{_AREA}spara/", writing.autosave_assessment, name="autosave_assessment"),
    path(f"{_AREA}ta-tillbaka/", writing.take_back, name="take_back_assessment"),
    path(f"{_AREA}besluta/", writing.decide, name="decide_assessment"),
]
