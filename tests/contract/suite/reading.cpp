// SPDX-License-Identifier: MIT
#include "suite/storecontract.h"

#include <QTest>

namespace parley::test {

using namespace storage;

namespace {

// One of each width of UTF-8, and the ends of the planes.
const QByteArray Planes = "a é € 😀 \u0001\u001f\u007f\u0080\u07ff\u0800\ufffd\uffff"
                          "\U00010000\U0001ffff\U000e0001\U0010ffff";

std::vector<std::pair<const char *, QByteArray>> samples()
{
    return {
        {"a word", "word"},
        {"spaces around", "  a  "},
        {"one space", " "},
        {"quotes", R"('single' "double" ''twice'' `back` $$dollar$$ $1 ?1 :name @x)"},
        {"backslashes", R"(\ \\ \n \x41 \u0041 \101 \')"},
        {"lines", "\n\r\n\t\v\f\b\x1b\x7f"},
        {"lists", R"({a,"b",NULL} [1,2] (3,4), {{}} ,,)"},
        {"the word null", "NULL"},
        {"JSON", R"({"cmd":"SEND","body":"\u0000"})"},
        {"SQL", "'); DELETE FROM unread; -- /* */ ' OR '1'='1"},
        {"looks like bytes", "\\x6865782"},
        {"looks like a number", "007"},
        {"percents and wildcards", "100% %s %1 _ * %00"},
        {"planes", Planes},
        {"right to left, combining", "שלום مرحبا e\u0301 \u202e"},
        {"byte order mark", "\ufeffx"},
    };
}

} // namespace

void StoreContract::fetchBeginsAfterTheSeqAndStopsAtTheLimit()
{
    run(send(Alice, Bob, "a"), send(Alice, Bob, "b"), send(Alice, Bob, "c"), send(Alice, Bob, "d"),
        confirm(Bob, {2}), send(Alice, Carol, "not theirs"));
    QCOMPARE(run(fetch(Bob, 0, 2), fetch(Bob, 1, 2), fetch(Bob, 3, 2), fetch(Bob, 4, 2)),
        said("fetched [1 1>2 'a' +0, 3 1>2 'c' +0] more last 4",
            "fetched [3 1>2 'c' +0, 4 1>2 'd' +0] last 4", "fetched [4 1>2 'd' +0] last 4",
            "fetched [] last 4"));
    QCOMPARE(run(fetch(Bob, 0, 3), fetch(Bob, 0, 1), fetch(Bob, 3, 1), fetch(Bob, MaxInteger)),
        said("fetched [1 1>2 'a' +0, 3 1>2 'c' +0, 4 1>2 'd' +0] last 4",
            "fetched [1 1>2 'a' +0] more last 4", "fetched [4 1>2 'd' +0] last 4",
            "fetched [] last 4"));
    QCOMPARE(run(fetch(Alice), fetch(Nobody)), said("fetched [] last 0", "fetched [] last 0"));
}

void StoreContract::fetchStopsAtItsBytesButGivesOne()
{
    run(send(Alice, Bob, "12345"), send(Alice, Bob, "€€"), send(Alice, Bob, ""),
        send(Alice, Bob, "1"));
    QCOMPARE(run(fetch(Bob, 0, 9, 0), fetch(Bob, 0, 9, 10), fetch(Bob, 0, 9, 11)),
        said("fetched [1 1>2 '12345' +0] more last 4", "fetched [1 1>2 '12345' +0] more last 4",
            "fetched [1 1>2 '12345' +0, 2 1>2 '€€' +0, 3 1>2 '' +0] more last 4"));
    QCOMPARE(run(fetch(Bob, 0, 9, 12), fetch(Bob, 3, 9, 0), fetch(Bob, 2, 9, 0)),
        said("fetched [1 1>2 '12345' +0, 2 1>2 '€€' +0, 3 1>2 '' +0, 4 1>2 '1' +0] last 4",
            "fetched [4 1>2 '1' +0] last 4", "fetched [3 1>2 '' +0] more last 4"));
}

void StoreContract::fetchTellsTheLastSeqAndTheWholeMessage()
{
    run(withReceipt(send(Alice, Bob, "a", "k")));
    m_now += 4ms;
    run(send(Carol, Bob, "b"), confirm(Bob, {2}));
    QCOMPARE(run(fetch(Bob)), said("fetched [1 1>2 key=k 'a' +0 receipt] last 2"));
    reopen();
    QCOMPARE(run(fetch(Bob)), said("fetched [1 1>2 key=k 'a' +0 receipt] last 2"));
}

void StoreContract::fetchSeesTheBatchSoFar()
{
    QCOMPARE(run(fetch(Bob), send(Alice, Bob, "a"), fetch(Bob), send(Alice, Bob, "b"),
                 fetch(Bob, 0, 1), confirm(Bob, {1}), fetch(Bob), send(Alice, Bob, "c")),
        said("fetched [] last 0", "stored 1 +0 unread 1", "fetched [1 1>2 'a' +0] last 1",
            "stored 2 +0 unread 2", "fetched [1 1>2 'a' +0] more last 2", "removed [1 1>2 +0]",
            "fetched [2 1>2 'b' +0] last 2", "stored 3 +0 unread 2"));
}

void StoreContract::trackTellsWhatBecameOfAMessage()
{
    QCOMPARE(run(Track{Alice, "k"}, send(Alice, Bob, "a", "k"), Track{Alice, "k"}, Track{Bob, "k"},
                 Track{Alice, "K"}),
        said("unknown", "stored 1 +0 unread 1", "tracked 1 >2 +0 unread", "unknown", "unknown"));
    m_now += 100ms;
    QCOMPARE(run(Track{Alice, "k"}, confirm(Bob, {1}), Track{Alice, "k"},
                 send(Alice, Bob, "b", "both"), confirmUpTo(Bob, 2), Track{Alice, "both"}),
        said("tracked 1 >2 +0 unread", "removed [1 1>2 key=k +0]", "tracked 1 >2 +0 confirmed +100",
            "stored 2 +100 unread 1", "removed [2 1>2 key=both +100]",
            "tracked 2 >2 +100 confirmed +100"));
    m_now += 100ms;
    QCOMPARE(run(confirm(Bob, {1}), send(Alice, Bob, "a", "k"), Track{Alice, "k"}),
        said("removed []", "duplicate 1 +0", "tracked 1 >2 +0 confirmed +100"));
}

void StoreContract::readMailboxTellsHowFullItIs()
{
    QCOMPARE(run(ReadMailbox{Bob}, ReadMailbox{Nobody}, send(Alice, Bob, "a"), ReadMailbox{Bob},
                 send(Alice, Bob, "b"), confirm(Bob, {1}), ReadMailbox{Bob}, confirm(Bob, {2}),
                 ReadMailbox{Bob}),
        said("mailbox 0 first 0 last 0", "mailbox 0 first 0 last 0", "stored 1 +0 unread 1",
            "mailbox 1 first 1 last 1", "stored 2 +0 unread 2", "removed [1 1>2 +0]",
            "mailbox 1 first 2 last 2", "removed [2 1>2 +0]", "mailbox 0 first 0 last 2"));
}

void StoreContract::surveyTellsWhatIsUnreadInTheNextMailboxes()
{
    QCOMPARE(run(Survey{{}, 100}), said("surveyed 0 of 0 bytes oldest never last 9"));
    run(send(Alice, Carol, "12345"));
    m_now += 4ms;
    run(send(Alice, Bob, "€"), send(Bob, Alice, "a"), confirm(Alice, {1}));
    m_now += 4ms;
    run(send(Alice, Bob, ""));
    QCOMPARE(run(Survey{{}, 2}, Survey{Bob, 2}, Survey{UserId(9), 2}),
        said("surveyed 2 of 3 bytes oldest +4 last 2 more",
            "surveyed 1 of 5 bytes oldest +0 last 9 more",
            "surveyed 0 of 0 bytes oldest never last 0"));
    reopen();
    QCOMPARE(run(Survey{{}, 5}), said("surveyed 3 of 8 bytes oldest +0 last 9"));
}

// Whatever adds up what comes behind it depends on that.
void StoreContract::surveyTellsWhatWasBeforeItInTheBatch()
{
    QCOMPARE(run(send(Alice, Bob, "a"), Survey{{}, 9}, send(Alice, Bob, "bc"), Survey{{}, 9},
                 confirm(Bob, {1}), Survey{{}, 9}, confirm(Bob, {2})),
        said("stored 1 +0 unread 1", "surveyed 1 of 1 bytes oldest +0 last 9",
            "stored 2 +0 unread 2", "surveyed 2 of 3 bytes oldest +0 last 9", "removed [1 1>2 +0]",
            "surveyed 1 of 2 bytes oldest +0 last 9", "removed [2 1>2 +0]"));
}

void StoreContract::readMailboxTellsTheBytesOfItsBodies()
{
    const auto bytes = [this] {
        const auto outcomes = apply({ReadMailbox{Bob}});
        return std::get<Mailbox>(outcomes[0]).bytes;
    };
    QCOMPARE(bytes(), 0);
    run(send(Alice, Bob, "12345"), send(Alice, Bob, "€€"), send(Carol, Bob, ""));
    QCOMPARE(bytes(), 11);
    run(confirm(Bob, {1}));
    QCOMPARE(bytes(), 6);
    reopen();
    QCOMPARE(bytes(), 6);
    run(confirmUpTo(Bob, 3));
    QCOMPARE(bytes(), 0);
}

void StoreContract::anyTextComesBackAsItWas_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const auto &[name, body] : samples())
        QTest::newRow(name) << body;
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("32 KiB of letters") << QByteArray(32 << 10, 'x');
    QTest::newRow("32 KiB of quotes") << QByteArray("\\\"'{,}\n$").repeated((32 << 10) / 8);
    QTest::newRow("32 KiB of faces") << QByteArray("😀").repeated((32 << 10) / 4);
    QByteArray controls;
    for (char c = 1; c > 0; ++c)
        controls += c;
    QTest::newRow("all of ASCII but NUL") << controls;
}

