"""Files are stored once, given out as they are, and never changed; lost bytes are cleared."""

import hashlib
from datetime import timedelta

import pytest
from django import forms
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.utils import timezone

from portal.settings import base
from portal.tools.evidence.models import EvidenceIsFixed
from portal.tools.files import actions, responses, tasks
from portal.tools.files.forms import DocumentField, PhotoField
from portal.tools.files.models import StoredFile
from portal.tools.files.reading import FileRefused
from portal.tools.keys import new_key
from portal.tools.privacy import cipher
from tests.factories import uploads

COMPOUND, BY = new_key(), new_key()


@pytest.fixture
def stored(db, noon):
    return actions.store(uploads.photo("门.jpg"), compound=COMPOUND, by=BY, at=noon)


def bytes_of(file: StoredFile) -> bytes:
    with actions.private_storage().open(file.path) as data:
        return data.read()


def test_a_file_says_what_it_is(stored, noon):
    data = bytes_of(stored)
    facts = (stored.compound, stored.kind, stored.content_type, stored.by, stored.at)
    assert facts == (COMPOUND, "photo", "image/jpeg", BY, noon)
    assert stored.names.get().name == "门.jpg"
    assert (stored.size, stored.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert stored.path == f"compound/{COMPOUND}/{stored.pk}"


def test_the_name_of_a_file_is_read_in_no_table(stored):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM files_filename")
        (kept,) = cursor.fetchone()
    assert "门" not in kept and kept.startswith(cipher.current_prefix())


def test_a_name_can_be_taken_away_while_the_file_stays(db, noon):
    kind = StoredFile.Kind.DOCUMENT
    stored = actions.store(uploads.pdf("张三.pdf"), compound=COMPOUND, by=BY, at=noon, kind=kind)
    stored.names.all().delete()
    assert f"{stored.pk}.pdf" in responses.send(stored)["Content-Disposition"]


def test_a_document_is_kept_byte_by_byte(db, noon):
    kind = StoredFile.Kind.DOCUMENT
    stored = actions.store(uploads.pdf(), compound=COMPOUND, by=BY, at=noon, kind=kind)
    assert bytes_of(stored) == uploads.PDF


def test_what_is_refused_leaves_nothing(db, noon):
    with pytest.raises(FileRefused):
        actions.store(uploads.pdf(), compound=COMPOUND, by=BY, at=noon)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    "sql", ["UPDATE files_storedfile SET size = 0", "DELETE FROM files_storedfile"]
)
def test_the_application_cannot_change_a_file(stored, sql):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(sql)


def test_code_is_told_early(stored):
    with pytest.raises(EvidenceIsFixed):
        stored.save()


def test_a_photo_is_shown_and_kept_nowhere(stored):
    response = responses.send(stored)
    assert b"".join(response.streaming_content) == bytes_of(stored)
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith("inline")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


def test_a_document_is_saved_under_its_name(db, noon):
    kind = StoredFile.Kind.DOCUMENT
    stored = actions.store(uploads.pdf("报告.pdf"), compound=COMPOUND, by=BY, at=noon, kind=kind)
    response = responses.send(stored)
    assert response["Content-Disposition"].startswith("attachment")
    assert "%E6%8A%A5%E5%91%8A.pdf" in response["Content-Disposition"]


def test_lost_bytes_are_not_found(stored):
    actions.private_storage().delete(stored.path)
    with pytest.raises(Http404):
        responses.send(stored)


def test_bytes_without_a_row_are_cleared_after_a_day(db, noon):
    storage = actions.private_storage()
    at = timezone.now()
    kept = actions.store(uploads.photo(), compound=COMPOUND, by=BY, at=noon)
    with pytest.raises(RuntimeError), transaction.atomic():
        lost = actions.store(uploads.photo(), compound=COMPOUND, by=BY, at=noon)
        raise RuntimeError
    assert storage.exists(lost.path)
    tasks.clear_orphans(at=at)
    assert storage.exists(lost.path)
    tasks.clear_orphans(at=at + timedelta(days=1, seconds=10))
    assert (storage.exists(kept.path), storage.exists(lost.path)) == (True, False)


def test_what_is_no_compounds_is_left_alone(db, noon):
    storage = actions.private_storage()
    storage.save("compound/readme/note", ContentFile(b"x"))
    tasks.clear_orphans(at=timezone.now() + timedelta(days=2))
    assert storage.exists("compound/readme/note")


def test_the_bytes_lie_outside_the_public_media():
    location = base.PRIVATE_FILES["OPTIONS"]["location"]
    assert base.MEDIA_ROOT not in (location, *location.parents)
    assert base.PRIVATE_FILES["OPTIONS"]["base_url"] is None


class BothForm(forms.Form):
    photo = PhotoField()
    document = DocumentField(required=False)


def test_a_form_hands_over_what_is_readied(db, noon):
    form = BothForm({}, {"photo": uploads.photo()})
    assert form.is_valid()
    assert form.cleaned_data["document"] is None
    stored = actions.store(form.cleaned_data["photo"], compound=COMPOUND, by=BY, at=noon)
    assert stored.content_type == "image/jpeg"


def test_a_form_says_everything_that_is_wrong():
    form = BothForm({}, {"photo": uploads.pdf(), "document": uploads.photo()})
    assert form.errors == {
        "photo": ["这不是可以打开的照片。请选择 JPEG、PNG、WebP 或 HEIC 格式的照片。"],
        "document": ["这不是完整的 PDF 文件。请另存为 PDF 后再选择。"],
    }
