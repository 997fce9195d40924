// SPDX-License-Identifier: MIT
#include "conformance/rows.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace parley::test {
namespace {

const QString Each = QStringLiteral("{each}");

QJsonValue withEach(const QJsonValue &value, const QString &alternative)
{
    if (value.isString())
        return value.toString().replace(Each, alternative);
    if (!value.isArray())
        return value;
    QJsonArray all;
    for (const QJsonValue one : value.toArray())
        all.append(withEach(one, alternative));
    return all;
}

Row alternative(const QJsonObject &row, int number, const QString &text)
{
    Row one{row[QStringLiteral("must")].toString().toUtf8() + ' ' + QByteArray::number(number), {}};
    for (auto field = row.begin(); field != row.end(); ++field)
        one.fields.insert(field.key(), withEach(field.value(), text));
    return one;
}

} // namespace

QStringList Row::texts(QLatin1String field) const
{
    const QJsonValue value = fields.value(field);
    if (value.isString())
        return {value.toString()};
    QStringList texts;
    for (const QJsonValue one : value.toArray())
        texts.append(one.toString());
    return texts;
}

std::vector<Row> conformanceRows(const QString &name)
{
    QFile file(QStringLiteral(PARLEY_CONFORMANCE_DATA "/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no %s", qPrintable(file.fileName()));
    std::vector<Row> rows;
    for (const QJsonValue value : QJsonDocument::fromJson(file.readAll()).array()) {
        const QJsonObject row = value.toObject();
        const QJsonArray each = row[QStringLiteral("each")].toArray();
        if (each.isEmpty())
            rows.push_back({row[QStringLiteral("must")].toString().toUtf8(), row});
        for (qsizetype i = 0; i < each.size(); ++i)
            rows.push_back(alternative(row, int(i) + 1, each[i].toString()));
    }
    if (rows.empty())
        qFatal("nothing in %s", qPrintable(file.fileName()));
    return rows;
}

QByteArray unescaped(const QByteArray &text)
{
    QByteArray bytes;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (text.sliced(at).startsWith("\\x")) {
            bytes += QByteArray::fromHex(text.mid(at + 2, 2));
            at += 3;
        } else {
            bytes += text[at];
        }
    }
    return bytes;
}

} // namespace parley::test
