#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The rules of the tree that a compiler does not check.

    tidy.py [ROOT]        names file, line and rule of everything that breaks one
    tidy.py --self-test   makes small bad trees and checks that each rule complains
"""
import fnmatch
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

HEADER_LINES = 150
SOURCE_LINES = 500
FUNCTION_LINES = 70
COLUMNS = 100

TOP_FOLDERS = ("shared", "server", "client-gui", "tests", "docs", "scripts", "resources")
# What a quoted include is relative to, beside the including file's own folder.
INCLUDE_ROOTS = ("shared", "server", "client-gui", "client-gui/core")

# Each layer, and the ones that it may include. Tests are exempt.
SHARED = ("shared/core", "shared/protocol")
MODELS = tuple(f"client-gui/core/{name}" for name in (
    "frames", "play", "diagram", "audit", "load", "scenario/format", "scenario/run",
    "scenario/record", "scenario/report", "workbench"))
# The middle floor of the window: none of them knows another.
ROOMS = ("pane", "diagram", "inspector", "faults", "scenario", "load")
LAYERS = {
    "shared/core": (),
    "shared/protocol": ("shared/core",),
    "shared/client": SHARED,
    "server/storage": ("shared/core",),
    "server/storage/sql": ("server/storage", "shared/core"),
    "server/trace": SHARED,
    "server/coordinator": ("server/storage", *SHARED),
    "server/session": ("server/storage", "shared/core"),
    "server/chat": ("server/coordinator", "server/storage", "server/trace", *SHARED),
    "server/gateway/transport": ("shared/core",),
    "server/gateway/proxy": ("shared/core",),
    "server/gateway/websocket": ("server/gateway/transport", *SHARED),
    "server/gateway/services": ("server/gateway/websocket", "server/gateway/proxy",
                                "server/session", "server/chat",
                                "server/coordinator", "server/storage", "server/trace", *SHARED),
    "server/gateway/http": ("server/gateway/services", "server/gateway/proxy",
                            "server/session", "server/chat", "server/storage", *SHARED),
    "server/gateway": ("server/gateway/http", "server/gateway/websocket",
                       "server/gateway/transport", "server/gateway/proxy",
                       "server/gateway/services", "server/session", "server/chat",
                       "server/coordinator", "server/storage", "server/trace", *SHARED),
    "server/app/logging": ("shared/core",),
    "server/app/settings": ("server/app/logging", "shared/core"),
    "server/app/control": ("shared/core",),
    "server/app": ("server/app/logging", "server/app/settings", "server/app/control",
                   "server/gateway",
                   "server/gateway/services", "server/session",
                   "server/chat", "server/coordinator",
                   "server/storage", "server/storage/sql", "server/trace", *SHARED),
    "server": ("server/app",),
    "client-gui/core/frames": SHARED,
    "client-gui/core/play": ("client-gui/core/frames", "shared/client", *SHARED),
    "client-gui/core/diagram": ("client-gui/core/frames", *SHARED),
    "client-gui/core/audit": ("client-gui/core/frames", *SHARED),
    "client-gui/core/load": ("shared/client", *SHARED),
    "client-gui/core/scenario/format": ("shared/core",),
    "client-gui/core/scenario/run": ("client-gui/core/scenario/format", "client-gui/core/play",
                                     "client-gui/core/audit", "client-gui/core/frames",
                                     "shared/client", *SHARED),
    "client-gui/core/scenario/record": ("client-gui/core/scenario/format",
                                        "client-gui/core/play", "client-gui/core/frames",
                                        *SHARED),
    "client-gui/core/scenario/report": ("client-gui/core/scenario/format",
                                        "client-gui/core/scenario/run",
                                        "client-gui/core/frames", *SHARED),
    "client-gui/core/workbench": (*MODELS, "shared/client", *SHARED),
    "client-gui/ui/look": ("client-gui/core/frames", "client-gui/core/play", "shared/client",
                           *SHARED),
    **{f"client-gui/ui/{room}": ("client-gui/ui/look", *MODELS, "shared/client", *SHARED)
       for room in ROOMS},
    "client-gui/ui/window": ("client-gui/ui/look", *(f"client-gui/ui/{room}" for room in ROOMS),
                             *MODELS, "shared/client", *SHARED),
    "client-gui": ("client-gui/ui/window",),
    "docs/example": ("shared/client", *SHARED),
}

# Libraries that are some layers' business alone.
WIDGETS = (r"(QtWidgets(/|$)|Q(?!Core|Gui)\w*Application$|Q(?!ByteArray|\w*String)\w*View$"
           r"|Q\w*(Widget|Button|Layout|Dialog|Box|Menu|MenuBar|StatusBar|ToolBar|ScrollBar|Label"
           r"|LineEdit|TextEdit|Splitter|ItemDelegate|StyledItemDelegate|Style|Slider"
           r"|MainWindow|SystemTrayIcon)$)")
HOMES = (
    ("QtSql", r"(QtSql(/|$)|QSql)", ("server/storage/sql",)),
    ("libpq or SQLite", r"(libpq-fe|sqlite3)\.h$", ("server/storage/sql",)),
    ("OpenSSL", r"openssl/", ("server/gateway/transport",)),
    ("QtWebSockets", r"(QtWebSockets(/|$)|QWebSocket)",
     ("server/gateway/websocket", "shared/client")),
    ("QtWidgets", WIDGETS, tuple(f"client-gui/ui/{room}" for room in ("look", *ROOMS, "window"))),
)

# What takes long to compile is included by one source, and hidden from all others by its header.
HEAVY = {
    "Boost": r"boost/",
    "simdjson": r"simdjson\.h$",
    "prometheus": r"prometheus/",
    "libsodium": r"sodium(\.h$|/)",
    "CLI11": r"CLI/",
    "toml++": r"toml\+\+/",
    "yaml-cpp": r"yaml-cpp/",
    "valijson": r"valijson/",
    "QtCharts": r"(QtCharts/|QChart|QLineSeries)",
}
# The sources that may include one all the same, and why.
HEAVY_EXCEPTIONS = {
    # Cryptography is what this layer is for; the header is C and compiles at once.
    "libsodium": ("server/session/*.cpp",),
    # A program of its own, with a command line of its own.
    "CLI11": ("tests/bench/main.cpp",),
}

# RFC 6455's code for an end that both sides wanted; the protocol has nothing to say about it.
PLAIN_CLOSE_CODES = ("1000",)


class Finding(NamedTuple):
    path: str
    line: int
    rule: str
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.rule}: {self.text}"


class File:
    def __init__(self, root, path):
        self.path = path
        self.folder = os.path.dirname(path)
        self.suffix = os.path.splitext(path)[1]
        self.lines = (root / path).read_text(encoding="utf-8").split("\n")
        if self.lines[-1] == "":
            self.lines.pop()

    def numbered(self):
        return enumerate(self.lines, 1)

    def includes(self):
        """Line, name, and whether it is in quotes."""
        for number, line in self.numbered():
            match = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
            if match:
                yield number, match[2], match[1] == '"'

    @property
    def is_code(self):
        return self.suffix in (".h", ".cpp")

    @property
    def is_test(self):
        return self.path.startswith("tests/")


class Tree:
    def __init__(self, root):
        self.root = Path(root)
        self.files = [File(self.root, path) for path in sorted(self.paths())]
        self.code = [file for file in self.files if file.is_code]

    def paths(self):
        for top in TOP_FOLDERS:
            for folder, _, names in os.walk(self.root / top):
                for name in names:
                    if name.endswith((".h", ".cpp", ".py", ".sh")):
                        yield os.path.relpath(os.path.join(folder, name), self.root)

    def pages(self):
        yield from (path.name for path in sorted(self.root.glob("*.md")))
        for path in sorted(self.root.glob("docs/**/*.md")):
            yield str(path.relative_to(self.root))

    def text(self, path):
        """Empty when there is none: then the rule that reads it complains of what is missing."""
        full = self.root / path
        return full.read_text(encoding="utf-8") if full.exists() else ""

    def find_include(self, file, name):
        for folder in (file.folder, *INCLUDE_ROOTS):
            path = os.path.normpath(os.path.join(folder, name))
            if (self.root / path).exists():
                return path
        return None


def line_of(text, pattern):
    match = re.search(pattern, text)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def layers(tree):
    for file in tree.code:
        if file.is_test:
            continue
        if file.folder not in LAYERS:
            yield Finding(file.path, 1, "layers", "this folder is no layer that tidy.py knows")
            continue
        for line, name, quoted in file.includes():
            path = tree.find_include(file, name) if quoted else None
            folder = os.path.dirname(path) if path else file.folder
            if folder != file.folder and folder not in LAYERS[file.folder]:
                yield Finding(file.path, line, "layers", f"{file.folder} may not include {path}")
            if quoted and not path and not name.endswith(".moc") and not name.startswith("ui_"):
                yield Finding(file.path, line, "layers", f"there is no {name}")


def homes(tree):
    for file in tree.code:
        for line, name, _ in file.includes():
            for library, pattern, folders in HOMES:
                if re.match(pattern, name) and not file.is_test and file.folder not in folders:
                    yield Finding(file.path, line, "homes",
                                  f"{library} belongs into {' and '.join(folders)}")


def heavy(tree):
    for library, pattern in HEAVY.items():
        first = None
        for file in tree.code:
            if any(fnmatch.fnmatch(file.path, glob) for glob in HEAVY_EXCEPTIONS.get(library, ())):
                continue
            for line, name, _ in file.includes():
                if not re.match(pattern, name):
                    continue
                if file.suffix == ".h":
                    yield Finding(file.path, line, "heavy", f"{library} in a header")
                elif first and first != file.path:
                    yield Finding(file.path, line, "heavy", f"{library} is in {first} already")
                else:
                    first = file.path


def sizes(tree):
    for file in tree.code:
        most = HEADER_LINES if file.suffix == ".h" else SOURCE_LINES
        if len(file.lines) > most:
            yield Finding(file.path, most + 1, "size", f"{len(file.lines)} lines, over {most}")


def functions(tree):
    """The brace that opens a function has a line of its own, and so has the one that ends it."""
    for file in tree.code:
        opened = {}
        for number, line in file.numbered():
            indent = len(line) - len(line.lstrip())
            if line.strip() == "{" and indent in (0, 4):
                opened[indent] = number
            elif line.strip() == "}" and indent in opened:
                start = opened.pop(indent)
                if number - start + 1 > FUNCTION_LINES:
                    yield Finding(file.path, start, "function",
                                  f"{number - start + 1} lines, over {FUNCTION_LINES}")


def columns(tree):
    for file in tree.files:
        for number, line in file.numbered():
            if len(line) > COLUMNS:
                yield Finding(file.path, number, "columns", f"{len(line)}, over {COLUMNS}")


def first_lines(tree):
    for file in tree.files:
        if not any("SPDX-License-Identifier: MIT" in line for line in file.lines[:2]):
            yield Finding(file.path, 1, "spdx", "no SPDX-License-Identifier")
        if file.suffix == ".h" and "#pragma once" not in file.lines:
            yield Finding(file.path, 1, "pragma", "no #pragma once")


def enumerators(text, name):
    """(what follows an enumerator, its name, its line) of an enum class."""
    body = re.search(rf"enum class {name}\b[^{{]*{{(.*?)}};", text, re.S)
    if not body:
        return []
    start = text.count("\n", 0, body.start(1)) + 1
    found = []
    for offset, line in enumerate(body[1].split("\n")):
        match = re.match(r"\s*(\w+)\s*(?:=\s*(\d+))?,", line)
        if match:
            found.append((match[2], match[1], start + offset))
    return found


def wire_name(enumerator):
    """BadJson: bad_json."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", enumerator).lower()


