// SPDX-License-Identifier: MIT
#include "audit/mailbox.h"

#include <algorithm>
#include <set>

namespace parley::audit {
namespace {

constexpr size_t MostEarly = 64;

} // namespace

Mailbox::Entry &Mailbox::see(Seq seq, qint64 frame, qint64 sent)
{
    grow(seq, sent);
    const auto [place, isNew] = m_entries.try_emplace(seq);
    Entry &entry = place->second;
    if (!isNew)
        return entry;
    entry.firstSeen = frame;
    if (seq > m_forgotten) {
        ++m_numbers.accepted;
        ++(m_confirmed.contains(seq) ? m_numbers.confirmed : m_numbers.unread);
    }
    while (m_entries.size() > MostEntries && m_entries.begin()->first != seq)
        forgetOldest();
    return entry;
}

void Mailbox::forgetOldest()
{
    const Seq oldest = m_entries.begin()->first;
    if (oldest > m_base)
        m_base = oldest;
    m_forgotten = std::max(m_forgotten, oldest);
    m_entries.erase(m_entries.begin());
}

const Mailbox::Entry *Mailbox::find(Seq seq) const
{
    const auto found = m_entries.find(seq);
    return found == m_entries.end() ? nullptr : &found->second;
}

void Mailbox::deliver(Entry &entry, qint64 frame)
{
    if (entry.delivered > 0)
        return;
    entry.delivered = frame;
    ++m_numbers.delivered;
    entry.isOwed = entry.isOwed || !isUnsure;
}

void Mailbox::watchBehind(Seq seq, qint64 unread)
{
    if (m_base != Seq(MaxInteger))
        return;
    m_base = seq;
    m_unreadAtBase = unread;
}

void Mailbox::grow(Seq seq, qint64 sent)
{
    if (seq <= m_top)
        return;
    excuse(m_top.next(), Seq(seq.value() - 1));
    // What was sent after the answer to a CONFIRM was not there for that to remove.
    std::erase_if(
        m_early, [&](const Early &early) { return early.answered > 0 && sent > early.answered; });
    excuse(seq, seq);
    m_top = seq;
}

void Mailbox::excuse(Seq first, Seq last)
{
    for (const Early &early : m_early) {
        if (early.confirm.upTo)
            m_asked.add(first, std::min(last, *early.confirm.upTo));
        for (const Seq seq : early.confirm.seqs) {
            if (seq >= first && seq <= last)
                m_asked.add(seq);
        }
    }
}

bool Mailbox::covers(const protocol::Confirm &confirm, Seq seq) const
{
    return confirm.upTo ? seq <= *confirm.upTo
                        : std::ranges::find(confirm.seqs, seq) != confirm.seqs.end();
}

bool Mailbox::mayBeAsked(Seq seq) const
{
    return m_asked.contains(seq) || std::ranges::any_of(m_early, [&](const Early &early) {
        return covers(early.confirm, seq);
    });
}

Mailbox::Bounds Mailbox::ask(const protocol::Confirm &confirm)
{
    ++confirms;
    Bounds bounds;
    Seq highest;
    if (confirm.upTo) {
        highest = *confirm.upTo;
        const Seq known = std::min(highest, m_top);
        bounds.least = countOwed(known);
        bounds.first = firstOwed(Seq(1), known);
        bounds.last = known;
        const Seq base = std::min(m_base, highest);
        const bool knowsBase = m_base <= highest && m_unreadAtBase >= 0;
        bounds.most = (knowsBase ? m_unreadAtBase : base.value() - m_confirmed.count(Seq(1), base))
            + highest.value() - base.value() - m_confirmed.count(base.next(), highest);
        m_asked.add(Seq(1), known);
    } else {
        for (const Seq seq : std::set<Seq>(confirm.seqs.begin(), confirm.seqs.end())) {
            highest = std::max(highest, seq);
            bounds.most += m_confirmed.contains(seq) ? 0 : 1;
            if (firstOwed(seq, seq) == seq) {
                bounds.first = bounds.least == 0 ? seq : bounds.first;
                bounds.last = seq;
                ++bounds.least;
            }
            if (seq <= m_top)
                m_asked.add(seq);
        }
    }
    std::erase_if(m_early, [&](const Early &early) {
        const auto &seqs = early.confirm.seqs;
        return early.confirm.upTo ? *early.confirm.upTo <= m_top
                                  : seqs.empty() || *std::ranges::max_element(seqs) <= m_top;
    });
    if (highest > m_top) {
        m_early.push_back({confirm, 0});
        if (m_early.size() > MostEarly) { // what it covers can no longer be told
            m_early.pop_front();
            isForeign = true;
        }
    }
    return bounds;
}

void Mailbox::confirm(const protocol::Confirm &confirm, Seq top, qint64 frame)
{
    const auto mark = [&](Entry &entry) {
        entry.confirmed = frame;
        ++m_numbers.confirmed;
        --m_numbers.unread;
    };
    for (Early &early : m_early) {
        if (early.answered == 0 && early.confirm.upTo == confirm.upTo
            && early.confirm.seqs == confirm.seqs)
            early.answered = frame;
    }
    for (const Seq seq : confirm.seqs) {
        if (seq > top || m_confirmed.contains(seq))
            continue;
        m_confirmed.add(seq);
        if (const auto found = m_entries.find(seq); found != m_entries.end())
            mark(found->second);
    }
    if (!confirm.upTo)
        return;
    const Seq last = std::min(top, *confirm.upTo);
    for (auto at = m_entries.lower_bound(m_confirmed.firstMissing(Seq(1)));
         at != m_entries.end() && at->first <= last; ++at) {
        if (!m_confirmed.contains(at->first))
            mark(at->second);
    }
    m_confirmed.add(Seq(1), last);
}

bool Mailbox::wasConfirmedBefore(Seq seq, qint64 frame) const
{
    const Entry *entry = find(seq);
    return entry ? entry->confirmed > 0 && entry->confirmed < frame
                 : seq <= m_forgotten && m_confirmed.contains(seq);
}

Seq Mailbox::firstOwed(Seq from, Seq to, const Ranges &but) const
{
    to = std::min(to, m_top);
    if (isForeign)
        return Seq();
    // What is older than the watching: only what has been seen.
    for (auto at = m_entries.lower_bound(from);
         at != m_entries.end() && at->first <= std::min(to, m_base);) {
        const Seq seq = at->first;
        if (const Seq next = m_asked.firstMissing(seq); next != seq) {
            at = m_entries.lower_bound(next);
            continue;
        }
        if (at->second.isOwed && !but.contains(seq))
            return seq;
        ++at;
    }
    from = std::max(from, m_base.next());
    while (from <= to) {
        const Seq seq = but.firstMissing(m_asked.firstMissing(from));
        if (seq == from)
            return seq;
        from = seq;
    }
    return Seq();
}

qint64 Mailbox::countOwed(Seq to) const
{
    to = std::min(to, m_top);
    if (isForeign)
        return 0;
    qint64 sum = 0;
    for (Seq seq = firstOwed(Seq(1), std::min(to, m_base)); seq != Seq();
         seq = firstOwed(seq.next(), std::min(to, m_base)))
        ++sum;
    if (to > m_base)
        sum += to.value() - m_base.value() - m_asked.count(m_base.next(), to);
    return sum;
}

} // namespace parley::audit
