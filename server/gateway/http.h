// SPDX-License-Identifier: MIT
// The little HTTP/1.1 that a connection begins with: one request, limited and strict (by
// Boost.Beast's parser), and its answer.
#pragma once

#include "core/errorcode.h"

#include <QByteArray>

#include <memory>
#include <optional>
#include <vector>

namespace parley::gateway {

struct HttpRequest {
    QByteArray method;
    QByteArray path;
    QByteArray query; // behind the '?', as it came
    QByteArray body;
    bool wantsWebSocket = false; // Upgrade and Connection say so
    QByteArray webSocketVersion;
    QByteArray webSocketKey;
    QByteArray origin; // null: none
    QByteArray authorization;
};

class HttpReader {
public:
    HttpReader();
    ~HttpReader();

    enum class State { NeedsMore, Complete, Refused };
    // All bytes that came so far, each time.
    State read(QByteArrayView allBytes);
    const HttpRequest &request() const { return m_request; }
    // When refused: bad_request or too_large, with its status (400, 413, 431).
    ErrorCode error() const { return m_error; }
    int status() const { return m_status; }
    // Bytes that belong to the request.
    qsizetype size() const { return m_size; }
    // The head asks for "100 Continue" before the body; true once.
    bool takeExpectation();

private:
    struct Parser;
    State refuse(int status, ErrorCode);
    State complete();
    bool isMalformed() const;

    std::unique_ptr<Parser> m_parser;
    HttpRequest m_request;
    ErrorCode m_error = ErrorCode::BadRequest;
    int m_status = 400;
    qsizetype m_size = 0;
    bool m_expectationTaken = false;
};

// Values of a parameter of the query, each as it came.
std::vector<QByteArrayView> queryValues(QByteArrayView query, QByteArrayView name);

struct HttpAnswer {
    int status = 200;
    QByteArray body;
    QByteArray contentType = QByteArrayLiteral("application/json");
    QByteArray extraHeaders {}; // whole lines, each with its CRLF
    QByteArrayView code {}; // of a refusal; static
};
// The contract's error body and, by code, its status and headers.
HttpAnswer refusal(ErrorCode, QByteArrayView message = {}, int retryAfterSeconds = 0);
// The bytes of the answer; the connection closes behind it.
QByteArray serialize(const HttpAnswer &);

} // namespace parley::gateway
