// SPDX-License-Identifier: MIT
#pragma once

#include "scenario/record/recorder.h"

#include <QJsonObject>
#include <QSet>

#include <map>

namespace parley::scenario {

// Writes down what a Recorder kept.
class Script {
public:
    Script(const std::vector<Recorder::Pane> &, const std::vector<Recorder::Entry> &);

    QByteArray write(const QString &name);

private:
    struct Line {
        bool isOpen = false;
        bool isLeaving = false; // it was told to disconnect or to abort
        bool isComing = false; // it was told to connect
        bool sends = false; // at any time
        int asked = 0; // commands without an answer
    };

    void writeHead(const QString &name);
    void add(const Recorder::Entry &, size_t index);
    void addAction(const QString &client, const Recorder::Entry &, size_t index);
    void addSend(const QString &client, const Recorder::Entry &, size_t index);
    void addConfirm(const QString &client, const Recorder::Entry &);
    void addRaw(const QString &client, const QString &frame);
    void addFrame(const QString &client, const frames::Frame &);
    void addLink(const QString &client, const frames::Frame &);
    void addReceived(const QString &client, const frames::Frame &);
    void addMessage(const QString &client, const frames::Frame &, const QJsonObject &);
    void addPage(const QString &client, const frames::Frame &, const QJsonObject &);
    void step(const QString &text);
    void expect(const QString &client, const QString &fields, const QString &more = {});
    void expectAnswer(const QString &client, int pane, const QString &fields);
    // "refused: ..." or "connect: ...", as it turned out.
    QString connectStep(const QString &client, int pane, size_t index) const;
    // Of a message that a player was told to send without one.
    QByteArray clientIdOf(const Recorder::Entry &, size_t index) const;
    // Some frame written by hand speaks of it.
    bool isNamedAfter(const QByteArray &clientId, size_t index) const;
    QString userName(UserId) const;
    // For `to` and the like: a name, or the number.
    QString receiver(UserId) const;
    QString reference(UserId) const;

    const std::vector<Recorder::Pane> &m_panes;
    const std::vector<Recorder::Entry> &m_entries;
    QByteArray m_out;
    std::map<int, Line> m_lines;
    std::map<std::pair<int, Seq>, QString> m_names; // of a pane's messages, for `confirm`
    QSet<QByteArray> m_sent; // clientIds
    QHash<QByteArray, QString> m_sends; // clientIds that are spoken of, and how
    int m_pages = 0;
    bool m_hasMessages = false;
};

} // namespace parley::scenario
