// SPDX-License-Identifier: MIT
// A typed view of one parsed JSON text; hides the parser from the decoders.
#pragma once

#include "core/ids.h"

#include <QByteArray>

#include <array>
#include <functional>
#include <optional>

namespace parley::protocol::json {

// A value of the text that this thread parsed last. It and its texts die with the next parse().
class Value {
public:
    Value() = default;

    // Each is nullopt when the value is of another type.
    std::optional<QByteArrayView> text() const;
    std::optional<qint64> integer() const; // 2.0 is none, nor is what 64 bits do not hold
    std::optional<bool> boolean() const;
    std::optional<qsizetype> size() const; // of an array
    bool isNull() const;
    // A string or an integer of 64 bits as a JSON token, else null.
    QByteArray token() const;

    // Calls for one after the other until told false; says whether it went through all of them.
    // False too when this is no array, or no object.
    bool eachElement(const std::function<bool(Value)> &) const;
    bool eachMember(const std::function<bool(QByteArrayView key, Value)> &) const;
    // The first member of that name.
    std::optional<Value> find(QByteArrayView key) const;

private:
    template <class Element> explicit Value(const Element &element);
    friend std::optional<Value> parse(QByteArrayView);

    std::array<quintptr, 2> m_element{};
};

// The object that is the whole text; nullopt when it is no JSON, or something else than an object.
// A number that no 64 bits hold is accepted: it is of no type that can be asked for.
std::optional<Value> parse(QByteArrayView text);

} // namespace parley::protocol::json
