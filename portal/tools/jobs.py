"""The one door to the task queue."""


def on_app_ready(app: object) -> None:
    pass
