// SPDX-License-Identifier: MIT
// What a person typed, as a value.
#pragma once

#include "core/ids.h"

#include <QByteArray>
#include <QString>

#include <variant>
#include <vector>

namespace parley::app {

struct Serve {
    bool isDemo = false;
};
struct UserAdd {
    QByteArray name;
    UserId id; // 0: the next free one
    bool passwordFromStdin = false;
    bool withoutPassword = false; // for who comes with a session that somebody else makes
};
struct UserImport {
    QString file; // "-": standard input
};
struct UserList { };
struct UserPassword {
    QByteArray name;
    bool passwordFromStdin = false;
};
struct UserEnable {
    QByteArray name;
    bool isEnabled = true;
};
struct NewSession {
    QByteArray name;
};
struct Kick {
    QByteArray name;
};
struct ShowMailbox {
    QByteArray name;
    bool asJson = false;
};
struct ShowConnections {
    QByteArray name; // empty: of all users
    bool asJson = false;
};
struct ShowStats {
    bool asJson = false;
};
struct ShowNodes {
    bool asJson = false;
};
struct RotateSecret { };
struct Check { };
struct Migrate { };
struct Backup {
    QString file;
};
struct Restore {
    QString file;
    bool replaces = false;
};

using Command = std::variant<Serve, UserAdd, UserImport, UserList, UserPassword, UserEnable,
    NewSession, Kick, ShowMailbox, ShowConnections, ShowStats, ShowNodes, RotateSecret, Check,
    Migrate, Backup, Restore>;

struct CommandLine {
    Command command;
    QString configFile; // empty: none
    std::vector<std::pair<QByteArray, QString>> settings; // keys and values
};

// An exit status instead, when there is nothing more to do: after --help, --version, and wrong
// usage, which has been said on standard error.
std::variant<CommandLine, int> parseCommandLine(int argc, const char *const *argv);

} // namespace parley::app
