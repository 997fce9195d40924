// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <QJsonObject>

namespace parley::scenario {

// What was saved under a name while a scenario runs.
class Values {
public:
    void set(const QString &name, const QJsonValue &value) { m_values.insert(name, value); }
    void clear() { m_values = {}; }

    // "$name" and "$name.field.0" as a whole text give the value itself, within a text its words;
    // "$$" is a dollar. A Failure names what is not there.
    Result<QJsonValue> resolve(const QJsonValue &) const;
    Result<QString> resolveText(const QString &) const;

private:
    Result<QJsonValue> find(const QString &path) const;

    QJsonObject m_values;
};

// A value in words, for people; long ones are cut.
QString words(const QJsonValue &);

} // namespace parley::scenario
