// SPDX-License-Identifier: MIT
// Frames that are written by hand.
#pragma once

#include "core/limits.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace parley::play {

struct Draft {
    QString text;
    bool isHex = false; // the bytes of a binary frame, in hexadecimal
};

struct DraftTemplate {
    QString group;
    QString title;
    Draft draft;
};

std::vector<DraftTemplate> draftTemplates();

inline constexpr qsizetype MostDraftBytes = 8 << 20;

// The bytes that go over the wire. In a text these stand for what nobody wants to type:
//   {{x 40000}}    40000 times the letter
//   {{nest 2000}}  2000 arrays within each other
//   {{newId}}      a clientId that nobody used
// The failure says what is wrong: digits that are no hexadecimal, or more than MostDraftBytes.
Result<QByteArray> bytesOf(const Draft &);

// What a server with these limits should answer, in words.
struct Forecast {
    bool isTaken = false; // otherwise it is an error, or the end of the connection
    QString text; // "ERROR bad_field: receiveUserId"
};
Forecast forecast(const QByteArray &frame, bool isBinary, const Limits &);

} // namespace parley::play
