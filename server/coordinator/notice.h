// SPDX-License-Identifier: MIT
// How facts travel between nodes: as JSON, in notices of at most storage::NoticeBytes.
#pragma once

#include "coordinator/facts.h"
#include "storage/batch.h"

#include <optional>
#include <span>

namespace parley::coordinator {

struct Notice {
    QByteArray writer; // who tells it
    qint64 number = 0; // of the notices of this writer, 1, 2, 3 …: a gap is one that was missed
    qint64 mark = 0; // what the writer committed up to here was told in this notice or before it
    Facts facts; // but for `replaced`:
    std::vector<storage::WrittenPresence::Replaced> replaced; // of any node
};

// What these batches have to tell, in order. Bodies that do not fit are left out: who wants such a
// message reads it. There is one notice at least, for it has the mark, which is that of the last
// batch. `number` is that of the last notice, before and after.
std::vector<QByteArray> toNotices(
    std::span<const storage::BatchPtr>, const storage::CommitMark &, qint64 &number);

// nullopt: it is none.
std::optional<Notice> readNotice(QByteArrayView);

} // namespace parley::coordinator
