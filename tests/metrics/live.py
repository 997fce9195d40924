#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Real servers, a real Prometheus with docs/alerts.yaml, and what makes the alerts fire.

    live.py PARLEYD ROOT

Windows and waiting times are shorter than in the file, and thresholds the same. What would need
hours, gigabytes, or a defect of the machine is left to alerts.py.
"""
import contextlib
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

import yaml

from serverundertest import (ADMIN_TOKEN, PATIENCE, Client, Server, certificate, free_port, status,
                             upgrade)

SCRAPE = 0.5  # seconds
WINDOW = "30s"  # of rates

# What a busy machine makes slow.
OF_TIME = {"ParleyDown", "ParleyCommitsSlow", "ParleySendsSlow", "ParleyQueueWaits"}


def hurried(rules):
    """The same alerts for the impatient."""
    for group in rules["groups"]:
        for rule in group["rules"]:
            rule.pop("for", None)
            rule["expr"] = re.sub(r"\[\d+m\]", f"[{WINDOW}]", rule["expr"])
            rule["expr"] = rule["expr"].replace("offset 1h", "offset 10s")
    return rules


class Prometheus:
    def __init__(self, folder, rules, servers):
        self.folder = Path(folder)
        self.port = free_port()
        (self.folder / "rules.yaml").write_text(json.dumps(rules))
        jobs = [{"job_name": "parley", "scheme": scheme,
                 "tls_config": {"insecure_skip_verify": True},
                 "static_configs": [{"targets": [server.address for server in servers
                                                 if server.is_tls == (scheme == "https")]}]}
                for scheme in ("http", "https")]
        # One job of this name only: the name of the other is put right afterwards.
        jobs[1]["job_name"] = "parley-tls"
        jobs[1]["relabel_configs"] = [{"target_label": "job", "replacement": "parley"}]
        (self.folder / "prometheus.yaml").write_text(json.dumps({
            "global": {"scrape_interval": f"{int(SCRAPE * 1000)}ms",
                       "scrape_timeout": f"{int(SCRAPE * 1000)}ms",
                       "evaluation_interval": f"{int(SCRAPE * 1000)}ms"},
            "rule_files": ["rules.yaml"], "scrape_configs": jobs}))
        with open(self.folder / "prometheus.log", "wb") as log:
            self.process = subprocess.Popen(
                ["prometheus", f"--config.file={self.folder / 'prometheus.yaml'}",
                 f"--storage.tsdb.path={self.folder / 'series'}",
                 f"--web.listen-address=127.0.0.1:{self.port}"], stdout=log, stderr=log)
        self.await_ready()

    def await_ready(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            with contextlib.suppress(OSError):
                self.get("/-/ready")
                return
            time.sleep(0.1)
        raise RuntimeError((self.folder / "prometheus.log").read_text())

    def get(self, path, **query):
        url = f"http://127.0.0.1:{self.port}{path}?{urllib.parse.urlencode(query)}"
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            return answer.read()

    def query(self, expression):
        return json.loads(self.get("/api/v1/query", query=expression))["data"]["result"]

    def fired(self):
        """Alert and instance of all that ever fired."""
        found = self.query('count_over_time(ALERTS{alertstate="firing"}[1h])')
        return {(one["metric"]["alertname"], one["metric"].get("instance")) for one in found}

    def await_fired(self, name, server):
        end = time.monotonic() + PATIENCE
        while (name, server.address) not in self.fired():
            if time.monotonic() > end:
                raise TimeoutError(f"{name} did not fire")
            time.sleep(SCRAPE)
        return name

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE)


# --- what makes alerts fire; each returns when it has done its part

def wrong_logins(server, prometheus):
    """Many at once, so that they wait for each other, until Prometheus has seen it."""
    for attempt in range(20):
        waiting = [server.login(f"user{n % 40 + 1}", "wrong", f"127.0.{attempt}.{2 + n % 2}")
                   for n in range(64)]
        answers = [status(made) for made in waiting]
        for made in waiting:
            made.close()
        assert 401 in answers and 429 in answers, answers
        if ("ParleyPasswordChecksWait", server.address) in prometheus.fired():
            return


def wrong_sessions(server):
    answers = {server.ask(server.chat_request(1, "0" * 32), "127.0.0.4") for _ in range(210)}
    assert answers == {401, 429}, answers


def session_elsewhere(server):
    session = server.session(2)
    assert server.ask(server.chat_request(2, session), "127.0.0.5") == 101
    for _ in range(8):
        assert server.ask(server.chat_request(2, session), "127.0.0.6") == 403


def wrong_admin_token(server):
    for _ in range(8):
        assert server.ask(upgrade("/trace?token=wrong"), "127.0.0.7") == 401


def bad_frames(server):
    for user in range(11, 18):
        client = Client(server, user)
        client.send_text(*["{"] * 10)
        assert client.closed() == 4400
        client.close()


def full_mailbox(server):
    client = Client(server, 3)
    for n in range(25):
        client.send(cmd="SEND", receiveUserId=4, body=str(n))
    assert client.expect("ERROR")["code"] == "mailbox_full"
    client.close()


def idle_sockets(server, most):
    """More than one address may have."""
    return [server.socket("127.0.0.8") for _ in range(most + 3)]


def bad_handshakes(server):
    for _ in range(150):  # more than Prometheus makes good ones
        with server.socket() as made:
            made.sendall(b"\x16\x03\x01\x00\x05nonsense")
            made.shutdown(socket.SHUT_WR)
            while made.recv(4096):
                pass


def many_unread(server):
    client = Client(server, 1)
    texts = [json.dumps({"cmd": "SEND", "receiveUserId": 2 + n % 30, "body": ""})
             for n in range(10_100)]
    for first in range(0, len(texts), 505):
        client.send_text(*texts[first:first + 505])
        for _ in range(505):
            client.expect("SENT")
    client.close()


def slow_readers(server):
    """Each asks for far more than fits on the way, and reads nothing."""
    writer = Client(server, 1)
    for user in (31, 32):
        for _ in range(64):
            writer.send(cmd="SEND", receiveUserId=user, body="x" * 32768)
            writer.expect("SENT")
    writer.close()
    readers = [Client(server, 31 + n % 2, receive_bytes=4096) for n in range(14)]
    for reader in readers:
        for _ in range(8):
            reader.send(cmd="FETCH", limit=500)
    return readers


def old_message(database):
    """Before the server starts: one that was stored 31 days ago."""
    with contextlib.closing(sqlite3.connect(database)) as store, store:
        stored = int((time.time() - 31 * 86400) * 1000)
        store.execute("INSERT INTO unread (receive_user_id, seq, send_user_id, body, sent_at, "
                      "receipt) VALUES (9, 1, 1, 'old', ?, 0)", (stored,))
        store.execute("UPDATE mailbox SET last_seq = 1, unread_count = 1, unread_bytes = 3 "
                      "WHERE user_id = 9")


def time_of_long_ago(database):
    """Before the server starts: the last time that was believed."""
    with contextlib.closing(sqlite3.connect(database)) as store, store:
        store.execute("UPDATE confirmed_time SET at = 1600000000000")


def locked(server, prometheus):
    """Another program writes, and lets nobody else: every commit waits, and fails."""
    client = Client(server, 5)
    with contextlib.closing(sqlite3.connect(server.database)) as store:
        store.execute("BEGIN IMMEDIATE")
        for _ in range(3):
            client.send(cmd="SEND", receiveUserId=6, body="")
            client.expect("ERROR")
        client.close()
        fired = [prometheus.await_fired("ParleyStoreUnavailable", server)]
        store.rollback()
    fired.append(prometheus.await_fired("ParleyCommitsSlow", server))
    client = Client(server, 5)
    client.send(cmd="SEND", receiveUserId=6, body="")
    client.expect("SENT")
    client.close()
    return fired


def damaged(server):
    """A table that was there is gone: a defect, and none that goes away by itself."""
    with contextlib.closing(sqlite3.connect(server.database)) as store, store:
        store.execute("DROP TABLE sent_key")
    client = Client(server, 7)
    client.send(cmd="SEND", receiveUserId=8, body="", clientId="key")
    assert client.expect("ERROR")["code"] == "internal"
    client.close()


def moved_away(server, prometheus):
    away = server.database.with_name("elsewhere.db")
    server.database.rename(away)
    fired = prometheus.await_fired("ParleyStoreUnavailable", server)
    away.rename(server.database)
    return fired


def restarted(server, prometheus):
    for _ in range(3):
        before = start_times(server, prometheus)
        server.stop()
        server.start()
        await_scrape(server, prometheus, before)
    return prometheus.await_fired("ParleyRestarts", server)


def start_times(server, prometheus):
    """What Prometheus has seen last."""
    return {one["value"][1] for one in prometheus.query(
        f'process_start_time_seconds{{instance="{server.address}"}}')}


def await_scrape(server, prometheus, before):
    """Until Prometheus has seen the new process."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        now = start_times(server, prometheus)
        if now and now != before:
            return
        time.sleep(SCRAPE / 2)
    raise TimeoutError("Prometheus does not see the server")


