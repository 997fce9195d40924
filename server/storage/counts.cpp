// SPDX-License-Identifier: MIT
#include "storage/counts.h"

#include "storage/batch.h"

namespace parley::storage {

void Counts::note(const Batch &batch)
{
    batches.add();
    operations.add(qint64(batch.operations.size()));
    for (size_t i = 0; i < batch.outcomes.size(); ++i) {
        const Outcome &outcome = batch.outcomes[i];
        census.note(batch.operations[i], outcome);
        if (const auto *one = std::get_if<Stored>(&outcome)) {
            (one->duplicate ? duplicates : stored).add();
        } else if (const auto *many = std::get_if<Confirmed>(&outcome)) {
            confirmed.add(qint64(many->removed.size()));
            for (const Message &message : many->removed)
                confirmedAge.add(std::max<qint64>((batch.at - message.sentAt).count(), 0));
        } else if (std::holds_alternative<Refused>(outcome)) {
            refused.add();
        } else if (const auto *surveyed = std::get_if<Surveyed>(&outcome);
                   surveyed && surveyed->log) {
            hasLog.set(1);
            logBytes.set(surveyed->log->bytes);
            checkpoints.set(surveyed->log->checkpoints);
            checkpointMicroseconds.set(surveyed->log->checkpointing.count());
        }
    }
    if (const auto &unread = census.unread()) {
        unreadMessages.set(unread->messages);
        unreadBytes.set(unread->bytes);
        unreadOldest.set(unread->oldest ? toMs(*unread->oldest) : 0);
        unreadIsKnown.set(1);
    }
}

} // namespace parley::storage
