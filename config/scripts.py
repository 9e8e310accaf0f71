"""Our JavaScript as it is sent: without comments and blanks, and for a widget all of it as one script."""

import re
from collections.abc import Iterator
from pathlib import Path

IMPORT = re.compile(r'^import \{ \w+(?:, \w+)* \} from "\./(\w+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=class|const|function)", re.MULTILINE)
DECLARED = re.compile(r"^(?:async )?(?:class|const|function|let) (\w+)", re.MULTILINE)


def small(text: str) -> str:
    """A script without comments and blanks, the names inside it short. For the static build, not for what serves."""
    import minify  # noqa: PLC0415 - it brings the runtime of Go, which does not survive a fork: servers fork

    return str(minify.string("application/javascript", text))


def alone(text: str) -> str:
    """A script whose names are its own: beside another one, and beside what the browser calls by them."""
    return f'(()=>{{"use strict";{text}}})();'


def joined(folder: Path, *names: str) -> str:
    """Modules and all that they import as one script. Raises ValueError where they cannot stand in one."""
    parts = {name: text for top in names for name, text in modules(folder, top)}
    whole = "\n".join(EXPORT.sub("", IMPORT.sub("", text)) for text in parts.values())
    if linked := re.search(r"^(import|export)\b.*", whole, re.MULTILINE):
        raise ValueError(f"This cannot be joined, write it more plainly: {linked[0]}")
    declared = DECLARED.findall(whole)
    if twice := {one for one in declared if declared.count(one) > 1}:
        raise ValueError(f"Of {', '.join(parts)}, two have a name of their own in common: {', '.join(twice)}.")
    return whole


def modules(folder: Path, name: str) -> Iterator[tuple[str, str]]:
    """A module after those that it imports: name and text. One that is needed twice comes twice, the same."""
    text = (folder / f"{name}.js").read_text("utf-8")
    for needed in IMPORT.findall(text):
        yield from modules(folder, needed)
    yield name, text
