"""Counts and durations for Prometheus, by route template: never by path, so their number stays
small.
"""

import os
from collections.abc import Callable, Mapping

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

Gauges = Mapping[str, Callable[[], float]]
CONTENT_TYPE = CONTENT_TYPE_LATEST.encode()
_METHODS = frozenset(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


class Meter:
    """The measurements of one process, or of all its siblings when PROMETHEUS_MULTIPROC_DIR is set.

    `gauges` are read when asked: name → function.
    """

    def __init__(self, gauges: Gauges) -> None:
        self._registry = CollectorRegistry()
        self.in_flight = 0
        self._durations = Histogram(
            "boxoffice_http_request_seconds",
            "Time from the request's arrival to the end of its answer.",
            ["method", "route", "status"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._children: dict[tuple[str, str, int], Histogram] = {}
        self._add_gauge("boxoffice_http_requests_in_flight", lambda: self.in_flight)
        for name, read in gauges.items():
            self._add_gauge(name, read)

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        method = method if method in _METHODS else "other"
        child = self._children.get((method, route, status))
        if child is None:
            child = self._durations.labels(method, route, str(status))
            self._children[method, route, status] = child
        child.observe(seconds)

    def text(self) -> bytes:
        """Everything in Prometheus' text format."""
        if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
            return generate_latest(self._registry)
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
        return generate_latest(registry)

    def _add_gauge(self, name: str, read: Callable[[], float]) -> None:
        gauge = Gauge(name, name.replace("_", " "), registry=self._registry)
        gauge.set_function(read)
