"""How the bytes of an upload are received (trust B2, 5.2.1, R24)."""

import io
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from kunskapsbank.uploads.limits import MAX_READ, MAX_UPLOAD


class LimitedUpload(FileUploadHandler):
    """Keeps a file in memory, up to the limit; nothing is ever left on disk.

    What is larger is read and thrown away, and what is far larger is cut off at once.
    `request.cut_upload` then holds the file's name and its size in bytes. Of what
    somebody sends who is not signed in, nothing is kept but the name, so that they can
    be told which file to choose again (trust R8).
    """

    request: Any
    received = 0

    def handle_raw_input(
        self, input_data, META, content_length, boundary, encoding=None
    ):
        self.total = content_length

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.is_known = settings.SESSION_COOKIE_NAME in self.request.COOKIES
        self.content = io.BytesIO()
        self.is_cut = False
        if self.total > MAX_READ:
            self.request.cut_upload = (self.file_name, self.total)
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received > MAX_READ:  # it said less than it is
            self.request.cut_upload = (self.file_name, self.received)
            raise StopUpload(connection_reset=True)
        if self.received > MAX_UPLOAD:
            self.is_cut = True
            self.content = io.BytesIO()
        if self.is_known and not self.is_cut:
            self.content.write(raw_data)

    def file_complete(self, file_size):
        if self.is_cut:
            self.request.cut_upload = (self.file_name, file_size)
            return None
        self.content.seek(0)
        return InMemoryUploadedFile(
            file=self.content,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size if self.is_known else 0,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
