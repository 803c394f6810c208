"""A round of the cited pages: who is asked today, how often and how gently.

One request at a time goes to a host, with a pause after each; robots.txt (RFC 9309) is heeded; a host that says that
there were too many requests is left alone until the next round.
"""

from __future__ import annotations

import datetime
import hashlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from generator.links.asking import Answer, Asker, Failed
from generator.links.record import ANSWERS, Reason, Record, State, Stretch, added

AT_ONCE = 8
"""How many hosts are asked at the same time."""

LONGEST_PAUSE = 30.0
"""For how many seconds at most a host can ask to be left between two requests."""

UNREACHED = (Reason.NO_HOST, Reason.NO_CONNECTION, Reason.NO_ANSWER)
"""Answers that no server gave."""

AGENT = "chronology-links"
"""The name under which robots.txt can speak to this program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How a round behaves: `every` so many days an address is asked, `most` of them in a round, with a `pause` (s)."""

    every: int = 6
    most: int = 200
    pause: float = 1.0


def due(record: Record, urls: Iterable[str], today: datetime.date, manners: Manners) -> list[str]:
    """Give the addresses to ask today, those that have waited longest first; one that failed is asked again sooner."""

    def waited(url: str) -> datetime.date:
        return record[url][-1].last if url in record else datetime.date.min

    def wanted(url: str) -> bool:
        every = manners.every if url in record and record[url][-1].reason in ANSWERS else 1
        return (today - waited(url)).days >= every

    return sorted(filter(wanted, set(urls)), key=lambda url: (waited(url), url))[: manners.most]


def ask(
    urls: Iterable[str],
    asker: Asker,
    manners: Manners,
    progress: Callable[[int, int], None] | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> dict[str, Answer]:
    """Ask addresses, those of several hosts at a time; one whose host is left alone has no answer."""
    hosts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for url in urls:
        parts = urlsplit(url)
        hosts[parts.scheme, parts.netloc.lower()].append(url)
    answers: dict[str, Answer] = {}
    total = sum(map(len, hosts.values()))
    with ThreadPoolExecutor(AT_ONCE) as executor:
        rounds = [executor.submit(_host, own, asker, manners.pause, wait) for own in hosts.values()]
        done = 0
        for own, found in zip(hosts.values(), rounds, strict=True):
            answers.update(found.result())
            done += len(own)
            if progress is not None:
                progress(done, total)
    return answers


def _host(urls: list[str], asker: Asker, pause: float, wait: Callable[[float], None]) -> dict[str, Answer]:
    """Ask the addresses of one host, one after the other."""
    rules, failure = _robots(urls[0], asker)
    if failure is not None:
        return dict.fromkeys(urls, Answer(reason=failure))
    pause = min(max(pause, float(rules.crawl_delay(AGENT) or 0)), LONGEST_PAUSE)
    answers: dict[str, Answer] = {}
    says_no: str | None = None
    for url in urls:
        if not rules.can_fetch(AGENT, url):
            answers[url] = Answer(reason=Reason.ROBOTS)
            continue
        wait(pause)
        answer = asker.ask(url)
        if answer.reason in (Reason.OK, Reason.MOVED):
            if says_no is None:
                wait(pause)
                says_no = asker.ask(_nowhere(url)).seen
            if answer.seen == says_no:
                answer = Answer(reason=Reason.ALWAYS_YES)
        answers[url] = answer
        if answer.reason is Reason.MANY:
            break
    return answers


def _robots(url: str, asker: Asker) -> tuple[RobotFileParser, Reason | None]:
    """Give what a host asks of programs, and why none of its pages can be asked."""
    rules = RobotFileParser()
    rules.parse([])
    try:
        reply = asker.follow(urljoin(url, "/robots.txt"))[-1]
    except Failed as failure:
        reached = failure.reason not in (*UNREACHED, Reason.TLS, Reason.PRIVATE, Reason.NO_HTTP)
        return rules, None if reached else failure.reason
    if reply.status >= 500:
        return rules, Reason.ERROR  # RFC 9309: what cannot be read forbids everything
    if reply.status == 429:
        return rules, Reason.MANY
    if reply.status < 300:
        rules.parse(reply.body.decode("utf-8", errors="replace").splitlines())
    return rules, None


def _nowhere(url: str) -> str:
    """Give an address beside another one that nobody can have meant."""
    return urljoin(url, f"{hashlib.blake2b(url.encode(), digest_size=12).hexdigest()}.html")


def recorded(record: Record, answers: Mapping[str, Answer], urls: Iterable[str], today: datetime.date) -> Record:
    """Give the record of the addresses that are cited, with today's answers."""
    found = {}
    for url in urls:
        own = record.get(url, ())
        if url in answers:
            answer = answers[url]
            own = added(
                own,
                Stretch(
                    url=url,
                    state=State.UNKNOWN,
                    reason=answer.reason,
                    first=today,
                    last=today,
                    days=1,
                    moved=answer.moved,
                ),
            )
        if own:
            found[url] = own
    return found


def cut_off(answers: Mapping[str, Answer]) -> bool:
    """Tell whether it is this machine that reaches nothing: then no answer says anything."""
    hosts = {urlsplit(url).netloc for url in answers}
    return len(hosts) > 1 and all(answer.reason in UNREACHED for answer in answers.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """A web archive: `timegate` is what an address is written behind to be sent to its copy nearest to a day."""

    asker: Asker
    timegate: str


def suggested(
    record: Record,
    wanted: Mapping[str, datetime.date],
    archive: Archive,
    manners: Manners,
    wait: Callable[[float], None] = time.sleep,
) -> Record:
    """Give the record with copies of pages that do not answer, as a web archive has them (Memento, RFC 7089).

    `wanted` are the days from which a copy is wished, by address.
    """
    found = dict(record)
    lacking = (url for url in wanted if url in record and _lacks(record[url][-1]))
    for url in islice(lacking, manners.most // 4):
        wait(manners.pause)
        noon = datetime.datetime.combine(wanted[url], datetime.time(12), datetime.UTC)
        given = {"Accept-Datetime": f"{noon:%a, %d %b %Y %H:%M:%S} GMT"}
        try:
            reply = archive.asker.follow(f"{archive.timegate}{url}", given)[-1]
        except Failed:
            continue
        if reply.status == 429:
            break
        if reply.status < 300 and "memento-datetime" in reply.headers:
            last = replace(record[url][-1], archived=reply.url)
            found[url] = (*record[url][:-1], last)
    return found


def _lacks(last: Stretch) -> bool:
    return last.state is not State.OK and last.reason is not Reason.PRIVATE and not last.archived
