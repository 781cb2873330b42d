"""Giving out a picture's file. Who may see it has been asked by whoever calls."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from youthvoice.pictures.queries import path_of


def served(file_name: str) -> FileResponse:
    """A file of the store as what it is; raises Http404 where it is missing."""
    try:
        file = default_storage.open(path_of(file_name))
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type="image/jpeg")
    response["Content-Disposition"] = "inline"
    return response
