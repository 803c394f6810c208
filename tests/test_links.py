"""Whether cited pages still answer: servers that behave in every way are asked, and what is recorded is compared."""

from __future__ import annotations

import datetime
import gzip
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import SETTINGS

from generator.cli import main
from generator.links import record as links
from generator.links import rounds
from generator.links.asking import Answer, Asker
from generator.links.record import Malformed, Reason, Record, State, Stretch

PAGE = b"<!doctype html><title>A meets B</title><p>They met."
DAY = datetime.date(2026, 6, 1)
QUICK = rounds.Manners(pause=0)


def reply(status: str = "200 OK", body: bytes = PAGE, *headers: str) -> bytes:
    """Give a whole reply."""
    head = "\r\n".join((f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""))
    return head.encode("latin-1") + body


Behaviour = Callable[[str, Callable[[bytes], object]], None]
"""What a server does: it is given the path that is asked for, and a function by which it sends."""


class Servers:
    """Servers of this machine, each with a port of its own, and so a host of its own; `asked` are all requests."""

    def __init__(self) -> None:
        self.running: list[socketserver.ThreadingTCPServer] = []
        self.asked: list[tuple[float, int, str, dict[str, str]]] = []

    def start(self, behave: Behaviour, robots: bytes = reply("404 Not Found", b"")) -> str:
        """Start a server; give its address."""
        servers = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                path = self.rfile.readline().decode("latin-1").split(" ")[1]
                lines = iter(lambda: self.rfile.readline().decode("latin-1").strip(), "")
                headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
                port = self.server.server_address[1]
                servers.asked.append((time.monotonic(), port, path, headers))
                send = self.wfile.write
                try:
                    if path == "/robots.txt":
                        send(robots)
                    else:
                        behave(path, send)
                except OSError:
                    pass  # whoever asked has gone

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            block_on_close = False

        server = Server(("127.0.0.1", 0), Handler)
        self.running.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}"

    def paths(self, address: str) -> list[str]:
        """Give what one of them was asked for."""
        return [path for _, port, path, _ in self.asked if address.endswith(f":{port}")]


@pytest.fixture
def servers() -> Iterator[Servers]:
    """Give servers that stop with the test."""
    found = Servers()
    yield found
    for server in found.running:
        server.shutdown()
        server.server_close()


def only(path: str, answer: bytes) -> Behaviour:
    """Answer one path, and no other."""
    return lambda asked, send: send(answer if asked == path else reply("404 Not Found", b"<title>Nothing</title>"))


def always(answer: bytes) -> Behaviour:
    """Answer every path alike."""
    return lambda _, send: send(answer)


def drip(_: str, send: Callable[[bytes], object]) -> None:
    """Send a byte now and then, for ever."""
    send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        send(b"a")
        time.sleep(0.05)


def hang(_: str, __: Callable[[bytes], object]) -> None:
    """Take the request and say nothing."""
    time.sleep(3)


def endless(path: str, send: Callable[[bytes], object]) -> None:
    """Never come to an end of the page; other paths are not there."""
    if path != "/a":
        send(reply("404 Not Found", b""))
        return
    send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        send(b"5\r\n<br/>\r\n")


def headers_without_end(_: str, send: Callable[[bytes], object]) -> None:
    """Send headers for ever."""
    send(b"HTTP/1.1 200 OK\r\n")
    number = 0
    while True:
        send(f"X-{number}: {'a' * 5000}\r\n".encode())
        number += 1


def echo(path: str, send: Callable[[bytes], object]) -> None:
    """Have a page for whatever is asked, each with other words in it."""
    send(reply("200 OK", b"<title>Welcome</title>" + path.encode()))


def moved(status: str) -> Behaviour:
    """Lead from /a to /b, and have a page there."""

    def behave(path: str, send: Callable[[bytes], object]) -> None:
        page = {"/a": reply(status, b"", "Location: /b"), "/b": reply()}
        send(page.get(path, reply("404 Not Found", b"")))

    return behave


LIES = reply("200 OK", gzip.compress(bytes(50_000_000)), "Content-Encoding: gzip")

