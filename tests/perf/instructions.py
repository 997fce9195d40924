#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Counts the instructions of fixed work, and compares them with what they were.

    instructions.py PROGRAM [WORK...]            fails when one is over baseline.json by 10 %
    instructions.py PROGRAM --renew [WORK...]    makes what is counted now the baseline
    instructions.py PROGRAM --runs N [WORK...]   each N times, and how far the counts lie apart

PROGRAM is parley-perf, optimised (preset release). Time on the clock depends on the machine and
on what else it does; the number of instructions hardly does, so that 10 % more is a finding.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

WORKS = ("decode", "encode", "store", "route", "path", "wire")
TOLERANCE = 0.10
BASELINE = Path(__file__).resolve().with_name("baseline.json")


def count(program, work):
    """Instructions for each message."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "callgrind.out")
        run = subprocess.run(
            ["valgrind", "--tool=callgrind", "--instr-atstart=no", "--fair-sched=yes",
             f"--callgrind-out-file={out}", program, work],
            env={**os.environ, "QT_HASH_SEED": "0", "QT_NO_GLIB": "1"},
            capture_output=True, text=True, check=False)
        if run.returncode != 0:
            sys.exit(f"{work}: exit status {run.returncode}\n{run.stderr}")
        instructions = int(re.search(r"^totals: (\d+)", out.read_text(), re.M)[1])
        if instructions == 0:
            sys.exit(f"{work}: nothing was counted")
        return instructions / int(run.stdout)


def verdict(now, before):
    if before is None:
        return "no baseline: --renew"
    if now > before * (1 + TOLERANCE):
        return "TOO MANY"
    if now < before * (1 - TOLERANCE):
        return "fewer: --renew the baseline"
    return "well"


def is_bad(now, before):
    return before is None or now > before * (1 + TOLERANCE)


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("program")
    options.add_argument("works", nargs="*", metavar="WORK", help=", ".join(WORKS))
    options.add_argument("--renew", action="store_true")
    options.add_argument("--runs", type=int, default=1)
    options = options.parse_intermixed_args()
    if unknown := set(options.works) - set(WORKS):
        sys.exit(f"no such work: {', '.join(unknown)}")
    if not shutil.which("valgrind"):
        sys.exit("valgrind is missing")
    if not os.access(options.program, os.X_OK):
        sys.exit(f"{options.program} is missing: build the target parley-perf")

    baseline = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    bad = False
    print(f"{'instructions a message':24}{'now':>12}{'baseline':>12}{'change':>9}  spread")
    for work in options.works or WORKS:
        counts = sorted(count(options.program, work) for _ in range(options.runs))
        now, before = round(counts[len(counts) // 2]), baseline.get(work)
        change = f"{now / before - 1:+.1%}" if before else ""
        spread = f"{counts[-1] / counts[0] - 1:.2%}" if options.runs > 1 else "-"
        print(f"{work:24}{now:12,}{before or 0:12,}{change:>9}  {spread:8}"
              f"{verdict(now, before)}", flush=True)
        bad = bad or is_bad(now, before)
        baseline[work] = now
    if options.renew:
        BASELINE.write_text(json.dumps(baseline, indent=4) + "\n")
        return 0
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
