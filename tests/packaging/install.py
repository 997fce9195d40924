#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""`cmake --install` puts everything where the prefix says, and keeps settings that were changed.

    install.py CMAKE BUILD PREFIX SYSCONFDIR COMPONENT...
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAMS = {"server": "parleyd", "client": "parley-client", "bench": "parley-bench"}
# Below the prefix; "/": below the folder of settings.
MORE = {
    "server": ("/parley/parley.toml", "/fail2ban/filter.d/parleyd.conf",
               "lib/systemd/system/parleyd.service", "share/man/man5/parley.toml.5",
               "share/doc/parley-server/operations.md"),
    "client": ("share/applications/parley-client.desktop",
               "share/icons/hicolor/scalable/apps/parley.svg",
               "share/doc/parley-client/scenarios/01-presence.yaml"),
    "bench": (),
}


def wanted(component):
    program = PROGRAMS[component]
    return (f"bin/{program}", f"share/man/man1/{program}.1",
            f"share/bash-completion/completions/{program}",
            f"share/doc/parley-{component}/LICENSE", *MORE[component])


def failures_of(cmake, build, prefix, settings, components):
    with tempfile.TemporaryDirectory() as root:
        def install(component):
            subprocess.run([cmake, "--install", build, "--component", component], check=True,
                           stdout=subprocess.DEVNULL, env=os.environ | {"DESTDIR": root})

        for component in components:
            install(component)
            for name in wanted(component):
                path = settings + name if name.startswith("/") else f"{prefix}/{name}"
                if not Path(root + path).is_file():
                    yield f"{component}: there is no {path}"
        config = Path(f"{root}{settings}/parley/parley.toml")
        installed = config.read_text(encoding="utf-8")
        if '\ndata = "/var/lib/parley"\n' not in installed:
            yield f"{config.name} does not say where the service's data are"
        unit = Path(f"{root}{prefix}/lib/systemd/system/parleyd.service")
        start = f"ExecStart={prefix}/bin/parleyd serve --config {settings}/parley/parley.toml"
        if start not in unit.read_text(encoding="utf-8").split("\n"):
            yield f"{unit.name} does not have {start}"
        config.write_text("burst = 1\n", encoding="utf-8")
        install("server")
        if config.read_text(encoding="utf-8") != "burst = 1\n":
            yield "what was changed is lost"
        new = Path(f"{config}.new")
        if not new.is_file() or new.read_text(encoding="utf-8") != installed:
            yield "the new settings are not beside those that were changed"


def main(cmake, build, prefix, settings, *components):
    failures = list(failures_of(cmake, build, prefix, settings, components))
    print("\n".join(failures) or f"all of {', '.join(components)} is there")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
