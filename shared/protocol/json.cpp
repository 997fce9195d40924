// SPDX-License-Identifier: MIT
#include "protocol/json.h"

#include "protocol/codec.h"
#include "protocol/write.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace parley::protocol {
namespace json {
namespace {

using simdjson::dom::element;
using namespace std::string_view_literals;

// A Value holds the bits of an element; none at all when it is no value of any text.
using Bits = std::array<quintptr, 2>;

template <class T> std::optional<T> as(const Bits &bits)
{
    T result;
    if (bits == Bits{} || std::bit_cast<element>(bits).get(result) != simdjson::SUCCESS)
        return std::nullopt;
    return result;
}

QByteArrayView view(std::string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

// What the parser reads: it wants to look some bytes beyond the end.
class Input {
public:
    std::span<char> assign(QByteArrayView text)
    {
        const auto size = size_t(text.size());
        if (m_capacity < size) {
            m_capacity = std::bit_ceil(size);
            m_data = std::make_unique<char[]>(m_capacity + simdjson::SIMDJSON_PADDING);
        }
        if (size > 0)
            std::memcpy(m_data.get(), text.data(), size);
        return {m_data.get(), size};
    }

private:
    std::unique_ptr<char[]> m_data;
    size_t m_capacity = 0;
};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// RFC 8259's number.
bool isNumber(const char *at, const char *end)
{
    const auto digits = [&] {
        const char *begin = at;
        at = std::find_if_not(at, end, isDigit);
        return at - begin;
    };
    if (at != end && *at == '-')
        ++at;
    const bool zero = at != end && *at == '0';
    const auto whole = digits();
    if (whole == 0 || (zero && whole > 1))
        return false;
    if (at != end && *at == '.' && (++at, digits() == 0))
        return false;
    if (at != end && (*at == 'e' || *at == 'E')) {
        ++at;
        if (at != end && (*at == '+' || *at == '-'))
            ++at;
        if (digits() == 0)
            return false;
    }
    return at == end;
}

bool isInteger64(const char *begin, const char *end)
{
    qint64 value;
    quint64 positive;
    const auto whole = [end](std::from_chars_result result) {
        return result.ec == std::errc() && result.ptr == end;
    };
    return whole(std::from_chars(begin, end, value))
        || whole(std::from_chars(begin, end, positive));
}

// The parser refuses a whole text for one number that it cannot hold, be it in an unknown field.
// Every number but the 64-bit integers, three characters at least, becomes 0.0: no field takes it.
void tameNumbers(std::span<char> text)
{
    const auto inNumber = [](char c) {
        return isDigit(c) || "+-.eE"sv.find(c) != std::string_view::npos;
    };
    char *const end = text.data() + text.size();
    for (char *at = text.data(); at != end; ++at) {
        if (*at == '"') {
            for (++at; at != end && *at != '"'; ++at) {
                if (*at == '\\' && at + 1 != end)
                    ++at;
            }
            if (at == end)
                return;
        } else if (*at == '-' || isDigit(*at)) {
            char *const stop = std::find_if_not(at, end, inNumber);
            if (isNumber(at, stop) && !isInteger64(at, stop))
                std::fill(std::copy_n("0.0", 3, at), stop, ' ');
            at = stop - 1;
        }
    }
}

} // namespace

template <class Element>
Value::Value(const Element &element)
    : m_element(std::bit_cast<Bits>(element))
{
}

std::optional<QByteArrayView> Value::text() const
{
    const auto text = as<std::string_view>(m_element);
    return text ? std::optional(view(*text)) : std::nullopt;
}

std::optional<qint64> Value::integer() const
{
    return as<int64_t>(m_element);
}

std::optional<bool> Value::boolean() const
{
    return as<bool>(m_element);
}

std::optional<qsizetype> Value::size() const
{
    const auto array = as<simdjson::dom::array>(m_element);
    return array ? std::optional(qsizetype(array->size())) : std::nullopt;
}

bool Value::isNull() const
{
    return m_element != Bits{} && std::bit_cast<element>(m_element).is_null();
}

QByteArray Value::token() const
{
    QByteArray token;
    if (const auto string = text())
        appendText(token, *string);
    else if (const auto number = integer())
        token.setNum(*number);
    else if (const auto large = as<uint64_t>(m_element))
        token.setNum(quint64(*large));
    return token;
}

bool Value::eachElement(const std::function<bool(Value)> &visit) const
{
    const auto array = as<simdjson::dom::array>(m_element);
    return array && std::all_of(array->begin(), array->end(), [&](const element &value) {
        return visit(Value(value));
    });
}

bool Value::eachMember(const std::function<bool(QByteArrayView, Value)> &visit) const
{
    const auto object = as<simdjson::dom::object>(m_element);
    return object && std::all_of(object->begin(), object->end(), [&](const auto &member) {
        return visit(view(member.key), Value(member.value));
    });
}

std::optional<Value> Value::find(QByteArrayView key) const
{
    const auto object = as<simdjson::dom::object>(m_element);
    element value;
    if (!object || object->at_key({key.data(), size_t(key.size())}).get(value))
        return std::nullopt;
    return Value(value);
}

std::optional<Value> parse(QByteArrayView text)
{
    thread_local simdjson::dom::parser parser;
    thread_local Input input;
    const auto bytes = input.assign(text);
    element root;
    auto error = parser.parse(bytes.data(), bytes.size(), false).get(root);
    if (error == simdjson::NUMBER_ERROR) {
        tameNumbers(bytes);
        error = parser.parse(bytes.data(), bytes.size(), false).get(root);
    }
    if (error || !root.is_object())
        return std::nullopt;
    return Value(root);
}

} // namespace json

bool isUtf8(QByteArrayView bytes)
{
    return simdjson::validate_utf8(bytes.data(), size_t(bytes.size()));
}

qsizetype codePoints(QByteArrayView text)
{
    return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; });
}

} // namespace parley::protocol
