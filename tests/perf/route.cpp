// SPDX-License-Identifier: MIT
#include "perf/works.h"

#include "chat/connection.h"
#include "chat/router.h"
#include "storage/memorystore.h"
#include "storage/storagethread.h"
#include "support/fakeclock.h"

namespace parley::perf {
namespace {

constexpr int Users = 100; // each writes to the next, once a batch
constexpr int Batches = 100;

class CountingOutlet final : public chat::Outlet {
public:
    void send(const QByteArray &) override { ++frames; }
    void endWith(CloseCode) override { demand(false, "nobody is thrown out"); }
    void resume() override { }
    void keep(qint64) override { }
    qint64 waiting() const override { return 0; }

    qint64 frames = 0;
};

// A gateway's chat without sockets, and with a store that takes questions and never answers: the
// answers are what is fed to the router.
class Chat {
public:
    Chat()
    {
        for (int user = 0; user < Users; ++user)
            m_connections.push_back(std::make_unique<chat::Connection>(
                m_router.newId(), chat::Identity{id(user), {}}, m_outlet, m_router));
        apply(hellos());
        for (int number = 0; number < Batches; ++number)
            ask(number);
        m_router.submit();
        demand(m_outlet.frames == Users, "everybody was greeted");
    }

    void apply(const storage::BatchPtr &batch) { m_router.applyBatch(batch); }
    // Everybody's message of this number is stored, and confirmed.
    storage::BatchPtr exchange(int number) const;
    qint64 frames() const { return m_outlet.frames - Users; }

private:
    static UserId id(int user) { return UserId(user % Users + 1); }
    const chat::Connection &connection(int user) const
    {
        return *m_connections[size_t(user % Users)];
    }
    storage::BatchPtr hellos() const;
    void ask(int number);

    static Limits limits()
    {
        Limits limits;
        limits.commandsPerSecond = 0;
        return limits;
    }

    const test::FakeClock m_clock;
    storage::StorageThread m_storage{std::make_unique<storage::MemoryStore>(limits()), m_clock};
    chat::Directory m_directory{m_storage, m_clock, 10};
    trace::Tracer m_tracer{"perf"};
    chat::Router m_router{0, m_storage, m_directory, m_tracer, m_clock, limits()};
    CountingOutlet m_outlet;
    std::vector<std::unique_ptr<chat::Connection>> m_connections;
};

void Chat::ask(int number)
{
    for (int user = 0; user < Users; ++user) {
        chat::Connection &connection = *m_connections[size_t(user)];
        connection.receive(R"({"cmd":"SEND","receiveUserId":)"
            + QByteArray::number(id(user + 1).value()) + R"(,"clientId":")" + clientId(number)
            + R"(","body":")" + body() + "\"}");
        connection.receive(R"({"cmd":"CONFIRM","seqs":[)" + QByteArray::number(number + 1) + "]}");
    }
}

storage::BatchPtr Chat::hellos() const
{
    auto batch = std::make_shared<storage::Batch>();
    batch->at = m_clock.now();
    for (int user = 0; user < Users; ++user) {
        batch->operations.push_back({storage::ReadMailbox{id(user)}, connection(user).id(), {}});
        batch->outcomes.push_back(storage::Mailbox());
    }
    return batch;
}

storage::BatchPtr Chat::exchange(int number) const
{
    auto batch = std::make_shared<storage::Batch>();
    batch->at = m_clock.now();
    const Seq seq(number + 1);
    for (int user = 0; user < Users; ++user) {
        batch->operations.push_back(
            {storage::StoreMessage{id(user), id(user + 1), clientId(number), body(), false, {}},
                connection(user).id(), {}});
        batch->outcomes.push_back(storage::Stored{seq, batch->at, false, 1});
    }
    for (int user = 0; user < Users; ++user) {
        batch->operations.push_back(
            {storage::Confirm{id(user + 1), {}, seq}, connection(user + 1).id(), {}, 0, false});
        batch->outcomes.push_back(storage::Confirmed{
            {{id(user + 1), seq, id(user), clientId(number), {}, batch->at, false}}});
    }
    return batch;
}

} // namespace

qint64 route()
{
    Chat chat;
    std::vector<storage::BatchPtr> batches;
    for (int number = 0; number < Batches; ++number)
        batches.push_back(chat.exchange(number));
    {
        const Counting counting;
        for (const storage::BatchPtr &batch : batches)
            chat.apply(batch);
    }
    constexpr qint64 Messages = qint64(Users) * Batches;
    demand(chat.frames() == 2 * Messages, "every message had its SENT and its MESSAGE");
    return Messages;
}

} // namespace parley::perf
