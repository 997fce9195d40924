// SPDX-License-Identifier: MIT
#include "play/draft.h"

#include <QCoreApplication>

namespace parley::play {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("parley::play", text);
}

struct Row {
    const char *title;
    const char *text;
    bool isHex = false;
};

constexpr Row Commands[] = {
    {"SEND",
        "{\"cmd\":\"SEND\",\"receiveUserId\":2,\"body\":\"hello\",\"clientId\":\"{{newId}}\","
        "\"receipt\":true}"},
    {"CONFIRM", "{\"cmd\":\"CONFIRM\",\"seqs\":[1],\"ref\":\"r1\"}"},
    {"CONFIRM up to", "{\"cmd\":\"CONFIRM\",\"upTo\":1,\"ref\":\"r1\"}"},
    {"FETCH", "{\"cmd\":\"FETCH\",\"after\":0,\"limit\":100,\"ref\":\"r1\"}"},
    {"HEARTBEAT", "{\"cmd\":\"HEARTBEAT\",\"ref\":\"r1\"}"},
    {"STATUS", "{\"cmd\":\"STATUS\",\"userIds\":[1,2],\"ref\":\"r1\"}"},
    {"WATCH", "{\"cmd\":\"WATCH\",\"userIds\":[1,2],\"ref\":\"r1\"}"},
    {"TRACK", "{\"cmd\":\"TRACK\",\"clientId\":\"a clientId\",\"ref\":\"r1\"}"},
};

constexpr Row Malformed[] = {
    {QT_TRANSLATE_NOOP("parley::play", "Half an object"), "{\"cmd\":\"SEND\",\"receiv"},
    {QT_TRANSLATE_NOOP("parley::play", "An array"), "[\"SEND\",2,\"hello\"]"},
    {QT_TRANSLATE_NOOP("parley::play", "Not JSON"), "hello"},
    {QT_TRANSLATE_NOOP("parley::play", "Empty"), ""},
    {QT_TRANSLATE_NOOP("parley::play", "Unknown command"), "{\"cmd\":\"SHOUT\",\"ref\":1}"},
    {QT_TRANSLATE_NOOP("parley::play", "A command in lower case"),
        "{\"cmd\":\"send\",\"receiveUserId\":2,\"body\":\"hello\"}"},
    {QT_TRANSLATE_NOOP("parley::play", "A field is missing"),
        "{\"cmd\":\"SEND\",\"body\":\"to nobody\"}"},
    {QT_TRANSLATE_NOOP("parley::play", "A field of the wrong type"),
        "{\"cmd\":\"SEND\",\"receiveUserId\":\"2\",\"body\":\"hello\"}"},
    {QT_TRANSLATE_NOOP("parley::play", "A number out of range"),
        "{\"cmd\":\"SEND\",\"receiveUserId\":9007199254740992,\"body\":\"hello\"}"},
    {QT_TRANSLATE_NOOP("parley::play", "A zero character in the body"),
        "{\"cmd\":\"SEND\",\"receiveUserId\":2,\"body\":\"\\u0000\"}"},
    {QT_TRANSLATE_NOOP("parley::play", "Nobody's userId"),
        "{\"cmd\":\"SEND\",\"receiveUserId\":9007199254740991,\"body\":\"hello\"}"},
    {QT_TRANSLATE_NOOP("parley::play", "Deep nesting"),
        "{\"cmd\":\"HEARTBEAT\",\"x\":{{nest 5000}}}"},
};

constexpr Row Large[] = {
    {QT_TRANSLATE_NOOP("parley::play", "The largest body"),
        "{\"cmd\":\"SEND\",\"receiveUserId\":2,\"body\":\"{{x 32768}}\"}"},
    {QT_TRANSLATE_NOOP("parley::play", "A body that is one byte too large"),
        "{\"cmd\":\"SEND\",\"receiveUserId\":2,\"body\":\"{{x 32769}}\"}"},
    {QT_TRANSLATE_NOOP("parley::play", "A frame that is too large"),
        "{\"cmd\":\"SEND\",\"receiveUserId\":2,\"body\":\"{{x 300000}}\"}"},
};

constexpr Row Binary[] = {
    {QT_TRANSLATE_NOOP("parley::play", "A few bytes"), "00 ff 50 41 52 4c 45 59", true},
    {QT_TRANSLATE_NOOP("parley::play", "JSON as bytes"),
        "7b 22 63 6d 64 22 3a 22 48 45 41 52 54 42 45 41 54 22 7d", true},
};

template <size_t Size>
void add(std::vector<DraftTemplate> &all, const QString &group, const Row (&rows)[Size])
{
    for (const Row &row : rows)
        all.push_back({group, tr(row.title), {QString::fromUtf8(row.text), row.isHex}});
}

} // namespace

std::vector<DraftTemplate> draftTemplates()
{
    std::vector<DraftTemplate> all;
    add(all, tr("Commands"), Commands);
    add(all, tr("Malformed"), Malformed);
    add(all, tr("Large"), Large);
    add(all, tr("Binary"), Binary);
    return all;
}

} // namespace parley::play
