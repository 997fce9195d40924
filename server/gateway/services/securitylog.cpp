// SPDX-License-Identifier: MIT
#include "gateway/services/securitylog.h"

#include "core/log.h"

namespace parley::gateway {

void report(Metrics &metrics, SecurityEvent event, const QByteArray &address, UserId user)
{
    metrics.countSecurity(event);
    if (!lcSecurity().isInfoEnabled())
        return;
    // Each event is a kind of line of its own, so that one does not hide another.
    const char *const kind = name(event).data();
    QDebug line = QMessageLogger(kind, 0, nullptr, lcSecurity().categoryName()).info().noquote();
    line.nospace() << "event=" << kind << " address=" << address;
    if (user != UserId())
        line << " user=" << user.value();
}

} // namespace parley::gateway
