"""Attachments while writing, and the files themselves."""

from django.urls import URLPattern, path

from kunskapsbank.views import attachment, files

_ONE = "bidra/<int:pk>/filer/<int:file_pk>/"

urlpatterns: list[URLPattern] = [
    path("bidra/<int:pk>/filer/", files.files, name="files"),
    path(_ONE, files.file_describe, name="file_describe"),
    path(f"{_ONE}byt/", files.file_replace, name="file_replace"),
    path(f"{_ONE}ta-bort/", files.file_remove, name="file_remove"),
    path(f"{_ONE}flytta/", files.file_move, name="file_move"),
    path("filer/<int:pk>/<str:name>", attachment.attachment, name="attachment"),
    path("filer/<int:pk>/miniatyr/<str:name>", attachment.thumbnail, name="thumbnail"),
]
