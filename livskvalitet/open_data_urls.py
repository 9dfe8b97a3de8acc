"""Where open data is read: /oppna-data/, /api/, /datasets/ and the names of things."""

from django.urls import path

from livskvalitet.open_data.api import api
from livskvalitet.views import open_data

urlpatterns = [
    path("api/v1/", api.urls),
    path("oppna-data/", open_data.OpenDataPage.as_view(), name="open_data"),
    path("oppna-data/api/", open_data.ApiPage.as_view(), name="open_data_api"),
    path("oppna-data/allt.json", open_data.everything, name="open_data_everything"),
    path("oppna-data/schema.json", open_data.schema, name="open_data_schema"),
    path("oppna-data/<slug:table>.csv", open_data.as_csv, name="open_data_csv"),
    path("oppna-data/<slug:table>.xlsx", open_data.as_xlsx, name="open_data_xlsx"),
    path("datasets/dcat", open_data.catalogue, name="catalogue"),
    path("datasets/dcat.rdf", open_data.catalogue, name="catalogue_file"),
    path("id/bidrag/<str:number>", open_data.identified, name="identified_entry"),
]
