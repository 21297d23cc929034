"""The gateway with a small product behind it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import structlog

from boxoffice.gateway.logs import add_visit
from tests.gateway.edge import Edge
from tests.gateway.showcase import build_web_app


@pytest.fixture
def web_folder(tmp_path: Path) -> Path:
    return build_web_app(tmp_path / "dist")


@pytest.fixture
def edge_with(web_folder: Path) -> Callable[..., Edge]:
    """An edge with other settings."""

    def build(**settings: Any) -> Edge:
        return Edge(web_folder, **settings)

    return build


@pytest.fixture
def edge(edge_with: Callable[..., Edge]) -> Edge:
    return edge_with()


@pytest.fixture
def logged() -> Iterator[list[dict[str, Any]]]:
    """The lines logged by the test."""
    with structlog.testing.capture_logs(processors=[add_visit]) as lines:
        yield cast("list[dict[str, Any]]", lines)