void StoreContract::anyTextComesBackAsItWas()
{
    QFETCH(QByteArray, body);
    const QByteArray key =
        body.isEmpty() ? QByteArray() : QString::fromUtf8(body).left(16).toUtf8();
    apply({send(Alice, Bob, body, key), send(Alice, Bob, "neighbour")});
    reopen();
    const auto outcomes = apply(
        {fetch(Bob), Track{Alice, key}, send(Alice, Bob, "", key), Confirm{Bob, {Seq(1)}, {}}});
    const auto *fetched = std::get_if<Fetched>(&outcomes[0]);
    QVERIFY(fetched && fetched->messages.size() == 2);
    QCOMPARE(fetched->messages[0].body, body);
    QCOMPARE(fetched->messages[0].clientId, key);
    QCOMPARE(fetched->messages[1].body, QByteArray("neighbour"));
    const auto *confirmed = std::get_if<Confirmed>(&outcomes[3]);
    QVERIFY(confirmed && confirmed->removed.size() == 1);
    QCOMPARE(confirmed->removed[0].clientId, key);
    if (!key.isNull()) {
        QCOMPARE(text(outcomes[1]), QByteArray("tracked 1 >2 +0 unread"));
        QCOMPARE(text(outcomes[2]), QByteArray("duplicate 1 +0"));
    }
}

