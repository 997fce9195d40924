#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The unit is one that systemd takes without a remark, and locks its service in well.

    unit.py UNIT PROGRAM     parleyd.service as it is installed; the program that it starts
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

MOST_EXPOSED = 1.5  # of 10, as `systemd-analyze security` counts

# What the server and its documentation count on.
NEEDED = ("Type=notify", "NotifyAccess=main", "User=parley", "StateDirectory=parley",
          "StateDirectoryMode=0700", "RestartPreventExitStatus=2")


def analyze(*arguments):
    ran = subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True,
                         check=False)
    return ran.returncode, ran.stdout + ran.stderr


def failures_of(unit, program):
    text = Path(unit).read_text(encoding="utf-8")
    for line in NEEDED:
        if line not in text.split("\n"):
            yield f"{line} is missing"
    if not re.search(r"^WatchdogSec=\d+$", text, re.M):
        yield "WatchdogSec= is missing"
    with tempfile.TemporaryDirectory() as folder:
        # The program is not where it will be installed.
        copy = Path(folder, "parleyd.service")
        copy.write_text(re.sub(r"^ExecStart=\S+", f"ExecStart={program}", text, flags=re.M),
                        encoding="utf-8")
        status, said = analyze("verify", "--man=no", copy)
        if status != 0 or said:
            yield f"systemd-analyze verify: {status}\n{said}"
        status, said = analyze("security", "--offline=yes", "--no-pager", copy)
        exposed = re.search(r"Overall exposure level for parleyd\.service: ([\d.]+)", said)
        if not exposed or float(exposed[1]) > MOST_EXPOSED:
            yield f"systemd-analyze security: {status}\n{said}"
        else:
            print(f"exposure {exposed[1]}, at most {MOST_EXPOSED}")


def main(unit, program):
    failures = list(failures_of(unit, program))
    print("\n".join(failures) or "the unit is well")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
