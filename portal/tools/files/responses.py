"""Give a stored file out: called by a package's own view, after it asked who may."""

from django.http import FileResponse, Http404

from .actions import private_storage
from .models import StoredFile


def send(file: StoredFile) -> FileResponse:
    """The bytes of a file: photos to be looked at, documents to be saved; nothing keeps a copy."""
    try:
        data = private_storage().open(file.path)
    except FileNotFoundError as lost:
        raise Http404 from lost
    response = FileResponse(
        data,
        as_attachment=file.kind != StoredFile.Kind.PHOTO,
        filename=file.name if file.kind != StoredFile.Kind.PHOTO else f"{file.pk}.jpg",
        content_type=file.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
