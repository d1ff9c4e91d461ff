"""docs/service.md names every setting, role and command of the service."""

from __future__ import annotations

from api.service_arguments import SERVICE_COMMANDS
from api.settings import Settings
from api.store.people import ROLE_NAMES
from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "service.md").read_text(encoding="utf-8")


def test_every_setting_is_described() -> None:
    assert [name for name in Settings.model_fields if f"`{name}`" not in TEXT] == []
    assert all(field.description for field in Settings.model_fields.values())


def test_every_role_and_command_is_described() -> None:
    assert [role for role in ROLE_NAMES if f"`{role}`" not in TEXT] == []
    assert [command for command in SERVICE_COMMANDS if f"ziping {command}" not in TEXT] == []
