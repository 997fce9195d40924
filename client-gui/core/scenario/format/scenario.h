// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "scenario/format/step.h"

#include <QMap>

#include <vector>

namespace parley::scenario {

// Where a number is not the file's, it is one of these.
inline constexpr milliseconds DefaultWithin{5000};
inline constexpr qint64 MostFileBytes = 1 << 20;
inline constexpr int MostSteps = 10'000; // with each round of a `repeat` counted
inline constexpr int MostCount = 100'000; // of one step's messages or frames

struct User {
    QString name;
    std::optional<qint64> id; // where the server has them already, or shall have them
    QString password; // empty: they do not log in
    bool absent = false; // they have an id, and the server does not know it
};

struct Client {
    QString name; // "A"
    QString user;
    bool login = false; // else a time session is minted
    QString password; // of the login, where it is not the user's
    bool autoConfirm = true;
    bool heartbeat = true;
};

// One story of a few users, told step by step.
struct Scenario {
    QString file; // as it was named
    QString name;
    QString about;
    std::vector<User> users;
    std::vector<Client> clients;
    QMap<QString, QString> server; // settings as the configuration file names them
    milliseconds within = DefaultWithin;
    std::vector<Step> steps;

    // It changes, kills or sets up the server, which only one of its own may be.
    bool needsOwnServer() const;
    const User *user(const QString &name) const;
};

// What is wrong is said as "FILE:LINE: words".
Result<Scenario> parse(const QByteArray &yaml, const QString &file);
Result<Scenario> load(const QString &file);
// The shipped ones, in order: names for load().
QStringList shipped();

} // namespace parley::scenario
