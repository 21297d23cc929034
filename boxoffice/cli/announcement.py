"""What the operator reads once the doors are open."""

from collections.abc import Mapping

from boxoffice.cli.logins import Logins
from boxoffice.data.embedded.folder import DataFolder


def announcement(folder: DataFolder, environ: Mapping[str, str], *, logins: Logins | None) -> str:
    """One line per thing worth knowing."""
    url = environ["BOXOFFICE_PUBLIC_URL"]
    own = environ["BOXOFFICE_ENVIRONMENT"] == "development"
    lines = [("Boxoffice is open at", url)]
    if logins is not None:
        lines += [
            ("Demo organizer", f"{logins.organizer.email}  {logins.organizer.password}"),
            ("Platform admin", f"{logins.admin.email}  {logins.admin.password}"),
        ]
    if own and not environ.get("BOXOFFICE_SMTP_URL"):
        lines.append(("Mail is caught at", f"{url}/dev/mail"))
    lines.append(("API documentation", f"{url}/api/docs"))
    if own:
        lines.append(("Data and logs", str(folder.path)))
    lines.append(("To stop", "Ctrl-C"))
    return "\n".join(["", *(f"  {title:<21} {value}" for title, value in lines), ""])