def codes(tree):
    protocol = tree.text("docs/protocol.md")
    errors = enumerators(tree.text("shared/core/errorcode.h"), "ErrorCode")
    closes = enumerators(tree.text("shared/core/closecode.h"), "CloseCode")
    for path, found in (("errorcode.h", errors), ("closecode.h", closes)):
        if not found:
            yield Finding(f"shared/core/{path}", 1, "codes", "no codes could be read from it")
    for _, enumerator, line in errors:
        if f"`{wire_name(enumerator)}`" not in protocol:
            yield Finding("shared/core/errorcode.h", line, "codes",
                          f"docs/protocol.md does not tell of {wire_name(enumerator)}")
    for code, _, line in closes:
        if code not in PLAIN_CLOSE_CODES and not re.search(rf"^\|.*\b{code}\b", protocol, re.M):
            yield Finding("shared/core/closecode.h", line, "codes",
                          f"docs/protocol.md does not tell of {code}")


def toml_keys(text):
    """Each key with its line; one that is set in a comment is there, too."""
    section = ""
    keys = {}
    for number, line in enumerate(text.split("\n"), 1):
        if match := re.match(r"\[([\w.]+)\]", line):
            section = match[1] + "."
        elif match := re.match(r"(?:# )?(\w+) = ", line):
            keys[section + match[1]] = number
    return keys


