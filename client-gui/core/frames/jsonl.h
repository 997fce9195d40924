// SPDX-License-Identifier: MIT
// Frames as lines of a file, one JSON object each:
//   {"at":µs,"pane":0,"name":"ClientA","kind":"received","userId":1,"payload":"..."}
// A payload that is no UTF-8 stands as "base64" instead, a binary one has "binary":true. "code" is
// there when the kind is "ended", "roundTrip" (µs) when it is known.
#pragma once

#include "core/result.h"
#include "frames/frame.h"

#include <QIODevice>

#include <optional>

namespace parley::frames {

// A frame without its number, and what its pane is called.
struct NamedFrame {
    Frame frame;
    QString paneName;
};

QByteArray toJsonLine(const Frame &, const QString &paneName);
// Exactly what toJsonLine() was given, but for the number. Unknown members are ignored.
Result<NamedFrame> fromJsonLine(QByteArrayView line);

// Reads one line after the other, and never more than MostLineBytes of one at once. Lines may end
// with CR LF, empty ones are skipped.
class JsonlReader {
public:
    static constexpr qint64 MostLineBytes = 32 << 20;

    // Open for reading; must outlive the reader.
    explicit JsonlReader(QIODevice &device)
        : m_device(device)
    {
    }

    bool atEnd() const { return m_device.atEnd(); }
    // Of what next() looked at last: 1, 2, 3 ...
    qint64 line() const { return m_line; }
    // The frame of the next line; null: it was empty. The failure says what is wrong with it.
    Result<std::optional<NamedFrame>> next();

private:
    QByteArray readLine();

    QIODevice &m_device;
    QByteArray m_buffer; // for the longest line
    qint64 m_line = 0;
};

} // namespace parley::frames
