"""Short words for the JSON Schema of an outcome."""

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}


def record(**fields: Schema) -> Schema:
    """An object that has exactly these fields."""
    return {"type": "object", "additionalProperties": False, "required": list(fields), "properties": fields}


def listed(item: Schema) -> Schema:
    """An array of such items."""
    return {"type": "array", "items": item}


def mapped(value: Schema) -> Schema:
    """An object from names to such values."""
    return {"type": "object", "additionalProperties": value}


def maybe(schema: Schema) -> Schema:
    """Such a value, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def described(schema: Schema, description: str) -> Schema:
    """The schema with a description."""
    return {**schema, "description": description}
