"""The store: content under the name that follows from it."""

from __future__ import annotations

import zlib
from functools import lru_cache

from playground.machines.git_store import objects


class Store:
    """Objects by id: kind and content. Equal content is one object."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[str, bytes]] = {}
        self.sizes: dict[str, int] = {}
        """Bytes of each object, with its header, before it is compressed."""

    def put(self, kind: str, content: bytes) -> str:
        """Keep an object, and tell its id."""
        id_ = objects.object_id(kind, content)
        self.held.setdefault(id_, (kind, content))
        self.sizes[id_] = len(objects.header(kind, content)) + len(content)
        return id_

    def bytes_of(self, id_: str) -> bytes:
        """Header and content, as they are hashed."""
        kind, content = self.held[id_]
        return objects.header(kind, content) + content

    def size(self) -> int:
        """Bytes of all objects."""
        return sum(self.sizes.values())

    def loose(self, id_: str) -> tuple[str, bytes]:
        """The file in `.git/objects` that holds an object: its path, and its bytes by zlib."""
        return f"{id_[:2]}/{id_[2:]}", zlib.compress(self.bytes_of(id_))

    def links(self, id_: str) -> list[str]:
        """The ids that an object names: a commit its tree and parents, a tree its entries."""
        kind, content = self.held[id_]
        if kind == "commit":
            lines = content.split(b"\n\n")[0].decode().split("\n")
            return [line.split(" ")[1] for line in lines if line.startswith(("tree ", "parent "))]
        return [id_ for _, _, id_ in self.entries(id_)]

    def entries(self, id_: str) -> list[tuple[str, str, str]]:
        """The entries of a tree (mode, name, id) in their order; a blob or a commit has none."""
        kind, content = self.held[id_]
        return list(entries_of(content)) if kind == "tree" else []

    def reachable(self, *ids: str) -> set[str]:
        """Everything that these ids lead to, themselves included."""
        found: set[str] = set()
        todo = [id_ for id_ in ids if id_]
        while todo:
            id_ = todo.pop()
            if id_ not in found:
                found.add(id_)
                todo += self.links(id_)
        return found

    def forget(self, ids: set[str]) -> None:
        for id_ in ids:
            del self.held[id_], self.sizes[id_]


@lru_cache(1024)
def entries_of(content: bytes) -> tuple[tuple[str, str, str], ...]:
    """A tree read back: what ends an entry is the length of its id."""
    found = []
    while content:
        line, content = content.split(b"\0", 1)
        mode, name = line.decode().split(" ", 1)
        found.append((mode, name, content[:20].hex()))
        content = content[20:]
    return tuple(found)
