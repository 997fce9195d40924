#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Whatever alerts and dashboard name is told by a real server, and all that it tells is explained.

    names.py PARLEYD ROOT
"""
import json
import re
import sys
import tempfile
import time
from pathlib import Path

import yaml

from serverundertest import PATIENCE, Server, certificate

# What Prometheus itself makes.
OWN = {"up", "ALERTS"}
NAME = r"\b(?:parley_[a-z0-9_]+|process_[a-z0-9_]+|up|ALERTS)\b"


def told(page):
    """The names of the metrics, with the labels of each."""
    labels = {}
    for line in page.splitlines():
        if match := re.match(r"([a-z0-9_]+)(?:\{(.*)\})? \S+$", line):
            names = re.findall(r'(\w+)="', match[2] or "")
            labels.setdefault(match[1], set()).update(names)
    return labels


def family(name, labels):
    """Of one of a histogram's series, the histogram."""
    match = re.match(r"(.*)_(?:bucket|sum|count)$", name)
    return match[1] if match and match[1] + "_bucket" in labels else name


def expressions(root):
    for group in yaml.safe_load((root / "docs/alerts.yaml").read_text())["groups"]:
        for rule in group["rules"]:
            yield rule["alert"], rule["expr"]
    dashboard = json.loads((root / "docs/grafana.json").read_text())
    for panel in dashboard["panels"]:
        for target in panel.get("targets", ()):
            yield panel["title"], target["expr"]
    for variable in dashboard["templating"]["list"]:
        yield variable["name"], variable["query"]
    for annotation in dashboard["annotations"]["list"]:
        yield annotation["name"], annotation["expr"]


def table(root):
    """Metric, its labels: from the table in the documentation."""
    for line in (root / "docs/operations.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) == 6 and re.match(r"`(?:parley|process)_", cells[1]):
            name, *labels = re.findall(r"`([a-z0-9_]+)`", cells[1])
            yield name, set(labels)


def a_page(program, folder):
    """Of a server that has met what makes lines appear."""
    file, key = certificate(folder, 1)
    server = Server(program, Path(folder) / "server", tls__certificate_file=file,
                    tls__key_file=key).start()
    try:
        end = time.monotonic() + PATIENCE
        page = server.metrics()
        while time.monotonic() < end and not (
                "parley_unread_messages" in page and "parley_sqlite_wal_bytes" in page):
            time.sleep(0.1)
            page = server.metrics()
        return page
    finally:
        server.stop()


def main(program, root):
    root = Path(root)
    with tempfile.TemporaryDirectory() as folder:
        page = a_page(program, folder)
    labels = told(page)
    problems = []

    for where, text in expressions(root):
        for name in set(re.findall(NAME, text)) - OWN:
            if name not in labels:
                problems.append(f"{where}: the server tells no {name}")
        for name, selector in re.findall(r"\b((?:parley|process)_\w+)\{([^}]*)\}", text):
            for label in set(re.findall(r"(\w+)=~?\"", selector)) - {"job", "instance"}:
                if label not in labels.get(name, ()):
                    problems.append(f"{where}: {name} has no label {label}")

    families = {family(name, labels): names - {"le"} for name, names in labels.items()}
    explained = dict(table(root))
    for name in families.keys() - explained.keys():
        problems.append(f"docs/operations.md does not explain {name}")
    for name in explained.keys() - families.keys():
        problems.append(f"docs/operations.md explains {name}, which the server does not tell")
    for name in explained.keys() & families.keys():
        if explained[name] != families[name]:
            problems.append(f"{name} has the labels {families[name]}, not {explained[name]}")
    for name, help_text in re.findall(r"^# HELP (\S+)(.*)$", page, re.M):
        if not help_text.strip():
            problems.append(f"{name} has no help")

    alerts = {rule for rule, _ in expressions(root) if rule.startswith("Parley")}
    sections = set(re.findall(r"^### (Parley\w+)$", (root / "docs/operations.md").read_text(),
                              re.M))
    for name in alerts ^ sections:
        problems.append(f"{name} is only {'an alert' if name in alerts else 'a section'}")

    print("\n".join(sorted(problems)) or f"{len(families)} metrics, {len(alerts)} alerts")
    return 1 if problems or len(families) < 40 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
