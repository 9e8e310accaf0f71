"""Django's name for this app, and what it hands in to the core."""

from django.apps import AppConfig

from playground.drawn import symbols


class PlaygroundConfig(AppConfig):
    name = "playground"
    verbose_name = "Playground"

    def ready(self) -> None:
        symbols.hand_in()