void StoreContract::allTextsComeBackFromOneBatch()
{
    std::vector<Action> sends;
    for (const auto &[name, body] : samples())
        sends.emplace_back(send(Alice, Bob, body, body));
    sends.emplace_back(send(Alice, Bob, "", "empty"));
    apply(sends);
    const auto outcomes = apply({fetch(Bob, 0, limits::Fetch)});
    const auto *fetched = std::get_if<Fetched>(&outcomes[0]);
    QVERIFY(fetched);
    QCOMPARE(fetched->messages.size(), sends.size());
    for (size_t i = 0; i < sends.size(); ++i) {
        const auto &sent = std::get<StoreMessage>(sends[i]);
        QCOMPARE(fetched->messages[i].body, sent.body);
        QCOMPARE(fetched->messages[i].clientId, sent.clientId);
    }
}

void StoreContract::keysAreComparedAsTheyAre()
{
    const std::vector<QByteArray> keys{"a", "A", "a ", " a", "a\n", "ä", "a\u0308", "ß", "ss", "1",
        "01", "1.0", "null", "NULL", "\u00a0", " ", "%", "_", "a\u200b", "\U0001f600"};
    std::vector<Action> sends;
    for (const auto &key : keys)
        sends.emplace_back(send(Alice, Bob, key, key));
    for (int pass = 0; pass < 2; ++pass) {
        const auto said = texts(sends);
        for (int i = 0; i < said.size(); ++i) {
            const auto seq = QByteArray::number(i + 1);
            QCOMPARE(said[i],
                pass == 0 ? "stored " + seq + " +0 unread " + seq : "duplicate " + seq + " +0");
        }
    }
}

void StoreContract::theLargestIdsWork()
{
    run(addUser(MaxInteger, "last"));
    QCOMPARE(run(send(Last, Last, "a", "k"), send(Last, Bob, "b"), send(Alice, Last, "c")),
        said("stored 1 +0 unread 1", "stored 1 +0 unread 1", "stored 2 +0 unread 2"));
    QCOMPARE(run(FindUsers{"last"}, fetch(Last), Track{Last, "k"}, confirmUpTo(Last, MaxInteger)),
        said("users [9007199254740991 last hash]",
            "fetched [1 9007199254740991>9007199254740991 key=k 'a' +0, "
            "2 1>9007199254740991 'c' +0] last 2",
            "tracked 1 >9007199254740991 +0 unread",
            "removed [1 9007199254740991>9007199254740991 key=k +0, 2 1>9007199254740991 +0]"));
    QCOMPARE(run(WritePresence{{{Last, true, {}}}}, ReadPresence{{Last}},
                 AddSession{Last, sessionHash(1), m_now + 5ms}, CheckSession{Last, sessionHash(1)},
                 EndSession{sessionHash(1)}),
        said("presence written", "presence [9007199254740991 online +0]", "session added", "valid",
            "ended 9007199254740991"));
    QCOMPARE(newAccountChanges(), QByteArray("changes [session 0001 of 9007199254740991]"));
}

} // namespace parley::test
