// SPDX-License-Identifier: MIT
#pragma once

#include "play/players.h"

namespace parley::scenario {

// Makes a scenario of what is done by hand. UI thread.
class Recorder : public QObject {
    Q_OBJECT

public:
    // Then it stops by itself.
    static constexpr size_t MostEntries = 20'000;
    static constexpr qsizetype MostBytes = 64 << 20; // of frames

    // What one did, or was sent. Exactly one of the two counts.
    struct Entry {
        int pane = 0;
        bool isAction = false;
        play::Action action = {};
        frames::Frame frame = {};
        bool confirmsAll = false; // all that this player had at the time
    };
    // How a pane was when it began, or when it came.
    struct Pane {
        int pane = 0;
        QString user; // a word
        UserId userId; // 0: not known
        bool login = false;
        bool autoConfirm = true;
        bool heartbeat = true;
        bool wasOnline = false;
        UserId watched = {}; // 0: nobody
    };

    // The players must outlive it.
    explicit Recorder(play::Players &, QObject *parent = nullptr);

    void start();
    void stop();
    bool isRecording() const { return m_isRecording; }
    size_t entries() const { return m_entries.size(); }
    // Of what was recorded up to now, or last: YAML that load() reads. It passes when it is run on
    // a server of its own, as far as what was recorded does not rest on what had been before.
    // Holds neither passwords nor sessions.
    QByteArray text(const QString &name) const;

Q_SIGNALS:
    void recordingChanged(bool isRecording);
    void entryAdded();

private:
    void follow(play::Player *);
    void add(Entry);
    Pane describe(const play::Player &) const;

    play::Players &m_players;
    std::vector<Entry> m_entries;
    std::vector<Pane> m_panes;
    qsizetype m_bytes = 0;
    bool m_isRecording = false;
};

} // namespace parley::scenario
