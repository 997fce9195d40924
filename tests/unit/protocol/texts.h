// SPDX-License-Identifier: MIT
// Texts that a codec may stumble over, as UTF-8.
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QList>

namespace parley::protocol {

inline QList<QByteArray> hostileTexts()
{
    QList<QByteArray> texts{"", " ", "plain", "\"", "\\", "\\\"", "\\\\\"\"", "\\u0041", "\\n", "/",
        "</script>", "{\"cmd\":\"SEND\"}", "'", "\b\f\n\r\t", "\x01\x1f\x7f", "\u0080\u009f\u00a0",
        "é", "Straße", "\u2028\u2029", "a\ufeff", "\u200b\u202e", "\ufffd\uffff", "\U0001f600",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U00010000\U0010ffff", "مرحبا", "漢字"};
    // A character that must be escaped, at every place of a machine word and beyond.
    for (const char c : {'"', '\\', '\n', '\x1f', '\x01'}) {
        for (int before = 0; before < 18; ++before)
            texts.append(QByteArray(before, 'a') + c + QByteArray(17 - before, 'b'));
    }
    QByteArray controls;
    for (char c = 1; c < 0x20; ++c)
        controls.append(c);
    texts.append(controls);
    texts.append(QByteArray(32'768, '"'));
    texts.append(QByteArray("\U0001f600").repeated(8192));
    return texts;
}

// What somebody else's JSON finds in an object; also says that the bytes are JSON.
inline QByteArray foundByQt(const QByteArray &frame, const QString &key)
{
    return QJsonDocument::fromJson(frame).object().value(key).toString().toUtf8();
}

} // namespace parley::protocol
