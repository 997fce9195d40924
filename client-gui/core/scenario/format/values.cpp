// SPDX-License-Identifier: MIT
#include "scenario/format/values.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace parley::scenario {
namespace {

constexpr qsizetype MostWords = 200;

const QRegularExpression &reference()
{
    static const QRegularExpression Reference(
        QStringLiteral("\\$(?:\\$|([A-Za-z][A-Za-z0-9_]*(?:\\.[A-Za-z0-9_]+)*))"));
    return Reference;
}

} // namespace

Result<QJsonValue> Values::find(const QString &path) const
{
    QJsonValue value = m_values;
    for (const QString &part : path.split(u'.')) {
        value = value.isArray() ? value.toArray().at(part.toInt()) : value.toObject().value(part);
        if (value.isUndefined())
            return Failure{QStringLiteral("there is no $%1 (yet)").arg(path)};
    }
    return value;
}

Result<QString> Values::resolveText(const QString &text) const
{
    QString out;
    qsizetype from = 0;
    auto matches = reference().globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        out += QStringView(text).mid(from, match.capturedStart() - from);
        from = match.capturedEnd();
        if (match.captured(1).isEmpty()) {
            out += u'$';
            continue;
        }
        const auto value = find(match.captured(1));
        if (!value)
            return value.failure();
        out += value->isString() ? value->toString() : words(*value);
    }
    out += QStringView(text).mid(from);
    return out;
}

Result<QJsonValue> Values::resolve(const QJsonValue &value) const
{
    if (value.isString()) {
        const QString text = value.toString();
        const auto match = reference().match(text);
        if (match.hasMatch() && match.capturedLength() == text.size()
            && !match.captured(1).isEmpty())
            return find(match.captured(1));
        const auto resolved = resolveText(text);
        if (!resolved)
            return resolved.failure();
        return QJsonValue(*resolved);
    }
    if (value.isArray()) {
        QJsonArray out;
        for (const QJsonValue element : value.toArray()) {
            const auto resolved = resolve(element);
            if (!resolved)
                return resolved;
            out.append(*resolved);
        }
        return QJsonValue(out);
    }
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        QJsonObject out;
        for (auto member = object.begin(); member != object.end(); ++member) {
            const auto resolved = resolve(*member);
            if (!resolved)
                return resolved;
            out.insert(member.key(), *resolved);
        }
        return QJsonValue(out);
    }
    return value;
}

QString words(const QJsonValue &value)
{
    QString text;
    switch (value.type()) {
    case QJsonValue::Undefined:
        return QStringLiteral("nothing");
    case QJsonValue::String:
        text = u'"' + value.toString() + u'"';
        break;
    case QJsonValue::Object:
        text = QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
        break;
    case QJsonValue::Array:
        text = QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
        break;
    case QJsonValue::Double:
        text = value.toDouble() == double(value.toInteger()) ? QString::number(value.toInteger())
                                                             : QString::number(value.toDouble());
        break;
    case QJsonValue::Bool:
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    case QJsonValue::Null:
        return QStringLiteral("null");
    }
    if (text.size() > MostWords)
        text = text.left(MostWords) + u'…';
    return text;
}

} // namespace parley::scenario
