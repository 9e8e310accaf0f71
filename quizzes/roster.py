"""The learners that an instructor has listed become members, all at once or none; who comes takes the place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from quizzes.files.roster_csv import Fault, Row, Unreadable
from quizzes.models import Class, Entry, Member, User
from quizzes.names import fold

AT_ONCE = "Somebody joined in this very moment. Send the list once more."


@dataclass
class Enrolled:
    """What a list came to."""

    added: int = 0
    back: int = 0
    """Who had been removed, and whom the list names by their id."""
    known: int = 0
    """Who was in the class already."""

    @property
    def words(self) -> str:
        told = [f"{self.added} learner{'' if self.added == 1 else 's'} added"]
        told += [f"{self.back} brought back"] if self.back else []
        told += [f"{self.known} in the class already"] if self.known else []
        return ", ".join(told)


def enrol(of: Class, rows: list[Row], by: User, now: datetime) -> Enrolled:
    """Takes a list. Raises Unreadable with a fault for each row that contradicts the class, and takes none then."""
    try:
        with transaction.atomic():
            # One list at a time: two that name the same people would each find them missing.
            Class.objects.select_for_update().get(pk=of.pk)
            return _Enrolling(of, rows).all(by, now)
    except IntegrityError:
        raise Unreadable([Fault(0, AT_ONCE)]) from None


class _Enrolling:
    def __init__(self, of: Class, rows: list[Row]) -> None:
        members = list(Member.objects.filter(of=of))
        self.of, self.rows = of, rows
        self.by_name = {one.folded: one for one in members if one.removed is None}
        self.by_id = {one.external_id: one for one in members if one.external_id}
        self.found = Enrolled()
        self.faults: list[Fault] = []

    def all(self, by: User, now: datetime) -> Enrolled:
        new = [member for row in self.rows if (member := self._one(row))]
        if self.faults:
            raise Unreadable(self.faults)
        Member.objects.bulk_create(new)
        told = {"added": self.found.added, "back": self.found.back, "known": self.found.known}
        Entry.objects.create(of=self.of, kind="roster", new=told, by=by, at=now)
        return self.found

    def _one(self, row: Row) -> Member | None:
        """A member to add; none where there is one, or where the row is wrong."""
        named, numbered = self.by_name.get(fold(row.name)), self.by_id.get(row.external_id)
        if named and named.role == Member.Role.INSTRUCTOR:
            self.faults.append(Fault(row.number, f"{named.name} teaches this class."))
        elif numbered and named and numbered is not named:
            self.faults.append(Fault(row.number, f"The id {row.external_id} is that of {numbered.name} already."))
        elif numbered and not named and numbered.removed is None:
            sentence = f"The id {row.external_id} is that of {numbered.name}, who is in the class under this name."
            self.faults.append(Fault(row.number, sentence))
        elif named:
            self._known(named, row)
        elif numbered:
            numbered.name, numbered.removed, numbered.joined, numbered.resume_hash = row.name, None, None, None
            numbered.save()
            self.found.back += 1
        else:
            self.found.added += 1
            return Member(
                of=self.of, name=row.name, folded=fold(row.name), external_id=row.external_id, joined=None
            )  # fmt: skip
        return None

    def _known(self, member: Member, row: Row) -> None:
        if row.external_id and member.external_id and member.external_id != row.external_id:
            sentence = f"{member.name} is in the class already, with the id {member.external_id}."
            self.faults.append(Fault(row.number, sentence))
            return
        if row.external_id and not member.external_id:
            member.external_id = row.external_id
            member.save(update_fields=["external_id"])
        self.found.known += 1
