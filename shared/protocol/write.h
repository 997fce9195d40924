// SPDX-License-Identifier: MIT
// JSON put down as bytes, without a document in between.
#pragma once

#include "core/clock.h"
#include "core/ids.h"

#include <QByteArray>

namespace parley::protocol {

// A JSON string: `text` is UTF-8 and is written as it is, but for what JSON wants escaped.
void appendText(QByteArray &out, QByteArrayView text);
void appendNumber(QByteArray &out, qint64);

// One member: `key` is what stands before the value, such as `,"seq":`.
inline void member(QByteArray &out, QByteArrayView key, qint64 value)
{
    out.append(key);
    appendNumber(out, value);
}
template <class Tag> void member(QByteArray &out, QByteArrayView key, Id<Tag> value)
{
    member(out, key, value.value());
}
inline void member(QByteArray &out, QByteArrayView key, Time value)
{
    member(out, key, toMs(value));
}
inline void member(QByteArray &out, QByteArrayView key, QByteArrayView text)
{
    out.append(key);
    appendText(out, text);
}
// A text that may not be there.
inline void optionalMember(QByteArray &out, QByteArrayView key, const QByteArray &text)
{
    if (!text.isNull())
        member(out, key, text);
}

// `[` and for each item what `write` appends, with commas between, and `]`.
template <class Items, class Write>
void appendList(QByteArray &out, const Items &items, Write write)
{
    char before = '[';
    for (const auto &item : items) {
        out.append(before);
        write(item);
        before = ',';
    }
    if (before == '[')
        out.append('[');
    out.append(']');
}

// The end of a frame, with the `ref` that it answers.
inline void end(QByteArray &out, const QByteArray &ref = {})
{
    if (!ref.isNull())
        out.append(",\"ref\":").append(ref);
    out.append('}');
}

} // namespace parley::protocol
