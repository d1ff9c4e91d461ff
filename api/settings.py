"""Settings of the service, each with where it came from: command line, environment, file, or as shipped.

The environment's names are ``ZIPING_`` and the field in capitals; the file is ``ziping.toml`` in the data
folder, with the field's name as key.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from pydantic_settings.sources import EnvSettingsSource, TomlConfigSettingsSource

from api.data_layout import DataLayout
from models.errors import UsageError

FILE = "ziping.toml"
_MB = 1024 * 1024


def default_data() -> Path:
    """Where applications of this system keep their data, for the person who starts the program."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Ziping"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Ziping"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "ziping"


class Settings(BaseSettings, DataLayout):
    """What a person may set. Descriptions are shown by ``ziping settings``."""

    model_config = SettingsConfigDict(env_prefix="ZIPING_", extra="ignore", frozen=True)

    data: Path = Field(default_factory=default_data, description="数据文件夹")
    host: str = Field("127.0.0.1", description="监听的地址；0.0.0.0 表示本机所有网卡")
    port: int = Field(8765, ge=0, le=65535, description="监听的端口；0 表示任选一个空闲端口")
    hosts: list[str] = Field(default_factory=list, description="允许的主机名；空表示不限")
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1, ge=0, le=64, description="工作进程数；0 表示不检查"
    )
    secure_cookies: bool = Field(False, description="站点只通过 HTTPS 访问时设为 true")
    trusted_proxies: list[str] = Field(default_factory=list, description="可信的反向代理地址")
    certificate: Path | None = Field(None, description="TLS 证书文件")
    private_key: Path | None = Field(None, description="TLS 私钥文件")
    first_login: str | None = Field(None, description="首个账号的登录名，只在还没有账号时使用")
    first_password: SecretStr | None = Field(None, description="首个账号的口令，只在还没有账号时使用")
    first_role: Literal["office", "admin"] = Field("office", description="首个账号的角色")
    session_hours: int = Field(12, ge=1, le=24 * 30, description="登录后多少小时失效")
    sign_in_attempts: int = Field(5, ge=1, le=100, description="连续失败多少次后暂停登录")
    sign_in_pause_minutes: int = Field(15, ge=1, le=24 * 60, description="暂停登录的分钟数")
    upload_mb: int = Field(512, ge=1, le=4096, description="单个文件的上限（MB）")
    submission_mb: int = Field(2048, ge=1, le=16384, description="一次上传的上限（MB）")
    submission_files: int = Field(200, ge=1, le=2000, description="一次提交的文件数上限")
    request_seconds: int = Field(60, ge=1, le=3600, description="除上传外，一次请求的时间上限（秒）")
    job_seconds: int = Field(1800, ge=10, le=24 * 3600, description="检查一份材料的时间上限（秒）")
    criteria: Path | None = Field(None, description="评价准则文件；不给则用随程序附带的")
    model: str | None = Field(None, description="编码模型的文件夹；不给则用自带的")
    checks: Path | None = Field(None, description="检查项设置文件；不给则用随程序附带的")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="日志级别")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Built from what ``load_settings`` has gathered alone, so that a value and its origin agree."""
        return (init_settings,)

    @property
    def keys_folder(self) -> Path:
        return self.data / "keys"

    @property
    def upload_bytes(self) -> int:
        return self.upload_mb * _MB

    @property
    def submission_bytes(self) -> int:
        return self.submission_mb * _MB


@dataclass(frozen=True, slots=True)
class Loaded:
    settings: Settings
    origins: Mapping[str, str]
    """By field: where its value came from, in Chinese."""


def load_settings(**given: Any) -> Loaded:
    """Settings from the command line's words (None: not said), the environment, the file and what is shipped.

    Raises UsageError for a value that does not fit, naming the setting and where it stands.
    """
    said = {name: value for name, value in given.items() if value is not None}
    environment = _read(lambda: EnvSettingsSource(Settings), "环境变量")
    data = Path(said.get("data") or environment.get("data") or default_data())
    file = data / FILE
    from_file = _read(lambda: TomlConfigSettingsSource(Settings, file), str(file))
    from_file.pop("data", None)  # the file stands in the folder and cannot move it
    _refuse_unknown(from_file, file)
    merged: dict[str, Any] = {}
    origins = dict.fromkeys(Settings.model_fields, "默认值")
    for values, origin in ((from_file, str(file)), (environment, "环境变量"), (said, "命令行")):
        merged |= values
        origins |= {
            name: f"环境变量 ZIPING_{name.upper()}" if origin == "环境变量" else origin for name in values
        }
    merged["data"] = data
    try:
        return Loaded(Settings(**merged), origins)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)[0]
        name = str(wrong["loc"][0])
        raise UsageError(f"设置 {name}（来自{origins[name]}）不对：{wrong['msg']}。") from error


def _read(source: Callable[[], PydanticBaseSettingsSource], origin: str) -> dict[str, Any]:
    try:
        return dict(source()())
    except (ValueError, OSError) as error:
        raise UsageError(f"不能读取设置（{origin}），请核对其格式。") from error


def _refuse_unknown(values: Mapping[str, Any], file: Path) -> None:
    unknown = sorted(set(values) - set(Settings.model_fields))
    if unknown:
        raise UsageError(f"设置文件“{file}”中有不认识的名字：{'、'.join(unknown)}。")


def settings_text(loaded: Loaded) -> str:
    """Every setting with its value, origin and meaning; secrets are covered."""
    lines = []
    for name, field in Settings.model_fields.items():
        value = getattr(loaded.settings, name)
        shown = "（未设）" if value in (None, []) else str(value)
        lines.append(f"{name} = {shown}\n    {field.description}；来自{loaded.origins[name]}")
    return "\n".join(lines) + "\n"