def stopped(server, prometheus):
    server.signal(signal.SIGSTOP)
    fired = prometheus.await_fired("ParleyDown", server)
    server.signal(signal.SIGCONT)
    return fired


# --- the whole

def panels(root):
    """Expressions of the dashboard, as Grafana would ask them."""
    for panel in json.loads(Path(root, "docs/grafana.json").read_text())["panels"]:
        for target in panel.get("targets", ()):
            yield panel["title"], (target["expr"].replace("$__rate_interval", WINDOW)
                                   .replace("$instance", ".*"))


def run(program, root, folder, stack):
    file, key = certificate(folder, 1)

    def server(name, **settings):
        made = Server(program, Path(folder, name), gateways=1, limits__commands_per_second=0,
                      **settings)
        stack.callback(made.stop)
        return made

    well = server("well").start()
    besieged = server("besieged", trace__enabled="true", limits__mailbox_messages=5,
                      limits__pending_per_address=64).start()
    full = server("full", limits__connections=10, limits__pending_per_address=2).start()
    secure = server("secure", tls__certificate_file=file, tls__key_file=key).start()
    impatient = server("impatient", presence__interval_ms=500, presence__timeout_ms=2000).start()
    loaded = server("loaded").start()
    failing = server("failing").start()
    aged = server("aged")
    old_message(aged.database)
    time_of_long_ago(aged.database)
    aged.start()
    servers = [well, besieged, full, secure, impatient, loaded, failing, aged]

    prometheus = Prometheus(folder, hurried(yaml.safe_load(Path(
        root, "docs/alerts.yaml").read_text())), servers)
    stack.callback(prometheus.stop)
    for one in servers:
        await_scrape(one, prometheus, set())
    expected = []

    def expect(name, one):
        expected.append((name, one))

    readers = slow_readers(loaded)
    silent = [Client(impatient, 1 + n % 20) for n in range(16)]
    wrong_logins(besieged, prometheus)
    wrong_sessions(besieged)
    session_elsewhere(besieged)
    wrong_admin_token(besieged)
    bad_frames(besieged)
    full_mailbox(besieged)
    for name in ("ParleyPasswordChecksWait", "ParleyFailedLogins", "ParleySessionsRefused",
                 "ParleyThrottled", "ParleySessionElsewhere", "ParleyAdminTokenWrong",
                 "ParleyBadFrames", "ParleyMailboxesFull"):
        expect(name, besieged)
    connections = [Client(full, 1 + n) for n in range(10)]
    sockets = idle_sockets(full, 2)
    expect("ParleyConnectionsNearLimit", full)
    expect("ParleySocketsTurnedAway", full)
    bad_handshakes(secure)
    for name in ("ParleyTlsFails", "ParleyCertificateEnds", "ParleyCertificateEndsNow"):
        expect(name, secure)
    expect("ParleyUnreadOld", aged)
    expect("ParleyClockDoubted", aged)
    many_unread(loaded)
    expect("ParleyUnreadGrows", loaded)
    expect("ParleyHeartbeatsMissed", impatient)
    expect("ParleySlowConsumers", loaded)
    fired = {prometheus.await_fired(name, one) for name, one in expected}
    for one in [*connections, *sockets, *silent, *readers]:
        one.close()

    fired.add(restarted(impatient, prometheus))
    fired.add(stopped(besieged, prometheus))
    fired.add(moved_away(full, prometheus))
    fired.update(locked(failing, prometheus))
    damaged(failing)
    fired.add(prometheus.await_fired("ParleyInternalErrors", failing))

    wrongly = {name for name, instance in prometheus.fired()
               if instance == well.address} - OF_TIME
    print("fired:", *sorted(fired))
    print("not fired here:", *sorted({rule["alert"] for group in yaml.safe_load(Path(
        root, "docs/alerts.yaml").read_text())["groups"] for rule in group["rules"]} - fired))
    if wrongly:
        print("fired for a server that is well:", *sorted(wrongly))
    empty = [f"{title}: {expression}" for title, expression in panels(root)
             if not prometheus.query(expression)]
    print(*(["no data for the panel"] + empty if empty else ["every panel has data"]), sep="\n")
    return 1 if wrongly or empty else 0


def main(program, root):
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        return run(program, root, folder, stack)


if __name__ == "__main__":
    os.environ.pop("http_proxy", None)
    sys.exit(main(*sys.argv[1:]))
