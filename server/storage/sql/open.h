// SPDX-License-Identifier: MIT
// The stores that last: SQLite and PostgreSQL.
#pragma once

#include "storage/bus.h"

#include <QString>

namespace parley::storage::sql {

// What a store is opened for. One server alone may use an SQLite file, for another one would not
// hear of its messages; the administration may use it while a server runs.
enum class Use { Administer, Serve };

// What opening it may do to its tables.
enum class Schema {
    BringUp, // makes them where there are none, and brings older ones up to date: who serves may
    Make, // makes them where there are none; refuses older ones, for a server may be using them
    Keep, // refuses both
};

// `url` is "sqlite:PATH" or "postgresql://USER@HOST:PORT/NAME" (a password comes from the
// environment's PGPASSWORD or ~/.pgpass); several HOST:PORT may be joined by commas, of which one
// that can be written to is used. The store is made but not opened; a Failure means that
// the URL is not one. May be called from any thread.
Result<std::unique_ptr<Store>> makeStore(
    const QString &url, const Limits &, Use = Use::Administer, Schema = Schema::BringUp);

// How the servers of this store tell each other what they have done; none where there can be only
// one.
std::unique_ptr<Bus> makeBus(const QString &url);

// Loads the QtSql drivers that there are. Call once before any other thread starts (QTBUG-112961).
void loadDrivers();

} // namespace parley::storage::sql
