// SPDX-License-Identifier: MIT
// Where a scenario plays.
#pragma once

#include "core/ids.h"
#include "scenario/format/scenario.h"
#include "scenario/run/verdict.h"

#include <QUrl>

#include <functional>

namespace parley::scenario {

class ServerProcess;

// A user of the scenario as the server knows them.
struct KnownUser {
    UserId id;
    QString loginName;
    QString password;
    bool absent = false;
};

struct Target {
    QUrl server; // ws://host:port
    QByteArray secretKey;
    QMap<QString, KnownUser> users; // by the scenario's name
    ServerProcess *process = nullptr; // that may be killed; null: it is somebody else's
};

// The users as they are without anybody's saying: 1, 2, 3 ... in their order, with their own names,
// and far above them those who are absent.
// `firstId` over 0: from there on, and named so that nobody else is.
QMap<QString, KnownUser> knownUsers(const Scenario &, qint64 firstId = 0);

// Whoever looks on is asked at the end, and by `audit`, whether all was well.
struct FinalCheck {
    std::function<void()> begin;
    std::function<Outcome()> verdict;
};

} // namespace parley::scenario
