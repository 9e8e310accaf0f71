"""What commands about people share."""

from django.core.management.base import CommandError

from quizzes.models import User
from quizzes.names import fold


def account(name: str) -> User:
    """The account of a name. Raises CommandError where there is none."""
    if found := User.objects.filter(folded=fold(name)).first():
        return found
    raise CommandError(f"There is no account {name!r}.")
