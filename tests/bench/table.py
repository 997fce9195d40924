# SPDX-License-Identifier: MIT
"""The figures of compare.py as a Markdown table, beside what they should be."""
import datetime
import os
import platform
import re
import statistics
import subprocess
from pathlib import Path

WORKS = {
    "A": "500 pairs, 1 outstanding each",
    "B": "50 pairs, 16 outstanding each",
    "C": "10 pairs, 1 outstanding each, with idle connections open",
    "D": "100 × 1000 messages for users who are away",
    "E": "8000 idle connections, a heartbeat every 5 s",
    "F": "5000 logins, 200 at a time",
    "U": "B, while other users have unread messages",
    "T": "A and B over TLS, and TLS handshakes, one at a time",
    "PG": "B on PostgreSQL",
}
FAULTS = ("lost", "unanswered", "doubled", "misordered", "misnumbered", "damaged", "refused",
          "left", "disconnected")  # as parley-bench counts them
BROKERS = {"mosquitto": "mosquitto", "rabbitmq": "RabbitMQ"}
OUTSTANDING = 10  # in work C
BEAT_SECONDS = 5  # between two heartbeats of a connection; E measures what one costs
SAME = 1.10  # within 10 %


class Figures:
    """Medians over the repetitions."""

    def __init__(self, records):
        self.records = records

    def get(self, key, field, peer="parley"):
        values = [r[field] for r in self.records
                  if r["key"] == key and r["peer"] == peer and field in r]
        return statistics.median(values) if values else None

    def has(self, key):
        return any(record["key"] == key for record in self.records)


class Table:
    def __init__(self, figures, brokers):
        self.figures = figures
        self.brokers = brokers
        self.rows = []

    def row(self, key, words, field, target, *, most=None, least=None, scale=1, unit="",
            less=0):
        """`most` and `least` are limits in the table's units; None: they could not be known.
        `less`: what is taken off our figure; then there is none to compare it with."""
        ours = self.figures.get(key, field)
        if ours is not None:
            ours -= less
        scaled = None if ours is None else ours * scale
        limit = most if least is None else least
        if scaled is None or (limit is None and target):
            reached = "?"
        elif not target:
            reached = ""
        else:
            reached = "yes" if (scaled <= most if least is None else scaled >= least) else "**no**"
        columns = []
        for broker in self.brokers:
            theirs = None if less else self.figures.get(key, field, broker)
            columns += (number(None if theirs is None else theirs * scale, unit),
                        f"{ours / theirs:.2f}" if ours is not None and theirs else "")
        self.rows.append((words, number(scaled, unit), *columns, target, reached))

    def alone(self, words, ours, target="", reached=""):
        """What no broker has."""
        self.rows.append((words, ours, *[""] * (2 * len(self.brokers)), target, reached))

    def text(self):
        columns = [word for broker in self.brokers for word in (BROKERS[broker], "ratio")]
        head = ("work", "Parley", *columns, "target", "reached")
        lines = [head, ("---", *["---:"] * (1 + len(columns)), "---", "---"), *self.rows]
        return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def number(value, unit=""):
    if value is None:
        return ""
    digits = 0 if abs(value) >= 100 or value == int(value) else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f}{unit}".replace(",", " ")


def times(factor, value):
    return None if value is None else factor * value


def by_sync(p50_us, rate, sync_us):
    """A message waits for half of the commit that runs when it comes, and for all of its own."""
    allowed = OUTSTANDING / (1.5e-6 * sync_us)
    return {"p50_syncs": p50_us / sync_us, "rate_of_allowed": rate / allowed}


def live(table, key, words, factor, cpu_us):
    rival = table.figures.get(key, "rate", "mosquitto")
    table.row(key, f"{words}: messages/s", "rate", f"≥ {factor} × mosquitto",
              least=times(factor, rival))
    table.row(key, f"{words}: CPU for each", "cpu_us", f"≤ {cpu_us} µs", most=cpu_us, unit=" µs")


def beside_idle(table):
    get = table.figures.get
    for idle in (0, 2000, 8000, 15_000):
        key = f"C{idle}"
        words = f"C, {number(idle) if idle else 'no'} idle"
        if idle == 0:
            table.row(key, f"{words}: half of them within", "p50_us", "", scale=1e-3, unit=" ms")
            table.row(key, f"{words}: that, in fdatasyncs of {number(get(key, 'sync_us'))} µs",
                      "p50_syncs", "≤ 2.5", most=2.5)
            table.row(key, f"{words}: messages/s", "rate", "")
            table.row(key, f"{words}: that, of what fdatasync allows", "rate_of_allowed", "≥ 0.8",
                      least=0.8)
            table.row(key, f"{words}: CPU for each", "cpu_us", "", unit=" µs")
            continue
        table.row(key, f"{words}: messages/s", "rate", "as with none, within 10 %",
                  least=times(1 / SAME, get("C0", "rate")))
        table.row(key, f"{words}: CPU for each", "cpu_us", "as with none, within 10 %",
                  most=times(SAME, get("C0", "cpu_us")), unit=" µs")
        if table.figures.has("E") and get(key, "rate"):
            beats = idle / BEAT_SECONDS / get(key, "rate")
            table.row(key, f"{words}: CPU for each, less that of heartbeats", "cpu_us",
                      "as with none, within 10 %", most=times(SAME, get("C0", "cpu_us")),
                      unit=" µs", less=beats * get("E", "cpu_us"))
        if idle == 8000:
            rival = get(key, "rate", "mosquitto-ws")
            table.row(key, f"{words}: messages/s", "rate",
                      f"≥ 4 × mosquitto over WebSocket ({number(rival) or 'not measured'})",
                      least=times(4, rival))


