// SPDX-License-Identifier: MIT
#include "support/serveraccount.h"

#include <csignal>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace parley::test {

namespace {

// Null: we are not root, so it runs as ourselves.
const passwd *account()
{
    return geteuid() == 0 ? getpwnam("postgres") : nullptr;
}

} // namespace

// Runs in the child between fork and exec. A change of user clears the death signal, so that is
// last.
void runAsServer(QProcess &process)
{
    const passwd *const user = account();
    const uid_t uid = user ? user->pw_uid : geteuid();
    const gid_t gid = user ? user->pw_gid : getegid();
    process.setChildProcessModifier([uid, gid, change = user != nullptr] {
        if (change && (setgroups(0, nullptr) != 0 || setgid(gid) != 0 || setuid(uid) != 0))
            _exit(127);
        prctl(PR_SET_PDEATHSIG, SIGQUIT);
    });
}

Done giveToServers(const QString &folder)
{
    if (geteuid() != 0)
        return done();
    const passwd *const user = account();
    if (!user || chown(qPrintable(folder), user->pw_uid, user->pw_gid) != 0)
        return Failure{QStringLiteral("cannot give the folder to the user postgres")};
    return done();
}

} // namespace parley::test
