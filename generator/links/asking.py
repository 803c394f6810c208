"""One address → what it answers, whatever its server does: it may hang, lie, lead astray or never end.

Nothing is sent to an address that is not public, and no more than the beginning of an answer is read.
"""

from __future__ import annotations

import contextlib
import hashlib
import ipaddress
import re
import socket
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import pairwise
from threading import Timer
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3 import exceptions
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from generator.addresses import url_problem
from generator.links.record import Reason

PATIENCE = 20.0
"""How many seconds an answer may take, from the connection to the last byte that is read."""

BEGINNING = 65_536
"""How many bytes of an answer are read."""

HOPS = 10
"""How many redirects are followed; browsers follow twenty."""

PERMANENT = (301, 308)
REDIRECTS = (*PERMANENT, 302, 303, 307)

STATUSES = {404: Reason.NOT_FOUND, 410: Reason.GONE, 429: Reason.MANY}
"""Statuses with a meaning of their own; others from 400 on are refusals, from 500 on errors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server sent: the beginning of its body, and its headers by names in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of asking: `moved` is where the address leads for good, `seen` tells one page from another."""

    reason: Reason
    moved: str = ""
    seen: str = ""


class Failed(Exception):
    """Raised where no reply came."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Asks as `agent`; with `anywhere`, also addresses of this machine and of its own network."""

    agent: str
    anywhere: bool = False
    patience: float = PATIENCE

    def ask(self, url: str) -> Answer:
        """Ask an address, and say what its answer means."""
        try:
            replies = self.follow(url)
        except Failed as failure:
            return Answer(reason=failure.reason)
        last = replies[-1]
        reason = _meaning(last)
        if reason is not Reason.OK:
            return Answer(reason=reason)
        if _path(url) and not _path(last.url):
            return Answer(reason=Reason.TO_FRONT)
        lasting = url
        for reply, after in pairwise(replies):
            if reply.status not in PERMANENT:
                break
            lasting = after.url
        moved = lasting if lasting != url else ""
        return Answer(reason=Reason.MOVED if moved else Reason.OK, moved=moved, seen=_seen(last.body))

    def follow(self, url: str, headers: Mapping[str, str] | None = None) -> list[Reply]:
        """Ask an address and those that it leads to; the last reply leads no further. Raises Failed."""
        replies: list[Reply] = []
        asked: set[str] = set()
        while True:
            asked.add(url)
            replies.append(self._get(url, headers or {}))
            target = replies[-1].headers.get("location", "") if replies[-1].status in REDIRECTS else ""
            if not target:
                return replies
            try:
                url = urljoin(url, target)
            except ValueError:
                raise Failed(Reason.BROKEN) from None
            if url in asked or len(asked) > HOPS:
                raise Failed(Reason.LOOP)
            if url_problem(url):
                raise Failed(Reason.BROKEN)

    def _get(self, url: str, headers: Mapping[str, str]) -> Reply:
        given = {"User-Agent": self.agent, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
        timeout = urllib3.Timeout(connect=min(10.0, self.patience), read=self.patience)
        # Connections are not used again: a server may say that it keeps one, and close it.
        with (
            urllib3.PoolManager(headers={**given, **headers}, retries=False, timeout=timeout) as pools,
            _call(anywhere=self.anywhere, patience=self.patience) as call,
        ):
            pools.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
            try:
                response = pools.request("GET", url, redirect=False, preload_content=False)
            except _NotPublic:
                raise Failed(Reason.PRIVATE) from None
            except (exceptions.HTTPError, OSError, ValueError) as problem:
                raise Failed(Reason.NO_ANSWER if call.cut else _failure(problem)) from None
            body, whole = b"", True
            try:
                body = response.read(BEGINNING, decode_content=False)
                whole = len(body) == BEGINNING or not response.length_remaining
            except (exceptions.HTTPError, OSError, ValueError):
                whole = False
            finally:
                response.close()
            if call.cut:
                raise Failed(Reason.NO_ANSWER)  # what was cut off looks like an answer that ends early
        names = {name.lower(): value for name, value in response.headers.items()}
        return Reply(url=url, status=response.status, headers=names, body=body, whole=whole)


def _failure(problem: Exception) -> Reason:
    """Say what an exception means."""
    if isinstance(problem, exceptions.NameResolutionError):
        cause = problem.__cause__
        temporary = isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_AGAIN
        return Reason.NO_CONNECTION if temporary else Reason.NO_HOST
    # A connection that cannot be made counts among the timeouts in the library, for reasons of its past.
    if isinstance(problem, exceptions.NewConnectionError):
        return Reason.NO_CONNECTION
    if isinstance(problem, exceptions.TimeoutError):
        return Reason.NO_ANSWER
    if isinstance(problem, exceptions.SSLError):
        return Reason.TLS
    if isinstance(problem, exceptions.ProtocolError):
        return Reason.NO_CONNECTION if any(isinstance(part, OSError) for part in problem.args) else Reason.NO_HTTP
    return Reason.BROKEN


def _meaning(reply: Reply) -> Reason:
    """Say what a reply means that leads no further."""
    if reply.status in STATUSES:
        return STATUSES[reply.status]
    if reply.status >= 500:
        return Reason.ERROR
    if reply.status >= 400:
        return Reason.REFUSED
    return Reason.OK if 200 <= reply.status < 300 and reply.whole else Reason.BROKEN


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path.strip("/") + parts.query


def _seen(body: bytes) -> str:
    """Give the title of a page, or a digest of what is no page."""
    title = re.search(rb"<title[^>]*>(.{1,500}?)</title", body, re.IGNORECASE | re.DOTALL)
    return hashlib.blake2b(title[1] if title else body, digest_size=16).hexdigest()


class _NotPublic(Exception):
    """Raised where a name leads to an address that is not public; not an OSError, which would be called no answer."""


@dataclass(slots=True, kw_only=True)
class _Call:
    """A request on its way: the socket it goes through, and whether it was cut off for taking too long."""

    anywhere: bool
    through: socket.socket | None = None
    cut: bool = False

    def goes_through(self, connection: socket.socket) -> None:
        self.through = connection
        # Asked of the connection itself: a name may lead elsewhere each time it is looked up.
        if not self.anywhere and not ipaddress.ip_address(connection.getpeername()[0]).is_global:
            connection.close()
            raise _NotPublic

    def end(self) -> None:
        self.cut = True
        if self.through is not None:
            with contextlib.suppress(OSError):
                self.through.shutdown(socket.SHUT_RDWR)


_CALL: ContextVar[_Call] = ContextVar("_CALL")


@contextlib.contextmanager
def _call(*, anywhere: bool, patience: float) -> Iterator[_Call]:
    """Cut a request off after so many seconds: a server that sends a byte now and then never meets a timeout."""
    call = _Call(anywhere=anywhere)
    token = _CALL.set(call)
    timer = Timer(patience, call.end)
    timer.daemon = True
    timer.start()
    try:
        yield call
    finally:
        timer.cancel()
        _CALL.reset(token)


class _Connection(HTTPConnection):
    def connect(self) -> None:
        super().connect()
        _CALL.get().goes_through(self.sock)


class _SecureConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        connection = super()._new_conn()  # before anything is agreed on, which may take for ever as well
        _CALL.get().goes_through(connection)
        return connection

    def connect(self) -> None:
        super().connect()
        _CALL.get().goes_through(self.sock)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection
