"""The OpenAPI 3.1 document: what Litestar reads from the routes, completed by what the gateway
adds.
"""

import json
import re
from typing import Any, cast

from litestar import Litestar
from litestar.config.app import AppConfig
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from boxoffice.gateway.operations import Operation, handlers_of
from boxoffice.kernel.permissions import Permission

Document = dict[str, Any]
API_VERSION = "0.1.0"
_PROBLEM: Document = {
    "type": "object",
    "title": "Problem",
    "description": "An error as RFC 9457 has it; the refusal's facts are further members.",
    "required": ["type", "title", "status", "detail", "code", "trace_id", "errors"],
    "properties": {
        "type": {
            "type": "string",
            "format": "uri",
            "description": "A page that explains the code.",
        },
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "description": "Stable; branch on this."},
        "trace_id": {"type": "string"},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/ProblemField"}},
    },
    "additionalProperties": True,
}
_PROBLEM_FIELD: Document = {
    "type": "object",
    "title": "ProblemField",
    "required": ["pointer", "code", "message"],
    "properties": {
        "pointer": {"type": "string", "description": "A JSON pointer, or `?name` of a parameter."},
        "code": {"type": "string"},
        "message": {"type": "string"},
    },
}
_PROBLEM_ANSWER: Document = {
    "description": "The request is refused; `code` says why and `detail` what to do.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_SECURITY: Document = {
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "session": {"type": "apiKey", "in": "cookie", "name": "__Host-boxoffice_session"},
    "order": {"type": "apiKey", "in": "header", "name": "Order-Token"},
}
_KEY_PARAMETER: Document = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Repeating a request with the same key gives the first answer again.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}


def openapi_document(application: Litestar) -> Document:
    """The document of a declared application (`operations.declare` has run)."""
    document = _read_from_routes(application)
    for route, handler in handlers_of(application):
        operation: Operation = handler.opt["operation"]
        for method in handler.http_methods:
            described = document["paths"].get(route.path_format, {}).get(method.lower())
            if described is not None:
                accepts_key = "once" in handler.parsed_fn_signature.parameters
                _complete(described, operation, accepts_key=accepts_key)
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas |= {"Problem": _PROBLEM, "ProblemField": _PROBLEM_FIELD}
    document["components"]["securitySchemes"] = _SECURITY
    return with_short_names(document)


def with_short_names(document: Document) -> Document:
    """The same, with schemas named as clients would: `Page_OrderRow`, no path of a module."""
    names = {name: _short(name) for name in document["components"]["schemas"]}
    text = json.dumps(document)
    for name, short in names.items():
        text = text.replace(f'"#/components/schemas/{name}"', f'"#/components/schemas/{short}"')
    renamed: Document = json.loads(text)
    schemas = renamed["components"]["schemas"]
    renamed["components"]["schemas"] = {names[name]: schema for name, schema in schemas.items()}
    return renamed


def _short(name: str) -> str:
    return re.sub(r"boxoffice(?:\.\w+)*\.", "", name).rstrip("_")


def _read_from_routes(application: Litestar) -> Document:
    """Litestar would mount its own documentation routes; given a config of its own the plugin does
    not.
    """
    config = OpenAPIConfig(
        title="Boxoffice",
        version=API_VERSION,
        use_handler_docstrings=True,
        render_plugins=[JsonRenderPlugin()],
    )
    plugin = cast("Any", application.plugins.get("OpenAPIPlugin"))
    plugin.on_app_init(AppConfig(openapi_config=config))
    return cast("Document", plugin.provide_openapi_schema())


def _complete(described: Document, operation: Operation, *, accepts_key: bool) -> None:
    described["x-permission"] = operation.permission.value
    described["security"] = _security(operation.permission)
    answers = {
        status: answer
        for status, answer in described.get("responses", {}).items()
        if status.startswith(("2", "3"))
    }
    described["responses"] = {**answers, "default": _PROBLEM_ANSWER}
    if accepts_key:
        described.setdefault("parameters", []).append(_KEY_PARAMETER)


def _security(permission: Permission) -> list[Document]:
    if permission is Permission.PUBLIC:
        return [{}]
    account: list[Document] = [{"bearer": []}, {"session": []}]
    if permission is Permission.VISITOR:
        return [{}, *account]
    return [{"order": []}, *account] if permission is Permission.ORDER_HOLDER else account
