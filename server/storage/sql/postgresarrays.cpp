// SPDX-License-Identifier: MIT
#include "storage/sql/postgresarrays.h"

#include <QtEndian>

namespace parley::storage::sql {

namespace {

// Numbers of built-in types never change.
constexpr qint32 BigintType = 20;
constexpr qint32 TextType = 25;

template <class Integer> void append(QByteArray &bytes, Integer value)
{
    const Integer big = qToBigEndian(value);
    bytes.append(reinterpret_cast<const char *>(&big), sizeof big);
}

qsizetype sizeOf(const ValueView &value)
{
    const auto *text = std::get_if<QByteArrayView>(&value);
    return 4 + (text ? text->size() : 8);
}

} // namespace

QByteArray toArray(const Parameters &table, size_t column, bool ofTexts)
{
    qsizetype size = 20;
    for (size_t row = 0; row < table.rows(); ++row)
        size += sizeOf(table.at(row, column));
    QByteArray bytes;
    bytes.reserve(size);
    append<qint32>(bytes, 1); // dimension
    append<qint32>(bytes, 1); // there may be NULLs
    append<qint32>(bytes, ofTexts ? TextType : BigintType);
    append<qint32>(bytes, qint32(table.rows()));
    append<qint32>(bytes, 1); // index of the first
    for (size_t row = 0; row < table.rows(); ++row) {
        const ValueView &value = table.at(row, column);
        if (const auto *text = std::get_if<QByteArrayView>(&value)) {
            append<qint32>(bytes, qint32(text->size()));
            bytes.append(*text);
        } else if (const auto *integer = std::get_if<qint64>(&value)) {
            append<qint32>(bytes, 8);
            append<qint64>(bytes, *integer);
        } else {
            append<qint32>(bytes, -1);
        }
    }
    return bytes;
}

qint64 toInteger(const char *bytes, int size)
{
    // The first byte has the sign.
    qint64 value = size > 1 && bytes[0] < 0 ? -1 : 0;
    for (int i = 0; i < size; ++i)
        value = qint64(quint64(value) << 8 | quint8(bytes[i]));
    return value;
}

} // namespace parley::storage::sql
