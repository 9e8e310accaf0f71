"""What is wrong with a statement."""


class SqlError(Exception):
    """`state` is the SQLSTATE; empty where PostgreSQL knows what this engine does not. `position` counts from 1."""

    def __init__(self, state: str, message: str, position: int) -> None:
        super().__init__(message)
        self.state, self.message, self.position = state, message, position

    def sentence(self) -> str:
        """For the one who has typed it."""
        if not self.state:
            return f"{self.message}, at character {self.position}."
        return f"Error {self.state} at character {self.position}: {self.message}."


def beyond(what: str, position: int) -> SqlError:
    """PostgreSQL may well understand this."""
    return SqlError("", f"PostgreSQL may know this, the miniature does not: {what}", position)