def away(table):
    for key, words, least in (("Dstore", "D, accepted", 100_000),
                              ("Ddrain", "D, drained", 150_000)):
        table.row(key, f"{words}: messages/s", "rate", f"≥ {number(least)}", least=least)
        table.row(key, f"{words}: CPU for each", "cpu_us", "", unit=" µs")


def idle(table):
    table.row("E", "E: memory of each", "rss_per_conn_kib", "≤ 9 KiB", most=9, unit=" KiB")
    table.row("E", "E: CPU, of one core", "server_cpu_pct", "≤ 4 %", most=4, unit=" %")


def logins(table):
    rival = table.figures.get("F", "rate", "mosquitto")
    table.row("F", "F: logins/s", "rate", "≥ 0.9 × mosquitto", least=times(0.9, rival))
    table.row("F", "F: failed", "failures", "none", most=0)


def beside_unread(table):
    base = {field: table.figures.get("U1", field) for field in ("rate", "cpu_us")}
    for rows in (1, 10_000, 1_000_000):
        key, words, first = f"U{rows}", f"U, {number(rows)} unread", rows == 1
        target = "" if first else "as with 1, within 10 %"
        table.row(key, f"{words}: messages/s", "rate", target,
                  least=times(1 / SAME, base["rate"]))
        table.row(key, f"{words}: CPU for each", "cpu_us", target,
                  most=times(SAME, base["cpu_us"]), unit=" µs")


def on_postgresql(table):
    rate, cpu = (table.figures.get("PG", field, "parley-pg") for field in ("rate", "cpu_us"))
    reached = "?" if rate is None else "yes" if rate >= 25_000 else "**no**"
    table.alone("PG: messages/s", number(rate), f"≥ {number(25_000)}", reached)
    table.alone("PG: CPU for each, database and all", number(cpu, " µs"))


def over_tls(table):
    for part in ("A", "B"):
        plain, secure = (table.figures.get(f"T{part}", "cpu_us", peer)
                         for peer in ("parley", "parley-tls"))
        if plain and secure:
            table.alone(f"T, {part}: CPU for each, plain", number(plain, " µs"))
            table.alone(f"T, {part}: CPU for each, TLS", number(secure, " µs"),
                        f"≤ {1.3 * plain:.1f} µs", "yes" if secure <= 1.3 * plain else "**no**")
    for peer, words in (("parley-tls", "T: CPU for a handshake"), ("nginx", "T: nginx's")):
        table.alone(words, number(table.figures.get("TH", "cpu_us", peer), " µs"))


def machine(figures):
    cpu = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.M)
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True,
                            text=True, check=False).stdout.strip()
    disk = ", ".join(
        f"{words} {number(figures.get('sync', f'{name}_p50_us', 'disk') / 1000)} ms"
        f" (99 %: {number(figures.get('sync', f'{name}_p99_us', 'disk') / 1000)} ms)"
        for name, words in (("overwrite", "in place"), ("append", "appended")))
    return (f"{datetime.date.today()}, commit {commit}. {cpu[1] if cpu else platform.machine()}, "
            f"{os.cpu_count()} cores, Linux {platform.release()}. fdatasync of 4 KiB: {disk}.")


def faults_of(records):
    """A line for each run that was not as it ought to be."""
    return [f"- {record['key']}, {record['peer']}: "
            + ", ".join(f"{record[name]} {name}" for name in FAULTS if record.get(name)) + "\n"
            for record in records if any(record.get(name) for name in FAULTS)]


def faults(records):
    found = "".join(faults_of(records))
    return f"\nFaults:\n\n{found}" if found \
        else "\nNo run lost, duplicated or misdirected a message.\n"


def of_all(brokers):
    return " and ".join(("ours", *(f"{BROKERS[broker]}'s" for broker in brokers)))


def table(records, brokers, reps, seconds):
    figures = Figures(records)
    made = Table(figures, brokers)
    for key, make in (("A", lambda t: live(t, "A", "A", 0.8, 25)),
                      ("B", lambda t: live(t, "B", "B", 1.0, 15)),
                      ("C0", beside_idle), ("Dstore", away), ("E", idle), ("F", logins),
                      ("U1", beside_unread), ("TH", over_tls), ("PG", on_postgresql)):
        if figures.has(key):
            make(made)
    words = "".join(f"- {work}: {text}\n" for work, text in WORKS.items())
    turns = f", {of_all(brokers)} in turn" if brokers else ""
    return (f"{machine(figures)} Each figure is the median of {reps} runs of {seconds} s{turns}."
            f"\n\n{made.text()}\n{words}{faults(records)}")
