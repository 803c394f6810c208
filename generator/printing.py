"""Makes the generated pages of a site without MkDocs' build: only those that have changed, in frames of the theme."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from generator.chronology import Chronology
from generator.jobs import EventsJob, LeavesJob, Made, Sliced
from generator.keys import Keys
from generator.leaves import Binder
from generator.model import Event
from generator.pages import Plan
from generator.pieces import Packed, Portion
from generator.press import Frame, Leaf, Press, Variant, variant_of
from generator.rendering import Content, address
from generator.staging import Stage
from generator.workers import Shared, finished

log = logging.getLogger("mkdocs.chronology")

LEAVES_A_JOB = 20
"""How many pages that are none of events a worker makes at a time."""

SHARED_FROM = 400
"""From how many pages on their making is shared among processes; fewer are made before the processes stand ready."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What the theme can do: render a page by its template, and record the frame of a page."""

    render: Callable[[Leaf, Content], str]
    record: Callable[[Leaf, Press], Frame | None]


@dataclass(slots=True, kw_only=True)
class Printer:
    """Prints pages into the stage. `executor` gives where pages are made, if not in this process.

    `portions` are all events; of those that are `missing`, what they add to the data is made as well and given to
    `take`, then `complete` is called. `begin`, then `rest`, then `end`: other processes make the pages of events in
    between.
    """

    chronology: Chronology
    stage: Stage
    keys: Keys
    binder: Binder
    tools: Tools
    press: Press
    executor: Callable[[], Shared | None]
    here: bool
    portions: Sequence[Portion] = ()
    missing: Sequence[Portion] = ()
    take: Callable[[Portion, Packed], None] = lambda *_: None
    complete: Callable[[], None] = lambda: None
    frames: dict[Variant, Frame | None] = field(default_factory=dict)
    met: set[Variant] = field(default_factory=set)
    waiting: list[tuple[Plan, str]] = field(default_factory=list)
    unframed: list[Made] = field(default_factory=list)
    feeder: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    fed: Future[None] | None = None

    def begin(self, plans: Iterable[Plan]) -> None:
        """See which pages have to be made, and have those of events made if they are many."""
        events: dict[str, str] = {}
        for plan in plans:
            key = self.keys.page(plan)
            if self.stage.keep(file_of(plan.path), key):
                continue
            if isinstance(plan.made_of, Event) and self.portions:
                events[plan.made_of.id] = key
            self.waiting.append((plan, key))
        log.info("Pages to be made: %s", f"{len(self.waiting):,}")
        if not self.missing and (len(events) < SHARED_FROM or self.executor() is None):
            return
        if events:
            first = next(plan for plan, _ in self.waiting if isinstance(plan.made_of, Event))
            self._frame(self.binder.leaf(self.chronology, first.make()), now=True)
        self.waiting = [(plan, key) for plan, key in self.waiting if not isinstance(plan.made_of, Event)]
        self.chronology.prepare()
        self.fed = self.feeder.submit(self._feed, events, self._pressed())

    def _feed(self, keys: Mapping[str, str], press: Press) -> None:
        for number, pages, pieces in finished(self.executor(), self._event_jobs(keys, press)):
            self._take(pages)
            if pieces:
                self.take(self.portions[number], pieces)
        if self.missing:
            self.complete()

    def _event_jobs(self, keys: Mapping[str, str], press: Press) -> Iterator[EventsJob]:
        """Yield a job for each portion with an event whose page has to be made, or which is missing in the data."""
        missing = {portion.number for portion in self.missing}
        for number, portion in enumerate(self.portions):
            wanted = portion.number in missing
            events = [event for event in portion.events if wanted or event.id in keys]
            if events:
                yield EventsJob(
                    number=number,
                    sliced=Sliced.of(self.chronology, events),
                    keys=tuple(keys.get(event.id, "") for event in events),
                    wanted=wanted,
                    binder=self.binder,
                    press=press,
                    into=self._into(),
                )

    def rest(self) -> None:
        """Make all other pages that have to be made."""
        shared = self.executor() if len(self.waiting) >= SHARED_FROM else None
        for some in finished(shared, self._leaf_jobs(shared is not None)):
            self._take(some)

    def end(self) -> None:
        """Wait until every page is made."""
        self.wait()
        self.feeder.shutdown()
        for made in self.unframed:
            assert made.leaf is not None
            self._print_here(made.leaf, made.key)

    def wait(self) -> None:
        """Wait for the pages of events, and for what they add to the data."""
        if self.fed is not None:
            self.fed.result()

    def _leaf_jobs(self, shared: bool) -> Iterator[LeavesJob]:
        leaves: list[tuple[Leaf, str]] = []
        for plan, key in sorted(self.waiting, key=lambda pair: pair[0].late):
            if plan.late and leaves:
                yield LeavesJob(leaves=tuple(leaves), press=self._pressed(), into=self._into())
                leaves = []
            leaf = self.binder.leaf(self.chronology, plan.make())
            if not shared or self._frame(leaf) is None:
                self._print_here(leaf, key)
                continue
            leaves.append((leaf, key))
            if len(leaves) >= LEAVES_A_JOB:
                yield LeavesJob(leaves=tuple(leaves), press=self._pressed(), into=self._into())
                leaves = []
        if leaves:
            yield LeavesJob(leaves=tuple(leaves), press=self._pressed(), into=self._into())

    def _pressed(self) -> Press:
        return replace(self.press, frames={variant: frame for variant, frame in self.frames.items() if frame})

    def _into(self) -> str:
        return str(self.stage.next) if self.here else ""

    def _frame(self, leaf: Leaf, now: bool = False) -> Frame | None:
        """Give the frame of a page, recorded at the second page that needs it unless it is wanted `now`."""
        variant = variant_of(leaf)
        if variant not in self.frames:
            if not now and variant not in self.met:
                self.met.add(variant)
                return None
            self.frames[variant] = self.tools.record(leaf, self.press)
        return self.frames[variant]

    def _print_here(self, leaf: Leaf, key: str) -> None:
        frame = self._frame(leaf)
        content = self.press.content(leaf.page)
        text = self.press.framed(frame, leaf, content) if frame else self.tools.render(leaf, content)
        self.stage.put(file_of(leaf.page.path), text.encode(), key)

    def _take(self, some: Iterable[Made]) -> None:
        for made in some:
            if made.leaf is not None:
                self.unframed.append(made)
            elif made.content is not None:
                self.stage.put(made.path, made.content, made.key)
            else:
                self.stage.took(made.path, made.key, made.digest)


def file_of(path: str) -> str:
    """Give the file of a page below the site’s root."""
    return f"{address(path)}index.html"
