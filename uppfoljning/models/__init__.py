"""What the follow-up keeps: indicators, initiatives, assessments and reports."""
