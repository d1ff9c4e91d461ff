"""``ziping serve`` and ``ziping open``: the service for an office, and for one person on the own machine."""

from __future__ import annotations

import getpass
import socket
import sys
import threading
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from api.settings import Settings
from models.errors import UsageError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from api.store.engine import Database


_WAITING = 1024


def serve(settings: Settings) -> int:
    """Runs the service until it is stopped; the first start asks for the first account."""
    from api.service.app import create_app
    from api.service.logs import log_as_json
    from api.store.data_folder import open_store
    from api.work.bench import Bench
    from api.work.pool import Pool
    from api.work.queue import TableQueue

    listener = _listen(settings.host, settings.port)
    log_as_json(settings.log_level)
    database, files = open_store(settings)
    add_first_account(database, settings)
    queue = TableQueue(database)
    pool = Pool(Bench.of(settings), queue, settings.workers)
    app = create_app(settings, database, files, queue, pool=pool)
    scheme = "https" if settings.certificate else "http"
    _say(f"自评服务已启动：{scheme}://{settings.host}:{listener.getsockname()[1]}/（按 Ctrl+C 停止）")
    _run(app, settings, listener)
    return 0


def open_files(settings: Settings, paths: Sequence[Path], *, browser: bool) -> int:
    """Serves the pages to the person at this machine, with the given files as a submission."""
    from api.service.app import create_app
    from api.service.local_upload import upload
    from api.service.logs import log_as_json
    from api.store.data_folder import open_store
    from api.work.bench import Bench
    from api.work.pool import Pool
    from api.work.queue import TableQueue

    settings = settings.model_copy(update={"host": "127.0.0.1", "hosts": [], "secure_cookies": False})
    listener = _listen(settings.host, settings.port, or_any=True)
    log_as_json("error")
    database, files = open_store(settings)
    queue = TableQueue(database)
    pool = Pool(Bench.of(settings, local=True), queue, 1)
    app = create_app(settings, database, files, queue, local=True, pool=pool)
    context = app.state.context
    target = "/"
    if paths:
        with TemporaryDirectory(prefix="ziping-", ignore_cleanup_errors=True) as scratch:
            target = f"/submissions/{upload(context, paths, Path(scratch))}"
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/enter?token={context.local_token}&next={target}"
    _say(f"请用浏览器打开：{address}\n资料不离开这台电脑，保存在 {settings.data}。按 Ctrl+C 停止。")
    if browser:
        threading.Timer(0.5, webbrowser.open, (address,)).start()
    _run(app, settings, listener)
    return 0


def add_first_account(database: Database, settings: Settings) -> None:
    """Makes the first account from the settings or by asking, where there is none yet.

    Raises UsageError if there is nobody to ask: there is no default password.
    """
    from api.store import audit, people

    with database.reading() as session:
        if people.has_accounts(session):
            return
    login, password = settings.first_login, settings.first_password
    if login is None or password is None:
        if not sys.stdin.isatty():
            raise UsageError(
                "还没有任何账号。请设置环境变量 ZIPING_FIRST_LOGIN 和 ZIPING_FIRST_PASSWORD，"
                "或在终端里运行一次 ziping serve 并按提示输入。"
            )
        login, words = _ask(login)
    else:
        words = password.get_secret_value()
    with database.writing() as session:
        if people.has_accounts(session):  # another server was faster
            return
        person = people.add_person(session, login, login, settings.first_role, words, must_change=False)
        audit.record(session, None, "person-create", f"person:{person.id}", {"role": person.role})


def _ask(login: str | None) -> tuple[str, str]:
    _say("还没有任何账号。请设定首个评审办公室账号。")
    login = login or input("登录名：")
    first = getpass.getpass("口令（10 个字符以上）：")
    if getpass.getpass("再输入一次：") != first:
        raise UsageError("两次输入的口令不同，请重新运行。")
    return login, first


def _listen(host: str, port: int, *, or_any: bool = False) -> socket.socket:
    """A listening socket. Raises UsageError if the place is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there it would let two programs share a port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        try:
            listener.bind((host, port))
        except OSError:
            if not or_any:
                raise
            listener.bind((host, 0))
        listener.listen(_WAITING)  # from here on, so that the printed address is good at once
    except OSError as error:
        listener.close()
        raise UsageError(f"不能监听 {host}:{port}（{error.strerror}），请用 --port 换一个端口。") from error
    return listener


def _run(app: FastAPI, settings: Settings, listener: socket.socket) -> None:
    import uvicorn

    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
        ssl_certfile=settings.certificate,
        ssl_keyfile=settings.private_key,
        timeout_graceful_shutdown=10,
        limit_concurrency=1000,
        h11_max_incomplete_event_size=64 * 1024,
    )
    uvicorn.Server(config).run([listener])


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
