"""The OpenAPI document as plain HTML: every operation, every schema, no script."""

from collections.abc import Iterable
from typing import Any, cast

from boxoffice.gateway.site.escaping import Html, html, joined

Document = dict[str, Any]


def reference(document: Document) -> Html:
    """All operations by tag, then all schemas."""
    tags: dict[str, list[Html]] = {}
    for path, method, operation in operations(document):
        tag = (operation.get("tags") or ["other"])[0]
        tags.setdefault(tag, []).append(_operation(path, method, operation))
    sections = [
        element("section", element("h2", tag.capitalize()), *entries)
        for tag, entries in sorted(tags.items())
    ]
    schemas = document["components"]["schemas"]
    shapes = [_schema(name, schemas[name]) for name in sorted(schemas)]
    return joined([*sections, element("section", element("h2", "Shapes"), *shapes)])


def operations(document: Document) -> Iterable[tuple[str, str, Document]]:
    """Path, method and operation of each."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method.upper(), operation


def element(tag: str, *content: object, **attributes: object) -> Html:
    """An element with escaped content and attributes; `class_` stands for `class`."""
    given = "".join(f' {name.rstrip("_")}="{html(value)}"' for name, value in attributes.items())
    return Html(f"<{tag}{given}>{joined([html(part) for part in content])}</{tag}>")


def _operation(path: str, method: str, operation: Document) -> Html:
    name = operation["operationId"]
    summary = element(
        "summary",
        element("code", method, class_=f"method {method.lower()}"),
        " ",
        element("code", path),
        " ",
        element("span", operation.get("summary", "")),
    )
    return element("details", summary, *_parts(name, operation), id=name)


def _parts(name: str, operation: Document) -> list[Html]:
    parts = [element("p", element("b", name), f", needs permission: {operation['x-permission']}")]
    if "description" in operation:
        parts.append(element("p", operation["description"]))
    if operation.get("parameters"):
        parts.append(_rows("Parameters", map(_parameter, operation["parameters"])))
    if "requestBody" in operation:
        parts.append(_rows("Body", _contents(operation["requestBody"])))
    answers = [
        (status, shape)
        for status, answer in operation["responses"].items()
        for shape in [row[1] for row in _contents(answer)] or [Html("")]
    ]
    return [*parts, _rows("Answers", answers)]


def _parameter(parameter: Document) -> tuple[str, Html]:
    needed = "required" if parameter.get("required") else "optional"
    about = joined([_type(parameter.get("schema", {})), html(f", {parameter['in']}, {needed}")])
    return parameter["name"], about


def _contents(answer: Document) -> list[tuple[str, Html]]:
    contents: Document = answer.get("content") or {}
    return [(kind, _type(content.get("schema", {}))) for kind, content in contents.items()]


def _schema(name: str, schema: Document) -> Html:
    required = set(schema.get("required", []))
    fields = [
        (field, joined([_type(shape), Html("" if field in required else ", optional")]))
        for field, shape in schema.get("properties", {}).items()
    ]
    about = [element("p", schema["description"])] if schema.get("description") else []
    summary = element("summary", element("code", name))
    return element("details", summary, *about, _rows("Fields", fields), id=f"shape-{name}")


def _rows(title: str, rows: Iterable[tuple[str, Html]]) -> Html:
    cells = [
        joined([element("dt", element("code", name)), element("dd", text)]) for name, text in rows
    ]
    return joined([element("h3", title), element("dl", *cells)])


def _type(schema: Document) -> Html:
    """`string (uuid)`, `array of Order`, `Money or null`, as links where there is more to read."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return element("a", name, href=f"#shape-{name}")
    for choice in ("oneOf", "anyOf", "allOf"):
        if choice in schema:
            return Html(" or ".join(_type(option) for option in schema[choice]))
    if "enum" in schema:
        return html(" | ".join(str(value) for value in schema["enum"]))
    if schema.get("type") == "array":
        return joined([Html("array of "), _type(schema.get("items", {}))])
    return _plain_type(schema)


def _plain_type(schema: Document) -> Html:
    kinds = schema.get("type", "any")
    kind = " or ".join(cast("list[str]", kinds)) if isinstance(kinds, list) else str(kinds)
    return html(f"{kind} ({schema['format']})" if "format" in schema else kind)
