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
    is_photo = file.kind == StoredFile.Kind.PHOTO
    response = FileResponse(
        data,
        as_attachment=not is_photo,
        filename=f"{file.pk}.jpg" if is_photo else _name_of(file),
        content_type=file.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _name_of(document: StoredFile) -> str:
    """The name it was handed in under; its id where that was taken away."""
    named = document.names.first()
    return named.name if named is not None else f"{document.pk}.pdf"
