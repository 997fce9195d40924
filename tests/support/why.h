// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

namespace parley::test {

// Why it failed, empty when it did not: QVERIFY2(result, why(result)).
class why {
public:
    template <class T>
    explicit why(const Result<T> &result)
        : m_text(result ? QByteArray() : result.failure().text.toUtf8())
    {
    }
    operator const char *() const { return m_text.constData(); }

private:
    QByteArray m_text;
};

// What a test cannot do without: when it failed, the test ends with why.
template <class T> T valueOf(Result<T> result)
{
    if (!result)
        qFatal("%s", static_cast<const char *>(why(result)));
    return std::move(*result);
}

} // namespace parley::test
