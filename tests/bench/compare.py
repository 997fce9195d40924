#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Runs the works of scripts/bench.sh, which tells what they are, and makes the table."""
import json
import os
import resource
import shutil
import signal
import statistics
import sys
import tempfile
from pathlib import Path

import brokers
import load
import servers
import table

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "bench"
BIN = ROOT / "build" / "release" / "bin"
BROKERS = ("mosquitto", "rabbitmq")
OPEN_FILES = 65_536  # of each server, if it may; more only make Erlang's tables larger
IDLE = (0, 2000, 8000, 15_000)
UNREAD = (1, 10_000, 1_000_000)


def plan(works, peers):
    """(key of the figures, peer, work, arguments), in the order in which they run."""
    for work in works:
        if work == "C":
            for idle in IDLE:
                yield from ((f"C{idle}", peer, work, {"idle": idle}) for peer in peers)
                if idle == 8000 and "mosquitto" in peers:
                    yield f"C{idle}", "mosquitto-ws", work, {"idle": idle}
        elif work == "U":
            yield from ((f"U{rows}", "parley", "B", {"unread": rows}) for rows in UNREAD)
        elif work == "T":
            for part in ("A", "B"):
                yield from ((f"T{part}", peer, part, {}) for peer in ("parley", "parley-tls"))
            yield from (("TH", peer, "handshakes", {}) for peer in ("parley-tls", "nginx"))
        elif work == "PG":
            yield "PG", "parley-pg", "B", {}
        else:
            yield from ((work, peer, work, {}) for peer in peers)


def sync(folder, key):
    figures = {"key": key, "peer": "disk"}
    for name, times in zip(("overwrite", "append"), load.sync_times(folder)):
        figures[f"{name}_p50_us"] = statistics.median(times)
        figures[f"{name}_p99_us"] = sorted(times)[len(times) * 99 // 100]
    return figures


def measure(works, made, run):
    key, peer, work, arguments = run
    for line in works.measure(made[peer], work, **arguments):
        yield {**line, "key": key + (line["workload"] if work == "D" else ""), "peer": peer}


def beside_sync(folder, lines):
    """What the disk bounds, with the time that it took then: just before and after."""
    before = sync(folder, "sync")
    lines = list(lines)
    after = sync(folder, "sync")
    sync_us = (before["overwrite_p50_us"] + after["overwrite_p50_us"]) / 2
    yield from (before, after)
    for line in lines:
        if line.get("p50_us"):  # else it failed
            line |= {"sync_us": sync_us, **table.by_sync(line["p50_us"], line["rate"], sync_us)}
        yield line


def results(works, made, runs, reps, folder):
    for rep in range(1, reps + 1):
        yield sync(folder, "sync")
        for number, run in enumerate(runs, 1):
            print(f"{rep}/{reps} {number}/{len(runs)}: {run[0]} {run[1]}", file=sys.stderr)
            if run[:2] == ("C0", "parley"):
                yield from beside_sync(folder, measure(works, made, run))
            else:
                yield from measure(works, made, run)


def makers(folder, port):
    parleyd = Path(os.environ.get("PARLEYD") or BIN / "parleyd").resolve()
    return {"parley": servers.Parley(parleyd, folder, port),
            "parley-tls": servers.ParleyOverTls(parleyd, folder, port),
            "nginx": servers.Nginx(folder, port),
            "parley-pg": servers.ParleyOnPostgresql(parleyd, folder, port),
            "mosquitto": brokers.Mosquitto(folder, port),
            "mosquitto-ws": brokers.Mosquitto(folder, port, "mqtt+ws"),
            "rabbitmq": brokers.RabbitMq(folder, port)}


def record_all(works, peers, reps, seconds):
    OUT.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=os.environ.get("DIR", OUT))).resolve()
    folder.chmod(0o755)  # PostgreSQL is another user
    made = makers(folder, int(os.environ.get("PORT", "22883")))
    runs = list(plan(works, ("parley", *peers)))
    records = []
    try:
        with open(OUT / "lines.jsonl", "w", encoding="utf-8") as lines:
            for record in results(load.Load(BIN / "parley-bench", seconds), made, runs, reps,
                                  folder):
                records.append(record)
                print(json.dumps(record), file=lines, flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return records


def main(works):
    peers = os.environ.get("BROKERS", "mosquitto").split()
    for words, given, known in (("work", works, table.WORKS), ("broker", peers, BROKERS)):
        if unknown := [name for name in given if name not in known]:
            sys.exit(f"no such {words}: {' '.join(unknown)}; there are: {' '.join(known)}")
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda *_: sys.exit("ended by a signal"))
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, OPEN_FILES), most))
    seconds, reps = int(os.environ.get("SECS", "10")), int(os.environ.get("REPS", "3"))
    try:
        records = record_all(works or table.WORKS, peers, reps, seconds)
    except RuntimeError as error:
        sys.exit(f"compare.py: {error}")
    text = table.table(records, peers, reps, seconds)
    (OUT / "table.md").write_text(text)
    print(text, end="")
    if table.faults_of(records):
        sys.exit("compare.py: there were faults: the table's end has them")


if __name__ == "__main__":
    main(sys.argv[1:])
