"""How a request is named in the log: by its route and the two public words in it."""

from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware

from .visitors import FROM_KEPT

PUBLIC_WORDS = ("code", "number")  # a compound's code, a meeting's number
SECRET_VOTING = ("/vote/", "/receipts/")  # who sent which ballot when is nobody's business


class NamedRequests(RequestMiddleware):
    """Log each request once, when it is done."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        match = request.resolver_match
        if match is None:
            public = hasattr(request, FROM_KEPT)
            return f"{request.method} {request.path}" if public else str(request.method)
        if not match.route or match.route.startswith("^"):  # Wagtail's pages: public all of them
            return f"{request.method} {request.path}"
        words = [f"{w}={match.kwargs[w]}" for w in PUBLIC_WORDS if w in match.kwargs]
        return " ".join([str(request.method), f"/{match.route}", *words])

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        if not any(word in request.path for word in SECRET_VOTING):
            RequestMiddleware.bind_user_id(request)
