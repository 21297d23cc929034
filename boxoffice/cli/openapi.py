"""`boxoffice openapi`: the API's description, from the code itself."""

import json
import tempfile

from boxoffice.app.services import build_services
from boxoffice.app.web import create_application_for
from boxoffice.gateway.openapi import openapi_document
from boxoffice.settings import Settings

# Nothing is connected to: building the application only declares its operations.
_SURROUNDINGS = {
    "BOXOFFICE_ENVIRONMENT": "development",
    "BOXOFFICE_DATABASE_URL": "postgresql://localhost/boxoffice",
    "BOXOFFICE_REDIS_URL": "redis://localhost",
    "BOXOFFICE_SECRET_KEY": "x" * 64,
}


def openapi() -> str:
    """OpenAPI 3.1 as JSON, with the pages that only development has."""
    with tempfile.TemporaryDirectory() as data:
        settings = Settings.load({**_SURROUNDINGS, "BOXOFFICE_DATA": data})
        application = create_application_for(build_services(settings, process="openapi"))
        return json.dumps(openapi_document(application), indent=2, ensure_ascii=False)
