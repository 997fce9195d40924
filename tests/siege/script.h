// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <exception>
#include <utility>

namespace parley::siege {

// What one attacker does, from top to bottom, as a coroutine: it gives way whenever it waits for
// something of a Peer's. It starts with go() and is done when it has come to its end.
class [[nodiscard]] Script {
public:
    struct promise_type {
        Script get_return_object()
        {
            return Script(std::coroutine_handle<promise_type>::from_promise(*this));
        }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() noexcept { }
        void unhandled_exception() noexcept { std::terminate(); }
    };

    Script() = default;
    Script(Script &&other) noexcept
        : m_handle(std::exchange(other.m_handle, {}))
    {
    }
    Script &operator=(Script &&other) noexcept
    {
        std::swap(m_handle, other.m_handle);
        return *this;
    }
    ~Script()
    {
        if (m_handle)
            m_handle.destroy(); // and with it the peers that are its own
    }

    void go() { m_handle.resume(); }
    bool isDone() const { return m_handle.done(); }

private:
    explicit Script(std::coroutine_handle<promise_type> handle)
        : m_handle(handle)
    {
    }
    std::coroutine_handle<promise_type> m_handle;
};

} // namespace parley::siege
