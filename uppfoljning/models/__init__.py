"""What the follow-up keeps: indicators, initiatives, assessments and reports."""

from uppfoljning.models.importing import Fetch, ImportRun, ValueUpload
from uppfoljning.models.indicators import (
    Indicator,
    IndicatorFokusomradeLink,
    IndicatorPrioriteringLink,
    Measurement,
    MeasurementRevision,
    Place,
)
from uppfoljning.models.initiatives import (
    Initiative,
    InitiativeEvent,
    InitiativeText,
)
from uppfoljning.models.openness import PageViews
from uppfoljning.models.reports import (
    Adoption,
    Assessment,
    AssessmentEvent,
    Report,
    ReportCorrection,
    ReportPdf,
)

__all__ = [
    "Adoption",
    "Assessment",
    "AssessmentEvent",
    "Fetch",
    "ImportRun",
    "Indicator",
    "IndicatorFokusomradeLink",
    "IndicatorPrioriteringLink",
    "Initiative",
    "InitiativeEvent",
    "InitiativeText",
    "Measurement",
    "MeasurementRevision",
    "PageViews",
    "Place",
    "Report",
    "ReportCorrection",
    "ReportPdf",
    "ValueUpload",
]
