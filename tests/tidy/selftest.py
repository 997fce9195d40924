# SPDX-License-Identifier: MIT
"""Small trees, each with one thing wrong, and what tidy.py has to say about it."""
import tempfile
from pathlib import Path

import tidy

SPDX = "// SPDX-License-Identifier: MIT\n"
HEADER = SPDX + "#pragma once\n"

GOOD = {
    "shared/core/ids.h": HEADER,
    "shared/core/errorcode.h": HEADER + "enum class ErrorCode {\n    BadJson,\n};\n",
    "shared/core/closecode.h":
        HEADER + "enum class CloseCode : int {\n    Normal = 1000,\n    BadFrames = 4400,\n};\n",
    "shared/client/link.cpp": SPDX + '#include <QWebSocket>\n#include "core/ids.h"\n',
    "server/storage/sql/open.cpp": SPDX + "#include <QSqlDatabase>\n#include <libpq-fe.h>\n",
    "server/session/a.cpp": SPDX + "#include <sodium.h>\n#include <QByteArrayView>\n",
    "server/session/b.cpp": SPDX + "#include <sodium.h>\n#include <QCoreApplication>\n",
    "server/app/settings/tomlfile.cpp": SPDX + "#include <toml++/toml.h>\n",
    "server/app/settings/table.cpp":
        SPDX + '    {"listen", "A"},\n    {"log.level", "L"},\n    {"log.file",\n        "F"},\n',
    "client-gui/core/frames/ids.h": HEADER,
    "client-gui/ui/window/window.cpp": SPDX + '#include <QMainWindow>\n#include "frames/ids.h"\n',
    "tests/unit/a.cpp": SPDX + '#include "core/ids.h"\nlisten(Any, 0);\n#include "a.moc"\n{\n'
                        + "    ;\n" * 68 + "}\n",
    "docs/protocol.md": "| `bad_json` | |\n| 4400 | |\n",
    "docs/operations.md": "See `resources/parley.toml`, `log.level`.\n",
    "resources/parley.toml": 'listen = "x"\n[log]\nlevel = "info"\n# file = "x"\n',
    "scripts/a.sh": "#!/bin/sh\n# SPDX-License-Identifier: MIT\n",
}


def cpp(text):
    return SPDX + text


