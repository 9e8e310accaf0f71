"""Git's objects: bytes with a header, named by their SHA-1. A blob is a text, a tree a folder, a commit a state."""

from playground.machines.git_store.branches import is_branch, one_is_a_folder
from playground.machines.git_store.folder import (
    CRLF,
    ENDS,
    LF,
    NOTHING,
    ROOT,
    above,
    deepest,
    ended,
    entry_path,
    lane,
    read,
    refusal,
    shallowest,
)
from playground.machines.git_store.objects import (
    FILE,
    FOLDER,
    Entry,
    Stamp,
    blob,
    commit,
    header,
    object_id,
    tree,
    tree_order,
)
from playground.machines.git_store.paths import folders
from playground.machines.git_store.store import Store

__all__ = [
    "CRLF", "ENDS", "FILE", "FOLDER", "LF", "NOTHING", "ROOT", "Entry", "Stamp", "Store", "above", "blob", "commit",
    "deepest", "ended", "entry_path",
    "folders", "header", "is_branch", "lane", "object_id", "one_is_a_folder", "read", "refusal", "shallowest", "tree",
    "tree_order",
]  # fmt: skip
