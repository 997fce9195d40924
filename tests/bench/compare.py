#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Runs the works of scripts/bench.sh, which tells what they are, and makes the table."""
import json
import os
import shutil
import signal
import statistics
import sys
import tempfile
from pathlib import Path

import servers
import table

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "bench"
BIN = ROOT / "build" / "release" / "bin"
IDLE = (0, 2000, 8000, 15_000)
UNREAD = (1, 10_000, 1_000_000)


def plan(works, with_peers):
    """(key of the figures, peer, work, arguments), in the order in which they run."""
    peers = ("parley", "mosquitto") if with_peers else ("parley",)
    for work in works:
        if work == "C":
            for idle in IDLE:
                yield from ((f"C{idle}", peer, work, {"idle": idle}) for peer in peers)
                if idle == 8000 and with_peers:
                    yield f"C{idle}", "mosquitto-ws", work, {"idle": idle}
        elif work == "U":
            yield from ((f"U{rows}", "own", "B", {"unread": rows}) for rows in UNREAD)
        elif work == "PG":
            if with_peers:
                yield "PG", "parley-pg", "B", {}
        else:
            yield from ((work, peer, work, {}) for peer in peers)


def sync(folder, key):
    figures = {"key": key, "peer": "disk"}
    for name, times in zip(("overwrite", "append"), servers.sync_times(folder)):
        figures[f"{name}_p50_us"] = statistics.median(times)
        figures[f"{name}_p99_us"] = sorted(times)[len(times) * 99 // 100]
    return figures


def measure(own, peers, run):
    key, peer, work, arguments = run
    lines = peers.measure(peer, work, **arguments) if peers and peer != "own" \
        else own.measure(work, **arguments)
    for line in lines:
        if line.get("workload") == "note":
            yield {**line, "key": "note", "peer": peer}
        else:
            part = line["workload"] if work == "D" else ""
            yield {**line, "key": key + part, "peer": "parley" if peer == "own" else peer}


def beside_sync(folder, lines):
    """What the disk bounds, with the time that it took then: just before and after."""
    before = sync(folder, "sync")
    lines = list(lines)
    after = sync(folder, "sync")
    sync_us = (before["overwrite_p50_us"] + after["overwrite_p50_us"]) / 2
    yield from (before, after)
    for line in lines:
        if line.get("p50_us"):  # else it failed, or is a note
            line |= {"sync_us": sync_us, **table.by_sync(line["p50_us"], line["rate"], sync_us)}
        yield line


def results(own, peers, works, reps, folder):
    runs = list(plan(works or table.WORKS, bool(peers)))
    for rep in range(1, reps + 1):
        yield sync(folder, "sync")
        for number, run in enumerate(runs, 1):
            print(f"{rep}/{reps} {number}/{len(runs)}: {run[0]} {run[1]}", file=sys.stderr)
            if run[:2] == ("C0", "parley"):
                yield from beside_sync(folder, measure(own, peers, run))
            else:
                yield from measure(own, peers, run)


def main(works):
    if unknown := [work for work in works if work not in table.WORKS]:
        sys.exit(f"no such work: {' '.join(unknown)}; there are: {' '.join(table.WORKS)}")
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda *_: sys.exit("ended by a signal"))
    seconds, reps = int(os.environ.get("SECS", "10")), int(os.environ.get("REPS", "3"))
    port = int(os.environ.get("PORT", "22883"))
    source = os.environ.get("PEERBENCH")
    parleyd = Path(os.environ.get("PARLEYD") or BIN / "parleyd").resolve()
    OUT.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=os.environ.get("DIR", OUT)))
    folder.chmod(0o755)  # PostgreSQL is another user
    try:
        own = servers.Parley(parleyd, BIN / "parley-bench", folder, port, seconds)
        peers = servers.Peers(Path(source), ROOT / "build/peerbench/peerbench", parleyd, folder,
                              port, seconds) if source else None
        records = []
        with open(OUT / "lines.jsonl", "w", encoding="utf-8") as lines:
            for record in results(own, peers, works, reps, folder):
                records.append(record)
                print(json.dumps(record), file=lines, flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    text = table.table(records, reps, seconds)
    (OUT / "table.md").write_text(text)
    print(text, end="")


if __name__ == "__main__":
    main(sys.argv[1:])
