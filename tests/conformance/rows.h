// SPDX-License-Identifier: MIT
// The rows of http.json and websocket.json: what the RFCs want of a server like ours. document.py
// writes them down for people, and says there what their words mean.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <vector>

namespace parley::test {

struct Row {
    QByteArray name; // the must, and which of its alternatives
    QJsonObject fields; // with {each} filled in

    QString text(QLatin1String field) const { return fields.value(field).toString(); }
    // Of a field that is a text, or a list of them; {} if it is not there.
    QStringList texts(QLatin1String field) const;
};

// The rows of the file of this name, one for each alternative.
std::vector<Row> conformanceRows(const QString &name);

// The bytes of a text in which \xNN is a byte.
QByteArray unescaped(const QByteArray &text);

} // namespace parley::test
