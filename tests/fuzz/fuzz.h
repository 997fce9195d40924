// SPDX-License-Identifier: MIT
// What the fuzz targets share. A target is one source, for one parser, that calls it with any bytes
// and says what must be true of the result.
#pragma once

#include <QByteArray>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

// What a driver calls: libFuzzer's, or replay.cpp where there is none.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// Ends the run when it does not hold; the driver keeps the input.
#define MUST(condition) ((condition) ? void() : parley::fuzz::fail(#condition, __FILE__, __LINE__))

namespace parley::fuzz {

[[noreturn]] inline void fail(const char *what, const char *file, int line)
{
    std::fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
    std::abort();
}

// Inputs that the parser took. A run that has none of them, or nothing else, tests little.
inline qint64 taken = 0;

// The front of an input is what a parser reads; what else a target wants to know is taken from its
// end, so that the seeds are files as they are met outside.
class Input {
public:
    Input(const uint8_t *data, size_t size)
        : m_bytes(reinterpret_cast<const char *>(data), qsizetype(size))
    {
    }

    QByteArrayView bytes() const { return m_bytes; }
    // 0 when nothing is left.
    int byte()
    {
        if (m_bytes.isEmpty())
            return 0;
        const int last = uchar(m_bytes.back());
        m_bytes.chop(1);
        return last;
    }
    // 0 ... bound - 1, from the last eight bytes.
    qint64 below(qint64 bound)
    {
        quint64 number = 0;
        for (int i = 0; i < 8; ++i)
            number = number << 8 | uint(byte());
        return qint64(number % quint64(bound));
    }

private:
    QByteArrayView m_bytes;
};

// A copy that ends where its memory does, so that reading on is seen.
inline std::vector<char> exactly(QByteArrayView bytes)
{
    return {bytes.begin(), bytes.end()};
}

} // namespace parley::fuzz
