// SPDX-License-Identifier: MIT
// Errors are values: what can fail between layers returns a Result.
#pragma once

#include <QString>

#include <concepts>
#include <utility>
#include <variant>

namespace parley {

// Why something failed, in words for the log or the person at the terminal. Holds no secret.
struct Failure {
    QString text;
    // The same call may succeed later by itself (a lost connection, a full disk).
    bool transient = false;
};

template <class T> class [[nodiscard]] Result {
public:
    // From whatever T is made of without saying so: one alternative of a variant, too.
    template <class Value>
    requires std::convertible_to<Value, T> Result(Value &&value)
        : m_value(std::in_place_index<0>, std::forward<Value>(value))
    {
    }
    Result(Failure failure)
        : m_value(std::in_place_index<1>, std::move(failure))
    {
    }
    explicit operator bool() const { return m_value.index() == 0; }
    T &operator*() { return std::get<0>(m_value); }
    const T &operator*() const { return std::get<0>(m_value); }
    T *operator->() { return &std::get<0>(m_value); }
    const T *operator->() const { return &std::get<0>(m_value); }
    const Failure &failure() const { return std::get<1>(m_value); }

private:
    std::variant<T, Failure> m_value;
};

// A Result with nothing in it but whether it went well.
using Done = Result<std::monostate>;
inline Done done()
{
    return std::monostate();
}

} // namespace parley
