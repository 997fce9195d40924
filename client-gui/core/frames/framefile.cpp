// SPDX-License-Identifier: MIT
#include "frames/framefile.h"

#include "frames/framelog.h"
#include "frames/jsonl.h"
#include "frames/outputfile.h"

#include <QElapsedTimer>
#include <QFile>

namespace parley::frames {
namespace {

constexpr int SliceMs = 8; // half a picture's time

} // namespace

FrameFile::FrameFile(FrameLog &log, QObject *parent)
    : QObject(parent)
    , m_log(log)
{
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &FrameFile::work);
}

FrameFile::~FrameFile() = default;

Done FrameFile::save(const QString &path)
{
    if (isBusy())
        return Failure{tr("Another file is being saved or loaded."), true};
    auto out = std::make_unique<OutputFile>(path);
    if (const Done opened = out->open(); !opened)
        return opened;
    m_out = std::move(out);
    m_next = m_log.firstNumber();
    m_last = m_log.lastNumber();
    m_written = 0;
    m_timer.start();
    return done();
}

Done FrameFile::load(const QString &path)
{
    if (isBusy())
        return Failure{tr("Another file is being saved or loaded."), true};
    auto in = std::make_unique<QFile>(path);
    if (!in->open(QIODevice::ReadOnly))
        return Failure{in->errorString()};
    m_in = std::move(in);
    m_reader = std::make_unique<JsonlReader>(*m_in);
    m_loaded = {};
    m_timer.start();
    return done();
}

void FrameFile::work()
{
    m_out ? writeSome() : readSome();
}

void FrameFile::writeSome()
{
    QElapsedTimer slice;
    slice.start();
    bool isWell = true;
    while (isWell && m_next <= m_last && slice.elapsed() < SliceMs) {
        // What the log has dropped meanwhile is no longer there to be saved.
        m_next = std::max(m_next, m_log.firstNumber());
        const Frame *frame = m_log.frame(m_next++);
        if (!frame)
            continue;
        isWell = m_out->write(toJsonLine(*frame, m_log.paneName(frame->pane)));
        ++m_written;
    }
    if (m_next > m_last || !isWell)
        finish();
}

void FrameFile::readSome()
{
    QElapsedTimer slice;
    slice.start();
    while (!m_reader->atEnd() && slice.elapsed() < SliceMs)
        takeLine();
    if (m_reader->atEnd())
        finish();
}

void FrameFile::takeLine()
{
    auto line = m_reader->next();
    if (!line) {
        ++m_loaded.badLines;
        if (m_loaded.problems.size() < MostProblems)
            m_loaded.problems.append(
                tr("Line %1 %2.").arg(m_reader->line()).arg(line.failure().text));
        return;
    }
    if (!*line)
        return;
    NamedFrame &named = **line;
    if (m_log.paneName(named.frame.pane) != named.paneName)
        m_log.setPaneName(named.frame.pane, named.paneName);
    m_log.append(std::move(named.frame));
    ++m_loaded.frames;
}

void FrameFile::finish()
{
    m_timer.stop();
    if (const auto out = std::move(m_out)) {
        if (const Done committed = out->commit(); committed)
            Q_EMIT saved(m_written);
        else
            Q_EMIT failed(committed.failure().text);
        return;
    }
    m_reader.reset();
    m_in.reset();
    m_log.flush();
    Q_EMIT loaded(m_loaded);
}

} // namespace parley::frames
