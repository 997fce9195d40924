// SPDX-License-Identifier: MIT
// The one parser of the little HTTP that a connection begins with: HTTP/1.1 and 1.0, one request,
// limited and strict (by Boost.Beast's parser and the rules that it leaves to others).
#pragma once

#include "gateway/http/request.h"
#include "gateway/http/response.h"

#include <memory>

namespace parley::http {

class Parser {
public:
    Parser();
    ~Parser();

    enum class State { NeedsMore, Complete, Refused };
    // Takes what came. It keeps at most a head and a body of their largest size; what comes after
    // the request is dropped.
    State feed(QByteArrayView bytes);
    State state() const { return m_state; }

    // When complete; all but the body already when the head is there.
    const Request &request() const { return m_request; }
    bool hasHead() const { return m_headDone; }
    // When refused: bad_request or too_large, with its status (400, 413, 431).
    Response refusal() const;
    // Bytes came after the request.
    bool hasMore() const { return m_hasMore; }
    // The head asks for "100 Continue" before the body; true once.
    bool takeExpectation();
    // As far as it is known.
    bool isHead() const;

private:
    struct Beast;
    State parse(QByteArrayView bytes);
    State parseOnce(QByteArrayView &bytes);
    State refuse(int status, ErrorCode);
    void takeHead();
    State complete();
    bool isMalformed() const;
    void dropEmptyLines(QByteArrayView &bytes);

    std::unique_ptr<Beast> m_beast;
    QByteArray m_kept; // came, and was not understood yet
    Request m_request;
    State m_state = State::NeedsMore;
    ErrorCode m_error = ErrorCode::BadRequest;
    int m_status = 400;
    qsizetype m_headBytes = 0; // that are done with
    bool m_began = false; // behind the empty lines that may come first
    bool m_headDone = false;
    bool m_hasMore = false;
    bool m_expectationTaken = false;
};

} // namespace parley::http
