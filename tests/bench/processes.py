# SPDX-License-Identifier: MIT
"""Processes that lead a group of their own, and are ended with whatever they have started."""
import contextlib
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

END_SECONDS = 20
START_SECONDS = 120  # RabbitMQ's first start takes a while


def start(command, log, **options):
    with open(log, "a", encoding="utf-8") as file:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=file, stderr=file,
                                start_new_session=True, **options)


def end(process):
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


@contextlib.contextmanager
def listening(command, port, log, **options):
    """A process that answers on that port of 127.0.0.1."""
    process = start(command, log, **options)
    try:
        await_port(port, process, log)
        yield process
    finally:
        end(process)


def await_port(port, process, log):
    for _ in range(10 * START_SECONDS):
        if process.poll() is not None:
            raise RuntimeError(f"{process.args[0]} ended at once: {last_words(log)}")
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port)).close()
            return
        time.sleep(0.1)
    raise RuntimeError(f"{process.args[0]} does not listen on port {port}: {last_words(log)}")


def last_words(log):
    lines = Path(log).read_text(encoding="utf-8", errors="replace").split("\n")
    return " / ".join(line.strip() for line in lines if line.strip())[-500:] or "it said nothing"


def cpu_seconds(pids):
    """That they have used so far, in user and kernel."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
