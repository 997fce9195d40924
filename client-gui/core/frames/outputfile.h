// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <QFileDevice>

#include <memory>

namespace parley::frames {

// A file that somebody named to have something written to it. A regular file, also one that links
// lead to, is replaced when all is written, and before that left as it is. What is no regular file,
// a device or a pipe, is written through, and so is what is our own standard output or error.
class OutputFile {
public:
    explicit OutputFile(QString path);
    ~OutputFile();
    Q_DISABLE_COPY_MOVE(OutputFile)

    // Whether what has this name is replaced, or made, and not written through.
    static bool isReplaced(const QString &path);

    // Whether open() is likely to go well. Touches nothing.
    Done check() const;
    // A pipe that nobody reads is a Failure; it does not wait for a reader.
    Done open();
    // Once it is open. Whether it went well; commit() says so, too.
    bool write(const QByteArray &);
    // All of it is there, or nothing where that can be had. A Failure, too, when a write had
    // failed.
    Done commit();

private:
    Failure failure() const;

    const QString m_path;
    std::unique_ptr<QFileDevice> m_file;
    bool m_isWhole = true;
};

// All of it at once.
Done writeFile(const QString &path, const QByteArray &content);

} // namespace parley::frames
