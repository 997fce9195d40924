#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The tables of docs/conformance.md are the rows of http.json and websocket.json.

    document.py ROOT           says whether they are the same
    document.py ROOT --write   makes them so
"""
import json
import re
import sys
from pathlib import Path

HTTP_HEAD = "| RFC | the must | sent | answered |\n|---|---|---|---|"
WEBSOCKET_HEAD = "| RFC 6455 | Autobahn | the must | sent | answered |\n|---|---|---|---|---|"


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def code(text):
    """In a table's cell: what cannot be seen is written out, a line's end is a sign."""
    text = text.replace("\r\n", "⏎").replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t")
    text = re.sub(r"[\x00-\x1f]", lambda match: f"\\x{ord(match[0]):02X}", text)
    return "`" + text.replace("|", "\\|") + "`"


def alternatives(row):
    if "each" not in row:
        return ""
    return " with " + ", ".join(code(f'"{each}"') for each in row["each"])


def status(row):
    if isinstance(row["status"], list):
        return " or ".join(map(str, row["status"]))
    return str(row["status"])


def answer(row):
    parts = [status(row) + (f" `{row['code']}`" if "code" in row else "")]
    parts += [code(f"{name}: {'…' if value == '*' else value}")
              for name, value in row.get("headers", {}).items()]
    parts += [f"no {code(name)}" for name in row.get("without", ())]
    return ", ".join(parts)


def sent_http(row, refusals):
    """What it sends, with its alternatives; those that are refused stand in another file."""
    if "case" not in row:
        return code(row["send"]) + alternatives(row)
    return ", ".join(code(refused["request"]) for refused in refused_by(row, refusals))


def refused_by(row, refusals):
    names = row["each"] if row["case"] == "{each}" else [row["case"]]
    return [refusals[name] for name in names]


def http_row(row, refusals):
    sent = sent_http(row, refusals)
    if "case" in row:
        refused = refused_by(row, refusals)
        row = {**row, "status": sorted({one["status"] for one in refused}),
               "code": "` or `".join(sorted({one["code"] for one in refused}))}
    if "after100" in row:
        sent += f", and when it is asked for {code(row['after100'])}"
    if "origins" in row:
        sent += f", where only {code(' '.join(row['origins']))} is allowed"
    return f"| {row['rfc']} | {row['must']} | {sent} | {answer(row)} |"


def websocket_row(row):
    sent = ", ".join(map(code, row["send"])) + alternatives(row)
    answered = ", ".join(map(code, row["expect"]))
    return f"| {row['rfc']} | {row.get('autobahn', '')} | {row['must']} | {sent} | {answered} |"


def tables(root):
    data = root / "tests/conformance"
    refusals = {row["name"]: row for row in load(root / "tests/data/bad_requests.json")}
    http = [http_row(row, refusals) for row in load(data / "http.json")]
    websocket = [websocket_row(row) for row in load(data / "websocket.json")]
    return {"http.json": "\n".join([HTTP_HEAD, *http]),
            "websocket.json": "\n".join([WEBSOCKET_HEAD, *websocket])}


def with_tables(text, made):
    """The text with its tables replaced; each stands between two comments."""
    for name, table in made.items():
        first, last = f"<!-- {name} -->", f"<!-- end of {name} -->"
        head, found, rest = text.partition(first)
        _, ended, tail = rest.partition(last)
        if not found or not ended:
            raise SystemExit(f"docs/conformance.md has no place for {name}")
        text = f"{head}{first}\n\n{table}\n\n{last}{tail}"
    return text


def main(arguments):
    root = Path(arguments[0])
    path = root / "docs/conformance.md"
    text = path.read_text(encoding="utf-8")
    right = with_tables(text, tables(root))
    if arguments[1:] == ["--write"]:
        path.write_text(right, encoding="utf-8")
    elif text != right:
        lines, wanted = text.split("\n"), right.split("\n")
        for line in wanted:
            if line not in lines:
                print(f"docs/conformance.md lacks: {line}")
        for line in lines:
            if line not in wanted:
                print(f"docs/conformance.md has, and no test: {line}")
        print(f"python3 {__file__} {root} --write makes it anew")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
