// SPDX-License-Identifier: MIT
#include "client/end.h"

#include "core/closecode.h"

namespace parley::client {

bool End::mayComeBack() const
{
    const bool refused = httpStatus / 100 == 4 && httpStatus != 408 && httpStatus != 429;
    return !refused && parley::mayComeBack(code);
}

QString End::text() const
{
    if (httpStatus != 0)
        return QStringLiteral("HTTP status %1").arg(httpStatus);
    if (code != 1006)
        return QStringLiteral("closed with %1 (%2)").arg(code).arg(reason);
    return reason;
}

} // namespace parley::client
