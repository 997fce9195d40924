// SPDX-License-Identifier: MIT
// Rows on their way into and out of a database.
#pragma once

#include <QByteArray>

#include <functional>
#include <optional>
#include <variant>
#include <vector>

namespace parley::storage::sql {

// NULL, an integer (also a boolean, as 0 or 1), or a text in UTF-8.
using Value = std::variant<std::monostate, qint64, QByteArray>;
using ValueView = std::variant<std::monostate, qint64, QByteArrayView>;

// A text that is NULL when it is null (but not when it is empty).
inline ValueView nullable(const QByteArray &text)
{
    return text.isNull() ? ValueView() : ValueView(QByteArrayView(text));
}
ValueView nullable(QByteArray &&) = delete; // it would be gone too early

// Rows of values for a statement. Texts are not copied: they must live until it is done.
class Parameters {
public:
    explicit Parameters(int columns, size_t rows = 0)
        : m_columns(size_t(columns))
    {
        m_values.reserve(m_columns * rows);
    }

    // Adds a row of as many values as there are columns: integers, booleans, QByteArrays (never
    // NULL, even when they are null), optionals of these, ValueViews.
    template <class... Values> void add(Values &&...values)
    {
        static_assert(!(std::is_same_v<Values, QByteArray> || ...), "it would be gone too early");
        Q_ASSERT(sizeof...(values) == m_columns);
        (m_values.push_back(toValue(values)), ...);
    }

    size_t columns() const { return m_columns; }
    size_t rows() const { return m_columns == 0 ? 0 : m_values.size() / m_columns; }
    const ValueView &at(size_t row, size_t column) const
    {
        return m_values[row * m_columns + column];
    }

private:
    static ValueView toValue(qint64 value) { return value; }
    static ValueView toValue(const QByteArray &value) { return QByteArrayView(value); }
    static ValueView toValue(const ValueView &value) { return value; }
    template <class T> static ValueView toValue(const std::optional<T> &value)
    {
        return value ? toValue(*value) : ValueView();
    }

    size_t m_columns;
    std::vector<ValueView> m_values;
};

// One row of a result, as it comes.
class Row {
public:
    virtual bool isNull(int column) const = 0;
    // 0 and null when it is NULL.
    virtual qint64 integer(int column) const = 0;
    // Not longer than the row.
    virtual QByteArrayView text(int column) const = 0;
    virtual Value value(int column) const = 0;
    virtual int columns() const = 0;

protected:
    ~Row() = default;
};
// What is done with each row. false: no more rows of the same parameters are wanted (but some may
// come).
using Sink = std::function<bool(const Row &)>;

// Rows that are kept, stored in one piece. What is not there reads as NULL.
class Table {
public:
    void add(const Row &row)
    {
        m_columns = size_t(row.columns());
        for (int column = 0; column < row.columns(); ++column)
            m_values.push_back(row.value(column));
    }

    size_t rows() const { return m_columns == 0 ? 0 : m_values.size() / m_columns; }
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
    const Value &at(size_t row, size_t column) const
    {
        static const Value Null;
        return row < rows() && column < m_columns ? m_values[row * m_columns + column] : Null;
    }

    size_t m_columns = 0;
    std::vector<Value> m_values;
};

} // namespace parley::storage::sql
