"""The sheet for a plan of operations."""

from django.urls import path

from uppfoljning.views import plan

_ALL = "uppfoljning/verksamhetsplan/"

urlpatterns = [
    path(_ALL, plan.choose, name="plan"),
    path(f"{_ALL}blad/", plan.sheet, name="plan_sheet"),
    path(f"{_ALL}blad.xlsx", plan.sheet_xlsx, name="plan_xlsx"),
    path(f"{_ALL}blad.csv", plan.sheet_csv, name="plan_csv"),
]