def settings(tree):
    """parley.toml has them all, which operations.md relies on; and neither has one that is none."""
    source = "server/app/settings/table.cpp"
    text = tree.text(source)
    table = re.findall(r'^    \{"([a-z_.]+)",', text, re.M)
    if not table:
        yield Finding(source, 1, "settings", "no settings could be read from it")
    keys = toml_keys(tree.text("resources/parley.toml"))
    for key in table:
        if key not in keys:
            yield Finding(source, line_of(text, f'"{re.escape(key)}"'), "settings",
                          f"resources/parley.toml has no {key}")
    for key, line in keys.items():
        if key not in table:
            yield Finding("resources/parley.toml", line, "settings", f"there is no setting {key}")
    operations = tree.text("docs/operations.md")
    if "resources/parley.toml" not in operations:
        yield Finding("docs/operations.md", 1, "settings", "does not name resources/parley.toml")
    sections = "|".join({re.escape(key.split(".")[0]) for key in table if "." in key})
    for name in re.findall(rf"`((?:{sections})\.[a-z_]+)`", operations) if sections else ():
        if name not in table:
            yield Finding("docs/operations.md", line_of(operations, f"`{re.escape(name)}`"),
                          "settings", f"there is no setting {name}")


def tests(tree):
    for file in tree.code:
        if not file.is_test:
            continue
        for number, line in file.numbered():
            if match := re.search(r"\b(QSKIP|QEXPECT_FAIL)\b", line):
                yield Finding(file.path, number, "tests", f"{match[1]}: a test passes or fails")
            if match := re.search(r"\blisten\([^;]*,\s*([1-9]\d*)\s*\)", line):
                yield Finding(file.path, number, "tests", f"port {match[1]} may be taken; use 0")


