# SPDX-License-Identifier: MIT
"""Parley's servers. Each serving() is a server started afresh, and ended by its process id."""
import contextlib
import os
import shutil
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

import processes

USERS = 16_000  # more than any work needs
KEY = "bench"
BODY_BYTES = 200
MAILBOX = 10_000  # messages that one holds


class Running(NamedTuple):
    process: object  # whose end is the server's
    log: Path
    pids: list  # whose CPU and memory are the server's
    url: str
    environment: dict  # parley-bench's
    arguments: tuple = ()  # likewise


@contextlib.contextmanager
def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Parley:
    def __init__(self, parleyd, folder, port):
        self.parleyd, self.port = parleyd, port
        self.data = folder / "parley"

    @contextlib.contextmanager
    def serving(self, unread=0):
        with fresh(self.data):
            store = f"sqlite:{self.data}/parley.db"
            self.add_users(store)
            fill(self.data / "parley.db", unread)
            with self.on(store) as running:
                yield running

    def place(self, store):
        return ["--data", self.data, "--store", store]

    def add_users(self, store):
        subprocess.run([self.parleyd, "user", "import", "-", *self.place(store)], check=True,
                       text=True, input="".join(f"{i},u{i}\n" for i in range(1, USERS + 1)),
                       stdout=subprocess.DEVNULL,
                       env={**environment(), "PARLEY_LOG_LEVEL": "warning"})

    @contextlib.contextmanager
    def on(self, store):
        log = self.data / "log"
        command = [self.parleyd, "serve", "--listen", f"127.0.0.1:{self.port}", *self.place(store)]
        with processes.listening(command, self.port, log, env=environment()) as server:
            yield Running(server, log, [server.pid], f"ws://127.0.0.1:{self.port}",
                          environment())


class ParleyOverTls(Parley):
    def __init__(self, parleyd, folder, port):
        super().__init__(parleyd, folder, port)
        self.certificate = Certificate(folder)

    @contextlib.contextmanager
    def on(self, store):
        self.certificate.make()
        files = {"PARLEY_TLS_CERTIFICATE_FILE": str(self.certificate.file),
                 "PARLEY_TLS_KEY_FILE": str(self.certificate.key)}
        log = self.data / "log"
        command = [self.parleyd, "serve", "--listen", f"127.0.0.1:{self.port}", *self.place(store)]
        with processes.listening(command, self.port, log,
                                 env={**environment(), **files}) as server:
            yield Running(server, log, [server.pid], f"wss://127.0.0.1:{self.port}",
                          environment(), ("--ca", self.certificate.file))


class Nginx:
    """Does nothing but TLS and one small answer."""

    def __init__(self, folder, port):
        self.port = port
        self.folder = folder / "nginx"
        self.certificate = Certificate(folder)

    @contextlib.contextmanager
    def serving(self):
        self.certificate.make()
        with fresh(self.folder):
            configuration = self.folder / "conf"
            configuration.write_text(
                f"daemon off; pid {self.folder}/pid; worker_processes auto; user root;\n"
                "events {}\nhttp { access_log off;\n"
                + "".join(f"{kind}_temp_path {self.folder}/{kind};\n" for kind in
                          ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
                + f"server {{ listen 127.0.0.1:{self.port} ssl; return 204;\n"
                f"ssl_certificate {self.certificate.file};\n"
                f"ssl_certificate_key {self.certificate.key}; }} }}\n")
            log = self.folder / "log"
            command = ["/usr/sbin/nginx", "-e", log, "-p", self.folder, "-c", configuration]
            with processes.listening(command, self.port, log) as server:
                yield Running(server, log, [server.pid, *processes.children(server.pid)],
                              f"https://127.0.0.1:{self.port}", {})


class Certificate:
    """Of P-256, signed by itself."""

    def __init__(self, folder):
        self.file = folder / "certificate.pem"
        self.key = folder / "certificate.key"

    def make(self):
        if not self.file.exists():
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                            "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj",
                            "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
                            "-keyout", self.key, "-out", self.file], check=True,
                           capture_output=True)


class ParleyOnPostgresql(Parley):
    """The database is measured, too."""

    def __init__(self, parleyd, folder, port):
        super().__init__(parleyd, folder, port)
        self.database_port = port + 1
        self.cluster = folder / "postgresql"

    @contextlib.contextmanager
    def serving(self, unread=0):
        with fresh(self.data), fresh(self.cluster), self.database() as database:
            store = f"postgresql://postgres@127.0.0.1:{self.database_port}/postgres"
            self.add_users(store)
            with self.on(store) as running:
                # Each connection is a process of its own; all are there when the server answers.
                pids = [database.pid, *processes.children(database.pid)]
                yield running._replace(pids=[*running.pids, *pids])

    @contextlib.contextmanager
    def database(self):
        """With the defaults of initdb: what is committed is on disk."""
        shutil.chown(self.cluster, "postgres")
        programs = max(Path("/usr/lib/postgresql").glob("*/bin"))
        as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        log = self.data / "postgresql.log"
        made = subprocess.run([*as_postgres, programs / "initdb", "-D", self.cluster / "data",
                               "-A", "trust", "-E", "UTF8", "--locale=C"], cwd="/", check=False,
                              text=True, capture_output=True)
        if made.returncode != 0:
            raise RuntimeError(f"initdb: {made.stderr.strip()}")
        command = [*as_postgres, programs / "postgres", "-D", self.cluster / "data",
                   "-p", str(self.database_port), "-c", "listen_addresses=127.0.0.1",
                   "-c", f"unix_socket_directories={self.cluster}"]
        with processes.listening(command, self.database_port, log, cwd="/") as database:
            yield database


def environment():
    return {**os.environ, "PARLEY_SECRET_KEY": KEY, "PARLEY_LIMITS_COMMANDS_PER_SECOND": "0"}


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
