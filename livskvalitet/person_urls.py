"""Addresses of a person's own account. They share the namespace of `accounts`, whose
pages they stand among, but gather from the apps after it."""

from django.urls import path

from accounts.urls import people
from livskvalitet.views import person

urlpatterns = [
    *people.urlpatterns,
    path("konto/", person.account, name="account"),
    path("konto/raderat/", person.erased, name="erased"),
    path("konto/uppgifter/", person.own_data, name="own_data"),
    path("konto/uppgifter/hamta/", person.download, name="download_own_data"),
    path("konto/uppgifter/<int:pk>/namn/", person.choose_name, name="choose_name"),
    path("konto/uppgifter/ta-bort-namnet/", person.anonymise, name="anonymise"),
    path("konto/uppgifter/sluta-visa/", person.stop_showing, name="stop_showing"),
    path("konto/uppgifter/radera/", person.erase, name="erase"),
]
