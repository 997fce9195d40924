// SPDX-License-Identifier: MIT
#include "support/scriptedstore.h"

#include "storage/memorystore.h"

#include <algorithm>

namespace parley::test {

using storage::Operation;

namespace {

Limits roomy()
{
    Limits limits;
    limits.mailboxBytes = 4 * limits::QueueBytes;
    return limits;
}

} // namespace

class ScriptedStore final : public storage::Store {
public:
    explicit ScriptedStore(Script &script)
        : m_script(script)
        , m_store(roomy())
    {
        (void)m_store.open();
        for (int id : {1, 2}) {
            const Operation add{
                storage::AddUser{{UserId(id), QByteArray::number(id), {}, true}}, {}, {}};
            (void)m_store.apply({&add, 1}, {});
        }
    }

    Done open() override
    {
        ++m_script.m_opens;
        if (m_script.failOpening)
            return Failure{QStringLiteral("does not open"), true};
        m_script.m_open = true;
        return done();
    }
    Result<std::vector<storage::Outcome>> apply(
        std::span<const Operation> operations, Time now) override
    {
        if (auto failure = m_script.failureOf(operations))
            return *failure;
        return m_store.apply(operations, now);
    }
    bool isOpen() const override { return m_script.m_open; }
    Done check() override { return done(); }
    void close() override { m_script.m_open = false; }

private:
    Script &m_script;
    storage::MemoryStore m_store;
};

Script::Script() = default;

std::unique_ptr<storage::Store> Script::makeStore()
{
    return std::make_unique<ScriptedStore>(*this);
}

std::optional<Failure> Script::failureOf(std::span<const Operation> operations)
{
    const auto any = [operations](
                         auto predicate) { return std::ranges::any_of(operations, predicate); };
    m_resets += int(std::ranges::count_if(operations, [](const Operation &operation) {
        return std::holds_alternative<storage::ResetPresence>(operation.action);
    }));
    const bool isAsked = any([](const Operation &o) { return o.asker != ConnectionId(); });
    if (isAsked && m_holding.exchange(false)) {
        m_held.release();
        m_released.acquire();
    }
    if (isAsked && loseConnection.exchange(false)) {
        m_open = false;
        return Failure{QStringLiteral("connection lost"), true};
    }
    if (failWriting && any([](const Operation &o) { return !storage::isRead(o.action); }))
        return Failure{QStringLiteral("disk full"), true};
    if (!poison.isEmpty() && any([this](const Operation &o) { return o.ref == poison; }))
        return Failure{QStringLiteral("cannot do ") + QString::fromLatin1(poison), false};
    return std::nullopt;
}

} // namespace parley::test
