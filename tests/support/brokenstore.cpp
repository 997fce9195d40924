// SPDX-License-Identifier: MIT
#include "support/brokenstore.h"

#include "storage/memorystore.h"

#include <algorithm>

namespace parley::test {

using namespace storage;

namespace {

class BrokenStore final : public Store {
public:
    explicit BrokenStore(Breakage &breakage)
        : m_breakage(breakage)
        , m_store(Limits())
    {
    }

    Done open() override { return m_store.open(); }
    Result<std::vector<Outcome>> apply(std::span<const Operation> operations, Time now) override
    {
        std::vector<Outcome> outcomes;
        for (const Operation &operation : operations)
            outcomes.push_back(perform(operation, now));
        return outcomes;
    }
    bool isOpen() const override { return m_store.isOpen(); }
    Done check() override { return m_store.check(); }
    void close() override { m_store.close(); }

private:
    Outcome perform(const Operation &operation, Time now)
    {
        const auto *message = std::get_if<StoreMessage>(&operation.action);
        if (message && m_breakage.forgetsBatches) {
            const auto box = std::get<Mailbox>(honestly({ReadMailbox{message->receiver}}, now));
            return Stored{box.lastSeq.next(), now, false, box.count + 1};
        }
        const auto *confirm = std::get_if<Confirm>(&operation.action);
        if (confirm && m_breakage.dropsAtConfirm) {
            const auto box =
                std::get<Fetched>(honestly({Fetch{confirm->user, {}, 100, 1 << 20}}, now));
            for (const Message &row : box.messages) {
                if (std::ranges::find(confirm->seqs, row.seq) == confirm->seqs.end()) {
                    honestly({Confirm{confirm->user, {row.seq}, {}}}, now);
                    break;
                }
            }
        }
        Outcome outcome = honestly(operation.action, now);
        if (const auto *stored = std::get_if<Stored>(&outcome);
            stored && message && m_breakage.losesRows)
            honestly({Confirm{message->receiver, {stored->seq}, {}}}, now);
        return outcome;
    }
    Outcome honestly(const Action &action, Time now)
    {
        const Operation operation{action, {}, {}};
        return std::move((*m_store.apply({&operation, 1}, now))[0]);
    }

    Breakage &m_breakage;
    MemoryStore m_store;
};

} // namespace

std::unique_ptr<Store> makeBrokenStore(Breakage &breakage)
{
    return std::make_unique<BrokenStore>(breakage);
}

} // namespace parley::test
