// SPDX-License-Identifier: MIT
#include "gateway/http/request.h"

namespace parley::http {

std::vector<QByteArrayView> queryValues(QByteArrayView query, QByteArrayView name)
{
    std::vector<QByteArrayView> values;
    while (!query.isEmpty()) {
        const qsizetype end = query.indexOf('&');
        const QByteArrayView pair = end < 0 ? query : query.first(end);
        query = end < 0 ? QByteArrayView() : query.sliced(end + 1);
        const qsizetype equals = pair.indexOf('=');
        if ((equals < 0 ? pair : pair.first(equals)) == name)
            values.push_back(equals < 0 ? QByteArrayView() : pair.sliced(equals + 1));
    }
    return values;
}

std::optional<QByteArrayView> bearer(QByteArrayView authorization)
{
    constexpr QByteArrayView Scheme = "Bearer ";
    if (authorization.size() <= Scheme.size()
        || authorization.first(Scheme.size()).compare(Scheme, Qt::CaseInsensitive) != 0)
        return std::nullopt;
    return authorization.sliced(Scheme.size()).trimmed();
}

} // namespace parley::http
