# SPDX-License-Identifier: MIT
"""The works of scripts/bench.sh, by parley-bench, and what the disk takes meanwhile."""
import json
import os
import re
import time
from pathlib import Path

import processes

PING_SECONDS = 5  # between two heartbeats of a connection

NAMES = {"messages_per_second": "rate", "stored_messages_per_second": "rate",
         "drained_messages_per_second": "rate", "connections_per_second": "rate",
         "server_cpu_us_per_message": "cpu_us", "stored_server_cpu_us_per_message": "cpu_us",
         "drained_server_cpu_us_per_message": "cpu_us", "server_cpu_us_per_heartbeat": "cpu_us",
         "delivered_latency_p50_us": "p50_us", "server_cpu_percent": "server_cpu_pct",
         "faults": "failures", "server_rss_kib_per_connection": "rss_per_conn_kib"}


class Load:
    def __init__(self, bench, seconds):
        self.bench = bench
        pairs = ["pairs", "--seconds", seconds, "--warmup", 2, "--pairs"]
        self.works = {
            "A": [*pairs, 500, "--window", 1],
            "B": [*pairs, 50, "--window", 16],
            "C": [*pairs, 10, "--window", 1],
            "D": ["offline", "--senders", 100, "--messages", 1000, "--window", 16],
            "E": ["idle", "--connections", 8000, "--seconds", 2 * seconds],
            "F": ["idle", "--connections", 5000, "--seconds", 1]}
        self.seconds = seconds

    def handshakes(self, server):
        """One at a time, each a new session."""
        with server.serving() as running:
            before = processes.cpu_seconds(running.pids)
            out = processes.run(["openssl", "s_time", "-new", "-time", str(self.seconds),
                                 "-connect", running.url.partition("//")[2]], env=os.environ)
            used = processes.cpu_seconds(running.pids) - before
        made = re.search(r"^(\d+) connections in \d+ real seconds", out, re.M)
        if not made or int(made[1]) == 0:
            raise RuntimeError(f"openssl s_time has no figures: {out}")
        return [{"workload": "handshakes", "cpu_us": 1e6 * used / int(made[1]),
                 "rate": int(made[1]) / self.seconds}]

    def measure(self, server, work, idle=None, **arguments):
        """Figures, by the names of the table; of D they are two: accepted, and drained."""
        if work == "handshakes":
            return self.handshakes(server)
        command = [*self.works[work], *(() if idle is None else ("--idle", idle))]
        with server.serving(**arguments) as running:
            # Parley tells its clients how often to send a heartbeat. Those of a broker need not
            # send any, and do where these are what is measured.
            pings = PING_SECONDS if work == "E" else 0
            pids = [word for pid in running.pids for word in ("--server-pid", pid)]
            out = processes.run(
                [str(word) for word in (self.bench, "--json", "--url", running.url, *pids,
                                        *running.arguments, "--ping-every", pings,
                                        *command)], env=running.environment)
            if running.process.poll() is not None:
                raise RuntimeError(f"{running.process.args[0]} ended amid {work} with"
                                   f" {running.process.returncode}:"
                                   f" {processes.last_words(running.log)}")
        if not out.startswith("{"):
            raise RuntimeError(f"parley-bench has no figures of {work}")
        figures = json.loads(out)
        if figures["workload"] != "offline":
            return [renamed(figures, "")]
        return [{**renamed(figures, part), "workload": name}
                for part, name in (("stored_", "store"), ("drained_", "drain"))]


def renamed(figures, part):
    others = {"stored_", "drained_"} - {part}
    return {NAMES.get(name, name): value for name, value in figures.items()
            if not name.startswith(tuple(others))}


def sync_times(folder, count=200):
    """What the disk takes to have 4 KiB safe, in microseconds: [in place], [appended]."""
    page = os.urandom(4096)
    path = Path(folder, "sync")
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.posix_fallocate(file, 0, len(page) * count)
        for at in range(count):  # an extent's first writing costs more
            os.pwrite(file, page, at * len(page))
        os.fdatasync(file)
        times = []
        for start in (0, count):
            times.append([])
            for at in range(start, start + count):
                begin = time.perf_counter()
                os.pwrite(file, page, at * len(page))
                os.fdatasync(file)
                times[-1].append(1e6 * (time.perf_counter() - begin))
        return times
    finally:
        os.close(file)
        path.unlink()