BEHAVIOURS: dict[str, tuple[Behaviour, Reason]] = {
    "a page": (only("/a", reply()), Reason.OK),
    "a page without a title": (only("/a", reply("200 OK", b"%PDF-1.7")), Reason.OK),
    "a page that moved for good": (moved("301 Moved Permanently"), Reason.MOVED),
    "a page that moved for good, newer status": (moved("308 Permanent Redirect"), Reason.MOVED),
    "a page elsewhere for a while": (moved("302 Found"), Reason.OK),
    "no to who is not known": (always(reply("401 Unauthorized", b"")), Reason.REFUSED),
    "no": (always(reply("403 Forbidden", b"")), Reason.REFUSED),
    "no such page": (always(reply("404 Not Found", b"")), Reason.NOT_FOUND),
    "gone": (always(reply("410 Gone", b"")), Reason.GONE),
    "too many": (always(reply("429 Too Many Requests", b"", "Retry-After: 999999999")), Reason.MANY),
    "out of order": (always(reply("500 Internal Server Error", b"")), Reason.ERROR),
    "down for a while": (always(reply("503 Service Unavailable", b"", "Retry-After: 5")), Reason.ERROR),
    "silence": (hang, Reason.NO_ANSWER),
    "a byte now and then": (drip, Reason.NO_ANSWER),
    "headers without end": (headers_without_end, Reason.NO_HTTP),
    "a page without end": (endless, Reason.OK),
    "another protocol": (always(b"SSH-2.0-OpenSSH_9.2\r\n"), Reason.NO_HTTP),
    "nothing at all": (always(b""), Reason.NO_CONNECTION),
    "round in circles": (always(reply("302 Found", b"", "Location: /a")), Reason.LOOP),
    "ever further": (
        lambda path, send: send(reply("302 Found", b"", f"Location: {path}x")),
        Reason.LOOP,
    ),
    "to another scheme": (always(reply("302 Found", b"", "Location: file:///etc/passwd")), Reason.BROKEN),
    "to no address": (always(reply("302 Found", b"", "Location: http://[")), Reason.BROKEN),
    "a redirect to nowhere": (always(reply("302 Found", b"")), Reason.BROKEN),
    "to the front page": (
        lambda path, send: send(reply() if path == "/" else reply("302 Found", b"", "Location: /")),
        Reason.TO_FRONT,
    ),
    "yes to everything": (echo, Reason.ALWAYS_YES),
    "less than it says": (
        only("/a", b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n" + PAGE),
        Reason.BROKEN,
    ),
    "a bomb": (only("/a", LIES), Reason.OK),
}


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_each_behaviour_is_called_what_it_is(servers, name):
    behave, reason = BEHAVIOURS[name]
    address = f"{servers.start(behave)}/a"
    asker = Asker(agent="tests", anywhere=True, patience=0.5)
    start = time.monotonic()
    assert rounds.ask([address], asker, QUICK)[address].reason is reason
    assert time.monotonic() - start < 5


def test_a_server_that_says_yes_to_everything_is_told_from_one_whose_pages_differ(servers):
    def behave(path: str, send: Callable[[bytes], object]) -> None:
        send(reply("200 OK", b"<title>A page</title>" if path == "/a" else b"<title>Nothing here</title>"))

    address = f"{servers.start(behave)}/a"
    assert rounds.ask([address], Asker(agent="tests", anywhere=True), QUICK)[address].reason is Reason.OK


def test_where_nothing_listens_there_is_no_connection():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/a"
    assert Asker(agent="tests", anywhere=True).ask(address).reason is Reason.NO_CONNECTION


@pytest.mark.parametrize(
    ("number", "reason"), [(socket.EAI_NONAME, Reason.NO_HOST), (socket.EAI_AGAIN, Reason.NO_CONNECTION)]
)
def test_a_name_that_nobody_has_is_told_from_one_that_cannot_be_asked_for(monkeypatch, number, reason):
    def unknown(*_: object) -> None:
        raise socket.gaierror(number, "no")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert Asker(agent="tests").ask("http://chronology.invalid/a").reason is reason


def test_a_server_without_the_tls_that_its_address_promises_is_said():
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.sendall(reply())
                connection.recv(5000)

        threading.Thread(target=answer, daemon=True).start()
        address = f"https://127.0.0.1:{server.getsockname()[1]}/a"
        assert Asker(agent="tests", anywhere=True, patience=2).ask(address).reason is Reason.TLS


def test_addresses_that_are_not_public_get_no_request(servers):
    address = servers.start(always(reply()))
    here = f"{address}/a"
    assert rounds.ask([here], Asker(agent="tests"), QUICK)[here].reason is Reason.PRIVATE
    assert servers.asked == []


def test_who_asks_says_its_name_and_takes_robots_at_their_word(servers):
    robots = b"User-agent: chronology-links\nDisallow: /private/\nCrawl-delay: 7\n\nUser-agent: *\nDisallow: /\n"
    address = servers.start(only("/a", reply()), reply("200 OK", robots))
    waited: list[float] = []
    urls = [f"{address}/a", f"{address}/b", f"{address}/private/a"]
    answers = rounds.ask(urls, Asker(agent="chronology-links", anywhere=True), QUICK, wait=waited.append)
    assert [answers[url].reason for url in urls] == [Reason.OK, Reason.NOT_FOUND, Reason.ROBOTS]
    assert servers.paths(address)[:2] == ["/robots.txt", "/a"]
    assert not any(path.startswith("/private") for path in servers.paths(address))
    assert {headers["user-agent"] for *_, headers in servers.asked} == {"chronology-links"}
    assert waited == [7, 7, 7]


def test_a_host_that_has_enough_is_left_alone(servers):
    address = servers.start(always(reply("429 Too Many Requests", b"")))
    urls = [f"{address}/{number}" for number in range(5)]
    answers = rounds.ask(urls, Asker(agent="tests", anywhere=True), QUICK)
    assert answers == {urls[0]: Answer(reason=Reason.MANY)}
    assert servers.paths(address) == ["/robots.txt", "/0"]


def test_a_host_gets_one_request_at_a_time_with_a_pause_between(servers):
    address = servers.start(only("/0", reply()))
    rounds.ask(
        [f"{address}/{number}" for number in range(4)], Asker(agent="tests", anywhere=True), rounds.Manners(pause=0.2)
    )
    times = [moment for moment, *_ in servers.asked]
    assert len(times) == 6  # the rules, a page, one that cannot be, and the others
    assert min(after - before for before, after in pairwise(times[1:])) >= 0.2


def test_one_that_hangs_does_not_keep_others_waiting(servers):
    slow = [f"{servers.start(hang)}/a" for _ in range(4)]
    quick = f"{servers.start(only('/a', reply()))}/a"
    start = time.monotonic()
    answers = rounds.ask([*slow, quick], Asker(agent="tests", anywhere=True, patience=1), QUICK)
    assert time.monotonic() - start < 3.5  # one after the other they would take four seconds
    assert [answers[url].reason for url in (*slow, quick)] == [Reason.NO_ANSWER] * 4 + [Reason.OK]


URL = "https://example.org/a"
NEVER: tuple[Stretch, ...] = ()


def told(reason: Reason, day: int, archived: str = "") -> Stretch:
    """Give what an answer on a day, counted from the first, is recorded as."""
    date = DAY + datetime.timedelta(days=day)
    return Stretch(url=URL, state=State.UNKNOWN, reason=reason, first=date, last=date, days=1, archived=archived)


def after(*answers: tuple[Reason, int]) -> list[tuple[str, str, int, int, int]]:
    """Give what is recorded after some answers: state, reason, first and last day counted from the first, and days."""
    own = NEVER
    for reason, day in answers:
        own = links.added(own, told(reason, day))
    read = links.read(links.write({URL: own}))
    assert read == {URL: own}
    return [
        (item.state.value, item.reason.value, (item.first - DAY).days, (item.last - DAY).days, item.days)
        for item in own
    ]


OVER_TIME: dict[str, tuple[list[tuple[Reason, int]], list[tuple[str, str, int, int, int]]]] = {
    "one failure proves nothing": ([(Reason.NOT_FOUND, 0)], [("unknown", "not-found", 0, 0, 1)]),
    "many on one day prove nothing": ([(Reason.GONE, 0)] * 9, [("unknown", "gone", 0, 0, 1)]),
    "three within a week prove nothing": (
        [(Reason.NOT_FOUND, day) for day in (0, 3, 6)],
        [("unknown", "not-found", 0, 6, 3)],
    ),
    "two a month apart prove nothing": (
        [(Reason.NOT_FOUND, day) for day in (0, 30)],
        [("unknown", "not-found", 0, 30, 2)],
    ),
    "three over a week do": ([(Reason.NOT_FOUND, day) for day in (0, 3, 7)], [("dead", "not-found", 0, 7, 3)]),
    "a host without a name is gone as well": (
        [(Reason.NOT_FOUND, 0), (Reason.GONE, 7), (Reason.NO_HOST, 14)],
        [("dead", "no-such-host", 0, 14, 3)],
    ),
    "a server out of order gets a month": (
        [(Reason.ERROR, day) for day in (0, 7, 14, 21)],
        [("unknown", "server-error", 0, 21, 4)],
    ),
    "and no more": (
        [(Reason.ERROR, day) for day in (0, 7, 14, 21)] + [(Reason.NO_ANSWER, 28)],
        [("dead", "no-answer", 0, 28, 5)],
    ),
    "an answer in between begins anew": (
        [(Reason.NOT_FOUND, 0), (Reason.OK, 7), (Reason.NOT_FOUND, 14), (Reason.NOT_FOUND, 21)],
        [("unknown", "not-found", 0, 0, 1), ("ok", "ok", 7, 7, 1), ("unknown", "not-found", 14, 21, 2)],
    ),
    "what was dead can come back": (
        [(Reason.NOT_FOUND, day) for day in (0, 7, 14)] + [(Reason.OK, 21), (Reason.MOVED, 28)],
        [("dead", "not-found", 0, 14, 3), ("ok", "moved", 21, 28, 2)],
    ),
    "a refusal is no failure": (
        [(Reason.REFUSED, day) for day in range(0, 100, 10)],
        [("blocked", "refused", 0, 90, 10)],
    ),
    "who says yes to everything says nothing": (
        [(Reason.ALWAYS_YES, day) for day in range(0, 100, 10)],
        [("unknown", "always-yes", 0, 90, 10)],
    ),
    "a second answer on a day takes the place of the first": (
        [(Reason.OK, 0), (Reason.OK, 7), (Reason.ERROR, 7)],
        [("ok", "ok", 0, 6, 1), ("unknown", "server-error", 7, 7, 1)],
    ),
    "also where it was the first of all": ([(Reason.ERROR, 0), (Reason.OK, 0)], [("ok", "ok", 0, 0, 1)]),
    "a clock that goes back proves nothing": ([(Reason.OK, 7), (Reason.ERROR, 3)], [("ok", "ok", 7, 7, 1)]),
}


@pytest.mark.parametrize("name", OVER_TIME)
def test_states_come_of_answers_over_days(name):
    answers, expected = OVER_TIME[name]
    assert after(*answers) == expected


def test_who_has_waited_longest_is_asked_first_and_who_failed_sooner_again():
    def known(url: str, reason: Reason, day: int) -> Record:
        stretch = told(reason, day)
        own = Stretch(url=url, state=stretch.state, reason=reason, first=stretch.first, last=stretch.last, days=1)
        return {url: links.added((), own)}

    record = {
        **known("https://example.org/ok-6", Reason.OK, 4),
        **known("https://example.org/ok-5", Reason.OK, 5),
        **known("https://example.org/failed-1", Reason.ERROR, 9),
        **known("https://example.org/failed-0", Reason.ERROR, 10),
        **known("https://example.org/no-8", Reason.REFUSED, 2),
    }
    day = DAY + datetime.timedelta(days=10)
    wanted = rounds.due(record, [*record, "https://example.org/new", "https://example.org/new"], day, rounds.Manners())
    assert [url.rpartition("/")[2] for url in wanted] == ["new", "no-8", "ok-6", "failed-1"]
    assert rounds.due(record, ["https://example.org/new", *record], day, rounds.Manners(most=1)) == [
        "https://example.org/new"
    ]


HEADER = "url,state,reason,first,last,days,moved,archived\n"
MALFORMED = {
    "no header": ("", 1, "The first line must be “url,state,reason,first,last,days,moved,archived”."),
    "too few values": (HEADER + f"{URL},ok\n", 2, "A line has 8 values; this one has 2."),
    "no address": (
        HEADER + "javascript:a,ok,ok,2026-06-01,2026-06-01,1,,\n",
        2,
        "“url” takes an http(s) address; this one starts with “javascript:”.",
    ),
    "a copy that is no address": (
        HEADER + f'{URL},ok,ok,2026-06-01,2026-06-01,1,,"https://a.org/"" onclick="""\n',
        2,
        "“archived” takes an http(s) address; this one holds a blank or a character that must be percent-encoded.",
    ),
    "another state": (
        HEADER + f"{URL},fine,ok,2026-06-01,2026-06-01,1,,\n",
        2,
        "“state” takes one of: ok, blocked, dead, unknown.",
    ),
    "no day": (HEADER + f"{URL},ok,ok,1 June,2026-06-01,1,,\n", 2, "“first” and “last” take days, such as 2026-06-01."),
    "more days than there were": (
        HEADER + f"{URL},ok,ok,2026-06-01,2026-06-02,3,,\n",
        2,
        "“days” takes on how many days between “first” and “last” the page was asked.",
    ),
    "days that overlap": (
        HEADER + f"{URL},ok,ok,2026-06-01,2026-06-02,1,,\n{URL},unknown,gone,2026-06-02,2026-06-02,1,,\n",
        3,
        f"The days of “{URL}” overlap, or are not in their order.",
    ),
    "an open quotation": (HEADER + f'"{URL},ok\n', 2, "unexpected end of data"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_record_out_of_form_is_refused_at_its_line(name):
    text, line, message = MALFORMED[name]
    with pytest.raises(Malformed) as problem:
        links.read(text)
    assert (problem.value.line, str(problem.value)) == (line, message)


def project(folder: Path, urls: dict[str, str]) -> Path:
    """Write a chronology with an event for each address, by id."""
    events = folder / "events"
    (events / "2020").mkdir(parents=True)
    (events / "chronology.yml").write_text(SETTINGS, encoding="utf-8")
    for number, (word, url) in enumerate(urls.items(), 10):
        (events / f"2020/2020-05-{number}-{word}.yml").write_text(
            f"title: A meets B, {word}\ndate: 2020-05-{number}\ntype: meeting\nstanding: reported\nsummary: They met.\n"
            f"sources:\n  - title: A met B\n    publisher: P\n    url: {url}\n    published: 2020-05-{number}\n",
            encoding="utf-8",
        )
    return events


def run(*arguments: str) -> tuple[int, str]:
    """Run the command."""
    done = CliRunner().invoke(main, ["links", *arguments])
    return done.exit_code, done.output


ANSWERED = """\
## Do the pages still answer?

A program asks the cited pages from time to time, the last time on 15 June 2026. There are 5 pages.

<div class="figures" markdown="1">

- **2** answer
- **1** answer no program; a browser may open them
- **2** [no longer answer](<index.md#list-gone>)
- **0** not known yet

</div>

"""


def archive(path: str, send: Callable[[bytes], object]) -> None:
    """Behave as a web archive (RFC 7089): /web/ leads to the copy nearest to the day, which says of which day it is."""
    if path.startswith("/web/http"):
        send(reply("302 Found", b"", f"Location: /web/20200514/{path.removeprefix('/web/')}", "Vary: accept-datetime"))
    elif path.endswith("/a"):
        send(reply("200 OK", PAGE, "Memento-Datetime: Thu, 14 May 2020 12:00:00 GMT"))
    else:
        send(reply("404 Not Found", b"", "Memento-Datetime: lies"))


def test_rounds_over_weeks_are_recorded_reported_and_told_on_the_site(servers, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    gate = f"{servers.start(archive)}/web/"
    there = f"{servers.start(only('/a', reply()))}/a"
    gone = f"{servers.start(always(reply('404 Not Found', b'')))}/a"
    lost = f"{servers.start(always(reply('404 Not Found', b'')))}/lost"
    refused = f"{servers.start(always(reply('403 Forbidden', b'')))}/b"
    led = f"{servers.start(moved('301 Moved Permanently'))}/a"
    events = project(tmp_path, {"there": there, "gone": gone, "lost": lost, "refused": refused, "led": led})
    given = ("--intranet", "--pause", "0", "--timegate", gate, "--report", "report.md")
    for number, day in enumerate((DAY, DAY + datetime.timedelta(days=7), DAY + datetime.timedelta(days=14))):
        seconds = datetime.datetime.combine(day, datetime.time(6), datetime.UTC).timestamp()
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(seconds)))
        status, output = run(*given)
        assert status == 0, output
        assert output.splitlines()[-1] == (
            "5 pages asked; of 5 pages cited: 2 ok, 1 blocked, "
            + ("2 dead, 0 unknown." if number == 2 else "0 dead, 2 unknown.")
        )
    copy = f"{gate}20200514/{gone}"
    when = "since 2026-06-01, asked on 3 days"
    assert output.splitlines()[:-1] == [
        f"events/2020/2020-05-11-gone.yml:7:5: {gone} no longer answers (not-found, {when}).",
        f"  → Look whether this copy says the same, and add it as “archived: {copy}”.",
        f"events/2020/2020-05-12-lost.yml:7:5: {lost} no longer answers (not-found, {when}).",
        "  → Look for a copy in a web archive and add it as “archived”, or for another source.",
        f"events/2020/2020-05-14-led.yml:7:5: {led} has moved for good.",
        f"  → Write its new address: {led[:-1]}b",
    ]
    assert (events / "links.csv").read_text(encoding="utf-8") == HEADER + "".join(
        sorted(
            (
                f"{there},ok,ok,2026-06-01,2026-06-15,3,,\n",
                f"{gone},dead,not-found,2026-06-01,2026-06-15,3,,{copy}\n",
                f"{lost},dead,not-found,2026-06-01,2026-06-15,3,,\n",
                f"{refused},blocked,refused,2026-06-01,2026-06-15,3,,\n",
                f"{led},ok,moved,2026-06-01,2026-06-15,3,{led[:-1]}b,\n",
            )
        )
    )
    assert {headers["accept-datetime"] for *_, path, headers in servers.asked if path == f"/web/{gone}"} == {
        "Mon, 11 May 2020 12:00:00 GMT"
    }
    assert "no longer answers" in (tmp_path / "report.md").read_text(encoding="utf-8")
    assert CliRunner().invoke(main, ["check"]).exit_code == 0
    assert CliRunner().invoke(main, ["pages", "pages"]).exit_code == 0
    sources = (tmp_path / "pages/sources/index.md").read_text(encoding="utf-8")
    start = sources.index("## Do the pages")
    line = f"no longer answers (since 1 June 2026)</span> [copy in a web archive](<{copy}>)"
    assert [path.name for path in sorted((tmp_path / "pages/events").iterdir()) if line in path.read_text("utf-8")] == [
        "2020-05-11-gone.md"
    ]
    assert sources.count("no longer answers (since") == 2
    assert sources[start : sources.index("## By topic")] == ANSWERED


def test_nothing_is_recorded_where_this_machine_reaches_nobody(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        addresses = [f"http://127.0.0.1:{free.getsockname()[1]}/a" for free in (one, other)]
    events = project(tmp_path, dict(zip("ab", addresses, strict=True)))
    assert run("--intranet", "--timegate", "") == (
        1,
        "Error: no host could be reached; is this machine connected? Nothing was recorded.\n",
    )
    assert not (events / "links.csv").exists()


def test_with_an_error_in_the_files_no_page_is_asked(servers, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    events = project(tmp_path, {"a": f"{servers.start(always(reply()))}/a"})
    (events / "links.csv").write_text(HEADER + "x\n", encoding="utf-8")
    status, output = run("--intranet")
    assert (status, output) == (
        1,
        "events/links.csv:2:1: S218 A line has 8 values; this one has 1.\n"
        "    2 | x\n"
        "      | ^\n"
        "  → “chronology links” writes this file; take back what was changed in it by hand.\n\n"
        "Error: the event files have errors. No page was asked.\n",
    )
    assert servers.asked == []
    assert (events / "links.csv").read_text(encoding="utf-8") == HEADER + "x\n"
