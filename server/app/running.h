// SPDX-License-Identifier: MIT
// What a running server tells other processes of this machine, and how it is asked.
#pragma once

#include "app/commandline.h"
#include "app/control/answerer.h"
#include "app/server.h"

namespace parley::app {

// Answers for this server, which outlives the questions: what is connected, its numbers, and
// `reload`, which is called on the server's thread.
control::Answerer::Handler answersOf(Server &, std::function<Done()> reload);

// The commands that ask; each returns the exit status.
int run(const ShowConnections &, const Settings &);
int run(const ShowStats &, const Settings &);
int run(const ShowNodes &, const Settings &);
// Has it read its settings again.
struct Reloaded {
    bool isThere = false; // else no server answers
    QByteArray keyDigest; // of the key of its time sessions, now
    QString failure; // what could not be read again
};
Result<Reloaded> askToReload(const Settings &);
// By which it is known, and not found out: such a key is long and random.
QByteArray digestOf(const QByteArray &key);

} // namespace parley::app
