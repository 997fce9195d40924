#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Shell scripts that shellcheck has nothing to say of.

    scripts.py ROOT     the tree
"""
import subprocess
import sys
from pathlib import Path


def main(root):
    root = Path(root)
    scripts = sorted([*root.glob("scripts/*.sh"), *root.glob("resources/packaging/debian/*/p*"),
                      *root.glob("tests/packaging/*.sh")])
    completion = root / "resources/packaging/completion/completion.bash.in"
    ran = subprocess.run(["shellcheck", "--external-sources", *scripts], cwd=root, check=False)
    # Its names are filled in; what it sets is read by bash.
    text = completion.read_text(encoding="utf-8")
    text = text.replace("@function@", "program").replace("@program@", "program")
    bash = subprocess.run(["shellcheck", "--shell=bash", "--exclude=SC2034,SC2207,SC2154", "-"],
                          input=text, text=True, check=False)
    return ran.returncode or bash.returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
