// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <QHash>
#include <QJsonValue>

namespace parley::scenario {

// A YAML file as values, and where each of them stands.
struct Document {
    QString file;
    QJsonValue root;
    QHash<QString, int> lines; // by path: "/steps/0/send"

    // Of the value, or of the nearest around it.
    int line(QString path) const;
    Failure failure(const QString &path, const QString &words) const;
};

// Plain scalars are null, true, false and numbers where they look like that (YAML 1.2's core
// schema), else texts. Bounded in size, depth and number.
Result<Document> readYaml(const QByteArray &text, const QString &file);

// Against a JSON schema (draft 7); says what is wrong first, and where.
Done checkSchema(const Document &, const QByteArray &schema);

} // namespace parley::scenario
