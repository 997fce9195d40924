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
    limits.mailboxBytes = 1 << 30;
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
        m_script.note(operations);
        if (auto failure = m_script.failureOf(operations))
            return *failure;
        const bool isMeant = m_script.doubtOf.isEmpty()
            || (operations.size() == 1 && operations[0].ref == m_script.doubtOf);
        const bool breaks =
            Script::isAsked(operations) && isMeant && m_script.doubt != Script::Doubt::None;
        if (!breaks) {
            doMeanwhile(Script::When::Before, operations, now);
            auto outcomes = m_store.apply(operations, now);
            doMeanwhile(Script::When::Behind, operations, now);
            return outcomes;
        }
        m_wasDone = m_script.doubt.exchange(Script::Doubt::None) == Script::Doubt::WasDone;
        m_inDoubt = true;
        m_script.m_open = false;
        if (m_wasDone)
            m_outcomes = *m_store.apply(operations, now);
        return Failure{QStringLiteral("no answer to the commit"), true};
    }
    bool isInDoubt() const override { return m_inDoubt; }
    Result<std::vector<storage::Outcome>> resolveDoubt() override
    {
        if (!m_script.mayKnow)
            return Failure{QStringLiteral("unknown"), true};
        m_inDoubt = false;
        m_script.m_open = true;
        if (m_wasDone)
            return std::move(m_outcomes);
        return Failure{QStringLiteral("not done"), true};
    }
    bool isOpen() const override { return m_script.m_open; }
    Done check() override { return done(); }
    void close() override { m_script.m_open = false; }

private:
    void doMeanwhile(Script::When when, std::span<const Operation> operations, Time now)
    {
        if (auto action = m_script.takeMeanwhile(when, operations)) {
            const Operation operation{std::move(*action), {}, {}};
            (void)m_store.apply({&operation, 1}, now);
        }
    }

    Script &m_script;
    storage::MemoryStore m_store;
    std::vector<storage::Outcome> m_outcomes;
    bool m_inDoubt = false;
    bool m_wasDone = false;
};

Script::Script() = default;

std::unique_ptr<storage::Store> Script::makeStore()
{
    return std::make_unique<ScriptedStore>(*this);
}

bool Script::isAsked(std::span<const Operation> operations)
{
    return std::ranges::any_of(
        operations, [](const Operation &o) { return o.asker != ConnectionId(); });
}

void Script::meanwhile(When when, storage::Action action)
{
    const std::lock_guard lock(m_mutex);
    m_meanwhile.emplace(when, std::move(action));
}

std::optional<storage::Action> Script::takeMeanwhile(
    When when, std::span<const Operation> operations)
{
    const std::lock_guard lock(m_mutex);
    if (!isAsked(operations) || !m_meanwhile.contains(when))
        return std::nullopt;
    return std::move(m_meanwhile.extract(when).mapped());
}

void Script::note(std::span<const Operation> operations)
{
    if (!isAsked(operations))
        return;
    const std::lock_guard lock(m_mutex);
    auto &batch = m_batches.emplace_back();
    for (const Operation &operation : operations)
        batch.push_back({operation.asker, operation.bytes});
}

std::optional<Failure> Script::failureOf(std::span<const Operation> operations)
{
    const auto any = [operations](
                         auto predicate) { return std::ranges::any_of(operations, predicate); };
    m_resets += int(std::ranges::count_if(operations, [](const Operation &operation) {
        return std::holds_alternative<storage::ResetPresence>(operation.action);
    }));
    // A connection's presence is asked for by nobody who could be waited for.
    const bool isHeld = any([](const Operation &o) {
        return o.asker != ConnectionId()
            && !std::holds_alternative<storage::WritePresence>(o.action);
    });
    if (isHeld && m_holding.exchange(false)) {
        m_held.release();
        m_released.acquire();
    }
    if (isAsked(operations) && loseConnection.exchange(false)) {
        m_open = false;
        return Failure{QStringLiteral("connection lost"), true};
    }
    if (failWriting && any([](const Operation &o) { return !storage::isRead(o.action); }))
        return Failure{QStringLiteral("disk full"), true};
    if (!poison.isEmpty() && any([this](const Operation &o) { return o.ref.startsWith(poison); }))
        return Failure{QStringLiteral("cannot do ") + QString::fromLatin1(poison), false};
    return std::nullopt;
}

} // namespace parley::test
