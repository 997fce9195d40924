// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <memory>

class QFile;

namespace parley::frames {

class FrameLog;
class JsonlReader;
class OutputFile;

// Saves a log as a file, or loads one, a slice at a time between other events. One thing at once;
// deleting it gives up, and leaves a file that was there before as it was.
class FrameFile : public QObject {
    Q_OBJECT

public:
    static constexpr int MostProblems = 20; // that are told in words

    struct Loaded {
        qint64 frames = 0;
        qint64 badLines = 0; // skipped
        QStringList problems; // "Line 7 is no JSON object."; the first MostProblems
    };

    // The log must outlive it.
    explicit FrameFile(FrameLog &, QObject *parent = nullptr);
    ~FrameFile() override;

    bool isBusy() const { return m_timer.isActive(); }
    // The frames that are there now. The failure says why the file cannot be written.
    Done save(const QString &path);
    // Appends to the log.
    Done load(const QString &path);

Q_SIGNALS:
    void saved(qint64 frames);
    void loaded(const parley::frames::FrameFile::Loaded &);
    void failed(const QString &why);

private:
    void work();
    void writeSome();
    void readSome();
    void takeLine();
    void finish();

    FrameLog &m_log;
    QTimer m_timer;
    std::unique_ptr<OutputFile> m_out;
    std::unique_ptr<QFile> m_in;
    std::unique_ptr<JsonlReader> m_reader;
    qint64 m_next = 0; // the number of the frame that is written next
    qint64 m_last = 0;
    qint64 m_written = 0;
    Loaded m_loaded;
};

} // namespace parley::frames
