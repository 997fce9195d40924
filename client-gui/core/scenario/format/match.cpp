// SPDX-License-Identifier: MIT
#include "scenario/format/match.h"

#include "scenario/format/values.h"

#include <QJsonArray>

namespace parley::scenario {
namespace {

QString compare(const QString &path, const QJsonValue &expected, const QJsonValue &seen);

QString unlike(const QString &path, const QJsonValue &expected, const QJsonValue &seen)
{
    // A session may be compared, but is never shown.
    if (path.endsWith(QLatin1String("session")))
        return QStringLiteral("`%1` is a different one").arg(path);
    return QStringLiteral("`%1` should be %2 and is %3").arg(path, words(expected), words(seen));
}

bool isRange(const QJsonObject &object)
{
    static const QStringList Bounds{QStringLiteral("atLeast"), QStringLiteral("atMost")};
    const QStringList keys = object.keys();
    return !keys.isEmpty()
        && std::ranges::all_of(keys, [](const QString &key) { return Bounds.contains(key); });
}

bool isWithin(const QJsonObject &range, const QJsonValue &seen)
{
    const QJsonValue least = range.value(QLatin1String("atLeast"));
    const QJsonValue most = range.value(QLatin1String("atMost"));
    return seen.isDouble() && (least.isUndefined() || seen.toInteger() >= least.toInteger())
        && (most.isUndefined() || seen.toInteger() <= most.toInteger());
}

QString compareObjects(const QString &path, const QJsonObject &expected, const QJsonObject &seen)
{
    for (auto member = expected.begin(); member != expected.end(); ++member) {
        const QString below = path.isEmpty() ? member.key() : path + u'.' + member.key();
        const QString text = compare(below, *member, seen.value(member.key()));
        if (!text.isEmpty())
            return text;
    }
    return {};
}

QString compareArrays(const QString &path, const QJsonArray &expected, const QJsonArray &seen)
{
    if (expected.size() != seen.size())
        return QStringLiteral("`%1` should contain %2 and contains %3")
            .arg(path)
            .arg(expected.size())
            .arg(seen.size());
    for (qsizetype i = 0; i < expected.size(); ++i) {
        const QString text = compare(path + u'.' + QString::number(i), expected.at(i), seen.at(i));
        if (!text.isEmpty())
            return text;
    }
    return {};
}

QString compare(const QString &path, const QJsonValue &expected, const QJsonValue &seen)
{
    if (expected.isNull())
        return seen.isNull() || seen.isUndefined() ? QString() : unlike(path, expected, seen);
    if (expected == QLatin1String("*"))
        return seen.isUndefined() ? unlike(path, expected, seen) : QString();
    if (expected.isObject() && isRange(expected.toObject()))
        return isWithin(expected.toObject(), seen) ? QString() : unlike(path, expected, seen);
    if (expected.isObject() && seen.isObject())
        return compareObjects(path, expected.toObject(), seen.toObject());
    if (expected.isArray() && seen.isArray())
        return compareArrays(path, expected.toArray(), seen.toArray());
    return expected == seen ? QString() : unlike(path, expected, seen);
}

} // namespace

QString difference(const QJsonObject &expected, const QJsonObject &seen)
{
    return compareObjects({}, expected, seen);
}

} // namespace parley::scenario
