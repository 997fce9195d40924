// SPDX-License-Identifier: MIT
#include "app/storeaccess.h"

#include "app/settings/sources.h"
#include "app/storeplace.h"

#include <QDir>
#include <QFileInfo>

namespace parley::app {

using namespace storage::sql;

Result<std::unique_ptr<storage::Store>> makeStore(const Settings &settings, Use use, Schema schema)
{
    if (settings.store == defaultStore(settings.data)) {
        if (const Done made = makeDirectory(settings.data); !made)
            return made.failure();
    }
    if (schema != Schema::Keep) {
        if (const Done given = giveToFolderOwner(settings); !given)
            return given.failure();
    }
    return storage::sql::makeStore(settings.store, settings.limits, use, schema);
}

Result<std::unique_ptr<storage::Store>> openStore(const Settings &settings, Schema schema)
{
    auto store = makeStore(settings, Use::Administer, schema);
    if (store) {
        if (const Done opened = (*store)->open(); !opened)
            return opened.failure();
    }
    return store;
}

Done makeDirectory(const QString &path)
{
    if (QFileInfo(path).isDir())
        return done();
    const QString parent = QFileInfo(path).absolutePath();
    const auto mine = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    if (!QDir().mkpath(parent) || !QDir().mkdir(path, mine))
        return Failure{QStringLiteral("%1: cannot create the directory").arg(path)};
    return done();
}

Failure failureOf(const storage::Outcome &outcome)
{
    const auto refused = std::get_if<storage::Refused>(&outcome);
    if (!refused)
        return {QStringLiteral("the store answered something else than what was asked")};
    QString why = QString::fromUtf8(text(refused->code));
    if (!refused->incident.isEmpty())
        why += QStringLiteral(" (incident %1)").arg(QString::fromUtf8(refused->incident));
    return {why};
}

} // namespace parley::app
