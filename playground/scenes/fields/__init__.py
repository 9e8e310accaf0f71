"""Fields: bytes laid out as a header, so many bits a row under a ruler; the layout “as fields” of bytes."""

from playground.scenes.fields.value import Field, Fields, Tally

__all__ = ["Field", "Fields", "Tally"]
