"""Other processes, on this machine or on others: one executor for all that is done in parallel."""

from __future__ import annotations

import gc
import multiprocessing
import os
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager, suppress
from itertools import count
from typing import Any, Protocol, TypeVar

from generator import memory

WORTHWHILE = 1_000
"""From how many files or pages on worker processes are worth their start."""

AHEAD = 3
"""How many jobs there are for a worker: one that it does, and the next two. More would only fill the memory."""

Result = TypeVar("Result", covariant=True)  # noqa: PLC0105 - as short as it is clear


class Job(Protocol[Result]):
    """Something to be done, with all that it needs."""

    def run(self) -> Result:
        """Do it."""


class NoScheduler(Exception):
    """Raised when a cluster cannot be had, with words for the user."""


class Shared(Executor):
    """An executor that knows how many `workers` it has at the moment."""

    @property
    @abstractmethod
    def workers(self) -> int:
        """Give their number."""


_NOT_TAKEN = (BrokenExecutor, RuntimeError, OSError)
"""What an executor raises that takes no job: its processes have died, or the system starts none."""


def finished(executor: Shared | None, jobs: Iterable[Job[Result]]) -> Iterator[Result]:
    """Yield what comes of jobs, in no order. What a worker does not bring to an end is done in this process."""
    if executor is None:
        for job in jobs:
            yield job.run()
        return
    waiting: dict[Future[Result], Job[Result]] = {}
    try:
        for job in jobs:
            try:
                waiting[executor.submit(_run, job)] = job
            except _NOT_TAKEN:
                yield job.run()
            if len(waiting) >= AHEAD * max(1, executor.workers):
                yield from _ended(waiting)
        while waiting:
            yield from _ended(waiting)
    finally:
        # Where one has failed, the others are not to write on while somebody else does their work.
        for future in waiting:
            future.cancel()
        wait(waiting)


_begun = count()


def _run(job: Job[Result]) -> Result:
    # Looking for cycles all the time takes longer than the work. What a job leaves is gathered before the next one;
    # what is there then, the program and what it has loaded, stays and need not be looked at again.
    gc.disable()
    if next(_begun):
        gc.collect()
    else:
        memory.give_back()
    gc.freeze()
    return job.run()


def _ended(waiting: dict[Future[Result], Job[Result]]) -> Iterator[Result]:
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        yield _result(future, waiting.pop(future))


def _result(future: Future[Result], job: Job[Result]) -> Result:
    try:
        return future.result()
    except OSError:
        raise  # the disk refuses, here as there
    except BrokenExecutor:
        return job.run()
    except Exception as problem:
        if type(problem).__name__ in ("KilledWorker", "CancelledError", "FutureCancelledError"):
            return job.run()  # Dask’s words for a worker that died
        raise


def _nothing() -> None:
    """Do nothing, so that a process is there that could do something."""


class Processes(Shared):
    """Worker processes on this machine."""

    def __init__(self, number: int) -> None:
        methods = multiprocessing.get_all_start_methods()
        self._context: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            self._context.set_forkserver_preload(["generator.jobs"])
        self._number = number
        self._pool = self._started()

    def _started(self) -> ProcessPoolExecutor:
        """Start all processes at once: they are ready when the jobs come, and none is started while another dies.

        A pool that breaks while it starts a process waits for it without end (seen with CPython 3.11).
        """
        pool = ProcessPoolExecutor(self._number, mp_context=self._context)
        with suppress(*_NOT_TAKEN):
            for _ in range(self._number):
                pool.submit(_nothing)
        return pool

    @property
    def workers(self) -> int:
        """Give their number."""
        return self._number

    def submit(self, fn: Callable[..., Any], /, *values: Any, **named: Any) -> Future[Any]:
        """Have something done."""
        return self._pool.submit(fn, *values, **named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes."""
        self._pool.shutdown(wait, cancel_futures=cancel_futures)


@contextmanager
def processes(number: int | None = None) -> Iterator[Processes | None]:
    """Give an executor of worker processes, as many as there are cores; None where there is one."""
    cores = number if number is not None else (os.cpu_count() or 1)
    if cores < 2:
        yield None
        return
    with Processes(cores) as pool:
        yield pool


class Cluster(Shared):
    """The workers of a Dask cluster, which may come and go; one that dies has its jobs done by others."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._pool = client.get_executor(pure=False, retries=3)

    @property
    def workers(self) -> int:
        """Give the number of their threads."""
        return sum(self._client.nthreads().values())

    def submit(self, fn: Callable[..., Any], /, *values: Any, **named: Any) -> Future[Any]:
        """Have something done."""
        future: Future[Any] = self._pool.submit(fn, *values, **named)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; what is not waited for is cancelled."""
        self._pool.shutdown(wait and not cancel_futures)


@contextmanager
def cluster(scheduler: str) -> Iterator[Cluster]:
    """Give the executor of the Dask cluster with this scheduler."""
    try:
        from distributed import Client
    except ImportError:
        raise NoScheduler("--scheduler needs Dask: install chronology-site[distributed].") from None
    try:
        client = Client(scheduler, timeout="5s")  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as problem:
        raise NoScheduler(f"No Dask scheduler answers at {scheduler}: {problem}") from None
    with client, Cluster(client) as executor:
        yield executor
