// SPDX-License-Identifier: MIT
#include "app/secrets.h"

#include "app/adminaction.h"
#include "app/running.h"
#include "app/settings/secretfile.h"

namespace parley::app {

int run(const RotateSecret &, const Settings &settings)
{
    if (qEnvironmentVariableIsSet("PARLEY_SECRET_KEY"))
        return giveUp(WrongUsage,
            QStringLiteral("the key comes from PARLEY_SECRET_KEY; only one of a file"
                           " (session.secret_key_file) can be changed"));
    if (settings.secretKeyFile.isEmpty())
        return giveUp(WrongUsage,
            QStringLiteral("session.secret_key_file is not set: there is no key to change"));
    const Time now = SystemClock().now();
    const Time end = now + settings.overlap;
    if (const Done rotated = rotateSecret(settings.secretKeyFile, now, end); !rotated)
        return failed(rotated.failure());
    QStringList warnings;
    const auto key = readSecret(settings.secretKeyFile, warnings);
    if (!key)
        return failed(key.failure());
    tell(QStringLiteral("%1 has a new key; the one before is valid until %2")
             .arg(settings.secretKeyFile, QString::fromLatin1(timeText(end))));
    const auto reloaded = askToReload(settings);
    if (!reloaded)
        return giveUp(Failed,
            QStringLiteral("the server did not take the new key: %1").arg(reloaded.failure().text));
    if (!reloaded->failure.isEmpty())
        tell(QStringLiteral("the server says: %1").arg(reloaded->failure));
    if (reloaded->isThere && reloaded->keyDigest != digestOf(*key))
        return giveUp(Failed,
            QStringLiteral("the server uses another key than that of %1: from its environment, from"
                           " a copy of the file (LoadCredential=), or from another file")
                .arg(settings.secretKeyFile));
    if (!reloaded->isThere)
        tell(QStringLiteral("no server answers in %1; one that runs elsewhere takes the new key"
                            " after SIGHUP or a restart")
                 .arg(settings.data));
    return Well;
}

} // namespace parley::app
