# SPDX-License-Identifier: MIT
"""What programs say of themselves with --help."""
import re
import subprocess
from typing import NamedTuple

SETTINGS = "Settings"  # the group of parleyd's options that are settings


class Help(NamedTuple):
    options: set       # all names of them; settings are not among them
    settings: set      # "limits.burst"
    commands: list


def read_help(program, *words):
    ran = subprocess.run([program, *words, "--help"], capture_output=True, text=True, check=False)
    if ran.returncode != 0 or not ran.stdout:
        raise SystemExit(f"{program} {' '.join(words)} --help: {ran.returncode}, {ran.stderr}")
    return parse(ran.stdout)


def parse(text):
    found = Help(set(), set(), [])
    section = ""
    for line in text.split("\n"):
        if re.match(r"[A-Z].*:$", line):
            section = line
        elif match := re.match(r" +(-[^ ,]+(?:, ?-[^ ,]+)*)", line):
            names = re.split(r", ?", match[1])
            if section.startswith(SETTINGS):
                found.settings.add(names[0].lstrip("-"))
            else:
                found.options.update(names)
        elif section.startswith("Subcommands") and (match := re.match(r"  (\S+)", line)):
            found.commands.append(match[1])
    return found


def walk(program, words=()):
    """Each command, as a tuple of words, with its help; the empty one is the program itself."""
    found = read_help(program, *words)
    yield words, found
    for command in found.commands:
        yield from walk(program, (*words, command))
