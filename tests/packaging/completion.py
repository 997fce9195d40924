#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""bash completes what the programs take, with Debian's bash-completion.

    completion.py FOLDER NAME=PROGRAM...     the folder of the completions; the programs
"""
import subprocess
import sys
import tempfile
from pathlib import Path

from helps import walk

LIBRARY = "/usr/share/bash-completion/bash_completion"
# $1: the completions; $2: the program; the rest: the line, in words as bash has them.
SCRIPT = """
. {library}
. "$1/$2"
program=$3
shift 3
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_TYPE=9 COMP_KEY=9
COMP_LINE=$* COMP_LINE=${{COMP_LINE// = /=}} COMP_POINT=${{#COMP_LINE}}
function=$(complete -p "$1")
function=${{function#* -F }}
compopt() {{ :; }} # only readline has it
"${{function% *}}" "$program" "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD - 1]}}"
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
FILES = {"one.yaml", "two.csv", "folder"}

# The line, whose last word is completed, and all that it can become. `=` is a word of its own for
# bash.
CASES = (
    ("parleyd --log.level ", {"debug", "info", "warning", "error"}),
    ("parleyd --log.level = w", {"warning"}),
    ("parleyd --event-loop ", {"epoll", "qt"}),
    ("parleyd --metrics.public ", {"true", "false"}),
    ("parleyd --insecure serve --d", {"--data", "--demo"}),
    ("parleyd --insecure serve --de", {"--demo"}),
    ("parleyd --data folder user li", {"list"}),
    ("parleyd --config ", FILES),
    ("parleyd --data ", {"folder"}),
    ("parleyd user import ", FILES),
    ("parleyd user passwd ", set()),
    ("parleyd user add a", set()),
    ("parleyd --gateways ", set()),
    ("parley-bench --secret-key-file t", {"two.csv"}),
    ("parley-bench --url ws://127.0.0.1:2345 pairs --w", {"--window", "--warmup"}),
    ("parley-client --theme ", {"system", "light", "dark"}),
    ("parley-client --ca ", FILES),
    ("parley-client --headless r", {"run"}),
    ("parley-client --headless run --ju", {"--junit"}),
    ("parley-client --headless run one.yaml ", FILES),
)


def complete(folder, completions, programs, line):
    words = line.split(" ")
    ran = subprocess.run(
        ["bash", "--norc", "-c", SCRIPT.format(library=LIBRARY), "bash", completions, words[0],
         programs[words[0]], *words],
        capture_output=True, text=True, check=False, cwd=folder,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": folder})
    if ran.stderr:
        raise SystemExit(f"{line!r}: {ran.stderr}")
    return {word.strip() for word in ran.stdout.split("\n") if word.strip()}


def main(completions, *pairs):
    completions = Path(completions).resolve()
    programs = {name: str(Path(program).resolve())
                for name, program in (pair.split("=", 1) for pair in pairs)}
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        for name in FILES:
            path = Path(folder, name)
            path.mkdir() if name == "folder" else path.touch()

        def check(line, wanted):
            found = complete(folder, completions, programs, line)
            if found != wanted:
                failures.append(f"{line!r}: {sorted(found)}, not {sorted(wanted)}")

        for line, wanted in CASES:
            if line.split(" ")[0] in programs:
                check(line, wanted)
        # Of every command: what comes next, and its options.
        for name, program in programs.items():
            every = set()
            for words, found in walk(program):
                every = every or {f"--{key}" for key in found.settings} | found.options
                line = " ".join((name, *words))
                if found.commands:
                    check(line + " ", set(found.commands))
                wanted = {word for word in every | found.options if word.startswith("--")}
                got = complete(folder, completions, programs, line + " --")
                if not wanted <= got:
                    failures.append(f"{line} --: without {sorted(wanted - got)}")
    print("\n".join(failures) or f"{len(programs)} programs are completed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
