"""What the service refuses, beside the errors of models: each with an HTTP status and a stable code.

ZipingError
└── Refusal
    ├── SignInNeeded       401  nobody is signed in
    ├── SignInFailed       401  wrong name or password
    ├── Forbidden          403  seen, but not to be done
    ├── CsrfFailed         403  a form without its token
    ├── NotFound           404  not there, or not to be seen
    ├── Conflict           409  the state of things does not allow it
    ├── Stale              412  changed meanwhile by somebody else
    ├── Invalid            422  a value that does not fit
    ├── Throttled          429  too many failed tries
    └── Unavailable        503  cannot be done just now
"""

from __future__ import annotations

from models.errors import ZipingError


class Refusal(ZipingError):
    code = "refused"
    exit_code = 2


class SignInNeeded(Refusal):
    http_status, code = 401, "sign-in-needed"

    def __init__(self, message: str = "请先登录。") -> None:
        super().__init__(message)


class SignInFailed(Refusal):
    http_status, code = 401, "sign-in-failed"


class Forbidden(Refusal):
    http_status, code = 403, "forbidden"

    def __init__(self, message: str = "您没有做这件事的权限。") -> None:
        super().__init__(message)


class CsrfFailed(Refusal):
    http_status, code = 403, "csrf-failed"

    def __init__(self, message: str = "页面已经过期，请返回刷新后再试一次。") -> None:
        super().__init__(message)


class NotFound(Refusal):
    http_status, code = 404, "not-found"

    def __init__(self, message: str = "没有这一页，或您不能查看它。请核对地址。") -> None:
        super().__init__(message)


class Conflict(Refusal):
    http_status, code = 409, "conflict"


class Stale(Refusal):
    http_status, code = 412, "stale"

    def __init__(self, message: str = "内容已被他人修改，请刷新后再试。") -> None:
        super().__init__(message)


class Invalid(Refusal):
    http_status, code = 422, "invalid"


class Throttled(Refusal):
    http_status, code = 429, "throttled"

    def __init__(self, message: str, wait_seconds: int = 60) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds

    def __reduce__(self) -> tuple[type[Throttled], tuple[str, int]]:  # type: ignore[override]
        return type(self), (self.message, self.wait_seconds)


class Unavailable(Refusal):
    http_status, code = 503, "unavailable"