def translations(tree):
    for path in sorted((tree.root / "resources/translations").glob("*.ts")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if 'type="unfinished"' in line:
                yield Finding(str(path.relative_to(tree.root)), number, "translations",
                              "a text without its translation")


# "docs/protocol.md 4.3 and 4.5", "invariants 1 to 5 and 8"
NUMBERS = r"(\d+(?:\.\d+|[a-z])?(?:(?:, | and | to )\d+(?:\.\d+|[a-z])?)*)"


def citations(tree):
    """What a comment or a page refers to is there: the page, its section, the invariant."""
    protocol = tree.text("docs/protocol.md")
    sections = set(re.findall(r"^#+ (\d+(?:\.\d+|[a-z])?)\.? ", protocol, re.M))
    invariants = set(re.findall(r"^\| (\d+) \|", tree.text("docs/architecture.md"), re.M))
    pages = [File(tree.root, path) for path in tree.pages()]
    for file in tree.files + pages:
        if file.path.startswith("tests/tidy/"):
            continue
        is_code = False
        for number, line in file.numbered():
            for page in re.findall(r"\b(?:docs/[\w/.-]+|CONTRIBUTING|CHANGELOG)\.md\b", line):
                if not (tree.root / page).exists():
                    yield Finding(file.path, number, "citations", f"there is no {page}")
            for cited, known in (
                    (re.findall(rf"docs/protocol\.md {NUMBERS}", line), sections),
                    (re.findall(rf"\b[Ii]nvariants? {NUMBERS}", line), invariants)):
                for one in re.findall(r"[\d.]+[a-z]?", " ".join(cited)):
                    if one not in known:
                        yield Finding(file.path, number, "citations", f"there is no {one}")
            is_code = is_code != line.startswith("```")
            for link in re.findall(r"\]\(([^):#]+)(?:#[^)]*)?\)", line):
                if file in pages and not is_code and not (tree.root / file.folder / link).exists():
                    yield Finding(file.path, number, "citations", f"there is no {link}")
            if re.search(r"[Ww]ire contract", line) and file not in pages:
                yield Finding(file.path, number, "citations", "say docs/protocol.md, and where")


def formatting(tree):
    style = tree.root / ".clang-format"
    if not style.exists():
        return
    ran = subprocess.run(
        ["clang-format", f"--style=file:{style}", "--dry-run", *(f.path for f in tree.code)],
        cwd=tree.root, capture_output=True, text=True, check=False)
    found = re.findall(r"^(\S+?):(\d+):\d+: warning: ", ran.stderr, re.M)
    for path, line in {path: int(line) for path, line in reversed(found)}.items():
        yield Finding(path, line, "format", "not as clang-format has it")
    if ran.returncode != 0:
        yield Finding(".clang-format", 1, "format", ran.stderr.strip()[:200])


RULES = (layers, homes, heavy, sizes, functions, columns, first_lines, codes, settings, tests,
         translations, citations, formatting)


def findings(root):
    tree = Tree(root)
    return [finding for rule in RULES for finding in rule(tree)]


def main(arguments):
    if arguments == ["--self-test"]:
        # Beside this file; it imports this one in turn.
        from selftest import self_test
        return self_test()
    root = arguments[0] if arguments else Path(__file__).resolve().parents[2]
    found = findings(root)
    for finding in found:
        print(finding)
    if not Tree(root).code:
        print(f"{root}: no sources here")
        return 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
