// SPDX-License-Identifier: MIT
// A route that waits in between, written from top to bottom: a coroutine that belongs to its
// exchange. It runs until it first waits, goes on when its exchange resumes it, and is gone with
// it. `co_await` stands only where a variable begins: elsewhere (`if (co_await …)`) GCC 12 was seen
// to lose it.
#pragma once

#include <coroutine>
#include <utility>

namespace parley::http {

class [[nodiscard]] Task {
public:
    struct promise_type {
        Task get_return_object()
        {
            return Task(std::coroutine_handle<promise_type>::from_promise(*this));
        }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() { }
        void unhandled_exception() { throw; }
    };

    Task() = default;
    Task(Task &&other) noexcept
        : m_coroutine(std::exchange(other.m_coroutine, nullptr))
    {
    }
    Task &operator=(Task &&other) noexcept
    {
        std::swap(m_coroutine, other.m_coroutine);
        return *this;
    }
    ~Task()
    {
        if (m_coroutine)
            m_coroutine.destroy();
    }

private:
    explicit Task(std::coroutine_handle<promise_type> coroutine)
        : m_coroutine(coroutine)
    {
    }

    std::coroutine_handle<promise_type> m_coroutine;
};

} // namespace parley::http
