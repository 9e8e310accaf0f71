"""What is kept: people, quizzes, what they answered, and the log."""

from quizzes.models.attempts import Answer, Attempt, Extension, Save
from quizzes.models.log import Entry
from quizzes.models.paper import PaperForm
from quizzes.models.people import Class, Member, RecoveryCode, Session, Tries, User
from quizzes.models.quizzes import Item, Quiz, TemplateRef, Variant
from quizzes.models.rooms import Room, Vote

__all__ = [
    "Answer",
    "Attempt",
    "Class",
    "Entry",
    "Extension",
    "Item",
    "Member",
    "PaperForm",
    "Quiz",
    "RecoveryCode",
    "Room",
    "Save",
    "Session",
    "TemplateRef",
    "Tries",
    "User",
    "Variant",
    "Vote",
]
