// SPDX-License-Identifier: MIT
// The rows of data/bad_requests.json: requests that are refused, and with what.
#pragma once

#include "support/rawclient.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <vector>

namespace parley::test {

struct BadRequest {
    QByteArray name;
    QByteArray bytes;
    int status = 0;
    QByteArray code;
};

// {x9000} stands for 9000 times the letter, {upgrade} for the headers of an upgrade.
inline QByteArray filledIn(QString request)
{
    static const QRegularExpression Fill(QStringLiteral("\\{x(\\d+)\\}"));
    for (auto fill = Fill.match(request); fill.hasMatch(); fill = Fill.match(request))
        request.replace(fill.capturedStart(), fill.capturedLength(),
            QString(fill.captured(1).toInt(), QLatin1Char('x')));
    return request.toUtf8().replace("{upgrade}", UpgradeHeaders);
}

// In the file {session} stands for a valid time session of user 1; the rest is as above.
inline std::vector<BadRequest> badRequests(const QString &path, const QByteArray &session)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no %s", qPrintable(path));
    std::vector<BadRequest> rows;
    for (const auto &row : QJsonDocument::fromJson(file.readAll()).array()) {
        rows.push_back({row[QStringLiteral("name")].toString().toUtf8(),
            filledIn(row[QStringLiteral("request")].toString()).replace("{session}", session),
            row[QStringLiteral("status")].toInt(),
            row[QStringLiteral("code")].toString().toUtf8()});
    }
    return rows;
}

} // namespace parley::test