# What is wrong, the rule, and the file and line of the complaint.
BAD = (
    ("protocol includes the client", "layers", "shared/protocol/x.cpp:2",
     {"shared/protocol/x.cpp": cpp('#include "client/x.h"\n'), "shared/client/x.h": HEADER}),
    ("shared code knows the server", "layers", "shared/core/x.h:3",
     {"shared/core/x.h": HEADER + '#include "chat/x.h"\n', "server/chat/x.h": HEADER}),
    ("by a relative path", "layers", "server/chat/x.cpp:2",
     {"server/chat/x.cpp": cpp('#include "../gateway/x.h"\n'), "server/gateway/x.h": HEADER}),
    ("the store's inside", "layers", "server/storage/x.cpp:2",
     {"server/storage/x.cpp": cpp('#include "storage/sql/x.h"\n'),
      "server/storage/sql/x.h": HEADER}),
    ("one room of the window knows another", "layers", "client-gui/ui/pane/x.cpp:2",
     {"client-gui/ui/pane/x.cpp": cpp('#include "ui/faults/x.h"\n'),
      "client-gui/ui/faults/x.h": HEADER}),
    ("an include of nothing", "layers", "shared/core/x.cpp:2",
     {"shared/core/x.cpp": cpp('#include "core/nothing.h"\n')}),
    ("a new folder", "layers", "server/new/x.cpp:1", {"server/new/x.cpp": cpp("")}),
    ("SQL outside of the store", "homes", "server/chat/x.cpp:2",
     {"server/chat/x.cpp": cpp("#include <QSqlQuery>\n")}),
    ("its module's header", "homes", "server/storage/x.cpp:2",
     {"server/storage/x.cpp": cpp("#include <QtSql>\n")}),
    ("libpq outside of the store", "homes", "server/app/x.cpp:2",
     {"server/app/x.cpp": cpp("#include <libpq-fe.h>\n")}),
    ("WebSockets inside", "homes", "server/chat/x.cpp:2",
     {"server/chat/x.cpp": cpp("#include <QtWebSockets/QWebSocket>\n")}),
    ("widgets in the models", "homes", "client-gui/core/frames/x.cpp:2",
     {"client-gui/core/frames/x.cpp": cpp("#include <QTreeView>\n")}),
    ("a text that is not translated", "translations", "resources/translations/x_vi.ts:1",
     {"resources/translations/x_vi.ts": '<translation type="unfinished"></translation>\n'}),
    ("widgets in the server", "homes", "server/app/x.cpp:2",
     {"server/app/x.cpp": cpp("#include <QApplication>\n")}),
    ("a heavy header twice", "heavy", "server/app/x.cpp:2",
     {"server/app/x.cpp": cpp("#include <toml++/toml.h>\n")}),
    ("a heavy header in a header", "heavy", "server/gateway/x.h:3",
     {"server/gateway/x.h": HEADER + "#include <boost/beast/http.hpp>\n"}),
    ("a long header", "size", "shared/core/x.h:151", {"shared/core/x.h": HEADER + "\n" * 149}),
    ("a long source", "size", "shared/core/x.cpp:501", {"shared/core/x.cpp": cpp("\n" * 500)}),
    ("a long function", "function", "shared/core/x.cpp:3",
     {"shared/core/x.cpp": cpp("void f()\n{\n" + "    ;\n" * 69 + "}\n")}),
    ("a long function in a class", "function", "tests/unit/x.cpp:4",
     {"tests/unit/x.cpp": cpp("class X {\n    void f()\n    {\n" + "\n" * 69 + "    }\n};\n")}),
    ("a long line", "columns", "shared/core/x.cpp:2",
     {"shared/core/x.cpp": cpp("// " + "…" * 98 + "\n")}),
    ("no licence", "spdx", "scripts/x.sh:1", {"scripts/x.sh": "#!/bin/sh\n"}),
    ("no #pragma once", "pragma", "shared/core/x.h:1", {"shared/core/x.h": SPDX}),
    ("an undocumented error", "codes", "shared/core/errorcode.h:4",
     {"docs/protocol.md": "| 4400 | |\n"}),
    ("an undocumented close code", "codes", "shared/core/closecode.h:5",
     {"docs/protocol.md": "| `bad_json` | |\nOr 4400.\n"}),
    ("a table that is read no more", "codes", "shared/core/errorcode.h:1",
     {"shared/core/errorcode.h": HEADER}),
    ("a setting without a default", "settings", "server/app/settings/table.cpp:3",
     {"resources/parley.toml": 'listen = "x"\n[log]\n# file = "x"\n'}),
    ("a setting that is none", "settings", "resources/parley.toml:5",
     {"resources/parley.toml": GOOD["resources/parley.toml"] + "size = 1\n"}),
    ("a setting that is none, in the manual", "settings", "docs/operations.md:2",
     {"docs/operations.md": "`resources/parley.toml`\n`log.size`\n"}),
    ("no word of the settings", "settings", "docs/operations.md:1", {"docs/operations.md": ""}),
    ("settings that are read no more", "settings", "server/app/settings/table.cpp:1",
     {"server/app/settings/table.cpp": SPDX, "resources/parley.toml": ""}),
    ("a section that is none", "citations", "server/chat/x.cpp:2",
     {"server/chat/x.cpp": cpp("// docs/protocol.md 1 and 4.9: never\n"),
      "docs/protocol.md": GOOD["docs/protocol.md"] + "## 1. One port\n### 4.2 Sending\n"}),
    ("an invariant that is none", "citations", "server/chat/x.cpp:2",
     {"server/chat/x.cpp": cpp("// Invariants 1 to 3.\n"),
      "docs/architecture.md": "| 1 | never |\n"}),
    ("a page that is none", "citations", "server/chat/x.cpp:2",
     {"server/chat/x.cpp": cpp("// docs/nothing.md has it.\n")}),
    ("a link to nowhere", "citations", "docs/a.md:1", {"docs/a.md": "[b](b.md)\n"}),
    ("a source as nobody formats it", "format", "server/chat/x.cpp:2",
     {"server/chat/x.cpp": cpp("int  a;\n"),
      ".clang-format": "BasedOnStyle: WebKit\nSortIncludes: Never\n",
      "server/app/settings/table.cpp":
          "// clang-format off\n" + GOOD["server/app/settings/table.cpp"]}),
    ("a test that may be skipped", "tests", "tests/unit/x.cpp:2",
     {"tests/unit/x.cpp": cpp('    QSKIP("no database");\n')}),
    ("a test that may fail", "tests", "tests/unit/x.cpp:2",
     {"tests/unit/x.cpp": cpp('    QEXPECT_FAIL("", "later", Abort);\n')}),
    ("a fixed port", "tests", "tests/unit/x.cpp:2",
     {"tests/unit/x.cpp": cpp("    server.listen(QHostAddress::LocalHost, 2345);\n")}),
)


def complaints(files):
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            full = Path(root, path)
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_text(text, encoding="utf-8")
        return [f"{found.rule} {found.path}:{found.line}" for found in tidy.findings(root)]


def self_test():
    wrong = 0
    for name, rule, place, files in ((None, None, None, {}), *BAD):
        expected = [f"{rule} {place}"] if rule else []
        found = complaints(GOOD | files)
        if found != expected:
            print(f"{name or 'a good tree'}: expected {expected}, found {found}")
            wrong += 1
    print(f"{len(BAD) + 1} trees, {wrong} judged wrongly")
    return 1 if wrong else 0
