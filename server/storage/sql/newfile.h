// SPDX-License-Identifier: MIT
// A file that has its name only when it is whole.
#pragma once

#include "core/result.h"

#include <QByteArray>

namespace parley::storage::sql {

// A name that a file has meanwhile, beside the one that it will have; for its owner alone. It goes
// with this object, with what SQLite keeps beside it, unless it was given its name.
class NewFile {
public:
    enum class Existing { Refuse, Replace };
    // A Failure when the folder does not take it, or something of that name is there and refused.
    static Result<NewFile> beside(const QString &name, Existing);
    NewFile(NewFile &&) noexcept;
    ~NewFile();
    Q_DISABLE_COPY(NewFile)
    NewFile &operator=(NewFile &&) = delete;

    QString path() const;
    int descriptor() const { return m_descriptor; }
    // To disk, so far.
    Done sync();
    // As sync(), and then under its name, also on disk.
    Done giveName();

private:
    NewFile(const QByteArray &name, Existing existing)
        : m_name(name)
        , m_existing(existing)
    {
    }
    Failure failure() const; // by errno

    QByteArray m_name;
    Existing m_existing;
    QByteArray m_path; // meanwhile; empty: it is nobody's business any more
    int m_descriptor = -1;
};

// What is named in a folder is on disk, too.
Done syncFolder(const QByteArray &ofFile);

} // namespace parley::storage::sql
