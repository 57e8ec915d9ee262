"""Addresses of what runs, below /operations/."""

from django.urls import path

from portal.oversight.views import operations

app_name = "oversight"
urlpatterns = [
    path("", operations.operations, name="operations"),
    path("retry/", operations.retry_all, name="retry-all"),
    path("retry/<int:job>/", operations.retry, name="retry"),
]
