// SPDX-License-Identifier: MIT
// Payloads as people read them.
#pragma once

#include "frames/frame.h"

#include <QString>

namespace parley::frames {

inline constexpr qsizetype MostShownBytes = 512 << 10;

// Indented. The members keep their order, and every byte that is not white space between tokens
// stays what it is: numbers, escapes and doubled members, too. Null: it is no JSON (RFC 8259), is
// nested more than 1000 deep, or would be longer than `most`.
QByteArray prettyJson(QByteArrayView json, qsizetype most = MostShownBytes);
// Sixteen to a line, with offset and ASCII; as many bytes as fit `most` characters.
QString hexDump(QByteArrayView bytes, qsizetype most = MostShownBytes);
// A frame's payload: pretty, or as it is where it is no JSON, or in hexadecimal where it is no text
// either. What is over MostShownBytes is left out, and the text ends with how much.
QString readable(const Frame &);

} // namespace parley::frames
