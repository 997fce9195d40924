// SPDX-License-Identifier: MIT
#include "perf/works.h"

#include "storage/sql/open.h"

#include <QTemporaryDir>

namespace parley::perf {
namespace {

using storage::Operation;
using Batch = std::vector<Operation>;

constexpr int Users = 50;
constexpr int PerBatch = 100;
constexpr int Batches = 30;
constexpr Time At = fromMs(1'800'000'000'000);

UserId sender(int index)
{
    return UserId(index % Users + 1);
}
UserId receiver(int index)
{
    return UserId((index + 1) % Users + 1);
}

Batch users()
{
    Batch batch;
    for (int id = 1; id <= Users; ++id)
        batch.push_back({storage::AddUser{{UserId(id), QByteArray::number(id), {}, true}}, {}, {}});
    return batch;
}

Batch messages(int number)
{
    Batch batch;
    for (int i = 0; i < PerBatch; ++i)
        batch.push_back({storage::StoreMessage{sender(i), receiver(i),
                             clientId(number * PerBatch + i), body(), false, {}},
            ConnectionId(i + 1), {}});
    return batch;
}

// Every user confirms what the batch brought them.
Batch confirms(int number)
{
    Batch batch;
    for (int i = 0; i < Users; ++i)
        batch.push_back({storage::Confirm{receiver(i), {}, Seq((number + 1) * PerBatch / Users)},
            ConnectionId(i + 1), {}});
    return batch;
}

template <class T> qint64 countOf(const Result<std::vector<storage::Outcome>> &outcomes)
{
    demand(bool(outcomes), "the batch was committed");
    return std::ranges::count_if(
        *outcomes, [](const auto &outcome) { return std::holds_alternative<T>(outcome); });
}

} // namespace

qint64 store()
{
    const QTemporaryDir folder;
    const auto store = storage::sql::makeStore(
        QStringLiteral("sqlite:") + folder.filePath(QStringLiteral("parley.db")), Limits());
    demand(store && (*store)->open(), "the store opens");
    demand(countOf<storage::AddedUser>((*store)->apply(users(), At)) == Users, "there are users");

    std::vector<std::pair<Batch, Batch>> batches;
    for (int i = 0; i < Batches; ++i)
        batches.push_back({messages(i), confirms(i)});
    qint64 stored = 0;
    qint64 confirmed = 0;
    {
        const Counting counting;
        for (const auto &[messages, confirms] : batches) {
            stored += countOf<storage::Stored>((*store)->apply(messages, At));
            confirmed += countOf<storage::Confirmed>((*store)->apply(confirms, At));
        }
    }
    demand(stored == Batches * PerBatch && confirmed == Batches * Users, "all of it was done");
    (*store)->close();
    return stored;
}

} // namespace parley::perf
