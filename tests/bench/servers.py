# SPDX-License-Identifier: MIT
"""Servers to measure: each is started afresh, loaded, and ended by its process id."""
import contextlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
from pathlib import Path

USERS = 16_000  # more than any work needs
KEY = "bench"
BODY_BYTES = 200
MAILBOX = 10_000  # messages that one holds
END_SECONDS = 20


def end(process):
    """Ends a process that leads a group, and whatever it has started."""
    for kill in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, kill)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(END_SECONDS)
        for _ in range(END_SECONDS * 10):
            try:
                os.killpg(process.pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.1)


def run(command, **options):
    """Runs it in a group of its own, which is gone afterwards, whatever happens; its output."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True,
                               **options)
    try:
        return process.communicate()[0]
    finally:
        end(process)


def adapted(script):
    """The driver's script with enough users, and with a database as Parley wants it."""
    for old, new in (("\nusers=9000\n", f"\nusers={USERS}\n"),
                     (" -A trust ", " -A trust -E UTF8 ")):
        if old not in script:
            raise RuntimeError(f"peers.sh has no {old!r} to adapt")
        script = script.replace(old, new)
    return script


class Peers:
    """The comparison driver's servers."""

    def __init__(self, source, bench, parleyd, folder, port, seconds):
        self.script = folder / "peers" / "peers.sh"
        self.script.parent.mkdir()
        shutil.copytree(source / "peers", self.script.parent / "peers")
        self.script.write_text(adapted((source / "peers.sh").read_text()))
        self.settings = {"PEERS_DIR": folder / "data", "BENCH": bench, "PARLEYD": parleyd,
                         "REPS": 1, "SECS": seconds, "PORT": port}
        self.settings["PEERS_DIR"].mkdir()

    def measure(self, peer, work, idle=0):
        settings = {**self.settings, "IDLE": idle, "OUT": ""}
        out = run(["bash", self.script, peer, work],
                  env={**os.environ, **{name: str(value) for name, value in settings.items()}})
        shutil.rmtree(self.settings["PEERS_DIR"] / peer, ignore_errors=True)
        return [json.loads(line) for line in out.splitlines() if line.startswith("{")]


class Parley:
    """Our server alone, with parley-bench."""

    NAMES = {"messages_per_second": "rate", "stored_messages_per_second": "rate",
             "drained_messages_per_second": "rate", "connections_per_second": "rate",
             "server_cpu_us_per_message": "cpu_us", "stored_server_cpu_us_per_message": "cpu_us",
             "drained_server_cpu_us_per_message": "cpu_us", "delivered_latency_p50_us": "p50_us",
             "server_cpu_percent": "server_cpu_pct", "faults": "failures",
             "server_rss_kib_per_connection": "rss_per_conn_kib"}

    def __init__(self, parleyd, bench, folder, port, seconds):
        self.parleyd, self.bench, self.port, self.seconds = parleyd, bench, port, seconds
        self.data = folder / "own"
        self.environment = {**os.environ, "PARLEY_SECRET_KEY": KEY,
                            "PARLEY_LIMITS_COMMANDS_PER_SECOND": "0"}
        pairs = ["pairs", "--seconds", seconds, "--warmup", 2, "--pairs"]
        self.works = {
            "A": (*pairs, 500, "--window", 1), "B": (*pairs, 50, "--window", 16),
            "C": (*pairs, 10, "--window", 1, "--idle"),
            "D": ("offline", "--senders", 100, "--messages", 1000, "--window", 16),
            "E": ("idle", "--connections", 8000, "--seconds", 2 * seconds),
            "F": ("idle", "--connections", 5000, "--seconds", 1)}

    def measure(self, work, idle=None, unread=0):
        arguments = self.works[work] + (() if idle is None else (idle,))
        with self.serving(unread) as pid:
            out = run([self.bench, "--json", "--url", f"ws://127.0.0.1:{self.port}",
                       "--server-pid", str(pid), *map(str, arguments)], env=self.environment)
        figures = json.loads(out)
        if figures["workload"] != "offline":
            return [self.renamed(figures, "")]
        return [{**self.renamed(figures, part), "workload": name}
                for part, name in (("stored_", "store"), ("drained_", "drain"))]

    def renamed(self, figures, part):
        others = {"stored_", "drained_"} - {part}
        return {self.NAMES.get(name, name): value for name, value in figures.items()
                if not name.startswith(tuple(others))}

    @contextlib.contextmanager
    def serving(self, unread):
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir()
        place = ["--data", self.data, "--store", f"sqlite:{self.data}/parley.db"]
        subprocess.run([self.parleyd, "user", "import", "-", *place], check=True, text=True,
                       input="".join(f"{i},u{i}\n" for i in range(1, USERS + 1)),
                       stdout=subprocess.DEVNULL,
                       env={**self.environment, "PARLEY_LOG_LEVEL": "warning"})
        fill(self.data / "parley.db", unread)
        with open(self.data / "log", "w", encoding="utf-8") as log:
            server = subprocess.Popen(
                [self.parleyd, "serve", "--listen", f"127.0.0.1:{self.port}", *place],
                stdout=log, stderr=log, start_new_session=True, env=self.environment)
        try:
            await_port(self.port, server)
            yield server.pid
        finally:
            end(server)
            shutil.rmtree(self.data)


def await_port(port, server):
    for _ in range(300):
        if server.poll() is not None:
            break
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port)).close()
            return
        time.sleep(0.1)
    raise RuntimeError(f"nothing listens on port {port}")


def fill(database, unread):
    """As many unread messages, of users next to those whom work B uses."""
    first = 101
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        for user in range(first, first + -(-unread // MAILBOX)):
            count = min(MAILBOX, unread)
            connection.execute(
                "UPDATE mailbox SET last_seq = ?1, unread_count = ?1, unread_bytes = ?1 * ?2"
                " WHERE user_id = ?3", (count, BODY_BYTES, user))
            connection.execute(
                "INSERT INTO unread (receive_user_id, seq, send_user_id, client_id, body, sent_at,"
                " receipt) WITH RECURSIVE n(n) AS"
                " (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?1)"
                " SELECT ?2, n, 1, NULL, ?3, ?4, 0 FROM n",
                (count, user, "x" * BODY_BYTES, int(time.time() * 1000)))


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
