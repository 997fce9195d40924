// SPDX-License-Identifier: MIT
#include "storage/operationqueue.h"

#include <iterator>
#include <utility>

namespace parley::storage {
namespace {

void append(std::vector<Operation> &to, std::vector<Operation> &&more)
{
    if (to.empty())
        to = std::move(more);
    else
        to.insert(
            to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

} // namespace

void OperationQueue::add(std::vector<Operation> operations)
{
    for (const Operation &operation : operations) {
        m_bytes += operation.bytes;
        m_isWaitedFor = m_isWaitedFor || operation.isAwaited;
    }
    append(m_operations, std::move(operations));
}

void OperationQueue::putBack(std::vector<Operation> operations)
{
    for (const Operation &operation : operations)
        m_bytes += operation.bytes;
    m_isWaitedFor = m_isWaitedFor || !operations.empty();
    append(operations, std::move(m_operations));
    m_operations = std::move(operations);
}

std::vector<Operation> OperationQueue::takeBatch()
{
    const size_t size = batchSize();
    m_isWaitedFor = size < m_operations.size();
    if (!m_isWaitedFor) {
        m_bytes = 0;
        return std::exchange(m_operations, {});
    }
    const auto end = m_operations.begin() + qsizetype(size);
    std::vector<Operation> taken(
        std::make_move_iterator(m_operations.begin()), std::make_move_iterator(end));
    m_operations.erase(m_operations.begin(), end);
    for (const Operation &operation : taken)
        m_bytes -= operation.bytes;
    return taken;
}

Queued OperationQueue::queued() const
{
    Queued queued{qint64(m_operations.size()), m_bytes, {}};
    for (const Operation &operation : m_operations) {
        if (operation.askedAt == Ticks())
            continue;
        queued.oldest = operation.askedAt;
        break;
    }
    return queued;
}

size_t OperationQueue::batchSize() const
{
    if (m_bytes <= limits::BatchBytes)
        return m_operations.size();
    size_t size = 1;
    for (qint64 bytes = m_operations[0].bytes; size < m_operations.size(); ++size) {
        bytes += m_operations[size].bytes;
        if (bytes > limits::BatchBytes)
            break;
    }
    return size;
}

} // namespace parley::storage
