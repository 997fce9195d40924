#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The man pages tell of every command, option and setting that the programs have, and of no other.

    pages.py FOLDER NAME=PROGRAM...     the folder of the pages; the programs
"""
import re
import subprocess
import sys
from pathlib import Path

from helps import read_help, walk

COMMON = {"-h", "--help"}  # every command has them; the page says so once


def items(page, section):
    """The heads of the items of a section, as (macro, rest)."""
    text = re.search(rf"^\.Sh {section}\n(.*?)(?=^\.Sh |\Z)", page, re.M | re.S)
    return re.findall(r"^\.It (\w\w) (.*)$", text[1], re.M) if text else []


def flags(head):
    """`Fl h , Fl -help`: -h, --help."""
    return {"-" + name for name in re.findall(r"\bFl ([\w.-]+)", head)}


def options(page, section):
    found = set()
    for macro, rest in items(page, section):
        # Fl - Ns Ar SETTING: any setting.
        if macro == "Fl" and not rest.startswith("- Ns"):
            found |= flags("Fl " + rest)
    return found


def commands(page):
    """Each command, as a tuple of words: the options in its head, and those told of under it."""
    found = {}
    for macro, rest in items(page, "COMMANDS"):
        if macro == "Ic":
            command = tuple(re.match(r"[a-z-]+(?: [a-z-]+)*", rest)[0].split())
            found[command] = (flags(rest), set())
        elif macro == "Fl":
            found[command][1].update(flags("Fl " + rest))
    return found


def differences(where, told, real):
    for name in sorted(real - told):
        yield f"{where}: {name} is not told of"
    for name in sorted(told - real):
        yield f"{where}: there is no {name}"


def compare_commands(name, page, program):
    told = commands(page)
    real = {}
    for words, found in walk(program):
        if not words:
            yield from differences(f"{name}.1", options(page, "OPTIONS"), found.options)
        elif not found.commands:
            real[words] = found.options - COMMON
    spoken = {" ".join(words) for words in told}
    yield from differences(f"{name}.1", spoken, {" ".join(words) for words in real})
    for words in real.keys() & told.keys():
        where = f"{name}.1, {' '.join(words)}"
        head, told_of = told[words]
        yield from differences(where, told_of, real[words])
        if head:
            yield from differences(f"{where}, its head", head, real[words])


def compare_client(page, program):
    yield from differences("parley-client.1", options(page, "OPTIONS"),
                           read_help(program).options)
    yield from differences("parley-client.1, without a display",
                           options(page, "OPTIONS WITHOUT A DISPLAY"),
                           read_help(program, "--headless").options)


def compare_settings(page, program):
    told = {rest.split()[0] for macro, rest in items(page, "SETTINGS") if macro == "Cm"}
    yield from differences("parley.toml.5", told, read_help(program).settings)


def lint(path):
    ran = subprocess.run(["mandoc", "-T", "lint", path], capture_output=True, text=True,
                         check=False)
    # They refer to each other, and are not installed here.
    yield from (line for line in ran.stdout.splitlines()
                if "referenced manual not found: Xr parley" not in line)
    ran = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", path],
                         capture_output=True, text=True, check=False,
                         env={"LC_ALL": "C.UTF-8", "MANROFFSEQ": "", "MANWIDTH": "80",
                              "PATH": "/usr/bin:/bin"})
    yield from (f"{path}: {line}" for line in ran.stderr.splitlines())


def main(folder, *programs):
    folder = Path(folder)
    failures = []
    pages = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    for name, program in (pair.split("=", 1) for pair in programs):
        page = pages.get(f"{name}.1")
        if page is None:
            failures.append(f"there is no {name}.1")
        elif name == "parley-client":
            failures += compare_client(page, program)
        else:
            failures += compare_commands(name, page, program)
        if name == "parleyd":
            failures += compare_settings(pages["parley.toml.5"], program)
    for page in sorted(pages):
        failures += lint(folder / page)
    print("\n".join(failures) or f"{len(pages)} pages tell of all")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
