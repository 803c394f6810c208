"""Whole processes, timed from outside: several rounds in turn, medians, and ratios pair by pair."""

from __future__ import annotations

import contextlib
import os
import resource
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One finished process: wall-clock seconds and the peak memory of its largest process in MB."""

    seconds: float
    megabytes: float


def in_turn(commands: Mapping[str, Sequence[str]], cwd: Path, rounds: int) -> dict[str, list[Run]]:
    """Run all commands in turn, `rounds` times after one round that is not counted."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            run = once(command, cwd)
            if number:
                runs[name].append(run)
    return runs


def once(command: Sequence[str], cwd: Path) -> Run:
    """Run a command to its end; raises RuntimeError when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[0]} exited with {process.returncode}")
    return Run(seconds=seconds, megabytes=_megabytes(usage))


def _megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / 1024  # Linux counts kilobytes


def table(runs: Mapping[str, Sequence[Run]], base: str) -> str:
    """Give medians, spread, and how many times the base's time each one took (median of the pairs), as Markdown."""
    lines = ["| command | median | min – max | peak memory | times ours |", "| --- | ---: | ---: | ---: | ---: |"]
    for name, own in runs.items():
        seconds = [run.seconds for run in own]
        ratios = [run.seconds / other.seconds for run, other in zip(own, runs[base], strict=True)]
        memory = statistics.median(run.megabytes for run in own)
        lines.append(
            f"| {name} | {statistics.median(seconds):.2f} s | {min(seconds):.2f} – {max(seconds):.2f} s "
            f"| {memory:.0f} MB | {statistics.median(ratios):.1f} |"
        )
    return "\n".join(lines)


def watched(command: Sequence[str], cwd: Path) -> Run:
    """Run a command to its end, and give the most memory that it and all its children had at once.

    Memory that processes share is counted once (proportional set size, proc(5)). Raises RuntimeError when it fails.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    peak = 0.0
    while True:
        try:
            _, said = process.communicate(timeout=0.2)
            break
        except subprocess.TimeoutExpired:
            peak = max(peak, sum(map(_proportional, _session(process.pid))))
    seconds = time.perf_counter() - start
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} exited with {process.returncode}: {said[-2000:]}")
    return Run(seconds=seconds, megabytes=peak)


def _session(leader: int) -> list[Path]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader:
            found.append(folder)
    return found


def _proportional(process: Path) -> float:
    try:
        line = next(line for line in (process / "smaps_rollup").read_text().splitlines() if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0.0
    return int(line.split()[1]) / 1024


def used(leader: int) -> float:
    """Give the seconds of processor time that the processes of a session have had, those that have ended included."""
    ticks = 0
    for process in _session(leader):
        with contextlib.suppress(OSError):
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")
