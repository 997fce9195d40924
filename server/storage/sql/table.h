// SPDX-License-Identifier: MIT
// Rows on their way into and out of a database.
#pragma once

#include <QByteArray>

#include <optional>
#include <variant>
#include <vector>

namespace parley::storage::sql {

// NULL, an integer (also a boolean, as 0 or 1), or a text in UTF-8.
using Value = std::variant<std::monostate, qint64, QByteArray>;

// Rows of values, stored in one piece.
class Table {
public:
    explicit Table(int columns)
        : m_columns(size_t(columns))
    {
    }

    // Adds a row of as many values as there are columns: integers, booleans, QByteArrays (never
    // NULL, even when they are null), optionals of these, Values.
    template <class... Values> void add(const Values &...values)
    {
        Q_ASSERT(sizeof...(values) == m_columns);
        (m_values.push_back(toValue(values)), ...);
    }
    void push(Value value) { m_values.push_back(std::move(value)); }

    size_t columns() const { return m_columns; }
    size_t rows() const { return m_columns == 0 ? 0 : m_values.size() / m_columns; }
    const Value &at(size_t row, size_t column) const { return m_values[row * m_columns + column]; }
    bool isNull(size_t row, size_t column) const { return at(row, column).index() == 0; }
    // 0 and null when it is NULL.
    qint64 integer(size_t row, size_t column) const
    {
        const qint64 *value = std::get_if<qint64>(&at(row, column));
        return value ? *value : 0;
    }
    QByteArray text(size_t row, size_t column) const
    {
        const QByteArray *value = std::get_if<QByteArray>(&at(row, column));
        return value ? *value : QByteArray();
    }

private:
    static Value toValue(qint64 value) { return value; }
    static Value toValue(const QByteArray &value) { return value; }
    static Value toValue(const Value &value) { return value; }
    template <class T> static Value toValue(const std::optional<T> &value)
    {
        return value ? toValue(*value) : Value();
    }

    size_t m_columns;
    std::vector<Value> m_values;
};

// A text that is NULL when it is null (but not when it is empty).
inline Value nullable(const QByteArray &text)
{
    return text.isNull() ? Value() : Value(text);
}

} // namespace parley::storage::sql
