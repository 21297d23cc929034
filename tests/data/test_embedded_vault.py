"""Secrets are made once, kept privately, and survive rivals and damage."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from boxoffice.data.embedded.folder import DataFolder, FolderInUse
from boxoffice.data.embedded.trouble import FolderTrouble
from boxoffice.data.embedded.vault import Vault

_ASK = "import sys; from pathlib import Path; from boxoffice.data.embedded.vault import Vault;"


def test_a_secret_stays_the_same_and_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "secrets.json")
    made = vault.secret("one")
    assert len(made) == 64
    assert Vault(tmp_path / "secrets.json").secret("one") == made
    assert vault.secret("another") != made
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_processes_that_ask_at_once_get_the_same_secret(tmp_path: Path) -> None:
    ask = f"{_ASK} print(Vault(Path(sys.argv[1])).secret('shared'))"
    rivals = [
        subprocess.Popen(
            [sys.executable, "-c", ask, tmp_path / "secrets.json"],
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(6)
    ]
    assert len({rival.communicate()[0] for rival in rivals}) == 1


def test_a_damaged_file_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text("{half")
    with pytest.raises(FolderTrouble, match="damaged"):
        Vault(tmp_path / "secrets.json").secret("one")
    assert (tmp_path / "secrets.json").read_text() == "{half"


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(FolderTrouble, match="BOXOFFICE_DATA"):
        DataFolder(tmp_path / "data")


def test_only_one_holds_a_data_folder(tmp_path: Path) -> None:
    folder, rival = DataFolder(tmp_path), DataFolder(tmp_path)
    with folder.held():
        assert rival.is_held
        with pytest.raises(FolderInUse, match="already runs"), rival.held():
            pass
    assert not rival.is_held


def test_what_is_announced_can_be_read_until_taken_back(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.announce({"BOXOFFICE_REDIS_URL": "redis://…"})
    assert DataFolder(tmp_path).announced() == {"BOXOFFICE_REDIS_URL": "redis://…"}
    assert stat.S_IMODE((tmp_path / "running.json").stat().st_mode) == 0o600
    folder.take_back()
    assert folder.announced() == {}
